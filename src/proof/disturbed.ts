import type { Event } from '../match/event.ts';
import type { Predicate } from '../query/query.ts';
import type { Figure } from './figure.ts';
import { eventsFor } from './figure-events.ts';
import { joiningOf, othersAt } from './joining.ts';
import type { Moment } from './judge.ts';
import { distinct } from './keys.ts';
import { avoiding, eventWith, type KeyValues, meeting, softened } from './laid-out.ts';
import { type Asked, memoized } from './likeness.ts';
import type { Slot } from './plan.ts';
import type { Questions } from './questions.ts';
import { forbiddenIn, slotsIn, wheresOf, withinOf } from './slots.ts';
import { timesOf } from './times.ts';
import type { Side } from './variations.ts';

/** Streams of a figure with one or two events among them that the other query forbids, or takes for another. */
export function* disturbed(
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
  const joining = joiningOf(other.plan, keys, figure.slots);
  const events = eventsFor(figure, near, keys, 'same', joining, ask);
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
): readonly Event[] {
  const asked = avoiding([slot.where], [...forbidden, ...wheresOf(slotsIn(one.plan))], ask);
  const plainly = eventWith(asked, new Map(), ask);
  if (plainly === undefined) return [];
  const own = slotsIn(one.plan);
  const theirs = othersAt(joiningOf(other.plan, keys, own), 'same', 0, new Map());
  const joined = softened(plainly, asked, theirs, ask);
  const joining = joiningOf(one.plan, keys, own);
  const [ours, apart] = [othersAt(joining, 'same', 0, theirs), othersAt(joining, 'apart', 9, theirs)];
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
