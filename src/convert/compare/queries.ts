import { relate } from '../../proof/relate.ts';
import type { Counterexample, Verdict } from '../../proof/relation.ts';
import type { Budget } from '../../proof/search.ts';
import { sameMeaning } from '../../query/normal.ts';
import type { Predicate, Query } from '../../query/query.ts';

export interface CompareQueriesOptions {
  /** What holds of every event that is looked at. */
  readonly assume?: Predicate;
  readonly budget?: Partial<Budget>;
}

const usual: Budget = { steps: 20_000, tries: 12, looked: 60_000 };

/** Decides how the events that two queries match stand to each other, as far as these are asked one by one. */
export function compareQueries(first: Query, second: Query, options: CompareQueriesOptions = {}): Verdict {
  if (sameMeaning(first, second)) return { relation: 'equal', counterexamples: [] };
  const [one, other] = [whereOf(first), whereOf(second)];
  if (one === undefined || other === undefined) {
    return {
      relation: 'unknown',
      counterexamples: [],
      because: 'one of the two asks for more than single events, in other words than the other',
    };
  }
  const { relation, because, ...shown } = relate(one, other, {
    ...(options.assume && { assume: [options.assume] }),
    budget: { ...usual, ...options.budget },
  });
  const counterexamples = (['first', 'second'] as const).flatMap((matches): Counterexample[] => {
    const event = shown[matches];
    return event ? [{ matches, events: [event] }] : [];
  });
  return { relation, counterexamples, ...(because !== undefined && { because }) };
}

/** What a query asks of single events, if that is all it asks. */
function whereOf({ find, stages }: Query): Predicate | undefined {
  return find.kind === 'filter' && find.category === undefined && stages.length === 0
    ? find.where
    : undefined;
}
