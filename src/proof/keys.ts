import type { Operand } from '../query/query.ts';
import { sameTree } from '../query/walk.ts';
import type { Slot } from './plan.ts';

/** For each key of some events, which key of the others has the same values. */
export type KeyMap = readonly number[];

const mostMaps = 64;

/** Every way in which each key of the second is a key of the first that can be the same. */
export function keyMaps(first: readonly Slot[], second: readonly Slot[]): readonly KeyMap[] {
  const [ours, theirs] = [keyCount(first), keyCount(second)];
  if (ours === undefined || theirs === undefined) return [];
  let maps: readonly KeyMap[] = [[]];
  for (let key = 0; key < theirs; key += 1) {
    const fitting = [...new Array(ours).keys()].filter((own) =>
      distinct(second).every((slot) => first.some((one) => isSameKey(one.by[own]!, slot.by[key]!))),
    );
    maps = maps.flatMap((map) => fitting.map((own) => [...map, own])).slice(0, mostMaps);
  }
  return maps;
}

/** How many keys each of them has; undefined where they differ in that, so that nothing joins them. */
function keyCount(slots: readonly Slot[]): number | undefined {
  const count = slots[0]?.by.length ?? 0;
  return slots.every(({ by }) => by.length === count) ? count : undefined;
}

/** Whether what has a value for each key of the first has the same ones for those of the second. */
export function areSameKeys(first: Slot, second: Slot, map: KeyMap): boolean {
  return second.by.every((key, at) => {
    const own = first.by[map[at] ?? -1];
    return own !== undefined && isSameKey(own, key);
  });
}

/** Whether the keys of both are the same, so that each can be told from the other's. */
export function isOnto(map: KeyMap, first: readonly Slot[]): boolean {
  return new Set(map).size === (first[0]?.by.length ?? 0);
}

/** That a key must be there is asked with what the event has to be. */
function isSameKey(own: Operand, other: Operand): boolean {
  return sameTree(own, other);
}

/** Each once: a count has the same one many times over. */
export function distinct(slots: readonly Slot[]): readonly Slot[] {
  return [...new Set(slots)];
}
