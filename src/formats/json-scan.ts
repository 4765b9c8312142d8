import { Failure } from '../diagnostic/attempt.ts';
import type { Code } from '../diagnostic/codes.ts';
import type { Span } from '../source/source.ts';

/** Objects and lists inside one another; nothing that people write comes near. */
export const deepest = 200;

/** A key of an object with its value, and where both stand: `name` is the quoted key. */
export interface Member {
  readonly key: string;
  readonly name: Span;
  readonly value: Span;
}

/** A step from a value to one inside it: a key, or a place in a list. */
export type Path = readonly (string | number)[];

/**
 * Where the JSON value that begins at `at` ends (RFC 8259). Fails at the first character that does not
 * belong, so that what passes here is read by `JSON.parse` as well.
 *
 * Value := Object | List | String | Word
 */
export function endOfValue(text: string, at: number, depth = 0): number {
  if (depth > deepest) throw failure('parse/too-deep', at, `The JSON is nested more than ${deepest} deep`);
  switch (text.charAt(at)) {
    case '{':
      return endOfParts(text, at, '}', depth, endOfMember);
    case '[':
      return endOfParts(text, at, ']', depth, endOfValue);
    case '"':
      return endOfString(text, at);
    default:
      return endOfWord(text, at);
  }
}

/** The members of the object that begins at `at`, in the order of the text, doubles included. */
export function members(text: string, at: number): Member[] {
  const found: Member[] = [];
  endOfParts(text, at, '}', 0, (_, start, depth) => {
    const name = { start, end: endOfString(text, start) };
    const value = startOfMemberValue(text, start);
    const end = endOfValue(text, value, depth);
    found.push({ key: JSON.parse(text.slice(start, name.end)), name, value: { start: value, end } });
    return end;
  });
  return found;
}

/** Where the parts of the list that begins at `at` stand. */
export function elements(text: string, at: number): Span[] {
  const found: Span[] = [];
  endOfParts(text, at, ']', 0, (_, start, depth) => {
    const end = endOfValue(text, start, depth);
    found.push({ start, end });
    return end;
  });
  return found;
}

/**
 * Where the values of a whole stand that paths lead to, or the last ones on the way that are there. What has
 * been looked into is remembered, so that many places cost little more than one.
 */
export function placesIn(text: string, whole: Span): (path: Path) => Span {
  const known = new Map<number, ReadonlyMap<string, Span>>();
  const partsAt = (at: number) => {
    const parts = known.get(at) ?? partsBegunAt(text, at);
    known.set(at, parts);
    return parts;
  };
  return (path) => {
    let place = whole;
    for (const step of path) {
      const next = partsAt(place.start).get(String(step));
      if (next === undefined) break;
      place = next;
    }
    return place;
  };
}

/** The four blanks of JSON, which are fewer than those of JavaScript. */
export function skipBlank(text: string, at: number): number {
  let next = at;
  while (isBlank(text.charCodeAt(next))) next += 1;
  return next;
}

export function failure(code: Code, at: number, what: string): Failure {
  return new Failure({ code, message: `${what}.`, span: { start: at, end: at + 1 } });
}

/** Of keys that stand twice, the last one counts. */
function partsBegunAt(text: string, at: number): ReadonlyMap<string, Span> {
  switch (text.charAt(at)) {
    case '{':
      return new Map(members(text, at).map(({ key, value }) => [key, value]));
    case '[':
      return new Map(elements(text, at).map((place, index) => [String(index), place]));
    default:
      return new Map();
  }
}

type EndOf = (text: string, at: number, depth: number) => number;

/** Object := '{' (Member (',' Member)*)? '}'; List := '[' (Value (',' Value)*)? ']' */
function endOfParts(text: string, at: number, close: string, depth: number, endOf: EndOf): number {
  let next = skipBlank(text, at + 1);
  if (text.charAt(next) === close) return next + 1;
  for (;;) {
    next = skipBlank(text, endOf(text, next, depth + 1));
    if (text.charAt(next) === close) return next + 1;
    next = skipBlank(text, pass(text, next, ','));
  }
}

/** Member := String ':' Value */
function endOfMember(text: string, at: number, depth: number): number {
  return endOfValue(text, startOfMemberValue(text, at), depth);
}

function startOfMemberValue(text: string, at: number): number {
  if (text.charAt(at) !== '"') throw unexpected(text, at);
  return skipBlank(text, pass(text, skipBlank(text, endOfString(text, at)), ':'));
}

const plain = /[^"\\\u0000-\u001f]*/y;
const escaped = /(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})){0,1000}/y;

/** String := '"' (any but '"', '\' and control characters | Escape)* '"' */
function endOfString(text: string, at: number): number {
  let next = at + 1;
  for (;;) {
    next = endOf(plain, text, next);
    const char = text.charAt(next);
    if (char === '"') return next + 1;
    if (char !== '\\') throw failure('parse/unclosed-string', at, 'This string is not closed on its line');
    const after = endOf(escaped, text, next);
    if (after === next) throw failure('parse/bad-escape', next, 'JSON has no such escape');
    next = after;
  }
}

const word = /true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;

/** Word := 'true' | 'false' | 'null' | Number */
function endOfWord(text: string, at: number): number {
  const end = endOf(word, text, at);
  if (end === at) throw unexpected(text, at);
  return end;
}

function pass(text: string, at: number, char: string): number {
  if (text.charAt(at) !== char) throw unexpected(text, at);
  return at + 1;
}

function unexpected(text: string, at: number): Failure {
  const [char] = text.slice(at, at + 2);
  const what = char === undefined ? 'The JSON ends too early' : `JSON has no ${JSON.stringify(char)} here`;
  return failure('parse/unexpected', at, what);
}

/** Where a sticky pattern ends that may match nothing. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
