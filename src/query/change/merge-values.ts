import type { Versions } from '../../source/merge-pieces.ts';

/**
 * A list as a set: what either side added is there, what either side took away is not. Undefined where both put other
 * values in the place of all that was there, or where nothing would be left.
 */
export function mergedSet<T>(
  { base, ours, theirs }: Versions<readonly T[]>,
  keyOf: (value: T) => string,
): readonly T[] | undefined {
  const [was, mine, its] = [base, ours, theirs].map((list) => new Set(list.map(keyOf))) as [
    Set<string>,
    Set<string>,
    Set<string>,
  ];
  const stays = ours.filter((value) => its.has(keyOf(value)) || !was.has(keyOf(value)));
  const added = theirs.filter((value) => !was.has(keyOf(value)) && !mine.has(keyOf(value)));
  const keepsSome = base.some((value) => mine.has(keyOf(value)) && its.has(keyOf(value)));
  const bothAdd = added.length > 0 && ours.some((value) => !was.has(keyOf(value)) && !its.has(keyOf(value)));
  if (!keepsSome && bothAdd && base.length > 0) return undefined;
  const merged = [...stays, ...added];
  return merged.length === 0 && ours.length + theirs.length > 0 ? undefined : merged;
}
