import { or } from '../query/build.ts';
import { areSameKeys, isOnto, type KeyMap, keyMaps } from './keys.ts';
import type { Ordered, Slot } from './plan.ts';
import type { Questions } from './questions.ts';

/**
 * The events between which something must be missing are those that the matcher comes to first, so that a wider step
 * may find others, which are disturbed. Only of two events, with nothing asked of what is before or behind them, those
 * of a wider one stand closer to each other.
 */
export function isUndisturbed(first: Ordered, second: Ordered, ask: Questions): boolean {
  const count = second.slots.length;
  if (first.slots.length !== count) return false;
  const hasEnds = [0, count].some((gap) => second.absent[gap]!.length > 0);
  // How far back or ahead nothing may be depends on the time; a single event takes none.
  if (count > 1 && first.within > second.within) return false;
  if (hasEnds && first.within < second.within) return false;
  const ends = (plan: Ordered) => plan.absent[count]!.length > 0;
  if (second.absent[0]!.length > 0 && ends(first) !== ends(second)) return false;
  const isCloser = count <= 2 && !hasEnds;
  return keyMaps(first.slots, second.slots).some(
    (map) =>
      isOnto(map, first.slots) &&
      first.slots.every((slot, at) => {
        const other = second.slots[at]!;
        if (!isSlotWithin(slot, other, map, ask)) return false;
        return isCloser || ask.implies(other.where, slot.where);
      }) &&
      endsNoMore(first, second, map, ask) &&
      second.absent.every((gap, at) => gap.every((one) => isMissing(one, first.absent[at]!, map, ask))),
  );
}

/** Whether what may not be there in the second may not be there in the first. */
function isMissing(slot: Slot, gap: readonly Slot[], map: KeyMap, ask: Questions): boolean {
  if (ask.areApart([slot.where])) return true;
  const wheres = gap.filter((one) => areSameKeys(one, slot, map)).map(({ where }) => where);
  return wheres.length > 0 && ask.implies(slot.where, or(wheres));
}

/** Whether what the one matches is matched by the other, joined alike. */
export function isSlotWithin(one: Slot, other: Slot, map: KeyMap, ask: Questions): boolean {
  return areSameKeys(one, other, map) && ask.implies(one.where, other.where);
}

/** Whether the until of the second, if it has one, ends nothing that the first's does not. */
export function endsNoMore(first: Ordered, { until, slots }: Ordered, map: KeyMap, ask: Questions): boolean {
  // What is one event has come to its end before anything ends it.
  if (until === undefined || slots.length === 1 || ask.areApart([until.where])) return true;
  return (
    first.until !== undefined &&
    isOnto(map, first.slots) &&
    areSameKeys(first.until, until, map) &&
    ask.implies(until.where, first.until.where)
  );
}
