import { Failure } from '../../diagnostic/attempt.ts';
import { isMany, many, one, pattern } from '../../query/pattern.ts';
import type { Pattern } from '../../query/query.ts';
import type { Span } from '../../source/source.ts';

const escapes: Readonly<Record<string, string>> = {
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
  '"': '"',
  "'": "'",
  '\\': '\\',
};
const letters: ReadonlyMap<string, string> = new Map(
  Object.entries(escapes).map(([letter, char]) => [char, letter]),
);

/** What a string says: `"a\tb"`, `"\u{e9}"`; `"""a\tb"""` as it stands. `start` is its place in the text. */
export function readString(text: string, start: number): string {
  if (text.startsWith('"""')) return text.slice(3, -3);
  const body = text.slice(1, -1);
  if (!body.includes('\\')) return body;
  return body.replace(
    /\\(?:u\{([^}]{0,9})\}|u([0-9a-fA-F]{4})|([\s\S]))/g,
    (piece, braced, plain, letter, at) => {
      const span = { start: start + 1 + at, end: start + 1 + at + piece.length };
      if (letter === undefined) return readCode(braced ?? plain, piece, span);
      return Object.hasOwn(escapes, letter) ? escapes[letter]! : badEscape(piece, span);
    },
  );
}

/** Elasticsearch takes two to eight digits, and no character that is none: not U+0000, no half of a pair. */
function readCode(digits: string, piece: string, span: Span): string {
  const code = /^[0-9a-fA-F]{2,8}$/.test(digits) ? Number.parseInt(digits, 16) : 0;
  const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : badEscape(piece, span);
}

function badEscape(piece: string, span: Span): never {
  const message = `EQL has no escape "${piece}" in a string; a backslash is written twice, or the text as """…""".`;
  throw new Failure({ code: 'parse/bad-escape', message, span });
}

/** The way back. Text with quotes in it goes into a raw string where that spares it the backslashes. */
export function quote(text: string): string {
  const spared = (text.match(/["\\]/g) ?? []).length;
  return text.includes('"') && spared > 1 && fitsRaw(text) ? `"""${text}"""` : `"${escaped(text)}"`;
}

/** A regular expression is full of backslashes of its own, so it goes into a raw string sooner. */
export function quoteRegex(text: string): string {
  return /["\\]/.test(text) && fitsRaw(text) ? `"""${text}"""` : `"${escaped(text)}"`;
}

/** A raw string has one line, its first three quotes in a row end it, and it would hide a tab. */
function fitsRaw(text: string): boolean {
  return !/[\0-\x1f]|"""|"$/.test(text);
}

function escaped(text: string): string {
  return text.replace(/["\\\b\t\n\f\r]/g, (char) => `\\${letters.get(char)}`);
}

/** A pattern from the text of `:` and `like`, where every star and question mark is a wildcard. */
export function readWildcards(text: string): Pattern {
  if (!/[*?]/.test(text)) return [text];
  return pattern(text.split(/([*?])/).map((part) => (part === '*' ? many : part === '?' ? one : part)));
}

/** The way back, for patterns whose texts have no such signs in them. */
export function printWildcards(value: Pattern): string {
  return value.map((part) => (typeof part === 'string' ? part : isMany(part) ? '*' : '?')).join('');
}

const longestLong = 9223372036854775807n;

/** Whole numbers are exact in Elasticsearch up to 2^63; those that are not exact here are refused. */
export function readNumber(text: string, span: Span): number {
  const value = Number(text);
  const isLong = /^[0-9]{1,19}$/.test(text) && BigInt(text) <= longestLong;
  const isExact = !isLong || BigInt(text) === BigInt(value);
  if (isExact && Number.isFinite(value)) return value;
  const message = 'This number has more digits than are kept here; it was not read.';
  throw new Failure({ code: 'parse/bad-value', message, span });
}

/** The way back, to the last digit where each of them is read. */
export function printNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < longestLong) return String(BigInt(value));
  if (Number.isFinite(value)) return String(value);
  throw new Failure({
    code: 'loss/value-type',
    message: `EQL has no number ${value}, so it cannot be said in it.`,
  });
}
