import type { Event } from '../match/event.ts';
import { type Finder, finderOf } from '../match/match.ts';
import { occurrenceOf } from '../match/predicate.ts';
import { partTest, timelineOf } from '../match/timeline.ts';
import type { Query } from '../query/query.ts';
import { mapParts } from '../query/walk.ts';

/** An event and when it was, in milliseconds. */
export interface Moment {
  readonly event: Event;
  readonly time: number;
}

/** Of what is measured the matcher gives no more events than these. */
const mostGiven = 100;

/**
 * A query that is asked of one stream after the other. What each of its parts says of an event is found out once, so that
 * the matcher has no more to do than to put events together; it says of the events that are given out in the end what
 * the query says itself.
 */
export class Judge {
  readonly #query: Query;
  readonly #finder: Finder;
  readonly #tests: readonly { readonly label: string; readonly test: (event: Event) => boolean }[];
  readonly #labels = new WeakMap<Event, Event>();

  /** Fails on what can not be asked of events. */
  constructor(query: Query) {
    finderOf(query, {});
    this.#query = query;
    const tests: { label: string; test: (event: Event) => boolean }[] = [];
    const labelled = mapParts(query, (part, index) => {
      const test = partTest(part, {});
      const label = `#${index}`;
      tests.push({ label, test: (event) => test(occurrenceOf(event)) });
      return { category: undefined, where: { kind: 'exists', field: label } };
    });
    this.#tests = tests;
    this.#finder = finderOf(labelled, {});
  }

  finds(stream: readonly Moment[]): boolean {
    return this.#found(stream).length > 0;
  }

  /** Whether it finds the whole stream, with none to spare. */
  findsAll(stream: readonly Moment[]): boolean {
    const all = Math.min(stream.length, mostGiven);
    return this.#found(stream).some(
      ({ events }) => new Set(events.filter((place) => place >= 0)).size >= all,
    );
  }

  /** The same, of the events as they are given out. */
  confirms(events: readonly Event[]): boolean {
    return finderOf(this.#query, {}).find(timelineOf(events, {})).length > 0;
  }

  #found(stream: readonly Moment[]) {
    const events = stream.map(({ event, time }) => ({
      ...event,
      ...this.#labelsOf(event),
      '@timestamp': time,
    }));
    return this.#finder.find(timelineOf(events, {}));
  }

  #labelsOf(event: Event): Event {
    const known = this.#labels.get(event);
    if (known) return known;
    const labels = Object.fromEntries(
      this.#tests.filter(({ test }) => test(event)).map(({ label }) => [label, true]),
    );
    this.#labels.set(event, labels);
    return labels;
  }
}
