import type { Predicate } from '../query/query.ts';
import { distinct } from './keys.ts';
import type { Plan, Slot } from './plan.ts';

/** All that a plan asks of events, what must be missing included. */
export function slotsIn(plan: Plan): readonly Slot[] {
  switch (plan.kind) {
    case 'ordered':
      return [...distinct(plan.slots), ...forbiddenIn(plan)];
    case 'together':
      return distinct(plan.slots);
    case 'measured':
      return [plan.slot];
    case 'correlated':
    case 'unread':
      return [];
    default:
      return plan satisfies never;
  }
}

/** What must not be there. */
export function forbiddenIn(plan: Plan): readonly Slot[] {
  if (plan.kind !== 'ordered') return [];
  return [...distinct(plan.absent.flat()), ...(plan.until ? [plan.until] : [])];
}

export function withinOf(plan: Plan): number {
  return 'within' in plan
    ? plan.within
    : plan.kind === 'correlated'
      ? plan.find.within
      : Number.POSITIVE_INFINITY;
}

export function wheresOf(slots: readonly Slot[]): readonly Predicate[] {
  return [...new Set(slots.map(({ where }) => where))];
}
