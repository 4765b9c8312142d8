import { satisfies } from '../query/bound.ts';
import type { Correlation, Operand, Query } from '../query/query.ts';
import { numbersAt, wholesNear } from './bounds.ts';
import { measuredBy, told } from './counted.ts';
import { type Figure, figure, mostEvents, nothing } from './figure.ts';
import type { Plan, Slot } from './plan.ts';
import { planOf } from './plan-of.ts';

/** Outlines of streams in which a query may find something, the simplest first. */
export function figuresOf(query: Query, plan: Plan, other: Plan): readonly Figure[] {
  return outlined(query, plan, other).filter(({ slots }) => slots.length > 0 && slots.length <= mostEvents);
}

function outlined(query: Query, plan: Plan, other: Plan): readonly Figure[] {
  switch (plan.kind) {
    case 'ordered':
      return [figure(plan.slots, plan.within)];
    case 'together': {
      const orders = [plan.slots, [...plan.slots].reverse()].map((slots) => figure(slots, plan.within));
      return plan.isShared ? [...orders, ...sharedBy(plan.slots, plan.within)] : orders;
    }
    case 'measured':
      return measuredBy(plan, other);
    case 'correlated':
      return correlatedBy(plan.find);
    case 'unread':
      return piped(query, other);
    default:
      return plan satisfies never;
  }
}

/** One event that is all of them, where they are joined alike. */
function sharedBy(slots: readonly Slot[], within: number): readonly Figure[] {
  const [first] = slots;
  if (first === undefined) return [];
  const where = { kind: 'and', of: slots.map((slot) => slot.where) } as const;
  return slots.length > 1 ? [figure([{ where, by: first.by }], within)] : [];
}

/** More parts than these are not left out in every way. */
const mostParts = 6;

function correlatedBy({ of, asks, within }: Correlation): readonly Figure[] {
  const parts = of.map(({ query, by }) => partSlots(query, by));
  const all = figure(parts.flat(), within);
  if (asks.kind === 'measured') {
    const field = asks.field;
    const numbers = numbersAt([asks.keep]);
    const counts = wholesNear([asks.keep]).filter((count) => count > 0 && satisfies(count, asks.keep));
    return parts.flatMap((slots) => [
      ...counts.slice(0, 3).flatMap((count) => {
        if (count * slots.length > mostEvents) return [];
        const repeats = [...new Array(count).keys()];
        const values = repeats.flatMap((at) => slots.map(() => (field ? told([field], at) : nothing)));
        return figure(
          repeats.flatMap(() => slots),
          within,
          values,
        );
      }),
      ...numbers.map((number) => {
        const values = slots.map(() => (field ? new Map([[field, number]]) : nothing));
        return figure(slots, within, values);
      }),
    ]);
  }
  if (parts.length > mostParts) return [all];
  const sets = [...new Array(2 ** parts.length - 1).keys()].map((set) =>
    parts.flatMap((slots, part) => (((set + 1) >> part) & 1 ? slots : [])),
  );
  return sets
    .sort((a, b) => a.length - b.length)
    .flatMap((slots) => [figure(slots, within), figure([...slots].reverse(), within)]);
}

/** The events of a part, joined by the keys of the correlation, and each part by its own. */
function partSlots(query: Query, by: readonly string[]): readonly Slot[] {
  const { plan } = planOf(query);
  const keys = by.map((field): Operand => ({ kind: 'field', field }));
  const [first] = figuresOf(query, plan, plan);
  return (first?.slots ?? []).map((slot) => ({ ...slot, by: [...keys, ...slot.by] }));
}

/** What stands before a pipe that is not understood, once and several times over. */
function piped({ find, stages }: Query, other: Plan): readonly Figure[] {
  const before: Query = { from: [], find, stages: [] };
  const counts = stages.flatMap((stage) =>
    stage.kind === 'limit'
      ? [stage.count]
      : stage.kind === 'aggregate' && stage.keep
        ? wholesNear([stage.keep])
        : [],
  );
  const { plan } = planOf(before);
  if (plan.kind === 'unread') return [];
  return figuresOf(before, plan, other).flatMap((one) =>
    [...new Set([1, ...counts])]
      .filter((count) => count > 0 && count <= mostEvents)
      .map((count) => {
        const times = [...new Array(count).keys()];
        return figure(
          times.flatMap(() => one.slots),
          one.within,
          times.flatMap(() => one.values),
        );
      }),
  );
}
