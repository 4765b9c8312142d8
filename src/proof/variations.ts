import type { Scalar } from '../match/event.ts';
import type { Predicate, Query } from '../query/query.ts';
import { fieldsOfOperands } from '../query/walk.ts';
import { leastWhole } from './bounds.ts';
import { type Figure, figuresOf, nameOf, type Values } from './figures.ts';
import type { Moment } from './judge.ts';
import { distinct } from './keys.ts';
import {
  avoiding,
  eventWith,
  fieldsOfKey,
  joinedBy,
  type KeyValues,
  keyValuesOf,
  meeting,
  type OtherValues,
  softened,
} from './laid-out.ts';
import type { Plan, Slot } from './plan.ts';
import type { Questions } from './questions.ts';
import { timesOf } from './times.ts';

/** A query, what it asks for, and what else is known of it. */
export interface Side {
  readonly query: Query;
  readonly plan: Plan;
}

/** What the fields hold that the other query joins, groups or measures by: all the same, each its own, nothing, or several at once. */
type Others = 'same' | 'apart' | 'absent' | 'many';

/**
 * Streams in which a query may find something, and which are chosen to be found, or not to be found, by another: its
 * events are like those that the other asks for or unlike them, close in time or far apart, joined by its keys or not, with
 * something among them that must not be there.
 */
export function* streamsOf(
  one: Side,
  other: Side,
  wanted: 'apart' | 'together',
  ask: Questions,
): Generator<readonly Moment[]> {
  const theirs = slotsIn(other.plan);
  const wheres = wheresOf(theirs);
  const forbidden = wheresOf(forbiddenIn(one.plan));
  for (const figure of figuresOf(one.query, one.plan, other.plan)) {
    const keys = keyValuesOf(figure.slots, ask);
    const bare = askedOf(figure, (where) => [where]);
    const calm = askedOf(figure, (where) => avoiding([where], forbidden, ask));
    for (const plain of forbidden.length > 0 ? [calm, bare] : [bare]) {
      const choices =
        wanted === 'apart' ? apartFrom(plain, other.plan, wheres, ask) : togetherWith(plain, other.plan, ask);
      for (const asked of choices) yield* laidOut(figure, asked, keys, other.plan, ask);
      if (wanted === 'apart') yield* disturbed(figure, plain, keys, one, other, forbidden, ask);
    }
  }
}

/** Streams of events of which this is asked, joined in every way, in every pace. */
function* laidOut(
  figure: Figure,
  asked: Asked,
  keys: KeyValues,
  plan: Plan,
  ask: Questions,
): Generator<readonly Moment[]> {
  const times = timesOf(figure.slots.length, figure.within, withinOf(plan));
  const ways = ['same', 'apart', 'absent'] as const;
  for (const others of plan.kind === 'measured' ? ([...ways, 'many'] as const) : ways) {
    const events = eventsFor(figure, asked, keys, others, plan, ask);
    if (events === undefined) continue;
    for (const some of times) yield events.map((event, at) => ({ event, time: some[at]! }));
  }
}

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

function forbiddenIn(plan: Plan): readonly Slot[] {
  if (plan.kind !== 'ordered') return [];
  return [...distinct(plan.absent.flat()), ...(plan.until ? [plan.until] : [])];
}

function withinOf(plan: Plan): number {
  return 'within' in plan
    ? plan.within
    : plan.kind === 'correlated'
      ? plan.find.within
      : Number.POSITIVE_INFINITY;
}

function wheresOf(slots: readonly Slot[]): readonly Predicate[] {
  return [...new Set(slots.map(({ where }) => where))];
}

type Asked = readonly (readonly Predicate[])[];

/** What is asked of each event of a figure; of those of one slot the same. */
function askedOf({ slots }: Figure, ask: (where: Predicate) => readonly Predicate[]): Asked {
  const known = new Map<Slot, readonly Predicate[]>();
  return slots.map((slot) => {
    const asked = known.get(slot) ?? ask(slot.where);
    known.set(slot, asked);
    return asked;
  });
}

