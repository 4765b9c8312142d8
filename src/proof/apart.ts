import { canBePlaced } from './contained.ts';
import { distinct } from './keys.ts';
import type { Plan, Slot } from './plan.ts';
import type { Questions } from './questions.ts';

/** Of longer ones it is not asked which event could be which. */
const mostPairs = 2500;

/** Whether it is certain that in what either finds, without any other events, the other finds nothing. */
export function areNeverTogether(first: Plan, second: Plan, ask: Questions): boolean {
  return isNeverAmong(first, second, ask) && isNeverAmong(second, first, ask);
}

/** Whether the second never finds anything in the events of a find of the first. */
function isNeverAmong(first: Plan, second: Plan, ask: Questions): boolean {
  const [ours, theirs] = [slotsOf(first), slotsOf(second)];
  if (ours === undefined || theirs === undefined) return false;
  const meets = (slot: Slot, one: Slot) => !ask.areApart([slot.where, one.where]);
  if (distinct(theirs).some((slot) => !distinct(ours).some((one) => meets(slot, one)))) return true;
  if (first.kind === 'measured' || second.kind === 'measured') return false;
  const isShared = [first, second].some((plan) => plan.kind === 'together' && plan.isShared);
  if (isShared) return false;
  if (ours.length * theirs.length > mostPairs) return false;
  const fitting = theirs.map((slot) => [...ours.keys()].filter((at) => meets(slot, ours[at]!)));
  if (first.kind === 'ordered' && second.kind === 'ordered') return !areInOrder(fitting);
  return !canBePlaced(fitting);
}

function slotsOf(plan: Plan): readonly Slot[] | undefined {
  switch (plan.kind) {
    case 'ordered':
    case 'together':
      return plan.slots;
    case 'measured':
      return [plan.slot];
    case 'correlated':
    case 'unread':
      return undefined;
    default:
      return plan satisfies never;
  }
}

/** Whether each can have a place behind that of the one before. */
function areInOrder(fitting: readonly (readonly number[])[]): boolean {
  let from = 0;
  for (const places of fitting) {
    const place = places.find((at) => at >= from);
    if (place === undefined) return false;
    from = place + 1;
  }
  return true;
}
