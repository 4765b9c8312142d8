import type { Event } from '../match/event.ts';
import { type Finder, finderOf } from '../match/match.ts';
import { occurrenceOf } from '../match/predicate.ts';
import { type Layout, timelineOf } from '../match/timeline.ts';
import type { Query } from '../query/query.ts';
import { type Casing, casingOf } from './casing.ts';
import { type Asking, askingOf } from './firing.ts';
import type { Moment } from './judge.ts';
import { Questions } from './questions.ts';
import { eventsOf } from './stream.ts';

/** What an example is for: it fires the rule, just fails to, or is written otherwise. */
export type ExampleKind = 'fires' | 'misses' | 'variant';

/** Events, and whether the rule fires on them. */
export interface Example {
  readonly kind: ExampleKind;
  /** What is to be seen in them, as a clause: `process.name is missing`. */
  readonly shows: string;
  readonly events: readonly Event[];
  readonly fires: boolean;
}

const budget = { steps: 20_000, tries: 8, looked: 20_000 };
/** How many events are looked at for one rule. */
const mostLooked = 12_000;

/** The examples of a query so far: each is what the matcher says that it is, and is there once. */
export class Scene {
  readonly asking: Asking;
  readonly casing: Casing;
  readonly ask = new Questions([], budget);
  readonly examples: Example[] = [];
  readonly #layout: Layout;
  readonly #finder: Finder;
  readonly #seen = new Set<string>();

  /** `plain` is the query as it is said of events in general. Fails on what can not be asked of events. */
  constructor(query: Query, plain: Query, layout: Layout) {
    this.ask.allow(mostLooked);
    this.#layout = layout;
    this.#finder = finderOf(query, layout);
    this.casing = casingOf(plain);
    this.asking = askingOf(plain, this.ask);
  }

  /** Adds the stream if it does what such an example has to; a variant may do either. */
  add(kind: ExampleKind, shows: string, stream: readonly Moment[]): boolean {
    if (stream.length === 0) return false;
    const events = this.#given(stream);
    const key = JSON.stringify(events);
    if (this.#seen.has(key)) return false;
    const fires = this.#isFound(events);
    if (kind !== 'variant' && fires !== (kind === 'fires')) return false;
    this.#seen.add(key);
    this.examples.push({ kind, shows, events, fires });
    return true;
  }

  #isFound(events: readonly Event[]): boolean {
    const { isAlone, concerns, find } = this.#finder;
    if (isAlone) return events.some((event) => concerns(occurrenceOf(event)));
    return find(timelineOf(events, this.#layout)).length > 0;
  }

  /** As they are given out, with the time where the rule looks for it. */
  #given(stream: readonly Moment[]): readonly Event[] {
    const { timestampField: field = '@timestamp' } = this.#layout;
    const events = eventsOf(stream);
    return field === '@timestamp'
      ? events
      : events.map((event) => ({ [field]: event['@timestamp'], ...event }));
  }
}
