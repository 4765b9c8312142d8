/**
 * A query on its way to paper: how it looks on one line, how tightly it binds, and where it may be broken
 * over several.
 */
export type Doc = Plain | Row | List | Join | Clause | Pipes;

interface Shape {
  readonly binding: number;
  /** All of it on one line. */
  readonly line: string;
}

interface Plain extends Shape {
  readonly kind: 'plain';
}

/** Parts side by side, of which any may be broken. */
interface Row extends Shape {
  readonly kind: 'row';
  readonly parts: readonly Doc[];
}

/** `head item, item tail`: the head ends in the parenthesis that the tail closes. */
interface List extends Shape {
  readonly kind: 'list';
  readonly head: string;
  readonly items: readonly Doc[];
  readonly tail: string;
}

interface Join extends Shape {
  readonly kind: 'join';
  readonly word: string;
  readonly of: readonly Doc[];
}

/** `word item, item` without parentheses: a command, or a part of it. */
interface Clause extends Shape {
  readonly kind: 'clause';
  readonly word: string;
  readonly items: readonly Doc[];
}

/** Clauses of one command, or commands of one query: on a line each, unless all fit on one. */
interface Pipes extends Shape {
  readonly kind: 'pipes';
  readonly sign: string;
  readonly of: readonly Doc[];
}

/** How tightly each form binds. A part that binds less tightly than its place asks for is wrapped. */
export const binding = {
  or: 1,
  and: 2,
  not: 3,
  test: 4,
  comparison: 5,
  sum: 6,
  product: 7,
  sign: 8,
  primary: 9,
} as const;

export function plain(line: string, tightness: number = binding.primary): Doc {
  return { kind: 'plain', binding: tightness, line };
}

export function row(parts: readonly Doc[], tightness: number): Doc {
  return { kind: 'row', binding: tightness, line: parts.map(({ line }) => line).join(''), parts };
}

/** As long as most names of fields are. */
const shortName = 40;

export function list(head: string, items: readonly Doc[], tail = ')'): Doc {
  const [only, ...more] = items;
  // A lone name gains nothing by a line of its own.
  if (only?.kind === 'plain' && more.length === 0 && only.line.length <= shortName)
    return plain(`${head}${only.line}${tail}`);
  return {
    kind: 'list',
    binding: binding.primary,
    line: `${head}${inLine(items)}${tail}`,
    head,
    items,
    tail,
  };
}

export function join(word: 'and' | 'or', of: readonly Doc[]): Doc {
  const line = of.map((part) => part.line).join(` ${word} `);
  return { kind: 'join', binding: binding[word], line, word, of };
}

export function clause(word: string, items: readonly Doc[]): Doc {
  const line = items.length === 0 ? word : `${word} ${inLine(items)}`;
  return { kind: 'clause', binding: binding.primary, line, word, items };
}

/** `sign` stands in front of each but the first. */
export function pipes(of: readonly Doc[], sign: string): Doc {
  const line = of.map((part) => part.line).join(sign === '' ? ' ' : ` ${sign} `);
  return { kind: 'pipes', binding: binding.primary, line, sign, of };
}

function inLine(items: readonly Doc[]): string {
  return items.map(({ line }) => line).join(', ');
}

/** A part, wrapped if it binds less tightly than its place asks for. */
export function wrapped(doc: Doc, place: number): Doc {
  return doc.binding < place ? list('(', [doc]) : doc;
}

const width = 120;

/** Where a doc is put. */
export interface Place {
  /** Its first column. */
  readonly column: number;
  /** The column of its further lines. */
  readonly indent: number;
  /** How much follows on its last line. */
  readonly after: number;
}

/** A doc as text, on one line if that is short enough. */
export function lay(doc: Doc, place: Place): string {
  if (place.column + doc.line.length + place.after <= width) return doc.line;
  switch (doc.kind) {
    case 'plain':
      return doc.line;
    case 'row':
      return layRow(doc, place);
    case 'list':
      return layList(doc, place);
    case 'join':
      return layJoin(doc, place);
    case 'clause':
      return layClause(doc, place);
    case 'pipes':
      return layPipes(doc, place);
    default:
      return doc satisfies never;
  }
}

function layRow({ parts, line }: Row, { column: start, indent, after }: Place): string {
  const pieces: string[] = [];
  let column = start;
  let rest = line.length;
  for (const part of parts) {
    rest -= part.line.length;
    const laid = lay(part, { column, indent, after: after + rest });
    pieces.push(laid);
    const lineBreak = laid.lastIndexOf('\n');
    column = lineBreak < 0 ? column + laid.length : laid.length - lineBreak - 1;
  }
  return pieces.join('');
}

/** One value that has no room on a line of its own either stays where it is. */
function layList({ head, items, tail, line }: List, { indent }: Place): string {
  const [only] = items;
  const isHopeless = items.length === 1 && only?.kind === 'plain' && indent + 2 + only.line.length > width;
  if (isHopeless) return line;
  const inner = layItems(items, indent + 2);
  return `${head.trimEnd()}${newLine(indent + 2)}${inner}${newLine(indent)}${tail.trimStart()}`;
}

/** Short values share lines; what can be broken has lines of its own. */
function layItems(items: readonly Doc[], indent: number): string {
  const mayShare = items.every(({ kind }) => kind === 'plain');
  const pieces: string[] = [];
  let column = margin(indent);
  items.forEach((item, index) => {
    const end = index === items.length - 1 ? 0 : 1;
    const shares = mayShare && index > 0 && column + 1 + item.line.length + end <= width;
    const gap = index === 0 ? '' : shares ? ' ' : newLine(indent);
    if (index > 0) column = shares ? column + 1 : margin(indent);
    const laid = lay(item, { column, indent, after: end });
    pieces.push(gap, laid, end === 1 ? ',' : '');
    column += laid.length + end;
  });
  return pieces.join('');
}

function layJoin({ word, of }: Join, { column, indent, after }: Place): string {
  return of
    .map((part, index) => {
      const isLast = index === of.length - 1;
      const end = isLast ? after : word.length + 1;
      const laid = lay(part, { column: index === 0 ? column : margin(indent), indent, after: end });
      return isLast ? laid : `${laid} ${word}${newLine(indent)}`;
    })
    .join('');
}

/** One item goes on behind its word; several begin lines of their own. */
function layClause({ word, items }: Clause, { column, indent, after }: Place): string {
  const [only, ...rest] = items;
  if (only === undefined) return word;
  if (rest.length === 0) return `${word} ${lay(only, { column: column + word.length + 1, indent, after })}`;
  const lines = items.map((item) => lay(item, { column: margin(indent + 2), indent: indent + 2, after: 1 }));
  return `${word}${newLine(indent + 2)}${lines.join(`,${newLine(indent + 2)}`)}`;
}

function layPipes({ sign, of }: Pipes, { column, indent }: Place): string {
  const lead = sign === '' ? '' : `${sign} `;
  const inner = sign === '' ? indent : indent + 2;
  return of
    .map((part, index) => {
      const start = index === 0 ? column : margin(indent) + lead.length;
      return lay(part, { column: start, indent: inner, after: 0 });
    })
    .join(`${newLine(indent)}${lead}`);
}

/** Lines stand in no further than this, so that nesting can not make a text long. */
const deepestMargin = 40;

function margin(indent: number): number {
  return Math.min(indent, deepestMargin);
}

function newLine(indent: number): string {
  return `\n${' '.repeat(margin(indent))}`;
}
