import { factsOf } from '../../mapping/facts.ts';
import type { Mapping } from '../../mapping/mapping.ts';
import type { Event } from '../../match/event.ts';
import { match } from '../../match/match.ts';
import type { Relation, Verdict } from '../../proof/relation.ts';
import type { Query } from '../../query/query.ts';
import { fieldsOf, partsOf } from '../../query/walk.ts';
import { withSeveralValues } from '../prove/several-values.ts';
import type { Asked } from './asked.ts';

/** Which of two rules alone is in ES|QL and asks fields that may have several values. */
export function onlyInEsql(first: Asked, second: Asked, mapping: Mapping): 'first' | 'second' | undefined {
  const [a, b] = [first, second].map(({ question }) => question?.comparesWords === true);
  if (a === b) return undefined;
  const { question } = a ? first : second;
  const asked = partsOf(question!.query).flatMap(({ where }) => fieldsOf(where));
  if (!asked.some((field) => factsOf(field, mapping).many)) return undefined;
  return a ? 'first' : 'second';
}

/** How two queries stand to one another where one of them, in ES|QL, does not find events with several values. */
export function withOneValueIn(
  esql: 'first' | 'second',
  verdict: Verdict,
  queries: readonly [Query, Query],
  mapping: Mapping,
): Verdict {
  const [read, written] = esql === 'second' ? queries : [queries[1], queries[0]];
  const isFound = (query: Query, event: Event) =>
    match(query, [event], { comparesOneValue: query === written }).length > 0;
  const proof = withSeveralValues(
    { relation: seenFrom(esql, verdict.relation) },
    read,
    {},
    mapping,
    (event) =>
      isFound(read, event) && !isFound(written, event) ? { matches: 'read', events: [event] } : undefined,
  );
  const matches = esql === 'second' ? 'first' : 'second';
  const found = (proof.shown ?? []).map(({ events }) => ({ matches, events }) as const);
  return {
    ...verdict,
    relation: seenFrom(esql, proof.relation),
    counterexamples: [...verdict.counterexamples, ...found],
  };
}

/** A relation as it is of the rule in ES|QL to the other, and back. */
function seenFrom(esql: 'first' | 'second', relation: Relation): Relation {
  if (esql === 'second') return relation;
  if (relation === 'broader') return 'narrower';
  return relation === 'narrower' ? 'broader' : relation;
}
