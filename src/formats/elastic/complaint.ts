import type { TomlError } from 'smol-toml';

import { Failure } from '../../diagnostic/attempt.ts';
import type { Code } from '../../diagnostic/codes.ts';
import type { Span } from '../../source/source.ts';

type Complaint = readonly [Code, string];

const twice: Complaint = ['parse/duplicate-key', 'This key stands twice, or is a value already'];
const badEscape: Complaint = ['parse/bad-escape', 'TOML has no such escape'];
const badNumber: Complaint = ['parse/bad-value', 'This is no number as TOML writes them'];
const badDate: Complaint = ['parse/bad-value', 'This is no date as TOML writes them'];

/** What the TOML library finds wrong, by how it begins to say so, in our words. */
const complaints: readonly (readonly [string, Complaint])[] = [
  ['trying to redefine', twice],
  ['unrecognised escape', badEscape],
  ['invalid escape', badEscape],
  ['invalid non-hex', badEscape],
  ['invalid unicode escape', badEscape],
  ['illegal leading zero', badNumber],
  ['illegal underscore', badNumber],
  ['illegal character in numeric', badNumber],
  ['unfinished numeric', badNumber],
  ['invalid date', badDate],
  ['invalid value', ['parse/bad-value', 'TOML has no such value; a text needs quotes']],
  ['unfinished string', ['parse/unclosed-string', 'This string is never closed']],
  [
    'control characters are not allowed in strings',
    ['parse/unexpected', 'A string holds a control character'],
  ],
  ['control characters', ['parse/unexpected', 'A comment holds a control character']],
  [
    'document contains excessively nested',
    ['parse/too-deep', 'The lists and tables are nested deeper than is read'],
  ],
  ['each key-value', ['parse/unexpected', 'Something stands behind the value on its line']],
  ['expected comma or end', ['parse/unexpected', 'Here a comma, or the end of a list or table, is missing']],
  ['expected end of table array', ['parse/unexpected', 'Here the second closing bracket is missing']],
  ['unfinished array', ['parse/unexpected', 'This list is never closed']],
  ['unfinished table', ['parse/unexpected', 'This table is never closed']],
  ['incomplete key-value', ['parse/unexpected', 'This line has no key with a value']],
  ['illegal quoted key', ['parse/unexpected', 'A key cannot go over several lines']],
  ['illegal character in key', ['parse/unexpected', 'A key with this character needs quotes']],
  ['illegal empty bare key', ['parse/unexpected', 'A part of this key is empty']],
  ['unexpected end of key', ['parse/unexpected', 'A part of this key is empty']],
];

/** The failure that a foreign complaint is for us. */
export function failureOf(error: TomlError, text: string): Failure {
  const [said = ''] = error.message.replace('Invalid TOML document: ', '').split('\n');
  const start = offsetOf(error, text);
  const [code, what] = brokenString(said, text, start) ?? complaintOf(said);
  return refusal(code, what, { start, end: start + 1 });
}

export function refusal(code: Code, what: string, span: Span): Failure {
  return new Failure({ code, message: `${what}; the file was not read.`, span });
}

function complaintOf(said: string): Complaint {
  const known = complaints.find(([start]) => said.startsWith(start));
  return known?.[1] ?? ['parse/unexpected', `This is not TOML (${said})`];
}

/** A string on one line that goes on in the next was not meant to hold a control character. */
function brokenString(said: string, text: string, start: number): Complaint | undefined {
  if (!said.startsWith('control characters are not allowed in strings')) return undefined;
  if (!'\r\n'.includes(text.charAt(start))) return undefined;
  return ['parse/unclosed-string', 'This string is not closed on its line'];
}

/** The library counts the lines that end in a line feed. */
function offsetOf({ line, column }: TomlError, text: string): number {
  let start = 0;
  for (let count = 1; count < line; count += 1) start = text.indexOf('\n', start) + 1;
  return Math.min(start + column - 1, text.length);
}
