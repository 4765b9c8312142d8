import { sameTree } from '../../query/walk.ts';
import type { Leaf } from './leaves.ts';
import type { LocatedLeaf } from './located.ts';

/**
 * The tests of the written query that stand for one that was read: for each thing it asks for, the first that asks
 * for the same, or for what comes nearest to it, of one of these fields. `meant` is the test as the tables left it.
 */
export function twinsOf(
  read: Leaf,
  meant: readonly Leaf[],
  names: ReadonlySet<string>,
  written: readonly LocatedLeaf[],
): readonly LocatedLeaf[] {
  const candidates = written.filter(({ fields }) => isAmong(fields, names));
  const sought = meant.length > 0 ? meant : [read];
  const exact = candidates.filter(({ test }) => sought.some((one) => sameTree(one.test, test)));
  if (exact.length > 0) return firstOfEach(exact, sought);
  const asked = sought.flatMap(({ asks }) => asks);
  const found = new Set(asked.flatMap((ask) => nearestTo(ask, candidates) ?? []));
  if (found.size > 0) return candidates.filter((one) => found.has(one));
  return candidates.length === 1 ? candidates : [];
}

/** A rule may make one test several times over; each has the same words. */
function firstOfEach(exact: readonly LocatedLeaf[], sought: readonly Leaf[]): readonly LocatedLeaf[] {
  const firsts = sought.flatMap((one) => exact.find(({ test }) => sameTree(one.test, test)) ?? []);
  return [...new Set(firsts)];
}

/** Searches of no field are twins of each other; a sub-field stands for its field. */
function isAmong(fields: readonly string[], names: ReadonlySet<string>): boolean {
  if (fields.length === 0) return names.size === 0;
  return fields.some((field) => names.has(field) || names.has(field.replace(/\.(?:caseless|text)$/, '')));
}

function nearestTo(ask: string, candidates: readonly LocatedLeaf[]): LocatedLeaf | undefined {
  const wanted = core(ask);
  const same = candidates.find(({ asks }) => asks.some((one) => core(one) === wanted));
  if (same || wanted === '') return same;
  return candidates.find(({ asks }) =>
    asks.some((one) => core(one) !== '' && (core(one).includes(wanted) || wanted.includes(core(one)))),
  );
}

/** What is left of a value once case, wildcards and the signs around a name do not count. */
function core(ask: string): string {
  return ask.toLowerCase().replace(/[*?\\/."'^$|:@ ]/g, '');
}
