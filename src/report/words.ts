import type { AppliedRow } from '../convert/ledger/ledger.ts';
import type { Range, Run, Said } from './run.ts';

export function countOfRules({ summary: { rules } }: Run): string {
  return `${rules} ${rules === 1 ? 'rule' : 'rules'}`;
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
