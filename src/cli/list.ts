import type { Argv, CommandModule, InferredOptionTypes } from 'yargs';

import { codes, formats, languages } from '../index.ts';
import { examples } from './examples.ts';
import type { Flags } from './flags.ts';
import type { Choosing } from './idle.ts';
import { listMappings } from './list-mappings.ts';
import { mappingFlag } from './mappings.ts';
import { tellCode } from './tell-code.ts';
import { checkOnce, UsageError } from './usage.ts';

export const topics = ['formats', 'languages', 'mappings', 'codes'] as const;
type Topic = (typeof topics)[number];

const ofMappings = {
  field: { type: 'string', describe: 'Of mappings: the rows about a field, by its name on either side' },
  'log-source': {
    type: 'string',
    describe: 'Of mappings: the rows for a log source, or any part of it: process_creation/windows',
  },
  mapping: { ...mappingFlag, describe: 'Of mappings: a table to lay over those that ship' },
  schema: { type: 'boolean', default: false, describe: 'Of mappings: the JSON Schema of a table' },
} as const satisfies Flags;

export const listFlags = {
  json: { type: 'boolean', default: false, describe: 'As JSON' },
  ...ofMappings,
} as const satisfies Flags;

type Given = InferredOptionTypes<typeof listFlags> & { readonly topic: Topic; readonly name?: string };

export const listCommand: CommandModule<object, Given> = {
  command: 'list <topic> [name]',
  describe: 'Show the formats, languages, mapping tables or diagnostic codes there are',
  builder: (yargs: Argv) =>
    yargs
      .positional('topic', { choices: topics, demandOption: true, describe: 'What to show' })
      .positional('name', {
        type: 'string',
        describe: 'Of codes: one of them, and all that is to be said of it',
      })
      .options(listFlags)
      .epilogue(
        examples([
          ['list codes', 'Every finding that can be reported'],
          ['list codes loss/words', 'What one of them means, and what to do'],
          [
            'list mappings --field process.name',
            'What a field is called on the other side, log source by log source',
          ],
          ['list mappings --log-source process_creation/windows', 'All that is known of a log source'],
          ['list mappings --schema', 'What an editor may check a table of yours against'],
        ]),
      )
      .epilogue(
        'Of mappings: <-> is read both ways, -> going to ECS alone, <- coming back alone.\n' +
          'Exit codes: 0 shown; 1 there is no such row; 2 wrong usage.',
      ) as Argv<Given>,
  handler: async (given) => {
    checkOnce(given, ['mapping']);
    const { topic, name, json } = given;
    if (name !== undefined && topic !== 'codes')
      throw new UsageError(`"${name}" is no option of \`list ${topic}\`.`);
    if (topic === 'mappings') {
      listMappings({ ...given, logSource: given['log-source'] });
      return;
    }
    const strange = Object.keys(ofMappings).find((name) => given[name as keyof typeof ofMappings]);
    if (strange !== undefined) throw new UsageError(`--${strange} is for \`list mappings\`.`);
    if (name !== undefined) return tellCode(name, json);
    const rows = rowsOf[topic]();
    process.stdout.write(json ? `${JSON.stringify(rows)}\n` : asTable(rows));
  },
};

/** What is for mappings alone. */
export function idleInList({ given }: Choosing): readonly string[] {
  return given['topic'] === 'mappings' ? [] : Object.keys(ofMappings);
}

type Row = Readonly<Record<string, string>>;

const rowsOf: Readonly<Record<Exclude<Topic, 'mappings'>, () => readonly Row[]>> = {
  formats: () =>
    formats.map((format) => ({
      id: format.id,
      files: format.extensions.join(', '),
      shapes: format.shapes.join(', '),
      languages: format.languages.join(', '),
    })),
  languages: () => languages.map(({ id }) => ({ id })),
  codes: () => Object.entries(codes).map(([code, { level, title }]) => ({ code, level, title })),
};

/** Rows under each other, as wide as their widest cells. */
function asTable(rows: readonly Row[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const widths = columns.map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map(
      (row) =>
        `${columns
          .map((column, at) => (row[column] ?? '').padEnd(widths[at]!))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
