import type { Failure } from '../../diagnostic/attempt.ts';
import type { Token } from '../cursor.ts';
import { endOf, endOfBlank, endOfQuotedName, endOfString, failure } from '../scan.ts';
import { endOfOther } from './other.ts';
import type { CommandWord, Mode, Word } from './words.ts';
import { commandWordOf, modeBehind, otherRole, wordOf } from './words.ts';

const signs = [
  '==',
  '!=',
  '<=',
  '>=',
  '::',
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
  ':',
  ';',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '|',
] as const;
type Sign = (typeof signs)[number];

export type Kind =
  | CommandWord
  | Word
  | Sign
  | 'other'
  | 'unknown'
  | 'text'
  | 'name'
  | 'quoted name'
  | 'pattern'
  | 'source'
  | 'parameter'
  | 'double parameter'
  | 'string'
  | 'integer'
  | 'decimal'
  | 'end';

const signByText: ReadonlyMap<string, Sign> = new Map(signs.map((sign) => [sign, sign]));

/**
 * Cuts a text into tokens, the end among them. How it is cut depends on the command it stands in, and on the
 * parentheses around: `logs-*` is one index pattern behind `from` and the start of a product behind `where`.
 * Behind a command that is none, nothing is known, and the text ends.
 */
export function tokenize(text: string): Token<Kind>[] {
  const tokens: Token<Kind>[] = [];
  const modes: Mode[] = ['command'];
  let before: Kind | undefined;
  let start = endOfBlank(text, 0);
  while (start < text.length) {
    const [kind, end] = cut(text, start, modes.at(-1)!);
    tokens.push({ kind, text: text.slice(start, end), start, end });
    if (kind === 'unknown') break;
    follow(modes, kind, before === 'in' && opensQuery(text, end));
    before = kind;
    start = endOfBlank(text, end);
  }
  tokens.push({ kind: 'end', text: '', start: text.length, end: text.length });
  return tokens;
}

/** Keeps the modes in step: the last is that of the innermost parentheses. */
function follow(modes: Mode[], kind: Kind, opensSubquery: boolean): void {
  const mode = modes.at(-1)!;
  modes[modes.length - 1] = modeAfter(mode, kind);
  if (kind === '(') modes.push(opensSubquery || holdsQueries(mode) ? 'command' : mode);
  if (kind === ')' && modes.length > 1) modes.pop();
}

function modeAfter(mode: Mode, kind: Kind): Mode {
  if (kind === '|' || kind === ';') return 'command';
  if (mode === 'command') return kind === '(' || kind === ')' ? mode : modeBehind(kind);
  if (mode === 'join' && kind === 'on') return 'expression';
  return mode === 'policy' && (kind === 'on' || kind === 'with') ? 'names' : mode;
}

function holdsQueries(mode: Mode): boolean {
  return mode === 'source' || mode === 'branches' || mode === 'command';
}

const query = /\s*(?:from|ts)\s+(?![,)=!<>+/%:]|(?:and|or|is|in|not|like|rlike)\b)\S/iy;

/** `in (from logs-*`: a query, and no list that begins with a field of this name. */
function opensQuery(text: string, start: number): boolean {
  return endOf(query, text, start) !== undefined;
}

/** What the token that begins here is, and where it ends. */
function cut(text: string, start: number, mode: Mode): readonly [Kind, number] {
  switch (mode) {
    case 'command':
      return cutCommand(text, start);
    case 'source':
    case 'join':
      return cutSource(text, start, mode);
    case 'names':
      return cutPattern(text, start);
    case 'policy':
      return cutPolicy(text, start);
    case 'text':
      return text.charAt(start) === '|' || text.charAt(start) === ')'
        ? cutSign(text, start)
        : ['text', endOfOther(text, start)];
    case 'expression':
    case 'branches':
      return cutExpression(text, start);
    default:
      return mode satisfies never;
  }
}

const name = /[A-Za-z][A-Za-z0-9_]*|[_@][A-Za-z0-9_]+/y;
const command = /[A-Za-z_][A-Za-z0-9_]*(?:🐔)?/y;
const unknown = /[^ \t\r\n|()[\]/]+/y;

function cutCommand(text: string, start: number): readonly [Kind, number] {
  const end = endOf(command, text, start) ?? start;
  const word = text.slice(start, end);
  const known = commandWordOf(word) ?? (otherRole(word) && 'other');
  if (known !== undefined) return [known, end];
  const unknownEnd = endOf(unknown, text, start);
  return unknownEnd === undefined ? cutSign(text, start) : ['unknown', unknownEnd];
}

