import type { Argv, CommandModule } from 'yargs';

import { codes, formats, languages, shippedTables } from '../index.ts';
import { examples } from './examples.ts';

const topics = ['formats', 'languages', 'mappings', 'codes'] as const;
type Topic = (typeof topics)[number];

interface Flags {
  readonly topic: Topic;
  readonly json: boolean;
}

export const listCommand: CommandModule<object, Flags> = {
  command: 'list <topic>',
  describe: 'Show the formats, languages, mapping tables or diagnostic codes there are',
  builder: (yargs: Argv) =>
    yargs
      .positional('topic', { choices: topics, demandOption: true, describe: 'What to show' })
      .option('json', { type: 'boolean', default: false, describe: 'As JSON' })
      .epilogue(examples([['list codes', 'Every finding that can be reported']])) as Argv<Flags>,
  handler: ({ topic, json }) => {
    const rows = rowsOf[topic]();
    process.stdout.write(json ? `${JSON.stringify(rows)}\n` : asTable(rows));
  },
};

type Row = Readonly<Record<string, string>>;

const rowsOf: Readonly<Record<Topic, () => readonly Row[]>> = {
  formats: () =>
    formats.map((format) => ({
      id: format.id,
      files: format.extensions.join(', '),
      shapes: format.shapes.join(', '),
      languages: format.languages.join(', '),
    })),
  languages: () => languages.map(({ id }) => ({ id })),
  mappings: () =>
    shippedTables().map((table) => ({
      title: table.title,
      'log sources': String(table.logSources?.length ?? 0),
      fields: String(table.fields?.length ?? 0),
    })),
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
