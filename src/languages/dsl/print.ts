import type { Outcome } from '../../diagnostic/diagnostic.ts';
import { always } from '../../query/build.ts';
import type { Predicate, Query } from '../../query/query.ts';
import { withCategory } from '../as-test.ts';
import { asKept } from '../kept.ts';
import type { PrintOptions } from '../language.ts';
import { askedOfOne, unlessLost } from '../lose.ts';
import { filterOf } from './filter-of.ts';
import { leaving } from './said.ts';
import type { Lose } from './spell.ts';

/** A list of filters, one for each part that has to hold; or all that filters have no words for. */
export function print(query: Query, options?: PrintOptions): Outcome<string> {
  return unlessLost(leaving.name, {}, (lose, report) => {
    const parts = partsOf(asKept(query, leaving, options, report), lose);
    const filters = parts.map((part) => filterOf(part, lose));
    return JSON.stringify(filters, undefined, 2);
  });
}

function partsOf(query: Query, lose: Lose): readonly Predicate[] {
  const find = askedOfOne(query, lose);
  if (find === undefined) return [];
  if (find.kind === 'opaque') return [find];
  const where = withCategory(find);
  if (depthOf(where) > deepest) {
    lose('loss/filter', `The query is nested more than ${deepest} levels deep`, find.span);
    return [];
  }
  if (where.kind === 'and') return where.of;
  return where.kind === 'constant' && where.value === always.value ? [] : [where];
}

/** Elasticsearch takes 30 levels unless it is told otherwise, and JSON needs three for each. */
const deepest = 100;

function depthOf(node: Predicate): number {
  switch (node.kind) {
    case 'and':
    case 'or':
      return 1 + node.of.reduce((most, part) => Math.max(most, depthOf(part)), 0);
    case 'not':
      return 1 + depthOf(node.of);
    case 'nested':
      return 1 + depthOf(node.where);
    default:
      return 0;
  }
}
