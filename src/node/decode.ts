import { isUtf8 } from 'node:buffer';

import type { Span } from '../index.ts';

/** The largest file that is read: far above any rule pack, far below what a process can hold. */
export const largest = 256 * 1024 * 1024;

/** The text of a file, or why there is none. */
export type FileText =
  | { readonly ok: true; readonly text: string }
  | {
      readonly ok: false;
      readonly code: 'read/not-utf8' | 'read/too-large' | 'read/failed';
      readonly message: string;
      readonly span: Span;
      /** What of the text could be made out, so that the place can be shown. */
      readonly text: string;
    };

/** Said of what is larger than is read. */
export function tooLarge(most: number, size?: number): FileText {
  const has = size === undefined ? `more than ${most} bytes` : `${size} bytes`;
  const message = `The file has ${has}, and at most ${most} are read; it was left out.`;
  return { ok: false, code: 'read/too-large', message, ...nowhere };
}

/** Of a file that was not looked into. */
export const nowhere = { span: { start: 0, end: 0 }, text: '' };

/** The text of some bytes, a byte-order mark included. */
export function decode(given: Uint8Array): FileText {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  const text = bytes.toString('utf8');
  if (isUtf8(bytes)) return { ok: true, text };
  const message = `The file is ${encodingOf(bytes)}; it was left out. Save it as UTF-8 and try again.`;
  const start = firstStrange(bytes, text);
  return { ok: false, code: 'read/not-utf8', message, span: { start, end: start + 1 }, text };
}

/** The two of UTF-16 say what they are in their first bytes. */
function encodingOf(bytes: Buffer): string {
  const mark = bytes.subarray(0, 2).toString('hex');
  return mark === 'fffe' || mark === 'feff' ? 'UTF-16, and not UTF-8 text' : 'not UTF-8 text';
}

/** Where the first byte stands that is none of UTF-8: there the text, written again, differs. */
function firstStrange(bytes: Buffer, text: string): number {
  const again = Buffer.from(text);
  const shorter = Math.min(bytes.length, again.length);
  let at = 0;
  while (at < shorter && bytes[at] === again[at]) at += 1;
  while (at > 0 && (bytes[at]! & 0xc0) === 0x80 && !isUtf8(bytes.subarray(0, at))) at -= 1;
  return bytes.subarray(0, at).toString('utf8').length;
}
