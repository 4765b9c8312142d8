import { Failure } from '../../diagnostic/attempt.ts';
import { isMany, isWildcard, many, one, pattern, plainText } from '../../query/pattern.ts';
import type { Pattern, PatternPart, Value } from '../../query/query.ts';
import type { Token } from '../cursor.ts';
import type { Kind } from './lexer.ts';

type Word = Token<Kind>;

/** The text of a term, a phrase or a bound. */
export function readText({ kind, text, start, end }: Word): string {
  const isQuoted = kind === 'quoted' || kind === 'quoted-bound';
  return undo(isQuoted ? text.slice(1, -1) : text, { start, end });
}

/** Bare, `true` and `false` are what they say; numbers are text, and only the field makes them numbers. */
export function readValue(token: Word): Value {
  const text = readText(token);
  if (token.kind === 'term' && (text === 'true' || text === 'false')) return text === 'true';
  return [text];
}

const escaped = /\\(?:u([0-9a-fA-F]{4})|(?!u)([^]))/g;
const badEscape = /(?:^|[^\\])(?:\\\\)*(\\(?:$|u(?![0-9a-fA-F]{4})))/;

/** `a\:b`, `\u0041`: a backslash keeps the next character plain, but for a `u`, which begins a code. */
function undo(text: string, span: { start: number; end: number }): string {
  const bad = text.includes('\\') ? badEscape.exec(text) : null;
  if (bad) {
    const message = bad[1]!.startsWith('\\u')
      ? 'Lucene takes "\\u" for the beginning of a code of four hexadecimal digits; a backslash that means itself is written twice.'
      : 'A backslash stands at the end of this and has nothing to escape; one that means itself is written twice.';
    throw new Failure({ code: 'parse/bad-escape', message, span });
  }
  return text.replace(escaped, (_, code?: string, char?: string) =>
    code === undefined ? char! : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

const piece = /\\([^])|([*?])|[^\\*?]+/g;

/** `C\:\\*`: codes are undone only before a lone star at the end, for Lucene knows that one as a prefix. */
export function readPattern(token: Word): Pattern {
  const { text, start, end } = token;
  undo(text, { start, end });
  const parts: PatternPart[] = [...text.matchAll(piece)].map(([whole, char, sign]) =>
    sign === undefined ? (char ?? whole) : sign === '*' ? many : one,
  );
  const isPrefix = parts.length > 1 && isMany(parts.at(-1)) && parts.filter(isWildcard).length === 1;
  if (!isPrefix) return pattern(parts);
  return pattern([undo(text.slice(0, -1), { start, end }), many]);
}

/** The bound of a range: a number if it is spelled as one and not quoted, so that nothing of it is lost. */
export function readBound(text: string, isQuoted: boolean): number | string {
  return !isQuoted && isNumber(text) ? Number(text) : text;
}

/** A bound behind `>=`, or undefined where it would be read as another. */
export function printBound(bound: number | string): string | undefined {
  if (typeof bound === 'string' && (isNumber(bound) || /^=|^$/.test(bound))) return undefined;
  return escapeText(String(bound), false).replace(loneSurrogate, printCode);
}

function isNumber(text: string): boolean {
  return String(Number(text)) === text && Number.isFinite(Number(text));
}

/** A value as Lucene spells it: bare where that is safe, as a phrase otherwise; beside wildcards with escapes. */
export function printValue(value: Value): string {
  if (value === null || !Array.isArray(value)) return String(value);
  const plain = plainText(value as Pattern);
  if (plain !== undefined) return isBare(plain) && !isTruth(plain) ? plain : quote(plain);
  return printPattern(value as Pattern);
}

/** A text without quotes, whatever is in it. */
export function printBare(text: string): string {
  const escaped = escapeText(text, true).replace(loneSurrogate, printCode);
  return keyword.test(escaped) ? `\\${escaped}` : escaped;
}

function printPattern(value: Pattern): string {
  return value
    .map((part, index) =>
      typeof part === 'string' ? escapeText(part, index === 0) : isMany(part) ? '*' : '?',
    )
    .join('');
}

/** Stars in the name of a field are wildcards, escaped or not; only so can they stand there. */
export function printField(field: string): string {
  return field === '*' ? field : printBare(field);
}

const special = /[\\!():^[\]"{}~*?/ \t\r\n\u3000]/g;
const keyword = /^(?:AND|OR|NOT|&&|\|\|)$/;
const isTruth = (text: string): boolean => text === 'true' || text === 'false';

/** A plus or minus is a sign only where a term begins. */
function escapeText(text: string, isStart: boolean): string {
  const escaped = text.replace(special, '\\$&');
  return isStart && /^[-+]/.test(escaped) ? `\\${escaped}` : escaped;
}

/** Nothing special, no white space, no sign in front, and no word that anyone would take for an operator. */
function isBare(text: string): boolean {
  return (
    /^[^\s\p{Cc}\ud800-\udfff\\!():^[\]"{}~*?/+<>-][^\s\p{Cc}\ud800-\udfff\\!():^[\]"{}~*?/]*$/u.test(text) &&
    !/^(?:and|or|not|&&|\|\|)$/i.test(text)
  );
}

export function quote(text: string): string {
  const inside = text.replace(/["\\]/g, '\\$&').replace(/[\t\r\n]/g, printCode);
  return `"${inside.replace(loneSurrogate, printCode)}"`;
}

/** Within the brackets of a range every sign that could end the text stands as a code. */
export function quoteBound(text: string): string {
  return `"${text.replace(/["\\]/g, printCode).replace(loneSurrogate, printCode)}"`;
}

/** Half of a character, which no file can hold. */
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

export function hasLoneSurrogate(text: string): boolean {
  return text.search(loneSurrogate) >= 0;
}

function printCode(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