/** A single slash is of the pattern, as in `<logs-{now/d}>`; two are a comment. */
const source = /(?:[^:"=|,[\]/() \t\r\n]|\/[^*/])+/y;

const sourceWords: Readonly<Record<'source' | 'join', readonly Word[]>> = {
  source: ['metadata'],
  join: ['join', 'as', 'on'],
};

function cutSource(text: string, start: number, mode: 'source' | 'join'): readonly [Kind, number] {
  const end = endOf(source, text, start);
  if (end === undefined) return cutQuotedOrSign(text, start);
  const word = wordOf(text.slice(start, end));
  return [word !== undefined && sourceWords[mode].includes(word) ? word : 'source', end];
}

const policy = /[^\\/?"<>| ,#\t\r\n:()=]+(?::[^\\/?"<>| ,#\t\r\n:()=]+)?/y;

function cutPolicy(text: string, start: number): readonly [Kind, number] {
  const end = endOf(policy, text, start);
  if (end === undefined) return cutQuotedOrSign(text, start);
  const word = wordOf(text.slice(start, end));
  return [word === 'on' || word === 'with' ? word : 'source', end];
}

const pattern = /[A-Za-z*_@][A-Za-z0-9_*]*/y;

/** Texts and names in back-quotes side by side are one part of a name: `` a*`b c` ``. */
function cutPattern(text: string, start: number): readonly [Kind, number] {
  let end = start;
  for (;;) {
    const next = text.charAt(end) === '`' ? endOfQuotedName(text, end) : endOf(pattern, text, end);
    if (next === undefined) break;
    end = next;
  }
  const word = wordOf(text.slice(start, end));
  if (end > start) return [word === 'as' || word === 'on' || word === 'with' ? word : 'pattern', end];
  return text.charAt(start) === '?' ? cutParameter(text, start) : cutQuotedOrSign(text, start);
}

const number = /(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/y;

function cutExpression(text: string, start: number): readonly [Kind, number] {
  const nameEnd = endOf(name, text, start);
  if (nameEnd !== undefined) return [wordOf(text.slice(start, nameEnd)) ?? 'name', nameEnd];
  const char = text.charAt(start);
  if (char === '`') return ['quoted name', endOfQuotedName(text, start)];
  if (char === '?') return cutParameter(text, start);
  const numberEnd = endOf(number, text, start);
  if (numberEnd === undefined) return cutQuotedOrSign(text, start);
  return [/^[0-9]+$/.test(text.slice(start, numberEnd)) ? 'integer' : 'decimal', numberEnd];
}

const parameter = /\?\??(?:[A-Za-z_][A-Za-z0-9_]*|[0-9]+)?/y;

function cutParameter(text: string, start: number): readonly [Kind, number] {
  const kind = text.charAt(start + 1) === '?' ? 'double parameter' : 'parameter';
  return [kind, endOf(parameter, text, start)!];
}

function cutQuotedOrSign(text: string, start: number): readonly [Kind, number] {
  return text.charAt(start) === '"' ? ['string', endOfString(text, start)] : cutSign(text, start);
}

function cutSign(text: string, start: number): readonly [Kind, number] {
  const sign = signByText.get(text.slice(start, start + 2)) ?? signByText.get(text.charAt(start));
  const isOther = sign === undefined || text.startsWith('=~', start);
  if (isOther) throw noSign(text, start);
  return [sign, start + sign.length];
}

/** What people write who think of another language. */
const meant: readonly (readonly [string, string])[] = [
  ['=~', 'ES|QL has no "=~"; case is ignored by comparing to_lower(field) with text in lower case.'],
  ["'", 'ES|QL writes text in double quotes, and knows no single ones.'],
  ['&', 'ES|QL has no "&"; conditions are joined by "and".'],
  ['!', 'ES|QL has no "!"; a condition is negated by "not", and "!=" is not equal.'],
  ['~', 'ES|QL has no "~"; regular expressions are tested by "rlike".'],
];

function noSign(text: string, start: number): Failure {
  const [sign, hint] = meant.find(([begin]) => text.startsWith(begin, start)) ?? [];
  if (hint !== undefined) return failure('parse/unexpected', hint, start, start + sign!.length);
  const char = String.fromCodePoint(text.codePointAt(start)!);
  return failure('parse/unexpected', `ES|QL has no "${char}" here.`, start, start + char.length);
}
