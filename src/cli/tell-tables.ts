import type { FieldRow, LogSourceRow, UnnamedRow } from '../index.ts';
import {
  arrowOf,
  changeText,
  effectText,
  type Note,
  nameOf,
  noteLines,
  scopeText,
  some,
} from './row-text.ts';
import type { Listed } from './table-rows.ts';
import { paint } from './terminal.ts';

const bold = (text: string) => paint(text, 'bold', process.stdout);
const dim = (text: string) => paint(text, 'dim', process.stdout);

/** Rows under the files they stand in: a line each, what is said of it below. */
export function tablesText(rows: readonly Listed[]): string {
  const files = new Map<string, Listed[]>();
  for (const row of rows) {
    const known = files.get(row.file);
    if (known) known.push(row);
    else files.set(row.file, [row]);
  }
  return [...files].map(([file, own]) => fileText(file, own)).join('\n');
}

function fileText(file: string, rows: readonly Listed[]): string {
  const width = Math.min(32, Math.max(...rows.map((row) => sigmaName(row).length)));
  const lines = rows.map((row) => `  ${lineOf(row, width)}\n${noteLines(notesOf(row), 6, dim)}`);
  return `${dim(`${file}: ${rows[0]!.title}`)}\n${lines.join('')}`;
}

function sigmaName(listed: Listed): string {
  switch (listed.kind) {
    case 'log source':
      return nameOf(listed.row.sigma);
    case 'field':
      return listed.row.sigma;
    case 'unnamed':
      return some(listed.row.sigma ?? listed.row.ecs ?? [], 6);
    default:
      return listed satisfies never;
  }
}

function lineOf(listed: Listed, width: number): string {
  const name = bold(sigmaName(listed).padEnd(width));
  switch (listed.kind) {
    case 'log source':
      return `${name} ${arrowOf(listed.row)} ${eventsText(listed.row)}`;
    case 'field':
      return `${name} ${arrowOf(listed.row)} ${bold(listed.row.ecs)}`;
    case 'unnamed':
      return `${name} has no name in ${listed.row.sigma ? 'ECS' : 'Sigma'}`;
    default:
      return listed satisfies never;
  }
}

/** `process where event.type: start and host.os.type: windows` */
function eventsText({ category = 'any', where = [] }: LogSourceRow): string {
  const tests = where.map(({ field, is }) => `${field}: ${is.join(', ')}`);
  return tests.length === 0 ? category : `${category} where ${tests.join(' and ')}`;
}

function notesOf(listed: Listed): readonly Note[] {
  switch (listed.kind) {
    case 'log source':
      return sourceNotes(listed.row);
    case 'field':
      return fieldNotes(listed.row);
    case 'unnamed':
      return unnamedNotes(listed.row);
    default:
      return listed satisfies never;
  }
}

function sourceNotes({ where = [], absorb = [], indices = [], ...row }: LogSourceRow): readonly Note[] {
  return [
    ...where.flatMap(({ field, also = [], missing }): Note[] => [
      ...also.map(({ field: other = field, is, isNot, effect }): Note => {
        const words = `${isNot ? 'not ' : ''}${other}: ${(is ?? isNot ?? []).join(', ')}`;
        return ['or', `${words}${costs(effect)}`];
      }),
      ...(missing ? [['unsaid', `${field} may be left out${costs(missing)}`] as const] : []),
    ]),
    ...absorb.map(({ field, within, effect, because }): Note => {
      return ['takes out', `${field}: ${within.join(', ')}${costs(effect)}: ${because}`];
    }),
    ...(indices.length > 0 ? [['indices', indices.join(', ')] as const] : []),
    ...(row.saidByIndex
      ? [['said by', 'the first of the indices, alone or with others of these'] as const]
      : []),
    ...(row.assume ? [['assumes', row.assume] as const] : []),
    ['source', row.source],
  ];
}

function costs(effect: string | undefined): string {
  return effect === undefined || effect === 'equivalent' ? '' : ` (${effect})`;
}

function fieldNotes({ scope, change, effect, copy, assume, source }: FieldRow): readonly Note[] {
  return [
    ...(change ? [['change', changeText(change)] as const] : []),
    ...(scope ? [['scope', scopeText(scope)] as const] : []),
    ...(effect ? [['effect', effectText(effect)] as const] : []),
    ...(copy ? [['copy', 'the same is kept under another name as well'] as const] : []),
    ...(assume ? [['assumes', assume] as const] : []),
    ['source', source],
  ];
}

function unnamedNotes({ scope, because, source }: UnnamedRow): readonly Note[] {
  return [['because', because], ...(scope ? [['scope', scopeText(scope)] as const] : []), ['source', source]];
}
