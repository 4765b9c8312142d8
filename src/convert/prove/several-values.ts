import { factsOf } from '../../mapping/facts.ts';
import type { Mapping } from '../../mapping/mapping.ts';
import type { Event } from '../../match/event.ts';
import { type CompareOptions, compareQueries } from '../../proof/compare-queries.ts';
import type { Relation } from '../../proof/relation.ts';
import type { Query } from '../../query/query.ts';
import { fieldsOf, mapLeaves, mapPredicates } from '../../query/walk.ts';
import type { Proof, Shown } from '../proof.ts';
import type { Question } from '../question.ts';

/** Whether a rule was written in ES|QL that was not in it: what is asked of a field with several values is null there. */
export function comparesOneValue(read: Question, written: readonly Question[]): boolean {
  return read.comparesWords === undefined && written.some((one) => one.comparesWords);
}

/** Adds what was read finds in fields with several values, and its text in ES|QL does not, to a proof that took them to have one. */
export function withSeveralValues(
  proof: Proof,
  read: Query,
  assume: Pick<CompareOptions, 'assume'>,
  mapping: Mapping,
  shownBy: (event: Event) => Shown | undefined,
): Proof {
  const worse = fewer[proof.relation];
  if (worse === undefined || read.find.kind !== 'filter' || read.stages.length > 0) return proof;
  for (const field of new Set(fieldsOf(read.find.where))) {
    const event = eventFoundFor(field, read, assume);
    if (event === undefined) continue;
    for (const several of withSecondValue(event, field)) {
      const shown = shownBy(several);
      if (shown && haveSeveralValues(shown, mapping))
        return { ...proof, relation: worse, shown: [...(proof.shown ?? []), shown] };
    }
  }
  return proof;
}

/** What a relation becomes where the text misses events as well. */
const fewer: Partial<Record<Relation, Relation>> = { equal: 'narrower', broader: 'overlapping' };

/** An event that is found for what is asked of a field. */
function eventFoundFor(
  field: string,
  read: Query,
  assume: Pick<CompareOptions, 'assume'>,
): Event | undefined {
  const without = mapPredicates(read, (where) =>
    mapLeaves(where, (leaf, positive) =>
      fieldsOf(leaf).includes(field) ? { kind: 'constant', value: !positive } : leaf,
    ),
  );
  const { counterexamples } = compareQueries(read, without, assume);
  return counterexamples.find(({ matches }) => matches === 'first')?.events[0];
}

function withSecondValue(event: Event, field: string): readonly Event[] {
  const value = event[field];
  return typeof value === 'string'
    ? ['x', `${value}x`].map((other) => ({ ...event, [field]: [value, other] }))
    : [];
}

/** Whether a field has several values here, by the names of what was written, that is known to have them. */
function haveSeveralValues({ events, asWritten = events }: Shown, mapping: Mapping): boolean {
  return asWritten.some((event) =>
    Object.entries(event).some(([field, value]) => Array.isArray(value) && factsOf(field, mapping).many),
  );
}
