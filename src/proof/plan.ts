import { and } from '../query/build.ts';
import type { Bound, Correlation, Measure, Operand, Predicate } from '../query/query.ts';

/** An event that a query asks for: what it has to be, and what joins it to the others. */
export interface Slot {
  readonly where: Predicate;
  readonly by: readonly Operand[];
}

/** What a query asks for, whatever the words that it asks with. */
export type Plan = Ordered | Together | Measured | Correlated | Unread;

/** Events one after the other: a filter is one, a count so many of the same. */
export interface Ordered {
  readonly kind: 'ordered';
  readonly slots: readonly Slot[];
  /** What must not be there: before each slot, and after the last. */
  readonly absent: readonly (readonly Slot[])[];
  readonly until?: Slot;
  readonly within: number;
}

/** Events in any order. */
export interface Together {
  readonly kind: 'together';
  readonly slots: readonly Slot[];
  readonly within: number;
  /** Whether one event may be several of them. */
  readonly isShared: boolean;
}

/** Events whose measure is what is asked for. */
export interface Measured {
  readonly kind: 'measured';
  readonly slot: Slot;
  readonly asked: Measure;
  readonly keep: Bound;
  readonly least: number;
  readonly within: number;
  /** Asked at each event of those within the time; otherwise once, of all there are. */
  readonly isMoving: boolean;
}

export interface Correlated {
  readonly kind: 'correlated';
  readonly find: Correlation;
}

/** What nothing can be proved of. */
export interface Unread {
  readonly kind: 'unread';
  readonly because: string;
}

/** A plan, and what decides how often something is found, beside whether it is found at all. */
export interface Planned {
  readonly plan: Plan;
  readonly often: string;
}

/** The same, with values for these fields. */
export function withFields(slot: Slot, fields: readonly string[]): Slot {
  const there = fields.map((field): Predicate => ({ kind: 'exists', field }));
  return there.length === 0 ? slot : { ...slot, where: and([slot.where, ...there]) };
}

/** Events one after the other, and nothing else asked. */
export function inOrder(slots: readonly Slot[], within = Number.POSITIVE_INFINITY): Ordered {
  return { kind: 'ordered', slots, absent: [...slots.map(() => []), []], within };
}

/** More events than these are not laid out one by one. */
export const mostSlots = 5000;

export function repeated(slot: Slot, count: number): readonly Slot[] {
  return new Array<Slot>(count).fill(slot);
}
