import type { Measure } from '../query/query.ts';
import { isDownward, isUpward, leastWhole, numbersWithin, wholesWithin } from './bounds.ts';
import { areSameKeys, isOnto, keyMaps } from './keys.ts';
import { inOrder, type Measured, mostSlots, type Ordered, repeated, withFields } from './plan.ts';
import type { Questions } from './questions.ts';

/** Events that are there whenever a measure is what is asked for: so many of them, or one that is measured. */
export function impliedBy({ slot, asked, keep, least, within }: Measured): readonly Ordered[] {
  const { measure } = asked;
  const count = measure === 'count' ? (leastWhole(keep, Math.max(1, least)) ?? 1) : Math.max(1, least);
  // Where there are more, there are so many as well.
  const all = inOrder(repeated(slot, Math.min(count, mostSlots)), within);
  const hasNone = measure === 'count' || (measure === 'count-distinct' && leastWhole(keep, 0) === 0);
  return hasNone ? [all] : [all, inOrder([withFields(slot, fieldsOf(asked))])];
}

function fieldsOf({ field, also = [] }: Measure): readonly string[] {
  return field === undefined ? [] : [field, ...also];
}

/** Whether it is certain that where the one is what is asked for the other is. */
export function isContainedMeasure(first: Measured, second: Measured, ask: Questions): boolean {
  if (!isSameMeasure(first.asked, second.asked) || first.least < second.least) return false;
  if (!isKeptWithin(first, second)) return false;
  const grows = growsWithEvents(first) && growsWithEvents(second);
  if (
    grows
      ? first.within > second.within
      : first.within !== second.within || first.isMoving !== second.isMoving
  )
    return false;
  const slots = [[first.slot], [second.slot]] as const;
  return keyMaps(...slots).some(
    (map) =>
      areSameKeys(first.slot, second.slot, map) &&
      (grows || isOnto(map, slots[0])) &&
      (grows
        ? ask.implies(first.slot.where, second.slot.where)
        : ask.areEqual(first.slot.where, second.slot.where)),
  );
}

function isSameMeasure(a: Measure, b: Measure): boolean {
  return (
    a.measure === b.measure &&
    (a.percentile ?? 50) === (b.percentile ?? 50) &&
    [...fieldsOf(a)].sort().join('\n') === [...fieldsOf(b)].sort().join('\n')
  );
}

function isKeptWithin(first: Measured, second: Measured): boolean {
  const { measure } = first.asked;
  if (measure === 'count') return wholesWithin(first.keep, second.keep, Math.max(1, first.least));
  if (measure === 'count-distinct') return wholesWithin(first.keep, second.keep, 0);
  return numbersWithin(first.keep, second.keep);
}

/** Whether more events never make what is asked for untrue. */
function growsWithEvents({ asked: { measure }, keep }: Measured): boolean {
  if (measure === 'count' || measure === 'count-distinct' || measure === 'max') return isUpward(keep);
  return measure === 'min' && isDownward(keep);
}
