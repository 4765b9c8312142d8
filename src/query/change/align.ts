import { spell } from '../normal.ts';
import type { Predicate } from '../query.ts';
import { likeness } from './likeness.ts';

/** What became of the parts of a join. */
export interface Alignment {
  /** For each of the parts before: what it is now; undefined where it has gone. */
  readonly now: readonly (Predicate | undefined)[];
  /** Parts that were not there before. */
  readonly added: readonly Predicate[];
}

/** Pairs the parts of two joins: the same ones first, then the likest. */
export function aligned(before: readonly Predicate[], after: readonly Predicate[]): Alignment {
  const left = new Map(after.map((part) => [spell(part), part]));
  const now: (Predicate | undefined)[] = before.map((part) => {
    const key = spell(part);
    const same = left.get(key);
    left.delete(key);
    return same;
  });
  const free = new Set(left.values());
  const open = new Set(now.flatMap((part, place) => (part === undefined ? [place] : [])));
  for (const { place, part } of likest(before, open, [...free])) {
    if (!open.has(place) || !free.has(part)) continue;
    now[place] = part;
    open.delete(place);
    free.delete(part);
  }
  return { now, added: after.filter((part) => free.has(part)) };
}

/** Beyond so many pairs nobody is looked for: joins of thousands of tests are made by machines. */
const mostPairs = 40_000;

function likest(
  before: readonly Predicate[],
  open: ReadonlySet<number>,
  free: readonly Predicate[],
): readonly { readonly place: number; readonly part: Predicate }[] {
  if (open.size * free.length > mostPairs) return [];
  const pairs = [...open].flatMap((place) =>
    free.map((part) => ({ place, part, score: likeness(before[place]!, part) })),
  );
  // The first of equals wins: parts stand in an order that depends on them alone.
  return pairs.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score);
}
