import type { AppliedRow } from '../convert/ledger/ledger.ts';
import type { Range, Run, Said } from './run.ts';

export function countOfRules({ summary: { rules } }: Run): string {
  return `${rules} ${rules === 1 ? 'rule' : 'rules'}`;
}

/** Signs that move a terminal's cursor, change its colours or turn the order of others are shown as unknown ones. */
export function visible(text: string): string {
  return text.replace(hidden, '\ufffd');
}

const hidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Text that ends no line, and is visible. */
export function inLine(text: string): string {
  return visible(text.replace(/\r\n|[\r\n\u2028\u2029]/g, ' '));
}

/** `12:3`, or `12:3, 14:3` where a thing is said in pieces. */
export function placeOf({ places }: Said): string {
  return places.map(({ from: { line, column } }: Range) => `${line}:${column}`).join(', ');
}

/** A construct in one line: its key, unless that stands in its words, and what it says. */
export function saidIn({ words, path }: Said, longest = 160): string {
  const flat = words.replace(/\s+/g, ' ').trim();
  const cut = flat.length > longest ? `${flat.slice(0, longest - 1)}…` : flat;
  return path === undefined || cut.includes(path) ? cut : cut === '' ? path : `${path}: ${cut}`;
}

/** `Image <-> process.executable (windows.yaml): where the fact comes from` */
export function rowIn({ names, file, source }: AppliedRow): string {
  return `${names}${file === undefined ? '' : ` (${file})`}: ${source}`;
}
