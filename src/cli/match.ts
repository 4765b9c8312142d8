import type { Argv, CommandModule, InferredOptionTypes } from 'yargs';

import { formats, languages } from '../index.ts';
import { loadPlaceholders } from '../node/beside.ts';
import { examples } from './examples.ts';
import { type Flags, isPath } from './flags.ts';
import type { Choosing } from './idle.ts';
import { languageIdOf, languageWords } from './language.ts';
import { mappingFlag, mappingsNamed } from './mappings.ts';
import { runExamples } from './run-examples.ts';
import { runMatch } from './run-match.ts';
import { typesFlag, typesOf } from './types.ts';
import { checkOnce, loaded, UsageError } from './usage.ts';

export const matchFlags = {
  events: {
    type: 'string',
    describe: 'A file of events as JSON: a line each, a list, or one; - for standard input',
    ...isPath,
  },
  example: {
    type: 'boolean',
    default: false,
    describe: 'Write events for each rule: some that fire it, near misses, and variants; takes no --events',
  },
  query: { type: 'string', describe: 'The text of a query, in place of rules' },
  language: {
    type: 'string',
    describe: `The language of the query: ${languageWords}`,
    suggests: languages.map(({ id }) => id),
    reads: languageIdOf,
  },
  from: {
    choices: formats.map(({ id }) => id),
    describe: 'The format of the rules; found by content unless said',
  },
  'timestamp-field': {
    type: 'string',
    describe: 'Where events say when they happened; @timestamp, unless a rule says another',
  },
  'category-field': {
    type: 'string',
    describe: 'Where events say of what kind they are; event.category unless said',
  },
  'tiebreaker-field': {
    type: 'string',
    describe: 'What tells events of one moment apart; their order unless said',
  },
  types: typesFlag,
  taxonomy: {
    choices: ['ecs', 'sigma'] as const,
    describe: 'The names that fields have in the events; those of each rule unless said',
  },
  filters: {
    choices: ['pysigma', 'specification'] as const,
    default: 'pysigma' as const,
    describe: 'What the conditions of Sigma filters mean: what is kept, or what is excluded',
  },
  placeholders: {
    type: 'string',
    describe: "A file, YAML or JSON, with the lists that Sigma's placeholders stand for, by their names",
    ...isPath,
  },
  mapping: mappingFlag,
  json: {
    type: 'boolean',
    default: false,
    describe: 'One JSON object a match on standard output, the totals last',
  },
  verbose: { type: 'boolean', alias: 'v', default: false, describe: 'Show notes, too' },
} as const satisfies Flags;

type Given = InferredOptionTypes<typeof matchFlags> & { readonly paths: readonly string[] };

export const matchCommand: CommandModule<object, Given> = {
  command: 'match [paths..]',
  describe: 'Find the events that satisfy rules, or a query',
  builder: (yargs: Argv) =>
    yargs
      .positional('paths', {
        type: 'string',
        array: true,
        default: [],
        describe: 'Files of rules, folders or patterns',
      })
      .options(matchFlags)
      .epilogue(
        examples([
          ['match rule.yml --events events.ndjson', 'One rule; events have the names it uses'],
          ['match rules --events - --json', 'All rules of a folder, for machines'],
          [
            'match sigma/rules --events ecs.ndjson --taxonomy ecs',
            'Rules of Sigma on events in the names of ECS',
          ],
          [
            'match --language eql --query \'process where process.name : "cmd.exe"\' --events events.ndjson',
            'A query',
          ],
          ['match rule.yml --example', 'Events that fire the rule, and some that just fail to'],
          ['match rules --example --taxonomy ecs --json', 'The same for all rules, as Elastic keeps events'],
        ]),
      )
      .epilogue(
        'A rule that only serves a correlation is not matched on its own. Events in the wrapping of\n' +
          'Windows, {"Event": {"System": …, "EventData": …}}, have what stands in it as fields, too.\n' +
          '--json gives an object a line: {rule, title, path, event, line, matched}, with events and lines for a rule of\n' +
          'several; {…, diagnostics} for what is to be said of a rule or the events; {summary} last. Events are counted\n' +
          'from 0, lines from 1. With --example it is {rule, title, path, kind, shows, events, fires}, where kind is\n' +
          'fires, misses or variant, and shows is what is to be seen in the events; each is as the matcher says, and\n' +
          'the same rule always has the same examples.\n' +
          'Exit codes: 0 all rules were asked, whether or not anything matched; 1 a rule could not be asked, an event not be read, or no example was found that fires a rule; 2 wrong usage, or nothing could be read.\nNo events at all are no fault.',
      ) as Argv<Given>,
  handler: (given) => {
    checkUsage(given);
    // The parser of the command line takes a lone dash for nothing.
    const events = given.events === '' && process.argv.includes('-') ? '-' : (given.events ?? '');
    const { taxonomy, filters, placeholders } = given;
    const run = given.example ? runExamples : runMatch;
    process.exitCode = run(
      { ...given, events, language: given.language && languageIdOf(given.language) },
      {
        ...said('timestampField', given['timestamp-field']),
        ...said('categoryField', given['category-field']),
        ...said('tiebreakerField', given['tiebreaker-field']),
        types: typesOf(given.types ?? []),
        ...(taxonomy !== undefined && { taxonomy }),
        filters,
        ...(placeholders !== undefined && { placeholders: loaded(loadPlaceholders(placeholders)) }),
        mappings: mappingsNamed(given.mapping, given.taxonomy),
      },
    );
  },
};

/** What a file says that goes without what was said, or for what nobody asks. */
export function idleInMatch({ given, isSaid }: Choosing): readonly string[] {
  const isOfRules = (given['paths'] as readonly string[]).length > 0;
  return [
    ...(isSaid('example') || isSaid('events') ? [isSaid('events') ? 'example' : 'events'] : []),
    ...(isOfRules ? ['query', 'language'] : []),
    ...(given['query'] === undefined ? ['language'] : []),
  ];
}

function said<K extends string>(key: K, value: string | undefined): { readonly [key in K]?: string } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [key in K]: string });
}

function checkUsage(given: Given): void {
  checkOnce(given, ['types', 'mapping', 'paths']);
  const { paths, query, language, events, example } = given;
  if (!example && events === undefined)
    throw new UsageError(
      'Say where the events are: --events events.ndjson, or --events - for standard input; --example makes some.',
    );
  if (example && events !== undefined)
    throw new UsageError('--example makes events, and --events reads some; say one of them.');
  if (query !== undefined && language === undefined)
    throw new UsageError('Say in which language the query is: --language eql.');
  if (query === undefined && language !== undefined)
    throw new UsageError('--language is that of a query; say --query as well.');
  if (query !== undefined && paths.length > 0) throw new UsageError('Name rules or a --query, and not both.');
  if (query === undefined && paths.length === 0 && events !== '' && process.argv.includes('-'))
    throw new UsageError('Rules to match are read from files, and not from standard input; name them.');
  if (query === undefined && paths.length === 0)
    throw new UsageError('Name the rules to match, or say --language and --query.');
}
