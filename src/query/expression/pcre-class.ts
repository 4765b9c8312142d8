import { inverse, rangesOf, union } from './characters.ts';
import type { CharacterClass, ClassPart, Shorthand } from './expression.ts';
import type { Reader } from './reader.ts';

type ShorthandPart = Extract<ClassPart, { kind: 'shorthand' }>;

const controls: Readonly<Record<string, string>> = {
  a: '\x07',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
const letters: Readonly<Record<string, Shorthand>> = { d: 'digit', w: 'word', s: 'space' };
const numbered =
  /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|x\{([0-9a-fA-F]{1,6})\}|o\{([0-7]{1,7})\}|0([0-7]{0,2}))/y;

/** What a backslash and what follows it stand for, within a class and outside. */
export function readEscape(reader: Reader, start: number): string | ShorthandPart {
  const code = reader.match(numbered);
  if (code) return numberedCharacter(reader, code, start);
  reader.accept('\\');
  const letter = reader.next('what is escaped');
  const lower = letter.toLowerCase();
  if (Object.hasOwn(letters, lower))
    return { kind: 'shorthand', of: letters[lower]!, negated: letter !== lower };
  if (Object.hasOwn(controls, letter)) return controls[letter]!;
  if (/[1-9gk]/.test(letter)) reader.refuse('a reference to a group', start);
  if (/[pPX]/.test(letter)) reader.refuse('a property of Unicode', start);
  if (/[A-Za-z0-9]/.test(letter)) reader.refuse(`\\${letter}`, start);
  return letter;
}

function numberedCharacter(
  reader: Reader,
  [, x, u, braced, octal, zero]: RegExpExecArray,
  start: number,
): string {
  const hexadecimal = x ?? u ?? braced;
  const point =
    hexadecimal === undefined ? Number.parseInt(octal ?? `0${zero}`, 8) : Number.parseInt(hexadecimal, 16);
  if (point <= 0x10ffff) return String.fromCodePoint(point);
  return reader.stop(
    'parse/bad-escape',
    'There is no character of this number; the regular expression was not read.',
    reader.since(start),
  );
}

const posix: Readonly<Record<string, string>> = {
  alpha: 'AZaz',
  digit: '09',
  alnum: '09AZaz',
  upper: 'AZ',
  lower: 'az',
  word: '09AZ__az',
  space: '\t\r  ',
  blank: '\t\t  ',
  punct: '!/:@[`{~',
  print: ' ~',
  graph: '!~',
  cntrl: '\x00\x1f\x7f\x7f',
  xdigit: '09AFaf',
  ascii: '\x00\x7f',
};
const named = /\[:(\^?)(\w+):\]/y;

/** Class := '[' '^'? ']'? (Part | Part '-' Part)* ']', its first sign read. */
export function readClass(reader: Reader, start: number): CharacterClass {
  const negated = reader.accept('^');
  const parts: ClassPart[] = [];
  do {
    if (!reader.more) {
      const message = 'This class of characters is never closed; the regular expression was not read.';
      reader.stop('parse/unexpected', message, reader.since(start));
    }
    parts.push(...readPart(reader));
  } while (!reader.accept(']'));
  return { kind: 'class', negated, parts };
}

function readPart(reader: Reader): readonly ClassPart[] {
  const start = reader.at;
  const name = reader.match(named);
  if (name) return namedCharacters(reader, name, start);
  const first = readCharacter(reader);
  if (typeof first !== 'string') return [first];
  const from = first.codePointAt(0)!;
  // A hyphen that nothing can end is one.
  if (reader.ahead !== '-' || /^-(?:\]|$|\[:|\\[dDwWsS])/.test(reader.text.slice(reader.at, reader.at + 3)))
    return [{ kind: 'range', from, to: from }];
  reader.accept('-');
  const last = readCharacter(reader);
  const to = (last as string).codePointAt(0)!;
  if (to < from) {
    const message = 'A range begins with the greater of two characters; the regular expression was not read.';
    reader.stop('parse/unexpected', message, reader.since(start));
  }
  return [{ kind: 'range', from, to }];
}

function readCharacter(reader: Reader): string | ShorthandPart {
  if (reader.ahead !== '\\') return reader.next('a character');
  // Within a class there is no boundary of words; this is a backspace.
  return reader.accept('\\b') ? '\b' : readEscape(reader, reader.at);
}

function namedCharacters(
  reader: Reader,
  [, negated, name]: RegExpExecArray,
  start: number,
): readonly ClassPart[] {
  const pairs = Object.hasOwn(posix, name!) ? posix[name!]! : reader.refuse(`the class ${name}`, start);
  const set = union(
    Array.from({ length: pairs.length / 2 }, (_, at) => [
      [pairs.charCodeAt(2 * at), pairs.charCodeAt(2 * at + 1)],
    ]),
  );
  return rangesOf(negated ? inverse(set) : set);
}
