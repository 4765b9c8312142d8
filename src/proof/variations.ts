import type { Query } from '../query/query.ts';
import { disturbed } from './disturbed.ts';
import type { Figure } from './figure.ts';
import { eventsFor } from './figure-events.ts';
import { figuresOf } from './figures.ts';
import { joiningOf } from './joining.ts';
import type { Moment } from './judge.ts';
import { avoiding, type KeyValues, keyValuesOf, withoutFree } from './laid-out.ts';
import { type Asked, apartFrom, askedOf, togetherWith } from './likeness.ts';
import type { Plan } from './plan.ts';
import type { Questions } from './questions.ts';
import { forbiddenIn, slotsIn, wheresOf, withinOf } from './slots.ts';
import { timesOf } from './times.ts';

/** A query, what it asks for, and what else is known of it. */
export interface Side {
  readonly query: Query;
  readonly plan: Plan;
}

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
  const figures = figuresOf(one.query, one.plan, other.plan).flatMap((figure) => {
    const bare = askedOf(figure, (where) => [where]);
    const calm = askedOf(figure, (where) => avoiding([where], forbidden, ask));
    const joined = keyValuesOf(figure.slots, ask);
    const free = withoutFree(joined, figure.slots);
    return (forbidden.length > 0 ? [calm, bare] : [bare]).flatMap((asked) =>
      [joined, ...(free ? [free] : [])].map((keys) => ({ figure, keys, asked })),
    );
  });
  for (const { figure, keys, asked: plain } of figures) {
    const choices =
      wanted === 'apart' ? apartFrom(plain, other.plan, wheres, ask) : togetherWith(plain, other.plan, ask);
    for (const asked of choices) yield* laidOut(figure, asked, keys, other.plan, ask);
  }
  if (wanted === 'together') return;
  for (const { figure, keys, asked } of figures) {
    yield* disturbed(figure, asked, keys, one, other, forbidden, ask);
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
  const joining = joiningOf(plan, keys, figure.slots);
  const ways = ['same', 'apart', 'absent'] as const;
  for (const others of plan.kind === 'measured' ? ([...ways, 'many'] as const) : ways) {
    if (!ask.spend(figure.slots.length)) return;
    const events = eventsFor(figure, asked, keys, others, joining, ask);
    if (events === undefined) continue;
    for (const some of times) yield events.map((event, at) => ({ event, time: some[at]! }));
  }
}
