import { isPattern, many, pattern, plainText } from '../../query/pattern.ts';
import type { Pattern, PatternPart, Value } from '../../query/query.ts';
import type { Token } from '../cursor.ts';
import type { Kind } from './lexer.ts';

const letters: Readonly<Record<string, string>> = { t: '\t', r: '\r', n: '\n' };
const words: ReadonlyMap<string, null | boolean> = new Map([
  ['null', null],
  ['true', true],
  ['false', false],
]);

/** The value of a literal: quoted it is text, unquoted it may hold wildcards or be one of three words. */
export function readValue({ kind, text }: Token<Kind>): Value {
  if (kind === 'quoted') return [unquote(text)];
  const value = readUnquoted(text);
  const plain = plainText(value);
  const word = plain === undefined ? undefined : words.get(plain);
  return word === undefined ? value : word;
}

/** A literal as a text in which stars are stars: the name of a field, the bound of a range. */
export function readText(token: Token<Kind>): string {
  const value = readValue(token);
  return typeof value === 'object' && value !== null ? printStars(value) : String(value);
}

function printStars(value: Pattern): string {
  return value.map((part) => (typeof part === 'string' ? part : '*')).join('');
}

/** The bound of a range: a number if it is spelled as one and not quoted, so that nothing of it is lost. */
export function readBound(token: Token<Kind>): number | string {
  const text = readText(token);
  return token.kind === 'unquoted' && isNumber(text) ? Number(text) : text;
}

export function printBound(bound: number | string): string {
  if (typeof bound === 'number') return String(bound);
  return isBare(bound) && !isNumber(bound) ? bound : quote(bound);
}

function isNumber(text: string): boolean {
  return String(Number(text)) === text && Number.isFinite(Number(text));
}

const quotedEscape = /\\(?:([trn])|u([0-9a-fA-F]{4})|(["\\]))/g;

/** `"C:\\x"`: inside quotes only five things are escaped, and every other backslash is a backslash. */
function unquote(text: string): string {
  return text
    .slice(1, -1)
    .replace(quotedEscape, (_, letter?: string, code?: string, char?: string) => undo(letter, code, char));
}

const unquotedPiece = /\\(?:([trn])|u([0-9a-fA-F]{4})|([^]))|(\*)|[^\\*]+/g;

/**
 * `C\:\\*`: a star is a wildcard, a backslash takes its meaning from the next character. `\not` is a
 * line break and `ot`, as in Kibana, whose grammar looks for `\n` first. White space at the ends is
 * trimmed after this, so an escaped tab there is lost too.
 */
function readUnquoted(text: string): Pattern {
  const parts: PatternPart[] = [];
  for (const [piece, letter, code, char, star] of text.matchAll(unquotedPiece)) {
    const escaped = letter !== undefined || code !== undefined || char !== undefined;
    parts.push(star !== undefined ? many : escaped ? undo(letter, code, char) : piece);
  }
  return trimmed(pattern(parts));
}

function undo(letter?: string, code?: string, char?: string): string {
  if (letter !== undefined) return letters[letter]!;
  return code === undefined ? char! : String.fromCharCode(Number.parseInt(code, 16));
}

function trimmed(value: Pattern): Pattern {
  const ends = value.map((part, index) => {
    if (typeof part !== 'string') return part;
    const open = index === 0 ? part.trimStart() : part;
    return index === value.length - 1 ? open.trimEnd() : open;
  });
  return pattern(ends);
}

/** A value as KQL spells it: bare where that is safe, quoted otherwise; beside wildcards bare, with escapes. */
export function printValue(value: Value): string {
  if (value === null || !isPattern(value)) return String(value);
  const plain = plainText(value);
  if (plain !== undefined) return isBare(plain) ? plain : quote(plain);
  const end = value.length - 1;
  return value
    .map((part, index) => (typeof part === 'string' ? escapeText(part, index === end) : '*'))
    .join('');
}

/** Whether KQL would trim a value: white space at its ends is safe in quotes only, where no wildcards are. */
export function isTrimmed(value: Pattern): boolean {
  if (plainText(value) !== undefined) return false;
  const [first, last] = [value[0], value.at(-1)];
  return (typeof first === 'string' && /^\s/.test(first)) || (typeof last === 'string' && /\s$/.test(last));
}

/** A field name; stars in it are wildcards, and are kept so. */
export function printField(field: string): string {
  return isBare(field.replaceAll('*', '_')) ? field : quote(field);
}

/** No white space, no special characters, and no word of the language; nor its `not`, even as an end. */
function isBare(text: string): boolean {
  return /^[^\s\\():<>"*{}?\ud800-\udfff]+$/.test(text) && !/^(?:and|or|null|true|false)$|not$/i.test(text);
}

function quote(text: string): string {
  const inside = text.replace(/["\\]/g, '\\$&').replace(/[\t\r\n]/g, printWhiteSpace);
  return `"${inside.replace(loneSurrogate, printCode)}"`;
}

/** Half of a character, which no file can hold. */
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const aloneWord = /(?<!\S)(?:and|or)(?!\S)/gi;

/**
 * The inverse of `readUnquoted` for a text beside wildcards. A backslash saves the words `and` and `or`;
 * before `not` it would be a line break, so that word hides its last letter in a code.
 */
function escapeText(text: string, isEnd: boolean): string {
  const negation = isEnd ? /(?<=no)t(?=\s|$)/gi : /(?<=no)t(?=\s)/gi;
  return text
    .replace(/[\\():<>"*{}]/g, '\\$&')
    .replace(aloneWord, '\\$&')
    .replace(negation, printCode)
    .replace(/[\t\r\n]/g, printWhiteSpace)
    .replace(loneSurrogate, printCode);
}

function printWhiteSpace(char: string): string {
  return { '\t': '\\t', '\r': '\\r', '\n': '\\n' }[char]!;
}

function printCode(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
