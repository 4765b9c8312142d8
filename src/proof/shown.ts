import type { Event } from '../match/event.ts';
import type { Judge, Moment } from './judge.ts';
import type { Questions } from './questions.ts';
import { eventsOf, shortest, Tried } from './stream.ts';
import { type Side, streamsOf } from './variations.ts';

/** A query that can be asked of streams. */
export interface Judged extends Side {
  readonly judge: Judge;
}

/** The shortest stream that is found of those in which the one finds something and the other nothing. */
export function toldApart(
  one: Judged,
  other: Judged,
  ask: Questions,
  most: number,
): readonly Event[] | undefined {
  const does = (stream: readonly Moment[]) => one.judge.finds(stream) && !other.judge.finds(stream);
  const isSo = (events: readonly Event[]) => one.judge.confirms(events) && !other.judge.confirms(events);
  return shown(streamsOf(one, other, 'apart', ask), does, isSo, ask, most);
}

/** A stream that one of them finds, with nothing to spare, and in which the other finds something as well. */
export function foundTogether(first: Judged, second: Judged, ask: Questions, most: number) {
  const isSo = (events: readonly Event[]) => first.judge.confirms(events) && second.judge.confirms(events);
  for (const [one, other] of [
    [first, second],
    [second, first],
  ] as const) {
    const does = (stream: readonly Moment[]) => one.judge.findsAll(stream) && other.judge.finds(stream);
    const found = shown(streamsOf(one, other, 'together', ask), does, isSo, ask, most);
    if (found) return found;
  }
  return undefined;
}

function shown(
  streams: Iterable<readonly Moment[]>,
  does: (stream: readonly Moment[]) => boolean,
  isSo: (events: readonly Event[]) => boolean,
  ask: Questions,
  most: number,
): readonly Event[] | undefined {
  ask.allow(most);
  const isLookedAt = ask.test([]);
  const tried = new Tried();
  for (const stream of streams) {
    if (tried.has(stream)) continue;
    if (!ask.spend(stream.length + 4)) return undefined;
    if (!does(stream)) continue;
    const fewest = shortest(stream, (fewer) => fewer.every(({ event }) => isLookedAt(event)) && does(fewer));
    const found = eventsOf(fewest);
    if (isSo(found)) return found;
  }
  return undefined;
}
