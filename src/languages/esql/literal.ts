import { Failure } from '../../diagnostic/attempt.ts';
import { endOf, endOfQuotedName, failure } from '../scan.ts';
import { isReserved } from './words.ts';

const escapes: ReadonlyMap<string, string> = new Map([
  ['t', '\t'],
  ['n', '\n'],
  ['r', '\r'],
  ['"', '"'],
  ['\\', '\\'],
]);
const letters: ReadonlyMap<string, string> = new Map([...escapes].map(([letter, char]) => [char, letter]));

/** What a string says: `"a\tb"`; `"""a\tb"""` as it stands. `start` is its place in the text. */
export function readString(text: string, start: number): string {
  if (text.startsWith('"""')) return text.slice(3, -3);
  return text.slice(1, -1).replace(/\\([\s\S])/g, (piece, letter, at) => {
    const char = escapes.get(letter);
    if (char !== undefined) return char;
    const message = `ES|QL has no escape "${piece}" in a string; a backslash is written twice, or the text as """…""".`;
    throw failure('parse/bad-escape', message, start + 1 + at, start + 1 + at + piece.length);
  });
}

/** The way back. Text that would need several backslashes goes into a raw string. */
export function quote(text: string): string {
  const spared = text.match(/["\\]/g)?.length ?? 0;
  return spared > 1 && fitsRaw(text) ? `"""${text}"""` : `"${escaped(text)}"`;
}

/** A raw string has one line, its first three quotes in a row end it, and it would hide a tab. */
function fitsRaw(text: string): boolean {
  return !/[\0-\x1f]|"""|"$/.test(text);
}

function escaped(text: string): string {
  return text.replace(/["\\\t\n\r]/g, (char) => `\\${letters.get(char)}`);
}

/** What a part of a name says: `a`, `` `a``b` ``. */
export function readNamePart(text: string): string {
  return text.startsWith('`') ? text.slice(1, -1).replaceAll('``', '`') : text;
}

const plainPart = /^(?:[A-Za-z][A-Za-z0-9_]*|[_@][A-Za-z0-9_]+)$/;

/** A whole name, its parts in back-quotes where they need them: `` process.`my name` ``. */
export function printName(name: string): string {
  const parts = name.split('.');
  if (parts.every((part) => part === '')) return quotedName(name);
  return parts.includes('') ? quotedName(name) : parts.map(printNamePart).join('.');
}

/** A name that has no dots: of a function, a type, an option. */
export function printNamePart(part: string): string {
  return plainPart.test(part) && !isReserved(part) ? part : quotedName(part);
}

function quotedName(name: string): string {
  if (name !== '') return `\`${name.replaceAll('`', '``')}\``;
  const message = 'ES|QL has no empty names, so this one cannot be said in it.';
  throw new Failure({ code: 'loss/field-name', message });
}

/** The texts of a name with stars, cut at the stars outside of back-quotes: `` a*`b*` `` is ['a', 'b*']. */
export function readPattern(text: string): readonly string[] {
  const texts = [''];
  const say = (more: string): void => void texts.push(texts.pop() + more);
  let at = 0;
  while (at < text.length) {
    const end = text.charAt(at) === '`' ? endOfQuotedName(text, at) : (endOf(noQuote, text, at) ?? at + 1);
    const piece = text.slice(at, end);
    if (piece === '*') texts.push('');
    else say(readNamePart(piece));
    at = end;
  }
  return texts;
}

const noQuote = /[^`*]+/y;
const plainPattern = /^(?:[A-Za-z*][A-Za-z0-9_*]*|[_@][A-Za-z0-9_*]+)$/;

/** The way back, part by part: `a.b*`, `` a.`1`* ``. */
export function printPattern(texts: readonly string[]): string {
  const parts: string[][] = [['']];
  for (const [index, text] of texts.entries()) {
    if (index > 0) parts.at(-1)!.push('');
    const [first = '', ...rest] = text.split('.');
    parts.at(-1)!.push(parts.at(-1)!.pop() + first);
    for (const part of rest) parts.push([part]);
  }
  const isEmpty = parts.some((part) => part.length === 1 && part[0] === '');
  return isEmpty ? printPatternPart(texts) : parts.map(printPatternPart).join('.');
}

function printPatternPart(texts: readonly string[]): string {
  const plain = texts.join('*');
  const isPlain = plainPattern.test(plain) && !texts.some((text) => text.includes('*')) && !isReserved(plain);
  return isPlain ? plain : texts.map((text) => (text === '' ? '' : quotedName(text))).join('*');
}

const plainSource = /^[\w.*@#-]+$/;

/** An index pattern with its cluster or selector, as it stands or as a string. */
export function printSource(pattern: string): string {
  const pieces = pattern.split(/::?/);
  const isPlain =
    pieces.length < 3 && pieces.every((piece) => plainSource.test(piece) && !isSourceWord(piece));
  return isPlain ? pattern : quote(pattern);
}

function isSourceWord(text: string): boolean {
  return /^(?:metadata|on|as|join)$/i.test(text);
}

const plainPolicy = /^[^\\/?"<>| ,#\t\r\n:()=]+(?::[^\\/?"<>| ,#\t\r\n:()=]+)?$/;

/** The policy of an enrichment, with its mode. */
export function printPolicy(policy: string): string {
  return plainPolicy.test(policy) && !/^(?:on|with)$/i.test(policy) ? policy : quote(policy);
}
