import { type Anchor, alternation, type Expression, empty, sequence } from './expression.ts';
import { readClass, readEscape } from './pcre-class.ts';
import { Reader } from './reader.ts';
import { mostRepeats, readTimes } from './times.ts';

/** What holds for a part of an expression: case does not count, `^` and `$` are a line's, a dot is any character. */
export interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
}

/**
 * The part of PCRE that Sigma has, and what else of it means a set of texts: named groups, comments, flags anywhere,
 * classes of POSIX. Look-around, references and the rest are refused where they stand.
 */
export function parsePcre(text: string, flags: string): Expression {
  const reader = new Reader(text);
  const given = { i: flags.includes('i'), m: flags.includes('m'), s: flags.includes('s') };
  const tree = parseAlternation(reader, given);
  if (reader.more) reader.fail('a group that this closes');
  return tree;
}

/** Alternation := Sequence ('|' Sequence)*; a flag that is turned on stays on for the alternatives after it. */
function parseAlternation(reader: Reader, given: Flags): Expression {
  const start = reader.at;
  const parts: Expression[] = [];
  let flags = given;
  do {
    const [part, after] = parseSequence(reader, flags);
    parts.push(part);
    flags = after;
  } while (reader.accept('|'));
  return alternation(parts, reader.since(start));
}

function parseSequence(reader: Reader, given: Flags): readonly [Expression, Flags] {
  const start = reader.at;
  const parts: Expression[] = [];
  let flags = given;
  while (reader.more && !'|)'.includes(reader.ahead)) {
    const changed = readFlags(reader, flags);
    if (changed) flags = changed;
    else if (!reader.match(comment)) parts.push(parseRepeat(reader, flags));
  }
  return [sequence(parts, reader.since(start)), flags];
}

const comment = /\(\?#[^)]*\)/y;
const settings = /\(\?([imsxnJUX]*)(?:-([imsxnJUX]*))?\)/y;

/** `(?i)`, from here to the end of its group. */
function readFlags(reader: Reader, flags: Flags): Flags | undefined {
  const start = reader.at;
  const found = reader.match(settings);
  return found ? changedFlags(reader, flags, found, start) : undefined;
}

function changedFlags(
  reader: Reader,
  flags: Flags,
  [, on = '', off = '']: readonly (string | undefined)[],
  start: number,
): Flags {
  if (!/^[ims]*$/.test(on + off)) reader.refuse('flags other than i, m and s', start);
  const changed = (flag: keyof Flags) => (flags[flag] || on.includes(flag)) && !off.includes(flag);
  return { i: changed('i'), m: changed('m'), s: changed('s') };
}

function parseRepeat(reader: Reader, flags: Flags): Expression {
  const start = reader.at;
  let node = parseAtom(reader, flags);
  for (let times = 0; ; times += 1) {
    const sign = reader.at;
    const bounds = readTimes(reader);
    if (bounds === undefined) return node;
    if (node.kind === 'anchor' || node.kind === 'boundary' || (times > 0 && reader.text[sign] !== '{')) {
      reader.at = sign;
      reader.fail('something that can be repeated');
    }
    if (times === mostRepeats) reader.tooDeep();
    if (reader.accept('+')) reader.refuse('a possessive repeat', start);
    const lazy = reader.accept('?') ? { lazy: true as const } : {};
    node = { kind: 'repeat', of: node, ...bounds, ...lazy, span: reader.since(start) };
  }
}

function parseAtom(reader: Reader, flags: Flags): Expression {
  const start = reader.at;
  const span = () => reader.since(start);
  const cased = flags.i ? { ignoresCase: true as const } : {};
  if (reader.accept('(')) return parseGroup(reader, flags, start);
  if (reader.accept('[')) return { ...readClass(reader, start), ...cased, span: span() };
  if (reader.accept('.')) return { kind: 'any', lineEnds: flags.s, span: span() };
  if (reader.accept('^')) return { ...anchor(flags.m ? 'line-start' : 'start'), span: span() };
  if (reader.accept('$')) return { ...anchor(flags.m ? 'line-end' : 'end'), span: span() };
  if (reader.ahead === '\\') return { ...parseEscape(reader, start), ...cased, span: span() } as Expression;
  if ('*+?'.includes(reader.ahead)) reader.fail('something that can be repeated');
  return { kind: 'character', char: reader.next('a character'), ...cased, span: span() };
}

function anchor(at: Anchor['at']): Anchor {
  return { kind: 'anchor', at };
}

const quoted = /\\Q([\s\S]*?)(?:\\E|$)/y;

function parseEscape(reader: Reader, start: number): Expression {
  const literal = reader.match(quoted);
  if (literal) return literal[1] ? { kind: 'quoted', text: literal[1] } : empty;
  if (reader.accept('\\A')) return anchor('start');
  if (reader.accept('\\z') || reader.accept('\\Z')) return anchor('end');
  if (reader.accept('\\b')) return { kind: 'boundary', negated: false };
  if (reader.accept('\\B')) return { kind: 'boundary', negated: true };
  const escaped = readEscape(reader, start);
  return typeof escaped === 'string'
    ? { kind: 'character', char: escaped }
    : { kind: 'class', negated: escaped.negated, parts: [{ ...escaped, negated: false }] };
}

/** What begins a group that means more than its parts. */
const special: readonly (readonly [RegExp, string])[] = [
  [/\(\?<?[=!]/y, 'look-around'],
  [/\(\?>/y, 'an atomic group'],
  [/\(\?\|/y, 'a group that counts anew in each alternative'],
  [/\(\?(?:P[=>]|[R&0-9+-]|C)/y, 'a reference to a group'],
  [/\(\?\(/y, 'a condition'],
  [/\(\*/y, 'a verb'],
];

const plainGroup = /\(\?:/y;
const namedGroup = /\(\?(?:P?<\w+>|'\w+')/y;
const flaggedGroup = /\(\?([imsxnJUX]*)(?:-([imsxnJUX]*))?:/y;

function parseGroup(reader: Reader, given: Flags, start: number): Expression {
  reader.at = start;
  for (const [sign, what] of special) if (reader.match(sign)) reader.refuse(what, start);
  const plain = reader.match(plainGroup) !== undefined;
  const flagged = plain ? undefined : reader.match(flaggedGroup);
  const flags = flagged ? changedFlags(reader, given, flagged, start) : given;
  if (!plain && !flagged && !reader.match(namedGroup)) {
    reader.accept('(');
    if (reader.ahead === '?') reader.fail('what kind of group this is');
  }
  const of = reader.deeper(() => parseAlternation(reader, flags));
  if (!reader.accept(')')) reader.fail('")"');
  return { kind: 'group', of, captures: !plain && !flagged, span: reader.since(start) };
}
