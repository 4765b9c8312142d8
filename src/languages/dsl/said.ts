import type { Predicate, Query } from '../../query/query.ts';
import { mapLeaves } from '../../query/walk.ts';
import { networkValues, withCategory } from '../as-test.ts';
import { asKept, type Leaving } from '../kept.ts';
import type { PrintOptions } from '../language.ts';
import { testCompared } from '../truth.ts';
import { readSearch } from './search.ts';

/** Elasticsearch is told that case does not count; whether a field is cut into words is the index's. */
export const leaving: Leaving = { name: 'a filter', saysCase: true };

/**
 * A query as it comes back once filters have said it. A network is a value that a field of addresses knows for what
 * it is, the event category a field like others, and a text of Lucene that is one word a search for that.
 */
export function said(query: Query, options?: PrintOptions): Query {
  const { find } = asKept(query, leaving, options);
  if (find.kind === 'opaque') return { ...query, find: { kind: 'filter', where: leafSaid(find) } };
  if (find.kind !== 'filter') return query;
  const where = mapLeaves(withCategory(find), leafSaid);
  return { ...query, find: { kind: 'filter', where, ...(find.span && { span: find.span }) } };
}

function leafSaid(leaf: Predicate): Predicate {
  if (leaf.kind === 'cidr') return networkValues(leaf);
  const test = leaf.kind === 'compare' ? testCompared(leaf) : undefined;
  if (test) return mapLeaves(test, leafSaid);
  return leaf.kind === 'opaque' && leaf.language === 'lucene' ? readSearch(leaf.text) : leaf;
}
