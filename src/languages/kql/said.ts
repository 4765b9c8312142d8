import type { Predicate, Query, Value } from '../../query/query.ts';
import { mapLeaves } from '../../query/walk.ts';
import { networkValues, withCategory } from '../as-test.ts';
import { asKept, type Leaving } from '../kept.ts';
import type { PrintOptions } from '../language.ts';
import { testCompared } from '../truth.ts';

/** Case is what the index makes of it. */
export const leaving: Leaving = { name: 'KQL', saysCase: false };

/**
 * A query as it comes back once KQL has said it. KQL does not know the types of values: a number, a
 * network and the text that spells them are one to it, and only the field decides. Its event category
 * is a field like others.
 */
export function said(query: Query, options?: PrintOptions): Query {
  const { find } = asKept(query, leaving, options);
  if (find.kind !== 'filter') return query;
  const where = mapLeaves(withCategory(find), untyped);
  return { ...query, find: { kind: 'filter', where, ...(find.span && { span: find.span }) } };
}

function untyped(leaf: Predicate): Predicate {
  switch (leaf.kind) {
    case 'equals':
    case 'free-text':
      return { ...leaf, values: leaf.values.map(spelled) };
    case 'cidr':
      return networkValues(leaf);
    case 'compare': {
      const test = testCompared(leaf);
      return test ? mapLeaves(test, untyped) : leaf;
    }
    default:
      return leaf;
  }
}

function spelled(value: Value): Value {
  return typeof value === 'number' ? [String(value)] : value;
}