function* apartFrom(
  plain: Asked,
  plan: Plan,
  wheres: readonly Predicate[],
  ask: Questions,
): Generator<Asked> {
  yield plain;
  yield each(plain, (asked) => avoiding(asked, wheres, ask));
  const theirs = 'slots' in plan ? plan.slots : [];
  if (theirs.length > 1) {
    // Each is like its counterpart, and like no other.
    yield plain.map((asked, at) => {
      const own = theirs[at];
      const rest = wheres.filter((where) => where !== own?.where);
      return avoiding(own ? meeting(asked, [own.where], ask) : asked, rest, ask);
    });
  }
  const kinds = [...new Set(plain)];
  for (const asked of kinds.length > 1 ? kinds : []) {
    for (const where of wheres) {
      const without = avoiding(asked, [where], ask);
      if (without !== asked) yield plain.map((one) => (one === asked ? without : one));
    }
  }
  // Of many of one kind all but one may be the same.
  if (kinds.length === 1 && plain.length > 1) {
    const without = avoiding(plain[0]!, wheres, ask);
    yield plain.map((asked, at) => (at === 0 ? without : asked));
  }
}

function* togetherWith(plain: Asked, plan: Plan, ask: Questions): Generator<Asked> {
  const theirs = 'slots' in plan ? plan.slots : slotsIn(plan);
  const kinds = distinct(theirs);
  const forbidden = wheresOf(forbiddenIn(plan));
  const near = (shift: number) =>
    memoized(plain, (asked, at) => {
      const from = theirs[at + shift];
      const start = from ? kinds.indexOf(from) : 0;
      const turned = [...kinds.slice(start), ...kinds.slice(0, start)];
      return avoiding(meeting(asked, wheresOf(turned), ask), forbidden, ask);
    });
  yield near(0);
  const most = Math.min(4, Math.abs(theirs.length - plain.length));
  for (let shift = 1; shift <= most; shift += 1) {
    yield near(shift);
    yield near(-shift);
  }
  yield plain.map((asked, at) => (theirs[at] ? meeting(asked, [theirs[at].where], ask) : asked));
  if (new Set(plain).size > 1) return;
  // Of many of one kind some may be enough.
  const [asked] = plain;
  const [like, unlike] = [meeting(asked!, wheresOf(kinds), ask), avoiding(asked!, wheresOf(kinds), ask)];
  for (let count = 1; count < Math.min(plain.length, 6); count += 1) {
    yield plain.map((_, at) => (at < count ? like : unlike));
  }
}

/** A change that depends on what is asked, and on the place of no more than a few. */
function memoized(
  plain: Asked,
  change: (asked: readonly Predicate[], at: number) => readonly Predicate[],
): Asked {
  if (new Set(plain).size > 1) return plain.map(change);
  const first = plain.map((asked, at) => (at < 8 ? change(asked, at) : asked));
  return first.map((asked, at) => (at < 8 ? asked : first[7]!));
}

function each(plain: Asked, change: (asked: readonly Predicate[]) => readonly Predicate[]): Asked {
  const known = new Map<readonly Predicate[], readonly Predicate[]>();
  return plain.map((asked) => {
    const changed = known.get(asked) ?? change(asked);
    known.set(asked, changed);
    return changed;
  });
}

function eventsFor(
  figure: Figure,
  asked: Asked,
  keys: KeyValues,
  others: Others,
  plan: Plan,
  ask: Questions,
) {
  const known = new Map<unknown, ReturnType<typeof eventWith>>();
  const events = [];
  for (const [at, slot] of figure.slots.entries()) {
    const values: Values = new Map([...joinedBy(slot, keys), ...figure.values[at]!]);
    const isOwn = others === 'apart' || figure.values[at]!.size > 0;
    const event = (!isOwn && known.get(asked[at])) || eventWith(asked[at]!, values, ask);
    if (event === undefined) return undefined;
    known.set(asked[at], event);
    const rest = othersOf(plan, others, at, values, keys, figure.slots);
    events.push(ask.same(rest.size === 0 ? event : softened(event, asked[at]!, rest, ask)));
  }
  return events;
}

/** What the fields hold by which the other query joins, groups or measures, as far as nothing else says. */
function othersOf(
  plan: Plan,
  others: Others,
  at: number,
  values: Values,
  keys: KeyValues,
  own: readonly Slot[],
): OtherValues {
  const held = new Map<string, Scalar | readonly Scalar[] | undefined>();
  for (const fields of joiningFields(plan)) {
    const shared = own
      .flatMap((slot) =>
        keys.map((value, key) =>
          fieldsOfKey(slot, key).some((one) => fields.includes(one)) ? value : undefined,
        ),
      )
      .find((value) => value !== undefined);
    for (const field of fields) {
      if (values.has(field)) continue;
      if (others === 'absent') held.set(field, undefined);
      else if (others === 'apart') held.set(field, `${nameOf(field)}-${at + 2}`);
      else if (others === 'many' && isMeasured(field, plan)) held.set(field, severalOf(field, plan));
      else held.set(field, shared ?? `${nameOf(field)}-1`);
    }
  }
  return held;
}

