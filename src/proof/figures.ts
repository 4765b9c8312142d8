import type { Scalar } from '../match/event.ts';
import { satisfies } from '../query/bound.ts';
import type { Correlation, Operand, Query } from '../query/query.ts';
import { numbersAt, wholesNear } from './bounds.ts';
import { type Measured, type Plan, planOf, repeated, type Slot } from './plan.ts';

/** A stream in outline: an event for each slot, with what some of its fields hold, in this order and within this time. */
export interface Figure {
  readonly slots: readonly Slot[];
  readonly values: readonly Values[];
  readonly within: number;
}

/** What fields of an event hold. */
export type Values = ReadonlyMap<string, Scalar | readonly Scalar[]>;

const nothing: Values = new Map();

/** Streams with more events than these are not made. */
const mostEvents = 1200;

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

function figure(slots: readonly Slot[], within: number, values: readonly Values[] = []): Figure {
  return { slots, within, values: slots.map((_, at) => values[at] ?? nothing) };
}

/** One event that is all of them, where they are joined alike. */
function sharedBy(slots: readonly Slot[], within: number): readonly Figure[] {
  const [first] = slots;
  if (first === undefined) return [];
  const where = { kind: 'and', of: slots.map((slot) => slot.where) } as const;
  return slots.length > 1 ? [figure([{ where, by: first.by }], within)] : [];
}

/** How many counts, and lists of numbers, are tried of each measure. */
const mostMeasures = 12;

function measuredBy(plan: Measured, other: Plan): readonly Figure[] {
  const { slot, asked, keep, least, within } = plan;
  const bounds = other.kind === 'measured' ? [keep, other.keep] : [keep];
  const events = other.kind === 'ordered' ? [other.slots.length - 1, other.slots.length] : [];
  const wholes = [...wholesNear(bounds), ...events].filter((count) => count >= 0 && satisfies(count, keep));
  const counts = [...new Set(wholes)].sort((a, b) => a - b).slice(0, mostMeasures);
  const most = other.kind === 'measured' ? Math.max(least, other.least) : least;
  const of = (values: readonly Values[], count: number) => figure(repeated(slot, count), within, values);
  switch (asked.measure) {
    case 'count':
      return counts.filter((count) => count >= Math.max(1, least)).map((count) => of([], count));
    case 'count-distinct': {
      const fields = [asked.field ?? '', ...(asked.also ?? [])];
      return counts.flatMap((count) => {
        const values = [...new Array(count).keys()].map((at) => told(fields, at));
        const sizes = [...new Set([least, most])].map((size) => Math.max(1, count, size));
        // One event may have them all.
        const together =
          count > 1 && fields.length === 1 ? [of([inOne(fields[0]!, count)], Math.max(1, least))] : [];
        // The first may have a value that is asked of it.
        const given = [values, values.map((one, at) => (at === 0 ? nothing : one))];
        const padded = (some: readonly Values[], size: number) => [
          ...some,
          ...repeatedLast(some, size - count),
        ];
        return [...given.flatMap((some) => sizes.map((size) => of(padded(some, size), size))), ...together];
      });
    }
    case 'sum':
    case 'avg':
    case 'min':
    case 'max':
    case 'percentile': {
      const field = asked.field ?? '';
      const lists = numbersAt(bounds).flatMap((one) => [
        [one],
        [one, one],
        [one / 2, one / 2],
        [0, one],
        [one, one * 2 + 1],
        [one, one - 1],
        [-one, one],
      ]);
      const sizes = lists.filter((list) => list.length >= least);
      return sizes.map((list) =>
        of(
          list.map((number) => new Map([[field, number]])),
          list.length,
        ),
      );
    }
    default:
      return asked.measure satisfies never;
  }
}

/** Values that are told apart; the last of several fields alone need be another. */
function told(fields: readonly string[], at: number): Values {
  return new Map(
    fields.map((field, index) => [field, `${nameOf(field)}-${index === fields.length - 1 ? at + 1 : 1}`]),
  );
}

function inOne(field: string, count: number): Values {
  return new Map([[field, [...new Array(count).keys()].map((at) => `${nameOf(field)}-${at + 1}`)]]);
}

function repeatedLast(values: readonly Values[], count: number): readonly Values[] {
  return values.length === 0 || count <= 0 ? [] : new Array<Values>(count).fill(values.at(-1)!);
}

/** The last word of a name, as what a value of it begins with. */
export function nameOf(field: string): string {
  return field.slice(field.lastIndexOf('.') + 1).toLowerCase();
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
      ...counts.slice(0, 3).map((count) => {
        const repeats = [...new Array(Math.min(count, mostEvents)).keys()];
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
  if (find.kind === 'opaque') return [];
  const before: Query = { from: [], find, stages: [] };
  const counts = stages.flatMap((stage) =>
    stage.kind === 'limit'
      ? [stage.count]
      : stage.kind === 'aggregate' && stage.keep
        ? wholesNear([stage.keep])
        : [],
  );
  const { plan } = planOf(before);
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
