import { attempt } from '../diagnostic/attempt.ts';
import type { Event } from '../match/event.ts';
import { occurrenceOf, testOf } from '../match/predicate.ts';
import { and, not } from '../query/build.ts';
import { normalPredicate, spell } from '../query/normal.ts';
import type { Predicate } from '../query/query.ts';
import { findEvent } from './relate.ts';
import type { Budget, Found } from './search.ts';

/** What an answer costs, and what it costs to look for one and find none, in events that are looked at. */
const costOfAnswer = 20;
const costOfDoubt = 2500;

/** What is asked of predicates while two queries are compared, each question once. */
export class Questions {
  /** Why the first question without an answer has none. */
  doubt: string | undefined;
  readonly #assume: readonly Predicate[];
  readonly #budget: Budget;
  #left = 0;
  readonly #names = new WeakMap<Predicate, number>();
  readonly #spelled = new Map<string, number>();
  readonly #answers = new Map<string, Found<Event>>();
  readonly #tests = new Map<string, (event: Event) => boolean>();

  readonly #events = new Map<string, Event>();

  constructor(assume: readonly Predicate[], budget: Budget) {
    this.#assume = assume;
    this.#budget = budget;
  }

  /** From here on so much is looked at, and no more. */
  allow(events: number): void {
    this.#left = events;
  }

  /** Whether so many events more can be looked at; from here on they were. */
  spend(events: number): boolean {
    this.#left -= events;
    return this.#left >= 0;
  }

  /** The simplest event that all of them match. */
  event(wheres: readonly Predicate[]): Event | undefined {
    const found = this.#answer(wheres);
    return found.kind === 'found' ? found.result : undefined;
  }

  /** Whether it is certain that no event is matched by all of them. */
  areApart(wheres: readonly Predicate[]): boolean {
    const found = this.#answer(wheres);
    if (found.kind === 'unknown') this.doubt ??= found.because;
    return found.kind === 'none';
  }

  /** Whether it is certain that every event that the one matches is matched by the other. */
  implies(one: Predicate, other: Predicate): boolean {
    return this.nameOf(one) === this.nameOf(other) || this.areApart([one, not(other)]);
  }

  areEqual(one: Predicate, other: Predicate): boolean {
    return this.implies(one, other) && this.implies(other, one);
  }

  /** Whether an event is matched by all of them, and is one of those that are looked at. */
  test(wheres: readonly Predicate[]): (event: Event) => boolean {
    const key = this.#keyOf(wheres);
    const known = this.#tests.get(key);
    if (known) return known;
    const tested = attempt(() => testOf(joined([...wheres, ...this.#assume])));
    const test = tested.ok ? (event: Event) => tested.value(occurrenceOf(event)) : () => false;
    this.#tests.set(key, test);
    return test;
  }

  /** One event for all that hold the same. */
  same(event: Event): Event {
    const text = JSON.stringify(event);
    const known = this.#events.get(text);
    if (known) return known;
    this.#events.set(text, event);
    return event;
  }

  /** One number for all predicates of one normal form. */
  nameOf(where: Predicate): number {
    const known = this.#names.get(where);
    if (known !== undefined) return known;
    const text = spell(normalPredicate(where));
    const name = this.#spelled.get(text) ?? this.#spelled.size;
    this.#spelled.set(text, name);
    this.#names.set(where, name);
    return name;
  }

  #keyOf(wheres: readonly Predicate[]): string {
    return wheres
      .map((one) => this.nameOf(one))
      .sort((a, b) => a - b)
      .join(' ');
  }

  #answer(wheres: readonly Predicate[]): Found<Event> {
    const key = this.#keyOf(wheres);
    const known = this.#answers.get(key);
    if (known) return known;
    if (!this.spend(costOfAnswer)) return { kind: 'unknown', because: tooMany };
    const found = findEvent(wheres, { assume: this.#assume, budget: this.#budget });
    // To look for long and find nothing costs as much as many answers.
    if (found.kind === 'unknown') this.spend(costOfDoubt);
    this.#answers.set(key, found);
    return found;
  }
}

const tooMany = 'there are more ways to tell them apart than are looked through';

function joined(wheres: readonly Predicate[]): Predicate {
  return wheres.length === 0 ? { kind: 'constant', value: true } : and(wheres);
}
