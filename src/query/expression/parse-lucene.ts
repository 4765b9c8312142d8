import { inverse, rangesOf, union } from './characters.ts';
import {
  alternation,
  type CharacterClass,
  type ClassPart,
  type Expression,
  empty,
  isSign,
  type Repeat,
  sequence,
} from './expression.ts';
import { Reader } from './reader.ts';
import { mostRepeats, readTimes, type Times } from './times.ts';

/**
 * Lucene's expressions with all that is optional in them, as `regexp` queries, EQL and ES|QL read them. A sign that
 * stands where it can have no meaning is itself, so `*a` is a star and a letter. Fact: `RegExp` of Lucene 9 and 10.
 */
export function parseLucene(text: string): Expression {
  if (text === '') return empty;
  const reader = new Reader(text);
  const tree = parseUnion(reader);
  if (reader.more) reader.fail('its end');
  return tree;
}

/** Union := Intersection ('|' Intersection)* */
function parseUnion(reader: Reader): Expression {
  const start = reader.at;
  const parts = [parseIntersection(reader)];
  while (reader.accept('|')) parts.push(parseIntersection(reader));
  return alternation(parts, reader.since(start));
}

/** Intersection := Sequence ('&' Sequence)* */
function parseIntersection(reader: Reader): Expression {
  const start = reader.at;
  const of = [parseSequence(reader)];
  while (reader.accept('&')) of.push(parseSequence(reader));
  return of.length === 1 ? of[0]! : { kind: 'intersection', of, span: reader.since(start) };
}

function parseSequence(reader: Reader): Expression {
  const start = reader.at;
  const parts = [parseRepeat(reader)];
  while (reader.more && !')|&'.includes(reader.ahead)) parts.push(parseRepeat(reader));
  return sequence(parts, reader.since(start));
}

function parseRepeat(reader: Reader): Expression {
  const start = reader.at;
  let node = parseComplement(reader);
  for (let times = 0; ; times += 1) {
    const bounds = readBounds(reader);
    if (bounds === undefined) return node;
    if (times === mostRepeats) reader.tooDeep();
    node = repeated(node, { ...bounds, span: reader.since(start) });
  }
}

type Bounds = Times & Pick<Repeat, 'span'>;

function readBounds(reader: Reader): Bounds | undefined {
  const times = readTimes(reader);
  return times === undefined && reader.ahead === '{' ? reader.fail('a number of times, as in {2,5}') : times;
}

/** What PCRE takes for a lazy or a possessive repeat is a repeat of a repeat to Lucene; of two plain ones it is one. */
function repeated(node: Expression, bounds: Bounds): Expression {
  if (node.kind !== 'repeat' || !isSign(node) || !isSign(bounds))
    return { kind: 'repeat', of: node, ...bounds };
  if (node.least === bounds.least && node.most === bounds.most) return node;
  return { kind: 'repeat', of: node.of, least: 0, ...(bounds.span && { span: bounds.span }) };
}

/** Complement := '~'* Simple */
function parseComplement(reader: Reader): Expression {
  const start = reader.at;
  if (!reader.accept('~')) return parseSimple(reader);
  const of = reader.deeper(() => parseComplement(reader));
  return { kind: 'complement', of, span: reader.since(start) };
}

const quoted = /"([^"]*)"/y;

function parseSimple(reader: Reader): Expression {
  const start = reader.at;
  const span = () => reader.since(start);
  if (reader.accept('[')) return parseClass(reader, start);
  if (reader.accept('(')) {
    const of = reader.ahead === ')' ? empty : reader.deeper(() => parseUnion(reader));
    if (!reader.accept(')')) reader.fail('")"');
    return { kind: 'group', of, captures: true, span: span() };
  }
  if (reader.accept('.')) return { kind: 'any', lineEnds: true, span: span() };
  if (reader.accept('#')) return { kind: 'nothing', span: span() };
  if (reader.accept('@')) return { kind: 'any-string', span: span() };
  if (reader.ahead === '"') {
    const text = reader.match(quoted)?.[1] ?? reader.fail('a quotation mark that ends the text');
    return text === '' ? empty : { kind: 'quoted', text, span: span() };
  }
  if (reader.ahead === '<') return parseInterval(reader, start);
  const parts = readShorthand(reader);
  if (parts) return { kind: 'class', ...parts, span: span() };
  return { kind: 'character', char: readCharacter(reader), span: span() };
}

const bounds = /<(\d{1,10})-(\d{1,10})>/y;

function parseInterval(reader: Reader, start: number): Expression {
  const found = reader.match(bounds) ?? reader.fail('two numbers, as in <1-100>');
  const [one, other] = [found[1]!, found[2]!];
  const [least, most] = [Number(one), Number(other)].sort((a, b) => a - b) as [number, number];
  if (most > 0x7fffffff) reader.fail('numbers of 32 bits');
  const digits = one.length === other.length ? { digits: one.length } : {};
  return { kind: 'interval', least, most, ...digits, span: reader.since(start) };
}

function parseClass(reader: Reader, start: number): Expression {
  const negated = reader.accept('^');
  const parts: ClassPart[] = [...readClassPart(reader)];
  while (reader.more && reader.ahead !== ']') parts.push(...readClassPart(reader));
  if (!reader.accept(']')) reader.fail('"]"');
  return { kind: 'class', negated, parts, span: reader.since(start) };
}

function readClassPart(reader: Reader): readonly ClassPart[] {
  const shorthand = readShorthand(reader);
  if (shorthand) return shorthand.negated ? outside(shorthand.parts) : shorthand.parts;
  const from = readCharacter(reader).codePointAt(0)!;
  if (!reader.accept('-')) return [{ kind: 'range', from, to: from }];
  const to = readCharacter(reader).codePointAt(0)!;
  if (to < from) reader.fail('a range that begins with the lesser character');
  return [{ kind: 'range', from, to }];
}

/** A negated shorthand within a class is all of the characters that it stands for. */
function outside([part]: readonly ClassPart[]): readonly ClassPart[] {
  return part?.kind === 'shorthand' ? [{ ...part, negated: true }] : rangesOf(inverse(luceneSpaces));
}

/** White space to Lucene: no form feed, no vertical tab. */
const luceneSpaces = union([...' \t\n\r'].map((char) => [[char.charCodeAt(0), char.charCodeAt(0)]]));

const shorthand = /\\([dDwWsS])/y;

function readShorthand(reader: Reader): Pick<CharacterClass, 'negated' | 'parts'> | undefined {
  const letter = reader.match(shorthand)?.[1];
  if (letter === undefined) return undefined;
  const lower = letter.toLowerCase();
  const negated = letter !== lower;
  if (lower === 's') return { negated, parts: rangesOf(luceneSpaces) };
  return { negated, parts: [{ kind: 'shorthand', of: lower === 'd' ? 'digit' : 'word', negated: false }] };
}

/** Lucene refuses a backslash before any other letter since version 9, and took it for the letter before. */
function readCharacter(reader: Reader): string {
  reader.accept('\\');
  return reader.next('a character');
}
