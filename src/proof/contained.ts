import { isContainedCorrelation } from './correlations.ts';
import { distinct, type KeyMap, keyMaps } from './keys.ts';
import { impliedBy, isContainedMeasure } from './measures.ts';
import type { Ordered, Plan, Slot, Together } from './plan.ts';
import type { Questions } from './questions.ts';
import { endsNoMore, isSlotWithin, isUndisturbed } from './undisturbed.ts';

/**
 * Whether it is certain that where the first finds something the second does, too, in any events whatever. Built on
 * how the matcher finds things: it finds a sequence exactly where there are events for its steps, in order and in time,
 * with no event of the until among them; what must be missing is asked of the one sequence that it comes to first.
 */
export function isContained(first: Plan, second: Plan, ask: Questions): boolean {
  if (findsNothing(first, ask)) return true;
  switch (first.kind) {
    case 'ordered':
      if (second.kind === 'ordered') return isOrderedWithin(first, second, ask);
      return second.kind === 'together' && isWithinTogether(first, second, ask);
    case 'together':
      if (second.kind === 'together') return isTogetherWithin(first, second, ask);
      return second.kind === 'ordered' && isOneOf(first.slots, second, ask);
    case 'measured':
      if (second.kind === 'measured') return isContainedMeasure(first, second, ask);
      return impliedBy(first).some((one) => isContained(one, second, ask));
    case 'correlated':
      return second.kind === 'correlated' && isContainedCorrelation(first.find, second.find, ask);
    case 'unread':
      return false;
    default:
      return first satisfies never;
  }
}

/** Whether there is no event at all for one of its parts. */
function findsNothing(plan: Plan, ask: Questions): boolean {
  const slots = plan.kind === 'measured' ? [plan.slot] : 'slots' in plan ? plan.slots : [];
  return distinct(slots).some(({ where }) => ask.areApart([where]));
}

function isOrderedWithin(first: Ordered, second: Ordered, ask: Questions): boolean {
  if (second.absent.some((slots) => slots.length > 0)) return isUndisturbed(first, second, ask);
  if (isOneOf(first.slots, second, ask)) return true;
  if (second.slots.length > 1 && first.within > second.within) return false;
  return keyMaps(first.slots, second.slots).some(
    (map) => isEmbedded(first.slots, second.slots, map, ask) && endsNoMore(first, second, map, ask),
  );
}

/** A sequence of one event is that event: neither time nor keys nor an until make a difference, if it has the keys. */
function isOneOf(
  slots: readonly Slot[],
  { slots: [only, ...more], absent }: Ordered,
  ask: Questions,
): boolean {
  if (only === undefined || more.length > 0 || absent.some((gap) => gap.length > 0)) return false;
  return distinct(slots).some((slot) => hasKeysOf(slot, only) && ask.implies(slot.where, only.where));
}

/** Whether each key of the second has a value in what the first matches. That its fields are there is asked with the rest. */
function hasKeysOf(slot: Slot, only: Slot): boolean {
  return only.by.every((key) => key.kind === 'field' || keyMaps([slot], [{ ...only, by: [key] }]).length > 0);
}

/** Whether the slots of the second are slots of the first in the same order, each at least as wide. */
function isEmbedded(first: readonly Slot[], second: readonly Slot[], map: KeyMap, ask: Questions): boolean {
  let at = 0;
  for (const slot of second) {
    while (at < first.length && !isSlotWithin(first[at]!, slot, map, ask)) at += 1;
    if (at === first.length) return false;
    at += 1;
  }
  return true;
}

function isWithinTogether(first: Ordered, second: Together, ask: Questions): boolean {
  if (second.isShared && second.slots.length > 1 && first.within > second.within) return false;
  return isPlaced(first.slots, second, ask);
}

function isTogetherWithin(first: Together, second: Together, ask: Questions): boolean {
  if (second.slots.length > 1 && first.isShared && !second.isShared) return false;
  if (second.isShared && second.slots.length > 1 && first.within > second.within) return false;
  return isPlaced(first.slots, second, ask);
}

/** Whether each slot of the second is one of the first, where it may be no other's unless they share events. */
function isPlaced(first: readonly Slot[], second: Together, ask: Questions): boolean {
  return keyMaps(first, second.slots).some((map) => {
    const fitting = second.slots.map((slot) =>
      [...first.keys()].filter((at) => isSlotWithin(first[at]!, slot, map, ask)),
    );
    return second.isShared ? fitting.every((places) => places.length > 0) : canBePlaced(fitting);
  });
}

/** Whether each can have one of its places for itself (Hall, as Kuhn finds it). */
export function canBePlaced(fitting: readonly (readonly number[])[]): boolean {
  const taken = new Map<number, number>();
  const place = (one: number, tried: Set<number>): boolean =>
    fitting[one]!.some((at) => {
      if (tried.has(at)) return false;
      tried.add(at);
      const before = taken.get(at);
      if (before !== undefined && !place(before, tried)) return false;
      taken.set(at, one);
      return true;
    });
  return [...fitting.keys()].every((one) => place(one, new Set()));
}
