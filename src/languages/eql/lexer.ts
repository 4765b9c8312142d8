import type { Failure } from '../../diagnostic/attempt.ts';
import type { Token } from '../cursor.ts';
import { endOf, endOfBlank, endOfQuotedName, endOfString, failure } from '../scan.ts';

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

function unknown(text: string, start: number): Failure {
  const char = String.fromCodePoint(text.codePointAt(start)!);
  return failure('parse/unexpected', `EQL has no "${char}" here.`, start, start + char.length);
}

function oldString(char: string, start: number): Failure {
  const message =
    char === '?'
      ? 'EQL gave up ?"…" for text without escapes; """…""" says it now.'
      : 'EQL writes text in double quotes; single ones were given up.';
  return failure('parse/legacy', message, start, start + 1);
}
