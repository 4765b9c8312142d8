import type { Scalar } from '../match/event.ts';
import { fieldsOfOperands } from '../query/walk.ts';
import { leastWhole } from './bounds.ts';
import { nameOf } from './figure.ts';
import { distinct } from './keys.ts';
import { fieldsOfKey, type KeyValues, type OtherValues } from './laid-out.ts';
import type { Plan, Slot } from './plan.ts';
import { slotsIn } from './slots.ts';

/** What the fields hold that another query joins, groups or measures by: all the same, each its own, nothing, or several. */
export type Others = 'same' | 'apart' | 'absent' | 'many';

/** Fields by which a query joins, groups or measures events, and what they hold where all hold the same. */
export interface Joining {
  readonly field: string;
  readonly shared: Scalar;
  /** Values that are enough at once, where values are counted. */
  readonly several?: readonly Scalar[];
}

/** Those of a plan, beside a stream of events that are joined by keys of their own. */
export function joiningOf(plan: Plan, keys: KeyValues, own: readonly Slot[]): readonly Joining[] {
  const kinds = distinct(own);
  return joiningFields(plan).flatMap((fields) => {
    const shared = keys.find(
      (value, key) =>
        value !== undefined &&
        kinds.some((slot) => fieldsOfKey(slot, key).some((one) => fields.includes(one))),
    );
    return fields.map((field) => {
      const several = severalOf(field, plan);
      return { field, shared: shared ?? `${nameOf(field)}-1`, ...(several && { several }) };
    });
  });
}

/** As many values as are enough at once, for a field whose values are counted. */
function severalOf(field: string, plan: Plan): readonly Scalar[] | undefined {
  if (plan.kind !== 'measured' || plan.asked.field !== field) return undefined;
  const count = Math.min(leastWhole(plan.keep, 1) ?? 2, 100);
  return [...new Array(count).keys()].map((at) => `${nameOf(field)}-${at + 1}`);
}

/** What they hold in one event of many, as far as nothing else says. */
export function othersAt(
  joining: readonly Joining[],
  others: Others,
  at: number,
  values: OtherValues,
): OtherValues {
  const held = new Map<string, Scalar | readonly Scalar[] | undefined>();
  for (const { field, shared, several } of joining) {
    if (values.has(field)) continue;
    if (others === 'absent') held.set(field, undefined);
    else if (others === 'apart') held.set(field, `${nameOf(field)}-${at + 2}`);
    else held.set(field, others === 'many' && several ? several : shared);
  }
  return held;
}

/** The fields of each key of a plan, and those that it measures. */
function joiningFields(plan: Plan): readonly (readonly string[])[] {
  if (plan.kind === 'correlated') {
    const { of, by } = plan.find;
    return by.map((_, key) => [...new Set(of.map((part) => part.by[key]!))]);
  }
  const slots = slotsIn(plan);
  const count = Math.max(0, ...slots.map(({ by }) => by.length));
  const keys = [...new Array(count).keys()].map((key) => [
    ...new Set(slots.flatMap(({ by }) => (by[key] ? fieldsOfOperands([by[key]]) : []))),
  ]);
  const measured = plan.kind === 'measured' ? [plan.asked.field ?? [], plan.asked.also ?? []].flat() : [];
  return [...keys, ...measured.map((field) => [field])];
}
