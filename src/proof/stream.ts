import type { Event } from '../match/event.ts';
import type { Moment } from './judge.ts';
import { smallest } from './smaller.ts';

/** When streams begin: any moment would do. */
const beginning = Date.UTC(2024, 0, 1);

/** The events of a stream as they are given out, each with its time. */
export function eventsOf(stream: readonly Moment[]): readonly Event[] {
  const first = Math.min(...stream.map(({ time }) => time));
  return stream.map(({ event, time }) => ({
    '@timestamp': new Date(beginning + time - first).toISOString(),
    ...event,
  }));
}

/** Streams that were looked at, by the events themselves. */
export class Tried {
  readonly #numbers = new Map<Event, number>();
  readonly #streams = new Set<string>();

  /** Whether the stream was here before; from now on it was. */
  has(stream: readonly Moment[]): boolean {
    const key = stream.map(({ event, time }) => `${this.#numberOf(event)}@${time}`).join(' ');
    if (this.#streams.has(key)) return true;
    this.#streams.add(key);
    return false;
  }

  #numberOf(event: Event): number {
    const number = this.#numbers.get(event) ?? this.#numbers.size;
    this.#numbers.set(event, number);
    return number;
  }
}

/** More events than these are left out in halves, then quarters, and not one by one. */
const fewEvents = 24;

/** The stream without the events, and the events without the fields, that it does as well without. */
export function shortest(
  stream: readonly Moment[],
  does: (stream: readonly Moment[]) => boolean,
): readonly Moment[] {
  let left = stream;
  for (let size = stream.length > fewEvents ? stream.length >> 1 : 1; size > 0; size >>= 1) {
    for (let at = 0; at < left.length && left.length > 1; ) {
      const others = [...left.slice(0, at), ...left.slice(at + size)];
      if (others.length > 0 && does(others)) left = others;
      else at += size;
    }
  }
  return withFewerFields(left, does);
}

function withFewerFields(
  stream: readonly Moment[],
  does: (stream: readonly Moment[]) => boolean,
): readonly Moment[] {
  let left = stream;
  const known = new Map<Event, Event>();
  for (const [at, { event, time }] of stream.entries()) {
    const put = (other: Event) => left.map((one, place) => (place === at ? { event: other, time } : one));
    // Of many events that are one and the same the first says what the others need.
    const same = known.get(event);
    const isEnough = same !== undefined && does(put(same));
    const fewer = isEnough ? same : smallest(event, (other) => does(put(other)));
    known.set(event, fewer);
    left = put(fewer);
  }
  return left;
}
