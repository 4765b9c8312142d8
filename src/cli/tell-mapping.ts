import type { FieldSeen, LogSourceSeen, MappingSeen, Reason } from '../index.ts';
import { changeText, type Note, nameOf, noteLines, scopeText, some } from './row-text.ts';
import { paint } from './terminal.ts';

const bold = (text: string) => paint(text, 'bold', process.stdout);
const dim = (text: string) => paint(text, 'dim', process.stdout);

/** Which rows were applied to a rule, and why: a line a field, the reasons below it. */
export function mappingText(seen: MappingSeen): string {
  const { title = 'A rule without a title', id, way, parts, keys } = seen;
  const head = `${bold(title)}${id === undefined ? '' : ` (${id})`}, ${sides[way]}\n`;
  const told = parts.map(({ logSource, fields }, index) =>
    [
      parts.length > 1 ? `\n${bold(`Event ${index + 1} of ${parts.length}`)}\n` : '\n',
      sourceText(logSource, way),
      fieldsText(fields, way),
    ].join(''),
  );
  const joined = keys.length > 0 ? `\n${bold('Joined by, or counted')}\n${fieldsText(keys, way)}` : '';
  return [head, parts.length === 0 ? nothing : '', ...told, joined].join('');
}

const sides = { toEcs: 'from Sigma to ECS', toSigma: 'from ECS to Sigma' } as const;
const there = { toEcs: 'ECS', toSigma: 'Sigma' } as const;
const nothing = '\nThe query is text that is not read here, so no row was applied to it.\n';

function sourceText(seen: LogSourceSeen, way: MappingSeen['way']): string {
  const line = `  log source ${bold(nameOf(seen.source))}${seen.row ? '' : unknownSource(seen, way)}\n`;
  return `${line}${noteLines(sourceNotes(seen, way), 6, dim)}\n`;
}

function unknownSource({ reasons }: LogSourceSeen, way: MappingSeen['way']): string {
  if (way === 'toEcs') return ': no table has a row for it';
  return reasons ? '' : ': no row fits the rule; it is named after its index patterns or its category';
}

function sourceNotes(seen: LogSourceSeen, way: MappingSeen['way']): readonly Note[] {
  const { reasons, row, adds = [], indices, near } = seen;
  return [
    ...(reasons ?? []).map(reasonNote),
    ...(way === 'toSigma' && row && !reasons
      ? [['taken by', 'the name of its index patterns'] as const]
      : []),
    ...adds.map((test): Note => ['adds', test]),
    ...(indices.length > 0 ? [['indices', indices.join(', ')] as const] : []),
    ...(row?.assume ? [['assumes', row.assume] as const] : []),
    ...(near.length > 0 ? [['near', near.join(', ')] as const] : []),
    ...rowNote(row?.source, seen.file),
  ];
}

const reasonWords: Readonly<Record<Reason['kind'], (test: string) => string>> = {
  category: (test) => `the category ${test}`,
  test: (test) => test,
  spelling: (test) => `${test}, another way to say it`,
  index: (test) => `${test}, by its index patterns`,
  missing: (test) => `${test} is not tested, and may be left out`,
  absorbed: (test) => `${test}, which adds nothing`,
};

function reasonNote({ kind, test, effect, because }: Reason): Note {
  const costs = [because?.replace(/\.$/, ''), effect && `this is ${effect}`].filter(
    (text) => text !== undefined,
  );
  const text = `${reasonWords[kind](test)}${costs.length > 0 ? ` (${costs.join('; ')})` : ''}`;
  return [kind === 'missing' ? 'unsaid' : kind === 'absorbed' ? 'takes out' : 'said by', text];
}

function rowNote(source: string | undefined, file: string | undefined): readonly Note[] {
  return source === undefined ? [] : [['row', `${file === undefined ? '' : `${file}: `}${source}`]];
}

function fieldsText(fields: readonly FieldSeen[], way: MappingSeen['way']): string {
  const width = Math.max(0, ...fields.map(({ field }) => field.length));
  const names = fields.map((seen) => nameText(seen, way));
  const nameWidth = Math.max(0, ...names.map((name) => name.length));
  return fields
    .map((seen, index) => {
      const asked = some(seen.asked.map(short), 3);
      const line = `${bold(seen.field.padEnd(width))} -> ${bold(names[index]!.padEnd(nameWidth))}  ${asked}`;
      return `  ${line.trimEnd()}\n${noteLines(fieldNotes(seen), 6, dim)}`;
    })
    .join('');
}

function nameText({ found, name }: FieldSeen, way: MappingSeen['way']): string {
  switch (found) {
    case 'named':
      return name;
    case 'unnamed':
      return `no name in ${there[way]}`;
    case 'unsayable':
      return 'no words for the value';
    case 'unknown':
      return 'no table knows it';
    default:
      return found satisfies never;
  }
}

function fieldNotes({ row, file, others, effect, near, elsewhere, found }: FieldSeen): readonly Note[] {
  const field = row && 'sigma' in row && !('because' in row) ? row : undefined;
  const named = elsewhere.map(({ name, scope }) => `${name} (${scopeText(scope ?? {})})`);
  return [
    ...(field?.sigma === '*'
      ? [['row of', `${field.ecs}, for names that have no row of their own`] as const]
      : []),
    ...(field?.change ? [['change', changeText(field.change)] as const] : []),
    ...(row?.scope ? [['scope', scopeText(row.scope)] as const] : []),
    ...(row && 'because' in row ? [['because', row.because] as const] : []),
    ...(effect ? [['effect', `${effect} here`] as const] : []),
    ...(field?.assume ? [['assumes', field.assume] as const] : []),
    ...(others.length > 0 ? [['or', others.join(', ')] as const] : []),
    ...(near.length > 0 ? [['near', near.join(', ')] as const] : []),
    ...(named.length > 0 ? [[found === 'unsayable' ? 'tried' : 'elsewhere', some(named, 5)] as const] : []),
    ...rowNote(row?.source, file),
  ];
}

/** Values may be of any length, and hold anything. */
function short(text: string): string {
  const line = JSON.stringify(text).slice(1, -1).replaceAll('\\\\', '\\').replaceAll('\\"', '"');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
