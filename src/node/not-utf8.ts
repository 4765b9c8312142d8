import { isUtf8 } from 'node:buffer';

import type { Diagnostic } from '../index.ts';

/** What stands for bytes that are no UTF-8: no JSON has it, so that the object that they are in is left out. */
const strange = '\u0000';

/** The text of some lines, of which some may be no UTF-8. Only where one is, they are read twice. */
export function textOfLines(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return isUtf8(bytes) ? text : linesOf(bytes).map(lineOf).join('\n');
}

/** Where bytes stand that are no UTF-8, that is what is wrong, and not what became of them. */
export function encoded(found: Diagnostic, text: string): Diagnostic {
  const start = found.span?.start ?? text.length;
  const end = text.indexOf('\n', start);
  const at = text.slice(start, end === -1 ? text.length : end).indexOf(strange);
  if (at === -1) return found;
  const message = 'This is not UTF-8 text; what stands there was left out.';
  return { code: 'read/not-utf8', message, span: { start: start + at, end: start + at + 1 } };
}

function linesOf(bytes: Buffer): readonly Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0; start <= bytes.length; ) {
    const found = bytes.indexOf(10, start);
    const end = found === -1 ? bytes.length : found;
    lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return lines;
}

function lineOf(line: Buffer): string {
  const text = line.toString('utf8');
  return isUtf8(line) ? text : text.replaceAll('\uFFFD', strange);
}
