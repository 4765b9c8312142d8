import { compareQueries } from '../../proof/compare-queries.ts';
import type { Relation } from '../../proof/relation.ts';
import type { Query } from '../../query/query.ts';
import type { Versions } from '../../source/merge-pieces.ts';

/** Who merges many rules does not wait for each. */
const budget = { steps: 3000, tries: 3, looked: 3000, events: 300 };

/**
 * Holds a merged query against what each side did: where one only added events, the merged query has no fewer than the other
 * side; where one only took events away, no more. Says what is not so, as a clause, where that is certain.
 */
export function guarded({ base, ours, theirs }: Versions<Query>, merged: Query): string | undefined {
  const upstream = broken(base, theirs, ours, merged);
  if (upstream !== undefined)
    return `put together, they would match ${upstream} than it does here, which is not what upstream did`;
  const here = broken(base, ours, theirs, merged);
  if (here !== undefined)
    return `put together, they would match ${here} than upstream, which is not what was done here`;
  return undefined;
}

function broken(base: Query, changed: Query, other: Query, merged: Query): string | undefined {
  const done = relationOf(base, changed);
  if (done === 'broader')
    return isOneOf(relationOf(other, merged), ['narrower', 'overlapping', 'disjoint'])
      ? 'other events'
      : undefined;
  if (done === 'narrower')
    return isOneOf(relationOf(other, merged), ['broader', 'overlapping', 'disjoint'])
      ? 'other events'
      : undefined;
  return undefined;
}

function isOneOf(relation: Relation, those: readonly Relation[]): boolean {
  return those.includes(relation);
}

function relationOf(first: Query, second: Query): Relation {
  return compareQueries(first, second, { budget }).relation;
}
