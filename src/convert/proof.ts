import type { Event } from '../match/event.ts';
import type { Relation } from '../proof/relation.ts';

/** How the events of a rule as it was written stand to those of the rule as it was read. */
export interface Proof {
  readonly relation: Relation;
  /** What shows a difference: events, in order, in which one of the two finds something and the other nothing. */
  readonly shown?: readonly Shown[];
  /** Why nothing is known, as a clause. */
  readonly because?: string;
}

/** Events that one side of a conversion finds and the other does not. */
export interface Shown {
  readonly matches: 'read' | 'written';
  /** In the names of the rule as it was read. */
  readonly events: readonly Event[];
  /** The same events in the names of the rule as it was written, where these are others. */
  readonly asWritten?: readonly Event[];
}
