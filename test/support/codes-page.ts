import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';

import { type Code, codes } from '../../src/diagnostic/codes.ts';
import { explanations } from '../../src/manual/index.ts';

type Files = Readonly<Record<string, string>>;

interface Example {
  readonly files?: Files;
  readonly run?: string;
  /** The command tells it as wrong usage, without the code. */
  readonly usage?: boolean;
  /** Why there is none. */
  readonly why?: string;
}

interface Examples {
  /** Files that several examples change. */
  readonly files: Files;
  readonly codes: Readonly<Record<string, Example>>;
}

/** Runs a line in a folder, and gives what it writes. */
type Run = (folder: string, line: string) => string;

const examples: Examples = parse(readFileSync(join(import.meta.dirname, '../../manual/codes.yaml'), 'utf8'));
const all = Object.keys(codes) as readonly Code[];

const rooms: Readonly<Record<string, string>> = {
  read: 'Files that are read',
  write: 'Files that are written',
  parse: 'Texts that do not follow their language',
  schema: 'Rules that do not follow their format',
  mapping: 'Names, tables and pipelines',
  fields: 'Fields of real indices (`check --fields`)',
  match: 'Events (`match`)',
  compare: 'Rules that are compared (`compare`)',
  loss: 'What a target has no words for',
  carry: 'What travels',
  style: 'How it is written',
  convert: 'What a conversion did',
  proof: 'What the proof says',
  settings: 'Options that are kept in a file',
  migrate: 'Repositories that are migrated (`migrate`)',
  merge: 'Changes that are put together (`merge`, `migrate`)',
};

/** docs/codes.md: every code, what it means, what to do, and an example, which is run. */
export function codesPage(run: Run): string {
  const strange = all.find((code) => !Object.hasOwn(rooms, roomOf(code)));
  if (strange !== undefined) throw new Error(`No part of the page is for ${strange}.`);
  return `${[...head(), ...Object.keys(rooms).flatMap((room) => partOf(room, run))].join('\n')}\n`;
}

function head(): readonly string[] {
  return [
    '# Codes',
    '',
    `All that this program tells has a code, one of ${all.length}: what each means, what to do, and an example. \`rulecast list codes\``,
    'prints the list, and `rulecast list codes <code>` what stands here of one. A code, once published, keeps its meaning; sentences',
    'may get better. An error keeps something from being read or written; a warning is worth a look; a note is shown with',
    '`--verbose`. Made by `npm run codes`, which runs the examples.',
    '',
    ...Object.keys(rooms).map(
      (room) => `- [${rooms[room]}](#${slugOf(rooms[room]!)}): ${inRoom(room).map(linkTo).join(', ')}`,
    ),
    '',
    'Several examples change one of these files by a line of `sed`. Of what is told then, the lines with the code are shown.',
    '',
    ...blocks(examples.files),
  ];
}

function partOf(room: string, run: Run): readonly string[] {
  return [`## ${rooms[room]}`, '', ...inRoom(room).flatMap((code) => sectionOf(code, run))];
}

const roomOf = (code: string) => code.slice(0, code.indexOf('/'));
const inRoom = (room: string) => all.filter((code) => roomOf(code) === room);
const linkTo = (code: Code) => `[${code}](#${slugOf(code)})`;

function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-');
}

function sectionOf(code: Code, run: Run): readonly string[] {
  const { level, title } = codes[code];
  const { meaning, remedy } = explanations[code];
  return [
    `### ${code}`,
    '',
    `**${title}** (${level})`,
    '',
    meaning,
    '',
    `What to do: ${remedy}`,
    '',
    ...exampleOf(code, run),
  ];
}

function exampleOf(code: Code, run: Run): readonly string[] {
  const example = examples.codes[code];
  if (example?.run === undefined) {
    if (example?.why === undefined) throw new Error(`manual/codes.yaml has no example of ${code}.`);
    return [`No example: ${example.why}`, ''];
  }
  const output = outputOf(example.files ?? {}, example.run, run);
  if (output.includes(`[${code}]`) === (example.usage ?? false))
    throw new Error(`The example of ${code} does not tell it:\n${output}`);
  return [
    ...blocks(example.files ?? {}),
    ...(example.usage ? ['The command tells this as wrong usage, without its code.', ''] : []),
    '```console',
    `$ ${example.run}`,
    ...about(code, output, example.usage ?? false),
    '```',
    '',
  ];
}

/** Of what is told, the lines about the code, and the text below them. */
function about(code: Code, output: string, all: boolean): readonly string[] {
  const lines = output.trimEnd().split('\n');
  if (all) return lines;
  const first = lines.findIndex((line) => line.includes(`[${code}]`));
  const end = lines.findIndex((line, index) => index > first && !line.startsWith('    '));
  return lines.slice(first, end < 0 ? undefined : end);
}

function outputOf(files: Files, line: string, run: Run): string {
  const folder = mkdtempSync(join(tmpdir(), 'rulecast-'));
  try {
    for (const [name, text] of Object.entries({ ...examples.files, ...files })) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return run(folder, line);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function blocks(files: Files): readonly string[] {
  return Object.entries(files).flatMap(([name, text]) => [
    `\`\`\`${name.split('.').pop()} ${name}`,
    ...text.trimEnd().split('\n'),
    '```',
    '',
  ]);
}
