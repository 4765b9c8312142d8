import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Span } from '../../source/source.ts';
import type { LedgerEntry, Subject } from './ledger.ts';

/** Entries as they are looked for; of tests there may be thousands, and a finding for each. */
export interface Known {
  /** Tests in the order of their places, of which none holds another. */
  readonly tests: readonly Placed[];
  readonly byField: ReadonlyMap<string, readonly LedgerEntry[]>;
  readonly others: readonly LedgerEntry[];
}

interface Placed {
  readonly place: Span;
  readonly entry: LedgerEntry;
}

export function knownAmong(entries: readonly LedgerEntry[]): Known {
  const tests = entries.filter(({ kind }) => kind === 'test').flatMap(placesOf);
  const byField = new Map<string, LedgerEntry[]>();
  for (const entry of entries) {
    const path = entry.source?.path;
    if ((entry.kind !== 'test' && entry.kind !== 'key') || path === undefined) continue;
    const same = byField.get(path);
    if (same) same.push(entry);
    else byField.set(path, [entry]);
  }
  const others = entries.filter(({ kind }) => kind !== 'test');
  return { tests: tests.sort((a, b) => a.place.start - b.place.start), byField, others };
}

function placesOf(entry: LedgerEntry): readonly Placed[] {
  return (entry.source?.places ?? []).map((place) => ({ place, entry }));
}

/** The construct that a finding is about: by its place, its field, its key, or what its code is about. */
export function entryAbout(found: Diagnostic, among: Known): LedgerEntry | undefined {
  return (
    atItsPlace(found, among) ??
    ofItsField(found, among) ??
    ofItsKey(found, among) ??
    ofItsSubject(found, among)
  );
}

/** The smallest construct that the place lies in, of the same field if one is named. */
function atItsPlace({ span, path }: Diagnostic, { tests, others }: Known): LedgerEntry | undefined {
  if (span === undefined) return undefined;
  const narrow = others.filter(({ kind }) => !wide.has(kind)).flatMap(placesOf);
  const around = [...before(tests, span), ...narrow].filter(({ place }) => holds(place, span));
  around.sort((a, b) => lengthOf(a) - lengthOf(b));
  return (around.find(({ entry }) => entry.source?.path === path) ?? around[0])?.entry;
}

/** The tests that begin at a place or not far before it. */
function before(tests: readonly Placed[], { start }: Span): readonly Placed[] {
  let [low, high] = [0, tests.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tests[middle]!.place.start <= start) low = middle + 1;
    else high = middle;
  }
  return tests.slice(Math.max(0, low - near), low);
}

/** Tests hardly lie within one another, and if, then not deep. */
const near = 32;

/** These are said of a query as a whole, and hold all that is in it. */
const wide: ReadonlySet<Subject> = new Set(['query', 'key', 'setting']);

function holds(around: Span, { start, end }: Span): boolean {
  return start >= around.start && end <= around.end;
}

function lengthOf({ place }: Placed): number {
  return place.end - place.start;
}

function ofItsField({ field, path, span }: Diagnostic, { byField }: Known): LedgerEntry | undefined {
  const of = byField.get(field ?? path ?? '') ?? [];
  const within =
    span && of.slice(0, near).find(({ source }) => source?.places.some((one) => holds(span, one)));
  return within ?? of[0];
}

/** `rule.threat.0.technique` is about `rule.threat`, `risk_score` about `rule.risk_score`. */
function ofItsKey({ path }: Diagnostic, { others }: Known): LedgerEntry | undefined {
  if (path === undefined) return undefined;
  const isAbout = (key: string | undefined) =>
    key !== undefined &&
    (path === key || path.startsWith(`${key}.`) || key.endsWith(`.${path}`) || path.endsWith(`.${key}`));
  return others.find(
    ({ kind, source, target }) => kind !== 'key' && (isAbout(source?.path) || isAbout(target?.path)),
  );
}

/** What a finding is about by its code, where it names no place. */
const subjects: Readonly<Record<string, Subject>> = {
  'mapping/unknown-log-source': 'log-source',
  'mapping/assumption': 'log-source',
  'mapping/ambiguous': 'log-source',
  'loss/log-source': 'log-source',
  'carry/query': 'query',
  'carry/restored': 'query',
  'carry/edited': 'query',
  'loss/language': 'query',
  'loss/rule-type': 'query',
  'proof/unproved': 'query',
  'proof/unreported-difference': 'query',
};

function ofItsSubject({ code }: Diagnostic, { others }: Known): LedgerEntry | undefined {
  const subject = Object.hasOwn(subjects, code) ? subjects[code] : undefined;
  return subject && others.find(({ kind }) => kind === subject);
}
