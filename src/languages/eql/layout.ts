import { binding } from './operators.ts';

/**
 * A condition on its way to paper: how it looks on one line, how tightly it binds, and where it may be
 * broken over several.
 */
export type Doc = Plain | List | Join | Not;

interface Shape {
  readonly binding: number;
  /** All of it on one line. */
  readonly line: string;
}

interface Plain extends Shape {
  readonly kind: 'plain';
}

/** `head item, item)`: the head ends in the parenthesis that the end closes. */
interface List extends Shape {
  readonly kind: 'list';
  readonly head: string;
  readonly items: readonly string[];
}

interface Join extends Shape {
  readonly kind: 'join';
  readonly word: 'and' | 'or';
  readonly of: readonly Doc[];
}

interface Not extends Shape {
  readonly kind: 'not';
  readonly of: Doc;
}

export function plain(line: string, tightness: number): Doc {
  return { kind: 'plain', binding: tightness, line };
}

export function list(head: string, items: readonly string[], tightness: number): Doc {
  return { kind: 'list', binding: tightness, line: `${head}${items.join(', ')})`, head, items };
}

/** One alone needs no join. */
export function join(word: 'and' | 'or', of: readonly Doc[]): Doc {
  const [only, ...rest] = of;
  if (only !== undefined && rest.length === 0) return only;
  const line = of.map((part) => lineIn(part, binding[word])).join(` ${word} `);
  return { kind: 'join', binding: binding[word], line, word, of };
}

export function negated(of: Doc): Doc {
  return { kind: 'not', binding: binding.not, line: `not ${lineIn(of, binding.not)}`, of };
}

/** A part on one line, wrapped if it binds less tightly than its place asks for. */
export function lineIn(doc: Doc, place: number): string {
  return doc.binding < place ? `(${doc.line})` : doc.line;
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
  /** Nothing stands before it on its line. */
  readonly fresh: boolean;
}

/** A doc as text, on one line if that is short enough. It may begin with a line break, unless it is fresh. */
export function lay(doc: Doc, place: Place, tightness = 0): string {
  const line = lineIn(doc, tightness);
  const { indent, column } = place;
  if (column + line.length + place.after <= width) return line;
  switch (doc.kind) {
    case 'plain':
      return line;
    case 'list':
      return `${doc.head}${layItems(doc.items, indent + 2)}${newLine(indent)})`;
    case 'not':
      return `not ${lay(doc.of, { ...place, column: column + 4 }, binding.not)}`;
    case 'join': {
      if (doc.binding >= tightness) return layJoin(doc, place);
      const inner = { column: indent + 2, indent: indent + 2, after: 0, fresh: true };
      return `(${newLine(indent + 2)}${layJoin(doc, inner)}${newLine(indent)})`;
    }
    default:
      return doc satisfies never;
  }
}

/** Parts of an `and` share lines while they fit; those of an `or`, and what needs several lines, begin their own. */
function layJoin({ word, of }: Join, { column: start, indent, after, fresh }: Place): string {
  const pieces: string[] = [];
  let column = start;
  let mayShare = true;
  of.forEach((part, index) => {
    const isFirst = index === 0;
    const gap = isFirst ? 0 : 1;
    const end = index === of.length - 1 ? after : word.length + 1;
    const fits = column + gap + lineIn(part, binding[word]).length + end <= width;
    const stays = isFirst ? fits || fresh : fits && mayShare;
    column = stays ? column + gap : indent;
    const isFresh = isFirst ? fresh || !stays : !stays;
    const place = { column, indent: isFresh ? column : indent, after: end, fresh: isFresh };
    const laid = layPart(part, place, binding[word]);
    pieces.push(isFirst ? '' : ` ${word}`, stays ? ' '.repeat(gap) : newLine(indent), laid);
    column += laid.length + word.length + 1;
    mayShare = word === 'and' && !laid.includes('\n');
  });
  return pieces.join('');
}

/** An `and` in an `or` needs no parentheses; its further lines stand in by two, so that the eye needs none. */
function layPart(part: Doc, place: Place, tightness: number): string {
  const isBare = part.kind === 'join' && part.binding >= tightness;
  return lay(part, isBare ? { ...place, indent: place.indent + 2 } : place, tightness);
}

/** The values of a list, as many on a line as fit. */
function layItems(items: readonly string[], indent: number): string {
  let text = '';
  let column = width;
  items.forEach((item, index) => {
    const length = item.length + (index === items.length - 1 ? 0 : 1);
    const fits = column + 1 + length <= width;
    text += fits ? ` ${item}` : `${newLine(indent)}${item}`;
    column = fits ? column + 1 + length : indent + length;
    if (index < items.length - 1) text += ',';
  });
  return text;
}

function newLine(indent: number): string {
  return `\n${' '.repeat(indent)}`;
}
