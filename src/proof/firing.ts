import { attempt } from '../diagnostic/attempt.ts';
import type { Query } from '../query/query.ts';
import { eventsFor } from './figure-events.ts';
import { figuresOf } from './figures.ts';
import { joiningOf, type Others } from './joining.ts';
import { Judge, type Moment } from './judge.ts';
import { avoiding, keyValuesOf } from './laid-out.ts';
import { askedOf } from './likeness.ts';
import type { Plan } from './plan.ts';
import { planOf } from './plan-of.ts';
import type { Questions } from './questions.ts';
import { settled } from './settled.ts';
import { forbiddenIn, wheresOf } from './slots.ts';
import { shortest, Tried } from './stream.ts';
import { timesOf } from './times.ts';

/** A query, what it asks for, and what says whether it finds something. */
export interface Asking {
  readonly query: Query;
  readonly plan: Plan;
  readonly finds: (stream: readonly Moment[]) => boolean;
}

/** Fails on what can not be asked of events. */
export function askingOf(query: Query, ask: Questions): Asking {
  const judge = new Judge(query);
  const { plan } = settled(planOf(query), ask);
  return { query, plan, finds: (stream) => judge.finds(stream) };
}

/** The shortest stream that is found of those in which a query finds something. */
export function firing({ query, plan, finds }: Asking, ask: Questions): readonly Moment[] | undefined {
  const outcome = attempt(() => {
    const tried = new Tried();
    for (const stream of streamsFor(query, plan, ask)) {
      if (tried.has(stream)) continue;
      if (!ask.spend(stream.length + 4)) return undefined;
      if (finds(stream)) return shortest(withoutLast(stream, finds), finds);
    }
    return undefined;
  });
  return outcome.ok ? outcome.value : undefined;
}

/** The stream without the last events that it does as well without. */
function withoutLast(stream: readonly Moment[], finds: Asking['finds']): readonly Moment[] {
  let left = stream;
  while (left.length > 1 && finds(left.slice(0, -1))) left = left.slice(0, -1);
  return left;
}

const ways: readonly Others[] = ['same', 'apart', 'many'];

/** Streams of what is asked for, and of nothing that must not be there, close together. */
function* streamsFor(query: Query, plan: Plan, ask: Questions): Generator<readonly Moment[]> {
  const forbidden = wheresOf(forbiddenIn(plan));
  for (const figure of figuresOf(query, plan, plan)) {
    const bare = askedOf(figure, (where) => [where]);
    const calm = askedOf(figure, (where) => avoiding([where], forbidden, ask));
    const keys = keyValuesOf(figure.slots, ask);
    const joining = joiningOf(plan, keys, figure.slots);
    const [times] = timesOf(figure.slots.length, figure.within, figure.within);
    for (const asked of forbidden.length > 0 ? [calm, bare] : [bare]) {
      for (const others of ways) {
        if (!ask.spend(figure.slots.length)) return;
        const events = eventsFor(figure, asked, keys, others, joining, ask);
        if (events) yield events.map((event, at) => ({ event, time: times![at]! }));
      }
    }
  }
}
