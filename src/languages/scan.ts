import { Failure } from '../diagnostic/attempt.ts';
import type { Code } from '../diagnostic/codes.ts';

/** The first place at or behind `start` that is no white space and in no comment. */
export function endOfBlank(text: string, start: number): number {
  let at = start;
  for (;;) {
    const char = text.charAt(at);
    if (char === ' ' || char === '\n' || char === '\r' || char === '\t') at += 1;
    else if (char === '/' && isComment(text, at)) at = endOfComment(text, at);
    else return at;
  }
}

/** Whether a slash opens a comment: `//` or `/*`. */
export function isComment(text: string, start: number): boolean {
  const next = text.charAt(start + 1);
  return text.charAt(start) === '/' && (next === '/' || next === '*');
}

export function endOfComment(text: string, start: number): number {
  return text.charAt(start + 1) === '/' ? endOfLine(text, start) : endOfBracketed(text, start);
}

const bracket = /\/\*|\*\//g;

/** Such comments nest; one that opens another and closes only itself is read if it can end in one place only. */
function endOfBracketed(text: string, start: number): number {
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

const raw = '"""';

/** Behind a string: `"…"` with escapes in it, or `"""…"""` without, which may end in two quotes more. */
export function endOfString(text: string, start: number): number {
  return text.startsWith(raw, start) ? endOfRawString(text, start) : endOfEscapedString(text, start);
}

function endOfRawString(text: string, start: number): number {
  const close = text.indexOf(raw, start + 3);
  const isBroken = close < 0 || /[\r\n]/.test(text.slice(start, close));
  if (isBroken) throw unclosed('string', start, endOfLine(text, start));
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

/** Behind a name in back-quotes; two of them in a row are one of the name. */
export function endOfQuotedName(text: string, start: number): number {
  let close = text.indexOf('`', start + 1);
  while (close >= 0 && text.charAt(close + 1) === '`') close = text.indexOf('`', close + 2);
  if (close < 0) throw unclosed('name', start, endOfLine(text, start));
  return close + 1;
}

const plainQuoted = /[^"\\]+/y;

/** How long a text in quotes is, both of them in it; 0 if it is never closed. A backslash takes the next character with it. */
export function quotedLength(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length) {
    at += lengthAt(plainQuoted, text, at);
    if (text.charAt(at) === '"') return at + 1 - start;
    at += 2;
  }
  return 0;
}

const lineEnd = /[\r\n]/g;

function endOfLine(text: string, start: number): number {
  lineEnd.lastIndex = start;
  return lineEnd.exec(text)?.index ?? text.length;
}

/** How far a sticky expression reaches from here; undefined where it matches nothing. */
export function endOf(pattern: RegExp, text: string, start: number): number | undefined {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/** How much of the text it matches from here on. */
export function lengthAt(pattern: RegExp, text: string, start: number): number {
  return (endOf(pattern, text, start) ?? start) - start;
}

function unclosed(what: string, start: number, end: number): Failure {
  return failure('parse/unclosed-string', `This ${what} is never closed.`, start, end);
}

export function failure(code: Code, message: string, start: number, end: number): Failure {
  return new Failure({ code, message, span: { start, end } });
}
