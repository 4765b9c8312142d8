import { type Event, isScalar, type Scalar } from '../match/event.ts';
import { not } from '../query/build.ts';
import { isPattern, pattern } from '../query/pattern.ts';
import type { Predicate, Value } from '../query/query.ts';
import { fieldsOfOperands } from '../query/walk.ts';
import { nameOf, type Values } from './figure.ts';
import { distinct } from './keys.ts';
import type { Slot } from './plan.ts';
import type { Questions } from './questions.ts';

/** What the fields that join events hold, key by key. */
export type KeyValues = readonly (Scalar | undefined)[];

/** Values that can join events for all of some slots: new ones, or those that the slots ask for. */
export function keyValuesOf(slots: readonly Slot[], ask: Questions): KeyValues {
  const kinds = distinct(slots);
  const count = Math.max(0, ...kinds.map(({ by }) => by.length));
  return [...new Array(count).keys()].map((key) => {
    const fields = [...new Set(kinds.flatMap((slot) => fieldsOfKey(slot, key)))];
    const [field] = fields;
    if (field === undefined) return undefined;
    const fresh = `${nameOf(field)}-${key + 1}`;
    const fits = (value: Scalar) =>
      kinds.every((slot) => eventWith([slot.where], valuesOfKey(slot, key, value), ask) !== undefined);
    const isFree = kinds.every((slot) => {
      const simple = ask.event([slot.where]);
      const values = Object.fromEntries(valuesOfKey(slot, key, fresh));
      return simple && ask.test([slot.where])({ ...simple, ...values });
    });
    if (isFree) return fresh;
    const all = kinds.length < 5 ? ask.event(kinds.map(({ where }) => where)) : undefined;
    const events = [all, ...kinds.map(({ where }) => ask.event([where]))];
    const there = events.flatMap((event) => fields.flatMap((one) => scalarsIn(event?.[one])));
    return [...new Set(there)].find(fits) ?? fresh;
  });
}

/** The same where keys that need not be there are not; undefined where all must be. */
export function withoutFree(values: KeyValues, slots: readonly Slot[]): KeyValues | undefined {
  const isFree = (key: number) =>
    slots.some(({ by }) => by[key]?.kind === 'field' && by[key].optional === true);
  return values.some((_, key) => isFree(key))
    ? values.map((value, key) => (isFree(key) ? undefined : value))
    : undefined;
}

function scalarsIn(value: unknown): readonly Scalar[] {
  if (Array.isArray(value)) return value.flatMap(scalarsIn);
  return isScalar(value) ? [value] : [];
}

export function fieldsOfKey({ by }: Slot, key: number): readonly string[] {
  const operand = by[key];
  return operand === undefined ? [] : fieldsOfOperands([operand]);
}

function valuesOfKey(slot: Slot, key: number, value: Scalar): Values {
  return new Map(fieldsOfKey(slot, key).map((field) => [field, value]));
}

/** What the keys of a slot ask its event to hold. */
export function joinedBy(slot: Slot, values: KeyValues): Values {
  const held = new Map<string, Scalar>();
  values.forEach((value, key) => {
    if (value !== undefined)
      for (const [field, one] of valuesOfKey(slot, key, value)) held.set(field, one as Scalar);
  });
  return held;
}

/** An event that all of them match and that holds these values. */
export function eventWith(wheres: readonly Predicate[], values: Values, ask: Questions): Event | undefined {
  const does = ask.test(wheres);
  let event = ask.event(wheres);
  if (event === undefined) return undefined;
  const asked: Predicate[] = [];
  for (const [field, value] of values) {
    const changed: Event = { ...event, [field]: value };
    if (does(changed)) event = changed;
    else asked.push(...holds(field, value));
  }
  if (asked.length === 0) return event;
  // What does not go with the rest by itself may be one of several values.
  const found = ask.event([...wheres, ...asked]);
  return found && softened(found, [...wheres, ...asked], values, ask);
}

function holds(field: string, value: Scalar | readonly Scalar[]): readonly Predicate[] {
  const values: readonly Scalar[] = Array.isArray(value) ? value : [value as Scalar];
  return values.map((one) => {
    const asked: Value = typeof one === 'string' ? pattern([one]) : one;
    return { kind: 'equals', field, values: [asked], quantifier: 'any', caseSensitive: isPattern(asked) };
  });
}

/** What fields hold, or that they hold nothing. */
export type OtherValues = ReadonlyMap<string, Scalar | readonly Scalar[] | undefined>;

/** The same, and then whatever of the rest it can hold as well; an undefined value is for a field that is not there. */
export function softened(
  event: Event,
  wheres: readonly Predicate[],
  values: OtherValues,
  ask: Questions,
): Event {
  const does = ask.test(wheres);
  let left = event;
  for (const [field, value] of values) {
    const { [field]: _, ...others } = left;
    const changed = value === undefined ? others : { ...left, [field]: value };
    if (does(changed)) left = changed;
  }
  return left;
}

/** The predicates, and that none of the others hold either, as far as that can be. */
export function avoiding(
  wheres: readonly Predicate[],
  others: readonly Predicate[],
  ask: Questions,
): readonly Predicate[] {
  return meeting(wheres, others.map(not), ask);
}

/** The predicates, and as many of the others as can hold with them. */
export function meeting(
  wheres: readonly Predicate[],
  others: readonly Predicate[],
  ask: Questions,
): readonly Predicate[] {
  let asked = wheres;
  for (const one of others) {
    if (ask.event([...asked, one]) !== undefined) asked = [...asked, one];
  }
  return asked;
}
