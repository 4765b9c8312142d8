import { mistake } from '../reading/given.ts';

/**
 * A regular expression as Python has it, for a matcher of linear time: what Python alone spells so is respelled, and
 * what no linear search can do is refused at its place. Letters, digits and blanks are those of Unicode, as in Python.
 */
export function respelled(regex: string): string {
  if (regex.length > longest)
    throw mistake(`A regular expression of more than ${longest} characters is not read`, {
      start: longest,
      end: regex.length,
    });
  const reading = { text: regex, at: 0, ascii: false };
  const parts: string[] = [];
  while (reading.at < regex.length) parts.push(inClass(reading) ?? plain(reading));
  return parts.join('');
}

const longest = 5_000;

interface Reading {
  readonly text: string;
  at: number;
  /** `(?a)`: letters are those of ASCII. */
  ascii: boolean;
}

function take(reading: Reading, sign: RegExp): RegExpExecArray | undefined {
  sign.lastIndex = reading.at;
  const found = sign.exec(reading.text);
  if (found === null) return undefined;
  reading.at = sign.lastIndex;
  return found;
}

function refuse(what: string, start: number, reading: Reading): never {
  const span = { start, end: Math.max(reading.at, start + 1) };
  throw mistake(`The regular expression has ${what}, which is not searched for in linear time`, span);
}

/** What looks at more than the text that is there, or remembers it. */
const special: readonly (readonly [RegExp, string])[] = [
  [/\(\?<?[=!]/y, 'look-around'],
  [/\(\?>/y, 'an atomic group'],
  [/\(\?P[=>]/y, 'a reference to a group'],
  [/\(\?\(/y, 'a condition'],
  [/\\[1-9]/y, 'a reference to a group'],
  [/(?:[*+?]|\{\d*,?\d*\})\+/y, 'a possessive repeat'],
];

const repeat = /(?:[*+?]|\{\d+(?:,\d*)?\}|\{,\d+\})\??/y;
const comment = /\(\?#[^)]*\)/y;
const flags = /\(\?([A-Za-z]*)(?:-([A-Za-z]*))?([:)])/y;

function plain(reading: Reading): string {
  const start = reading.at;
  for (const [sign, what] of special) if (take(reading, sign)) refuse(what, start, reading);
  const times = take(reading, repeat);
  if (times) return times[0].replace('{,', '{0,');
  if (take(reading, comment)) return '';
  const set = take(reading, flags);
  if (set) return flagged(reading, start, set[1]!, set[2], set[3]!);
  return escapedIn(reading, false) ?? take(reading, /[\s\S]/uy)![0];
}

function flagged(reading: Reading, start: number, on: string, off: string | undefined, end: string): string {
  const strange = /[^aimsu]/.exec(on + (off ?? ''));
  if (strange) refuse(`the flag "${strange[0]}"`, start, reading);
  reading.ascii ||= on.includes('a');
  const kept = (letters: string) => letters.replace(/[au]/g, '');
  const said = kept(on) + (off === undefined ? '' : `-${kept(off)}`);
  return said === '' && end === ')' ? '' : `(?${said}${end}`;
}

const opening = /\[\^?\]?/y;

/** A class of characters, from its bracket to the one that ends it. */
function inClass(reading: Reading): string | undefined {
  const open = take(reading, opening);
  if (!open) return undefined;
  const start = open.index;
  const parts = [open[0].replace(/\]$/, '\\]')];
  for (;;) {
    if (take(reading, /\]/y)) return `${parts.join('')}]`;
    const char = escapedIn(reading, true) ?? take(reading, /[\s\S]/uy)?.[0];
    if (char === undefined)
      throw mistake('A class of the regular expression is never closed', { start, end: start + 1 });
    parts.push(char === '[' ? '\\[' : char);
  }
}

const escapes = /\\(?:x[0-9a-fA-F]{2}|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|0[0-7]{0,2}|([\s\S]))/uy;

function escapedIn(reading: Reading, within: boolean): string | undefined {
  const start = reading.at;
  const found = take(reading, escapes);
  if (!found) {
    if (reading.text[start] !== '\\') return undefined;
    throw mistake('The regular expression ends within an escape', { start, end: start + 1 });
  }
  const [whole, short, long, char] = found;
  const point = short ?? long;
  if (point !== undefined) return `\\x{${point}}`;
  if (char === undefined)
    return whole.startsWith('\\0') ? `\\x{${parseInt(whole.slice(1), 8).toString(16)}}` : whole;
  const shorthand = Object.hasOwn(unicode, char) ? unicode[char as keyof typeof unicode] : undefined;
  if (shorthand) return reading.ascii ? whole : within ? shorthand.within : shorthand.alone;
  if (char === 'b' && within) return '\\x08';
  if (char === 'Z') return '\\z';
  if (/[AbBzafnrtv]/.test(char)) return whole;
  if (/[A-Za-z0-9]/.test(char))
    throw mistake(`The regular expression has the escape "${whole}", which is not known`, {
      start,
      end: reading.at,
    });
  return char.charCodeAt(0) < 0x80 ? whole : char;
}

const letters = '\\p{L}\\p{N}_';
const blanks = '\\t-\\r\\x1c-\\x20\\x85\\p{Z}';

/** What the shorthands stand for; within a class the complements of ASCII have to do. */
const unicode = {
  w: { alone: `[${letters}]`, within: letters },
  W: { alone: `[^${letters}]`, within: '\\W' },
  d: { alone: '\\p{Nd}', within: '\\p{Nd}' },
  D: { alone: '\\P{Nd}', within: '\\P{Nd}' },
  s: { alone: `[${blanks}]`, within: blanks },
  S: { alone: `[^${blanks}]`, within: '\\S' },
} as const;
