import { and } from '../../../query/build.ts';
import type { Aggregate, Predicate, Query } from '../../../query/query.ts';
import { mapLeaves } from '../../../query/walk.ts';
import { withCategory } from '../../as-test.ts';
import type { PrintOptions } from '../../language.ts';
import { needsOf } from './needs.ts';
import { prepared } from './prepare.ts';
import { simplify } from './simplify.ts';
import { presences } from './truth.ts';

/**
 * A query as it comes back once ES|QL has said it: the category is a field, case is a matter of letters, what groups
 * are made by is asked to be there, and where nothing is named, everything is searched.
 */
export function said(query: Query, options: PrintOptions = {}): Query {
  const { find } = query;
  if (find.kind !== 'filter') return query;
  const where = simplify(preparedWhere(query, options));
  return {
    from: query.from.length === 0 ? everything : query.from,
    find: { kind: 'filter', where, ...(find.span && { span: find.span }) },
    stages: query.stages,
  };
}

export const everything: readonly string[] = ['*'];

/** The condition as it is printed. */
export function preparedWhere({ find, stages }: Query, { factsOf = () => ({}) }: PrintOptions): Predicate {
  if (find.kind !== 'filter') return { kind: 'constant', value: true };
  const where = mapLeaves(withCategory(find), (leaf) => prepared(leaf, factsOf));
  const aggregate = stages.find((stage) => stage.kind === 'aggregate');
  return aggregate ? withGroups(where, aggregate) : where;
}

/** Events without a field are no group by it, and ES|QL would make them one. */
function withGroups(where: Predicate, { by }: Aggregate): Predicate {
  const { there } = needsOf(where).yes;
  return joined([where, ...presences(by.filter((field) => !there.has(field)))]);
}

function joined(parts: readonly Predicate[]): Predicate {
  const kept = parts.filter((part) => !(part.kind === 'constant' && part.value));
  return kept.length === 0 ? { kind: 'constant', value: true } : and(kept);
}
