import type { Operand } from '../query/query.ts';
import { combinations } from './combinations.ts';
import type { Event, Scalar } from './event.ts';
import { oneValueTest } from './one-value.ts';
import { evaluationOf } from './operand.ts';
import { type Occurrence, occurrenceOf, type Test, type Types, testOf } from './predicate.ts';
import { dateOf, momentOf, numberOf, order } from './value.ts';

/** Where an event says what it is and when it was. */
export interface Layout {
  /** `event.category` unless said. */
  readonly categoryField?: string;
  /** `@timestamp` unless said. */
  readonly timestampField?: string;
  /** What tells events of one moment apart; their order in the input unless said. */
  readonly tiebreakerField?: string;
  readonly types?: Types;
  /** What is asked of a field that has several values is null, as in ES|QL. */
  readonly comparesOneValue?: boolean;
}

/** An event in its place in time. */
export interface Dated extends Occurrence {
  /** Where it stands in the input. */
  readonly position: number;
  /** Where it stands among all in order of time. */
  readonly place: number;
  /** In milliseconds; 0 for an event that has no time. */
  readonly time: number;
}

/** The events in the order in which they happened. */
export function timelineOf(events: Iterable<Event>, layout: Layout): readonly Dated[] {
  return inOrder(
    Array.from(events, (event, position) => ({ ...occurrenceOf(event), position })),
    layout,
  );
}

/** The same for events whose fields are laid out already; some may have been left out. */
export function inOrder(
  events: readonly (Occurrence & { readonly position: number })[],
  { timestampField = '@timestamp', tiebreakerField }: Layout,
): readonly Dated[] {
  const dated = events.map((one) => ({ ...one, time: timeOf(one.fields.get(timestampField)?.[0]) }));
  const tie = ({ fields }: Occurrence) =>
    tiebreakerField === undefined ? undefined : fields.get(tiebreakerField)?.[0];
  dated.sort((a, b) => a.time - b.time || between(tie(a), tie(b)) || a.position - b.position);
  return dated.map((one, place) => ({ ...one, place }));
}

function timeOf(value: Scalar | undefined): number {
  return value === undefined ? 0 : (timeIn(value) ?? 0);
}

/** The moment that a value says, in milliseconds; undefined where it says none that is understood. */
export function timeIn(value: Scalar): number | undefined {
  return typeof value === 'number' ? value : (momentOf(spaced(value)) ?? numberOf(value));
}

/** Windows writes `2024-01-31 12:00:00`. */
function spaced(value: Scalar): Scalar {
  return typeof value === 'string' ? value.replace(/^(\d{4}-\d{2}-\d{2}) (?=\d)/, '$1T') : value;
}

function between(a: Scalar | undefined, b: Scalar | undefined): number {
  return a === undefined || b === undefined ? 0 : (order(a, b) ?? 0);
}

/** What a filter or a step asks: the kind of event, and the rest. */
export function partTest(
  { category, where }: { readonly category?: string; readonly where: Parameters<typeof testOf>[0] },
  { categoryField = 'event.category', types, comparesOneValue }: Layout,
): Test {
  const test = comparesOneValue ? oneValueTest(where, types) : testOf(where, types);
  if (category === undefined) return test;
  return (one) => (one.fields.get(categoryField) ?? []).some((value) => value === category) && test(one);
}

/**
 * The keys that join an event to others: one for each combination of the values of its fields. None where a field
 * has no value, unless it is said to be optional, and then null is a value like any other. Each key once.
 */
export function keysOf(
  by: readonly Operand[],
  types: Types = new Map(),
): (one: Occurrence) => readonly string[] {
  const parts = by.map((operand) => ({
    evaluate: evaluationOf(operand, types),
    isOptional: operand.kind === 'field' && operand.optional === true,
    isDate: operand.kind === 'field' && types.get(operand.field) === 'date',
  }));
  return (one) => {
    const values = parts.map(({ evaluate, isOptional, isDate }) => {
      const known = evaluate(one).filter((value) => value !== null || isOptional);
      return [...new Set(known.map((value) => `${spelled(value, isDate)}\n`))];
    });
    return combinations(values).map((key) => key.join(''));
  };
}

/** A moment has many spellings. */
function spelled(value: Scalar | null, isDate: boolean): string {
  if (value === null) return '';
  return JSON.stringify((isDate ? dateOf(value) : undefined) ?? value);
}

/** The values that a key is made of. */
export function valuesOfKey(key: string): readonly (Scalar | null)[] {
  return key
    .split('\n')
    .slice(0, -1)
    .map((value) => (value === '' ? null : (JSON.parse(value) as Scalar)));
}

/** Events that were found together, and the key that joins them; undefined is for an event that is missing. */
export interface Found {
  readonly events: readonly (Dated | undefined)[];
  readonly key?: string;
}

/** Events by their keys, the groups in the order of their first events. */
export function grouped<T extends Occurrence>(
  all: readonly T[],
  keys: (one: T) => readonly string[],
): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    for (const key of keys(one)) {
      const group = groups.get(key);
      if (group) group.push(one);
      else groups.set(key, [one]);
    }
  }
  return [...groups.values()];
}

/** Finds in the order in which the last of their events happened. */
export function byEnd<T extends Dated>(finds: readonly (readonly T[])[]): readonly (readonly T[])[] {
  const ends = finds.map((events) => ({ events, end: lastOf(events) }));
  return ends.sort((a, b) => a.end - b.end).map(({ events }) => events);
}

/** The place of the last of some events. */
export function lastOf(events: readonly Dated[]): number {
  return events.reduce((last, { place }) => Math.max(last, place), -1);
}

/** Each event once, though it may be there for several reasons. */
export function eachOnce<T extends Dated>(events: readonly T[]): readonly T[] {
  return [...new Map(events.map((event) => [event.place, event])).values()];
}
