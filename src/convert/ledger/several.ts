import type { Query } from '../../query/query.ts';
import type { Span } from '../../source/source.ts';
import type { Files } from '../seen-rows.ts';
import type { Journey } from './journey.ts';
import type { LedgerEntry } from './ledger.ts';
import { keysOf, settingsOf } from './settings.ts';
import { appliedRow } from './tests.ts';

/** Lines for what a rule says of several events: what joins them, how many there must be, and within what time. */
export function severalEntries(
  read: Query | undefined,
  written: Query | undefined,
  known: Known,
): readonly LedgerEntry[] {
  if (read === undefined) return [];
  return [...keyEntries(read, written, known), ...settingEntries(read, written, known)];
}

interface Known {
  readonly journey: Journey;
  readonly files: Files;
  /** Where all of it is said. */
  readonly place: Span | undefined;
}

function keyEntries(
  read: Query,
  written: Query | undefined,
  { journey: { keys, uses }, files, place }: Known,
): readonly LedgerEntry[] {
  const there = new Set(written ? keysOf(written) : []);
  return keysOf(read).map((field) => {
    const use = [...keys, ...uses].find((one) => one.field === field && one.test === undefined);
    const name = use?.name ?? field;
    const isThere = there.has(name);
    return {
      kind: 'key',
      became: isThere && name === field ? 'kept' : written ? 'changed' : 'dropped',
      source: { words: field, places: place ? [place] : [], path: field },
      ...(isThere && { target: { words: name, places: [], path: name } }),
      rows: use ? appliedRow(use, files) : [],
      findings: [],
    };
  });
}

function settingEntries(read: Query, written: Query | undefined, { place }: Known): readonly LedgerEntry[] {
  const there = written ? settingsOf(written) : new Map<string, string>();
  return [...settingsOf(read)].map(([path, words]) => {
    const stands = there.get(path);
    return {
      kind: 'setting',
      became: stands === words ? 'kept' : written ? 'changed' : 'dropped',
      source: { words, places: place ? [place] : [], path },
      ...(stands !== undefined && { target: { words: stands, places: [], path } }),
      rows: [],
      findings: [],
    };
  });
}
