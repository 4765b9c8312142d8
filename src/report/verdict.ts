import type { Proof, Shown } from '../convert/proof.ts';
import type { Event } from '../match/event.ts';
import type { Relation } from '../proof/relation.ts';
import { visibleJson } from '../source/visible.ts';

/** What a verdict says of the rule as it was written. */
const sentences = {
  equal: 'The written rule finds the same events.',
  broader: 'The written rule finds all that the rule read finds, and more.',
  narrower: 'The written rule finds nothing else than the rule read, and not all of it.',
  overlapping: 'The written rule finds some events that the rule read does not, and misses some.',
  disjoint: 'The written rule finds none of the events that the rule read finds.',
  unknown: 'Whether the written rule finds the same events is not known',
} as const satisfies Record<Relation, string>;

export function sentenceOf({ relation, because }: Proof): string {
  if (relation !== 'unknown') return sentences[relation];
  return `${sentences.unknown}${because === undefined ? '.' : `: ${because}.`}`;
}

/** Whether other events are found, as far as is known. */
export function tellsApart(proof: Proof | undefined): proof is Proof {
  return proof !== undefined && proof.relation !== 'equal' && proof.relation !== 'unknown';
}

/** What shows a difference, in lines: the events in the names of the rule as it was read. */
export function shownLines({ shown = [] }: Proof): readonly string[] {
  return shown.flatMap((one) => [whoFinds(one), eventsOf(one).read]);
}

/** What an event shows. */
export function whoFinds({ matches, events }: Shown): string {
  const what = events.length === 1 ? 'This event is' : 'These events are';
  return matches === 'written'
    ? `${what} found by the written rule, and not by the rule read.`
    : `${what} found by the rule read, and not by the written rule.`;
}

/** One event a line, in the names of the rule as it was read, and as written where these are others. */
export function eventsOf({ events, asWritten }: Shown): { readonly read: string; readonly written?: string } {
  return { read: linesOf(events), ...(asWritten && { written: linesOf(asWritten) }) };
}

function linesOf(events: readonly Event[]): string {
  return events.map((event) => visibleJson(event)).join('\n');
}
