import type { Argv, CommandModule, InferredOptionTypes } from 'yargs';

import {
  type Diagnostic,
  findingOf,
  frame,
  languages,
  type Outcome,
  positions,
  type Translation,
  translate,
} from '../index.ts';
import { readOpen, readText } from '../node/files.ts';
import { caselessFlag, caselessOf } from './caseless.ts';
import { allowed, allowFlag } from './casting-flags.ts';
import { examples } from './examples.ts';
import { type Flags, isPath } from './flags.ts';
import type { Choosing } from './idle.ts';
import { languageIdOf, languageWords } from './language.ts';
import { mappingFlag, mappingsNamed } from './mappings.ts';
import { byLevel, paint, say, tell } from './terminal.ts';
import { typesFlag, typesOf } from './types.ts';
import { checkOnce, UsageError } from './usage.ts';

export const translateFlags = {
  from: {
    type: 'string',
    demandOption: 'Say which language the query is in: --from kql.',
    describe: `The language of the query: ${languageWords}`,
    suggests: languages.map(({ id }) => id),
    reads: languageIdOf,
  },
  to: {
    type: 'string',
    demandOption: 'Say into which language: --to eql.',
    describe: 'The language to write',
    suggests: languages.map(({ id }) => id),
    reads: languageIdOf,
  },
  file: { type: 'string', describe: 'A file to read the query from', ...isPath },
  taxonomy: {
    choices: ['ecs', 'sigma'] as const,
    describe: 'The field names to write; those of the query unless said',
  },
  mapping: mappingFlag,
  allow: allowFlag,
  caseless: caselessFlag,
  types: typesFlag,
  json: { type: 'boolean', default: false, describe: 'One JSON object on standard output' },
  verbose: { type: 'boolean', alias: 'v', default: false, describe: 'Show notes, too' },
} as const satisfies Flags;

type Given = InferredOptionTypes<typeof translateFlags> & { readonly query: string | undefined };

export const translateCommand: CommandModule<object, Given> = {
  command: 'translate [query]',
  describe: 'Cast one query into another language',
  builder: (yargs: Argv) =>
    yargs
      .positional('query', { type: 'string', describe: 'The query, or - for standard input' })
      .options(translateFlags)
      .epilogue(
        examples([
          ["translate --from kql --to eql 'user.name: (a or b)'", 'A query, to standard output'],
          ['translate --from eql --to dsl --file query.eql', 'As filters for Kibana'],
          [
            'translate --from eql --to sigma --taxonomy sigma - < query.eql',
            'A detection in the field names of Sigma',
          ],
        ]),
      )
      .epilogue(
        '--json gives {path, from, to, fidelity, text, diagnostics}: text is empty unless the query was written.\n' +
          'Exit codes: 0 written as allowed; 1 refused; 2 wrong usage, or the query could not be read.',
      ) as Argv<Given>,
  handler: (flagged) => {
    // The parser of the command line leaves a lone dash out.
    const given = process.argv.includes('-') ? { ...flagged, query: '-' } : flagged;
    const source = textOf(given);
    const outcome = translate(source.text, optionsOf(given));
    if (given.json) printJson(outcome, source, given);
    else printText(outcome, source, given.verbose);
    process.exitCode = exitCodeOf(outcome);
  },
};

/** A query that was said is the one that is meant. */
export function idleInTranslate({ given }: Choosing): readonly string[] {
  return given['query'] === undefined ? [] : ['file'];
}

interface Source {
  /** What findings call it. */
  readonly name: string;
  readonly text: string;
}

function textOf({ query, file }: Given): Source {
  if (file !== undefined && query !== undefined) {
    throw new UsageError('A query and --file are both given; one of them is enough.');
  }
  if (query !== undefined && query !== '-') return { name: 'query', text: query };
  const read = file === undefined ? readOpen(0) : readText(file);
  const name = file ?? '-';
  if (!read.ok) throw new UsageError(`${name}: ${read.message}`);
  // Some programs begin a text with a byte-order mark, which is no part of a query.
  const text = read.text.replace(/^\uFEFF/, '');
  if (text.trim() === '')
    throw new UsageError(`${name}: There is no query in it; for one that asks nothing, say ''.`);
  return { name, text };
}

function optionsOf(given: Given) {
  checkOnce(given, ['mapping', 'allow', 'types', 'query']);
  const { from, to, taxonomy, mapping, allow, caseless, types } = given;
  for (const name of [from, to]) languageIdOf(name);
  return {
    from,
    to,
    ...(taxonomy && { taxonomy }),
    mappings: mappingsNamed(mapping, taxonomy),
    allow: allowed(allow),
    ...caselessOf(caseless),
    ...(types && { types: Object.fromEntries(typesOf(types)) }),
  };
}

function exitCodeOf(outcome: Outcome<Translation>): number {
  if (!outcome.ok) return 2;
  return outcome.value.fidelity === 'refused' || outcome.value.fidelity === 'failed' ? 1 : 0;
}

function findingsIn(outcome: Outcome<Translation>): readonly Diagnostic[] {
  return outcome.ok ? [...outcome.diagnostics, ...outcome.value.diagnostics] : outcome.diagnostics;
}

function printText(outcome: Outcome<Translation>, { name, text }: Source, verbose: boolean): void {
  const place = positions(text);
  const shown = findingsIn(outcome)
    .map((found) => ({ ...found, finding: findingOf(found, name, place) }))
    .filter(({ finding }) => verbose || finding.level !== 'note')
    .sort((a, b) => byLevel(a.finding, b.finding));
  for (const { finding, span } of shown) {
    tell(finding, text);
    // Errors are shown in their lines already.
    if (span && finding.level !== 'error') say(frame(text, span).replace(/^/gm, '    '), 'warning');
  }
  if (!outcome.ok) return;
  const { text: written, fidelity } = outcome.value;
  if (written !== '') process.stdout.write(written.endsWith('\n') ? written : `${written}\n`);
  if (shown.length > 0) say(paint(`1 query: ${fidelity}.`, 'bold'));
}

function printJson(outcome: Outcome<Translation>, { name, text }: Source, { from, to }: Given): void {
  const place = positions(text);
  const diagnostics = findingsIn(outcome).map((found) => findingOf(found, name, place));
  const { text: written, fidelity } = outcome.ok ? outcome.value : { text: '', fidelity: 'failed' };
  process.stdout.write(`${JSON.stringify({ path: name, from, to, fidelity, text: written, diagnostics })}\n`);
}
