import type { Scalar } from '../match/event.ts';
import type { Slot } from './plan.ts';

/** Streams with more events than these are not made. */
export const mostEvents = 1200;

/** A stream in outline: an event for each slot, with what some of its fields hold, in this order and within this time. */
export interface Figure {
  readonly slots: readonly Slot[];
  readonly values: readonly Values[];
  readonly within: number;
}

/** What fields of an event hold. */
export type Values = ReadonlyMap<string, Scalar | readonly Scalar[]>;

export const nothing: Values = new Map();

/** An outline whose events hold these values, as far as there are any. */
export function figure(slots: readonly Slot[], within: number, values: readonly Values[] = []): Figure {
  return { slots, within, values: slots.map((_, at) => values[at] ?? nothing) };
}

/** The last word of a name, as what a value of it begins with. */
export function nameOf(field: string): string {
  return field.slice(field.lastIndexOf('.') + 1).toLowerCase();
}
