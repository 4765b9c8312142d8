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

/** Of more events than these each is needed, as the count of them is. */
const fewEvents = 12;
/** With more events than these, no two the same, what is left out of one is left out of all. */
const fewKinds = 6;

/** The stream without the events, and the events without the fields, that it does as well without. */
export function shortest(stream: readonly Moment[], does: Does): readonly Moment[] {
  const left = stream.length > fewEvents ? stream : withoutEvents(stream, does);
  const kinds = [...new Set(left.map(({ event }) => event))];
  if (kinds.length > fewKinds && left.length > fewEvents) return withoutFields(left, does);
  return kinds.reduce((all, kind) => {
    // Of many that are one and the same, all do without.
    const put = (event: Event) => all.map((one) => (one.event === kind ? { ...one, event } : one));
    return put(smallest(kind, (event) => does(put(event))));
  }, left);
}

type Does = (stream: readonly Moment[]) => boolean;

function withoutEvents(stream: readonly Moment[], does: Does): readonly Moment[] {
  return stream.reduce((left, one) => {
    const others = left.filter((other) => other !== one);
    return others.length > 0 && does(others) ? others : left;
  }, stream);
}

function withoutFields(stream: readonly Moment[], does: Does): readonly Moment[] {
  const fields = [...new Set(stream.flatMap(({ event }) => Object.keys(event)))];
  return fields.reduce((left, field) => {
    const known = new Map<Event, Event>();
    const without = (event: Event): Event => {
      const { [field]: _, ...others } = event;
      const changed = known.get(event) ?? others;
      known.set(event, changed);
      return changed;
    };
    const others = left.map(({ event, time }) => ({ event: without(event), time }));
    return does(others) ? others : left;
  }, stream);
}
