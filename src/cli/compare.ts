import type { Argv, CommandModule, InferredOptionTypes } from 'yargs';

import { formats } from '../index.ts';
import { examples } from './examples.ts';
import type { Flags } from './flags.ts';
import { mappingFlag, mappingsNamed } from './mappings.ts';
import { runCompare } from './run-compare.ts';
import { checkOnce } from './usage.ts';

export const compareFlags = {
  from: {
    choices: formats.map(({ id }) => id),
    describe: 'The format of the rules; found by content unless said',
  },
  filters: {
    choices: ['pysigma', 'specification'] as const,
    default: 'pysigma' as const,
    describe: 'What the conditions of Sigma filters mean: what is kept, or what is excluded',
  },
  mapping: mappingFlag,
  json: {
    type: 'boolean',
    default: false,
    describe: 'One JSON object for two rules; for packs one a pair, the totals last',
  },
  verbose: {
    type: 'boolean',
    alias: 'v',
    default: false,
    describe: 'Name all rules without a partner, not the first ten, and show notes, too',
  },
} as const satisfies Flags;

type Given = InferredOptionTypes<typeof compareFlags> & { readonly a: string; readonly b: string };

export const compareCommand: CommandModule<object, Given> = {
  command: 'compare <a> <b>',
  describe: 'Tell whether two rules, or the rules of two packs, match the same events',
  builder: (yargs: Argv) =>
    yargs
      .positional('a', {
        type: 'string',
        demandOption: true,
        describe: 'A file of rules, a folder or a pattern',
      })
      .positional('b', { type: 'string', demandOption: true, describe: 'What it is compared with' })
      .options(compareFlags)
      .epilogue(
        examples([
          [
            'compare rule.toml rule.yml',
            'Two rules: how the second stands to the first, and an event that shows it',
          ],
          ['compare sigma/rules rules', 'Two packs: which rules of one the other has, covers, or has nearly'],
          ['compare rule.yml export.ndjson --json', 'For machines'],
        ]),
      )
      .epilogue(
        'The relation is that of the second to the first: broader matches all that the first does, and more.\n' +
          'Rules are near if they share half of their tests; a test weighs the more the fewer rules have it.\n' +
          '--json gives for two rules {relation, event, taxonomy, counterexamples, because, conditions, differences,\n' +
          'first, second}; for packs an object a pair, {relation, nearness, first, second, …}, {path, diagnostics} for what\n' +
          'is to be said of a file, and {summary, alone, unread} last.\n' +
          'Exit codes: 0 equal, each rule of a pack to one of the other; 1 not equal, or something could not be read;\n' +
          '2 wrong usage, or there was no rule to compare.',
      ) as Argv<Given>,
  handler: (given) => {
    checkOnce(given, ['mapping']);
    process.exitCode = runCompare(given, { filters: given.filters, mappings: mappingsNamed(given.mapping) });
  },
};
