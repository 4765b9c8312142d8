import type { Event, Scalar } from '../match/event.ts';
import type { Predicate } from '../query/query.ts';
import type { Figure, Values } from './figure.ts';
import { type Joining, type Others, othersAt } from './joining.ts';
import { distinct } from './keys.ts';
import { eventWith, joinedBy, type KeyValues, softened } from './laid-out.ts';
import type { Asked } from './likeness.ts';
import type { Questions } from './questions.ts';

/** The events of a figure, each as simple as it can be. */
export function eventsFor(
  figure: Figure,
  asked: Asked,
  keys: KeyValues,
  others: Others,
  joining: readonly Joining[],
  ask: Questions,
): readonly Event[] | undefined {
  const known = new Map<unknown, Event>();
  const events: Event[] = [];
  const joined = new Map(distinct(figure.slots).map((slot) => [slot, joinedBy(slot, keys)]));
  for (const [at, slot] of figure.slots.entries()) {
    const told = figure.values[at]!;
    const isLike = told.size === 0 && others !== 'apart';
    const before = isLike ? known.get(asked[at]) : undefined;
    const keyed = joined.get(slot)!;
    const simple = before ?? eventWith(asked[at]!, keyed, ask);
    if (simple === undefined) return undefined;
    const own: Values = new Map([...keyed, ...fitted(told, simple, asked[at]!, ask)]);
    const event = told.size === 0 ? simple : eventWith(asked[at]!, own, ask);
    if (event === undefined) return undefined;
    const rest = before ? undefined : othersAt(joining, others, at, own);
    const given = rest && others === 'apart' ? fitted(rest, event, asked[at]!, ask) : rest;
    const whole = given?.size ? softened(event, asked[at]!, given, ask) : event;
    if (isLike) known.set(asked[at], whole);
    events.push(ask.same(whole));
  }
  return events;
}

/** Values that tell events apart, made to be such as are asked for where they are not. */
function fitted<Value>(
  told: ReadonlyMap<string, Value>,
  event: Event,
  asked: readonly Predicate[],
  ask: Questions,
): ReadonlyMap<string, Value | Scalar> {
  const does = ask.test(asked);
  const fitting = (field: string, value: string): Scalar => {
    const held = event[field];
    const number = Number(value.replace(/.*-/, ''));
    const texts = typeof held === 'string' ? [value + held, held + value] : [];
    return [value, ...texts, number].find((one) => does({ ...event, [field]: one })) ?? value;
  };
  const entries = [...told].map(
    ([field, value]) => [field, typeof value === 'string' ? fitting(field, value) : value] as const,
  );
  return new Map(entries);
}
