import type { Token } from '../cursor.ts';
import { lengthAt, quotedLength } from '../scan.ts';

export type Kind =
  | '('
  | ')'
  | ':'
  | '+'
  | '-'
  | '^'
  | '['
  | ']'
  | '{'
  | '}'
  | 'and'
  | 'or'
  | 'not'
  | '*'
  | 'term'
  | 'sign'
  | 'wildcard'
  | 'regex'
  | 'quoted'
  | 'fuzzy'
  | 'number'
  | 'bound'
  | 'quoted-bound'
  | 'to'
  | 'stray'
  | 'end';

const space = /[ \t\r\n\u3000]+/y;
const sign = /[():^[{]/y;
const mark = /[-+!]/y;
const blank = ' \t\r\n\u3000';
const number = /\d+(?:\.\d+)?/y;
const bound = /[^ \]}]+/y;
const words: ReadonlyMap<string, Kind> = new Map([
  ['AND', 'and'],
  ['&&', 'and'],
  ['OR', 'or'],
  ['||', 'or'],
  ['NOT', 'not'],
]);

/**
 * A query cut into tokens as Lucene's classic parser cuts it. What a character is depends on where it stands:
 * behind `^` there is a number and nothing else, and between the brackets of a range other words are cut. What
 * fits nowhere is a `stray` token, so that the parser can complain of what comes first.
 */
export function tokenize(text: string): Token<Kind>[] {
  const tokens: Token<Kind>[] = [];
  let start = 0;
  let inRange = false;

  const take = (kind: Kind, length: number): void => {
    const end = Math.min(start + length, text.length);
    tokens.push({ kind, text: text.slice(start, end), start, end });
    start = end;
    if (kind === '[' || kind === '{') inRange = true;
    else if (kind === ']' || kind === '}') inRange = false;
  };

  while (start < text.length) {
    if (tokens.at(-1)?.kind === '^') {
      const length = lengthAt(number, text, start);
      take(length > 0 ? 'number' : 'stray', length || 1);
    } else if (inRange) {
      const [kind, length] = boundAt(text, start);
      if (kind === undefined) start += length;
      else take(kind, length);
    } else {
      start += lengthAt(space, text, start);
      if (start === text.length) break;
      const [kind, length] = wordAt(text, start);
      take(kind, length);
    }
  }
  take('end', 0);
  return tokens;
}

/** The token here; undefined for white space, where nothing longer begins with it. */
function boundAt(text: string, start: number): readonly [Kind | undefined, number] {
  const char = text.charAt(start);
  if (char === ']' || char === '}') return [char, 1];
  const length = lengthAt(bound, text, start);
  const quoted = char === '"' && text.charAt(start + 1) !== '"' ? delimitedLength(text, start, '"') : 0;
  if (quoted >= length && quoted > 0) return ['quoted-bound', quoted];
  if (length <= 1 && blank.includes(char)) return [undefined, 1];
  return [length === 2 && text.startsWith('TO', start) ? 'to' : 'bound', length];
}

function wordAt(text: string, start: number): readonly [Kind, number] {
  const char = text.charAt(start);
  if (lengthAt(sign, text, start) > 0) return [char as Kind, 1];
  if (lengthAt(mark, text, start) > 0) {
    // A sign with white space behind it is a value of its own.
    const next = text.charAt(start + 1);
    if (next !== '' && blank.includes(next)) return ['sign', 1];
    return [char === '!' ? 'not' : (char as Kind), 1];
  }
  switch (char) {
    case '"':
      return orStray('quoted', quotedLength(text, start), text.length - start);
    case '/':
      return orStray('regex', delimitedLength(text, start, '/'), text.length - start);
    case '~':
      return ['fuzzy', 1 + termLength(text, start + 1, false).length];
    default: {
      const { length, wildcards } = termLength(text, start, true);
      if (length === 0) return ['stray', 1];
      const word = text.slice(start, start + length);
      return [wildcards ? (word === '*' ? '*' : 'wildcard') : (words.get(word) ?? 'term'), length];
    }
  }
}

function orStray(kind: Kind, length: number, rest: number): readonly [Kind, number] {
  return length > 0 ? [kind, length] : ['stray', rest];
}

const plainTerm = /[^ \t\r\n\u3000!():^[\]"{}~*?\\/]+/y;

/** Up to the first character that ends a term. A backslash takes the next character with it. */
function termLength(text: string, start: number, withWildcards: boolean) {
  let at = start;
  let wildcards = false;
  for (;;) {
    at += lengthAt(plainTerm, text, at);
    const char = text.charAt(at);
    if (char === '\\' && at + 1 < text.length) {
      at += 2;
    } else if (withWildcards && (char === '*' || char === '?')) {
      wildcards = true;
      at += 1;
    } else {
      return { length: at - start, wildcards };
    }
  }
}

/**
 * Up to the closing sign, and over it; 0 if there is none. One with a backslash before it closes only where none
 * follows that has no backslash: Lucene takes the longest text that fits, whatever stands before the backslash.
 */
function delimitedLength(text: string, start: number, delimiter: string): number {
  let last = 0;
  for (let at = start + 1; ; at += 1) {
    at = text.indexOf(delimiter, at);
    if (at < 0) return last;
    last = at + 1 - start;
    if (text.charAt(at - 1) !== '\\') return last;
  }
}
