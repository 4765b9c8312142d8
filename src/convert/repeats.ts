import type { Aggregate, FieldOperand, Query } from '../query/query.ts';
import { atLeast } from './counts.ts';

/** A count of events as a sequence of one event, and back: EQL has no counts, Sigma no sequence of one. */

/** At least n events of a group within a time: the same event, n times over. EQL counts to 100. */
export function repeatedSequence(query: Query, count: Aggregate): Query | undefined {
  const runs = count.measure === 'count' && count.keep ? atLeast(count.keep) : undefined;
  const { find } = query;
  if (find.kind !== 'filter' || runs === undefined || runs < 2 || runs > 100) return undefined;
  if (count.by.length === 0 || count.within === undefined) return undefined;
  const { kind: _, ...filter } = find;
  return {
    from: query.from,
    find: {
      kind: 'sequence',
      by: count.by.map((field): FieldOperand => ({ kind: 'field', field })),
      within: count.within,
      steps: [{ ...filter, by: [], runs, missing: false }],
    },
    stages: [],
  };
}

/** The way back: a sequence of one event, n times over, is a count of at least n. */
export function countOfRepeats(query: Query): Query {
  const { find } = query;
  if (find.kind !== 'sequence' || find.until || find.within === undefined || query.stages.length > 0)
    return query;
  const [step, ...more] = find.steps;
  if (step === undefined || more.length > 0 || step.missing || step.runs < 2) return query;
  const keys = [...find.by, ...step.by];
  const by = keys.map((key) => (key.kind === 'field' && !key.optional ? key.field : undefined));
  if (by.length === 0 || !by.every((field) => field !== undefined)) return query;
  const { by: _by, runs, missing: _missing, ...filter } = step;
  return {
    from: query.from,
    find: { kind: 'filter', ...filter },
    stages: [
      { kind: 'aggregate', measure: 'count', by, within: find.within, keep: { operator: '>=', value: runs } },
    ],
  };
}
