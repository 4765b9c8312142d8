import type { Event } from '../match/event.ts';

/**
 * How the events that a second query matches stand to those of a first. `broader` matches all of them and more;
 * `overlapping` some of them and others; `unknown` could not be found out within what is looked through.
 */
export const relations = ['equal', 'broader', 'narrower', 'overlapping', 'disjoint', 'unknown'] as const;

/** How the events of a second query stand to those of a first. */
export type Relation = (typeof relations)[number];

/** Events, in order, in which one of two queries finds something and the other nothing. */
export interface Counterexample {
  readonly matches: 'first' | 'second';
  readonly events: readonly Event[];
}

/** How a second query stands to a first, and what shows it. */
export interface Verdict {
  readonly relation: Relation;
  /** What the first alone matches, and what the second alone, as far as there is such a thing. */
  readonly counterexamples: readonly Counterexample[];
  /** Events that are a find of one of two that overlap, none to spare, and in which the other finds something, too. */
  readonly both?: readonly Event[];
  /** Why nothing is known, as a clause. */
  readonly because?: string;
}

/** What the finding says, as a clause, that came of asking a query of events. */
export function clauseOf(message = 'it can not be asked of events'): string {
  const clause = message.replace(/; no event was matched\.$/, '').replace(/\.$/, '');
  return clause.replace(/^(?:The|It|A|An)\b/, (word) => word.toLowerCase());
}
