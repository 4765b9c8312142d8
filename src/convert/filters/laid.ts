import { attempt, Failure } from '../../diagnostic/attempt.ts';
import { and } from '../../query/build.ts';
import type { Predicate, Query } from '../../query/query.ts';
import { mapParts } from '../../query/walk.ts';
import type { Rule, RuleFilter } from '../../rule/rule.ts';
import type { Family } from '../family.ts';
import { filtersFor } from './concern.ts';
import { conditionOf } from './document.ts';
import { excludedBy, opposite, type Reading } from './reading.ts';

/**
 * Sigma filters as a part of the query, where the target has no place for exclusions: what they keep is joined to what
 * a rule asks of its events by `and`, as pySigma does it.
 */

/** What has to hold of the events of each part of a rule as well; of all events, where a rule has no parts. */
export type Kept = readonly (Predicate | undefined)[];

/** Undefined where no filter is for the rule, or where one can not be read: that one is told of by itself. */
export function keptOf(
  { rule, parts }: Family,
  filters: readonly RuleFilter[],
  reading: Reading,
): Kept | undefined {
  const wholes = rule.detection.kind === 'correlation' ? parts : [rule];
  const kept = attempt(() => wholes.map((part) => keptIn(part, filters, reading)));
  return kept.ok && kept.value.some((one) => one !== undefined) ? kept.value : undefined;
}

function keptIn(
  rule: Rule | undefined,
  filters: readonly RuleFilter[],
  reading: Reading,
): Predicate | undefined {
  const own = rule ? filtersFor(rule, filters) : [];
  if (own.length === 0) return undefined;
  return and(own.map(({ body }) => opposite(excludedBy(conditionOf(body), reading))));
}

/** The query with what is kept joined to each of its parts. */
export function laidOver(query: Query, kept: Kept): Query {
  const { find } = query;
  const count = find.kind === 'sequence' || find.kind === 'sample' ? find.steps.length : 1;
  if (kept.length !== 1 && kept.length !== count) {
    const message =
      'The filters of the rule are for other events than it asks for; they were not joined to it.';
    throw new Failure({ code: 'loss/filter', message });
  }
  return mapParts(query, ({ category, where }, index) => {
    const one = kept.length === 1 ? kept[0] : kept[index];
    return { category, where: one === undefined ? where : and([where, one]) };
  });
}
