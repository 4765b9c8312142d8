import type { Argv, CommandModule, InferredOptionTypes } from 'yargs';

import { castingFlags, castingOptionsOf, tellingFlags } from './casting-flags.ts';
import { examples } from './examples.ts';
import { type Flags, isOutput } from './flags.ts';
import { runConvert } from './run-convert.ts';

export const convertFlags = {
  ...castingFlags,
  out: {
    type: 'string',
    alias: 'o',
    describe: 'A file for all, or a folder for a file each; standard output unless said',
    ...isOutput,
  },
  ...tellingFlags,
} as const satisfies Flags;

export type ConvertFlags = InferredOptionTypes<typeof convertFlags> & { readonly paths: readonly string[] };

export const convertCommand: CommandModule<object, ConvertFlags> = {
  command: 'convert [paths..]',
  describe: 'Cast rules into another format',
  builder: (yargs: Argv) =>
    yargs
      .positional('paths', {
        type: 'string',
        array: true,
        default: [],
        describe: 'Files, folders, patterns, or - for standard input',
      })
      .options(convertFlags)
      .epilogue(
        examples([
          ['convert rule.toml --to sigma', 'One rule, to standard output'],
          ['convert rules --to kibana --out rules.ndjson', 'A folder into one file that Kibana imports'],
          ['convert sigma/rules --to elastic --out out --json', 'A file each, and a report for machines'],
          [
            'convert rules --to kibana --id derive --out copies.ndjson',
            'Copies that take the place of no rule',
          ],
          [
            'convert rules --to sigma --out out --report losses.html --report losses.sarif',
            'What became of each part of each rule, for people and for code scanning',
          ],
          [
            'convert rules --to sigma --out out --baseline losses.json --update-baseline',
            'Notes the losses that are known; without --update-baseline, new ones fail the run',
          ],
        ]),
      )
      .epilogue(
        '--json gives an object a line: {path, id, title, fidelity, proof, text, out, diagnostics} for a rule, {summary, gates} last.\n' +
          'Exit codes: 0 all written as allowed; 1 something was refused or lost, or --max-loss or --baseline is not met; 2 wrong usage, or nothing could be read.',
      ) as Argv<ConvertFlags>,
  handler: async (given) => {
    // The parser of the command line leaves a lone dash out.
    const paths = process.argv.includes('-') ? [...given.paths, '-'] : given.paths;
    const gates = { maxLoss: given['max-loss'], updateBaseline: given['update-baseline'] };
    process.exitCode = await runConvert({ ...given, ...gates, paths }, castingOptionsOf(given));
  },
};
