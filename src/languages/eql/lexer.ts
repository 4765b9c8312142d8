import { Failure } from '../../diagnostic/attempt.ts';
import type { Code } from '../../diagnostic/codes.ts';
import type { Token } from '../cursor.ts';

const keywords = [
  'and',
  'any',
  'by',
  'false',
  'in',
  'join',
  'like',
  'maxspan',
  'not',
  'null',
  'of',
  'or',
  'regex',
  'sample',
  'sequence',
  'true',
  'until',
  'where',
  'with',
] as const;
const tildeKeywords = ['in~', 'like~', 'regex~'] as const;
const signs = [
  '==',
  '!=',
  '<=',
  '>=',
  '![',
  ':',
  '<',
  '>',
  '=',
  '+',
  '-',
  '*',
  '/',
  '%',
  '.',
  ',',
  '(',
  ')',
  '[',
  ']',
  '|',
  '?',
] as const;

type Word = (typeof keywords)[number] | (typeof tildeKeywords)[number];
type Sign = (typeof signs)[number];

export type Kind =
  | Word
  | Sign
  | 'name'
  | 'quoted name'
  | 'function~'
  | 'string'
  | 'integer'
  | 'decimal'
  | 'end';

const words: ReadonlyMap<string, Word> = new Map([...keywords, ...tildeKeywords].map((word) => [word, word]));
const signByText: ReadonlyMap<string, Sign> = new Map(signs.map((sign) => [sign, sign]));

/** Whether the lexer takes a text for a word of the language, so that a name must not look like it. */
export function isKeyword(text: string): boolean {
  return words.has(text);
}

/** Cuts a text into tokens, the end among them. What a string or a name says is for literal.ts and name.ts. */
export function tokenize(text: string): Token<Kind>[] {
  const tokens: Token<Kind>[] = [];
  let start = endOfBlank(text, 0);
  while (start < text.length) {
    const [kind, end] = cut(text, start);
    tokens.push({ kind, text: text.slice(start, end), start, end });
    start = endOfBlank(text, end);
  }
  tokens.push({ kind: 'end', text: '', start: text.length, end: text.length });
  return tokens;
}

const name = /[A-Za-z_@][A-Za-z0-9_]*/y;
const number = /(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/y;

/** What the token that begins here is, and where it ends. */
function cut(text: string, start: number): readonly [Kind, number] {
  const nameEnd = endOf(name, text, start);
  if (nameEnd !== undefined) return cutWord(text, start, nameEnd);
  const char = text.charAt(start);
  if (char === '"') return ['string', endOfString(text, start)];
  if (char === '`') return ['quoted name', endOfQuotedName(text, start)];
  const numberEnd = endOf(number, text, start);
  if (numberEnd !== undefined) {
    return [/^[0-9]+$/.test(text.slice(start, numberEnd)) ? 'integer' : 'decimal', numberEnd];
  }
  if (/^\??["']/.test(text.slice(start, start + 2))) throw oldString(char, start);
  const sign = signByText.get(text.slice(start, start + 2)) ?? signByText.get(char);
  if (sign === undefined) throw unknown(text, start);
  return [sign, start + sign.length];
}

function cutWord(text: string, start: number, end: number): readonly [Kind, number] {
  if (text.charAt(end) !== '~') return [words.get(text.slice(start, end)) ?? 'name', end];
  return [words.get(text.slice(start, end + 1)) ?? 'function~', end + 1];
}

/** Where a string ends: `"…"` with escapes in it, or `"""…"""` without, which may end in two quotes more. */
function endOfString(text: string, start: number): number {
  return text.startsWith('"""', start) ? endOfRawString(text, start) : endOfEscapedString(text, start);
}

function endOfRawString(text: string, start: number): number {
  const close = text.indexOf('"""', start + 3);
  const broken = close < 0 || /[\r\n]/.test(text.slice(start, close));
  if (broken) throw unclosed('string', start, endOfLine(text, start));
  let end = close + 3;
  while (end < close + 5 && text.charAt(end) === '"') end += 1;
  return end;
}

function endOfEscapedString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '"') return at + 1;
    if (char === '\\') at += 1;
    if (char === '\n' || char === '\r') break;
  }
  throw unclosed('string', start, endOfLine(text, start));
}

/** A name in back-quotes; two of them in a row are one of the name. */
function endOfQuotedName(text: string, start: number): number {
  let close = text.indexOf('`', start + 1);
  while (close >= 0 && text.charAt(close + 1) === '`') close = text.indexOf('`', close + 2);
  if (close < 0) throw unclosed('name', start, endOfLine(text, start));
  return close + 1;
}

function endOfBlank(text: string, start: number): number {
  let at = start;
  for (;;) {
    const char = text.charAt(at);
    if (char === ' ' || char === '\n' || char === '\r' || char === '\t') at += 1;
    else if (char === '/' && text.charAt(at + 1) === '/') at = endOfLine(text, at);
    else if (char === '/' && text.charAt(at + 1) === '*') at = endOfComment(text, at);
    else return at;
  }
}

const bracket = /\/\*|\*\//g;

/** Comments nest; one that opens another and closes only itself is read if it can end in one place only. */
function endOfComment(text: string, start: number): number {
  let depth = 0;
  bracket.lastIndex = start;
  for (let found = bracket.exec(text); found !== null; found = bracket.exec(text)) {
    depth += found[0] === '/*' ? 1 : -1;
    if (depth === 0) return bracket.lastIndex;
  }
  const close = text.indexOf('*/', start + 2);
  if (close < 0 || close !== text.lastIndexOf('*/')) throw unclosed('comment', start, start + 2);
  return close + 2;
}

function endOfLine(text: string, start: number): number {
  const length = text.slice(start).search(/[\r\n]/);
  return length < 0 ? text.length : start + length;
}

function endOf(pattern: RegExp, text: string, offset: number): number | undefined {
  pattern.lastIndex = offset;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

function unknown(text: string, start: number): Failure {
  const char = String.fromCodePoint(text.codePointAt(start)!);
  return failure('parse/unexpected', `EQL has no "${char}" here.`, start, start + char.length);
}

function unclosed(what: string, start: number, end: number): Failure {
  return failure('parse/unclosed-string', `This ${what} is never closed.`, start, end);
}

function oldString(char: string, start: number): Failure {
  const message =
    char === '?'
      ? 'EQL gave up ?"…" for text without escapes; """…""" says it now.'
      : 'EQL writes text in double quotes; single ones were given up.';
  return failure('parse/legacy', message, start, start + 1);
}

function failure(code: Code, message: string, start: number, end: number): Failure {
  return new Failure({ code, message, span: { start, end } });
}