function isMeasured(field: string, plan: Plan): boolean {
  return plan.kind === 'measured' && plan.asked.field === field;
}

/** As many values as are enough at once. */
function severalOf(field: string, plan: Plan): readonly Scalar[] {
  const count = plan.kind === 'measured' ? (leastWhole(plan.keep, 1) ?? 2) : 2;
  return [...new Array(Math.min(count, 100)).keys()].map((at) => `${nameOf(field)}-${at + 1}`);
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

/** Streams of a figure with one or two events among them that the other query forbids, or takes for another. */
function* disturbed(
  figure: Figure,
  plain: Asked,
  keys: KeyValues,
  one: Side,
  other: Side,
  forbidden: readonly Predicate[],
  ask: Questions,
): Generator<readonly Moment[]> {
  if (figure.slots.length > 12) return;
  const near = memoized(plain, (asked, at) =>
    'slots' in other.plan && other.plan.slots[at] ? meeting(asked, [other.plan.slots[at].where], ask) : asked,
  );
  const events = eventsFor(figure, near, keys, 'same', other.plan, ask);
  if (events === undefined) return;
  const strangers = distinct([
    ...forbiddenIn(other.plan),
    ...slotsIn(other.plan),
    ...slotsIn(one.plan),
  ]).flatMap((slot) => strangersFor(slot, keys, one, other, forbidden, ask));
  const within = [figure.within, withinOf(other.plan)] as const;
  const laid = timesOf(figure.slots.length, ...within).map((times) =>
    events.map((event, at) => ({ event, time: times[at]! })),
  );
  const once = function* (stream: readonly Moment[]): Generator<readonly Moment[]> {
    for (const event of strangers) {
      for (const [at, time] of placesIn(stream, within)) {
        yield [...stream.slice(0, at), { event, time }, ...stream.slice(at)];
      }
    }
  };
  for (const stream of laid) yield* once(stream);
  for (const stream of laid.slice(0, 1)) for (const more of once(stream)) yield* once(more);
}

/** Events for a slot of another, joined to the stream as that one joins them, and otherwise alike or not. */
function strangersFor(
  slot: Slot,
  keys: KeyValues,
  one: Side,
  other: Side,
  forbidden: readonly Predicate[],
  ask: Questions,
) {
  const asked = avoiding([slot.where], [...forbidden, ...wheresOf(slotsIn(one.plan))], ask);
  const plainly = eventWith(asked, new Map(), ask);
  if (plainly === undefined) return [];
  const own = slotsIn(one.plan);
  const theirs = othersOf(other.plan, 'same', 0, new Map(), keys, own);
  const joined = softened(plainly, asked, theirs, ask);
  const ours = othersOf(one.plan, 'same', 0, new Map(theirs as Values), keys, own);
  const apart = othersOf(one.plan, 'apart', 9, new Map(theirs as Values), keys, own);
  const found = [ours, apart].map((values) => ask.same(softened(joined, asked, values, ask)));
  return [...new Set(found)];
}

/** Places in a stream, with times there: beside its ends as near as can be, and as far as a time reaches. */
function placesIn(
  stream: readonly Moment[],
  withins: readonly number[],
): readonly (readonly [number, number])[] {
  const [first, last] = [stream[0]!.time, stream.at(-1)!.time];
  const reach = withins.filter(Number.isFinite);
  const places: (readonly [number, number])[] = [];
  for (let at = 1; at < stream.length; at += 1) {
    places.push([at, Math.floor((stream[at - 1]!.time + stream[at]!.time) / 2)]);
  }
  for (const time of new Set([first - 1, ...reach.map((within) => last - within)])) {
    if (time <= first) places.push([0, time]);
  }
  for (const time of new Set([last + 1, ...reach.map((within) => first + within)])) {
    if (time >= last) places.push([stream.length, time]);
  }
  return places;
}
