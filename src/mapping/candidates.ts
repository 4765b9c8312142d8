import type { ReadyRow } from './mapping.ts';

/** Rows of log sources by what a rule has to say for them to fit: of hundreds, few have to be tried. */
interface Directory {
  /** Rows that no test is needed for, by their place among the rows. */
  readonly undemanding: readonly number[];
  /** The others by each spelling of the first test that is needed. */
  readonly bySaying: ReadonlyMap<string, readonly number[]>;
  /** Rows that indices may say alone, by the first of these. */
  readonly byStem: ReadonlyMap<string, readonly number[]>;
}

const directories = new WeakMap<readonly ReadyRow[], Directory>();

/** The rows that may fit a rule which makes such tests and searches such indices, in their order. */
export function candidatesIn(
  rows: readonly ReadyRow[],
  sayings: Iterable<string>,
  stems: readonly string[],
): readonly ReadyRow[] {
  const directory = directories.get(rows) ?? directoryOf(rows);
  directories.set(rows, directory);
  const { undemanding, bySaying, byStem } = directory;
  const places = new Set(undemanding);
  for (const saying of sayings) for (const place of bySaying.get(saying) ?? []) places.add(place);
  for (const stem of stems) for (const place of byStem.get(stem) ?? []) places.add(place);
  return [...places].sort((a, b) => a - b).map((place) => rows[place]!);
}

function directoryOf(rows: readonly ReadyRow[]): Directory {
  const undemanding: number[] = [];
  const bySaying = new Map<string, number[]>();
  const byStem = new Map<string, number[]>();
  for (const [place, { where, stems }] of rows.entries()) {
    const needed = where.find(({ test }) => test.missing === undefined);
    if (needed === undefined) undemanding.push(place);
    for (const { key } of needed?.spellings ?? []) put(bySaying, key, place);
    const [first] = stems ?? [];
    if (first !== undefined) put(byStem, first, place);
  }
  return { undemanding, bySaying, byStem };
}

function put(places: Map<string, number[]>, key: string, place: number): void {
  const known = places.get(key);
  if (known) known.push(place);
  else places.set(key, [place]);
}
