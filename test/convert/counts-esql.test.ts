import fc from 'fast-check';
import { expect, test } from 'vitest';

import { printQuery } from '../../src/convert/print.ts';
import { type Acceptable, convert } from '../../src/index.ts';
import { esql } from '../../src/languages/esql/index.ts';
import { filter } from '../../src/query/build.ts';
import type { Aggregate, Bound } from '../../src/query/query.ts';
import { must } from '../support/laws.ts';

const comparison = fc.constantFrom('<', '<=', '>', '>=', '==', '!=') as fc.Arbitrary<Bound['operator']>;
const one: fc.Arbitrary<Bound> = fc.record({ operator: comparison, value: fc.integer({ min: -3, max: 9 }) });
const bound = fc.tuple(one, fc.option(one), fc.option(one)).map(([first, second, third]): Bound => {
  const last = third && second ? { ...second, and: third } : second;
  return last ? { ...first, and: last } : first;
});
const measure = fc.constantFrom(
  'count',
  'count-distinct',
  'sum',
  'avg',
  'min',
  'max',
  'percentile',
) as fc.Arbitrary<Aggregate['measure']>;
const aggregate = fc
  .tuple(measure, fc.uniqueArray(fc.constantFrom('a', 'b c', 'Esql.event_count'), { minLength: 1 }), bound)
  .map(
    ([name, by, keep]): Aggregate => ({
      kind: 'aggregate',
      // As correlations put it together.
      by,
      keep,
      measure: name,
      ...(name === 'count' ? {} : { field: 'd' }),
      ...(name === 'percentile' ? { percentile: 95 } : {}),
    }),
  );

test('Every count is written in ES|QL and proved, in whatever order its parts were put together', () => {
  fc.assert(
    fc.property(aggregate, (stage) => {
      const query = { ...filter({ kind: 'exists', field: 'e' }), stages: [stage] };
      const { text } = printQuery(query, esql, { to: 'kibana' }, () => {});
      expect(text).toContain('| stats ');
    }),
  );
});

const correlation = (type: string, condition: string, keys = '') => `title: Part
id: 11111111-1111-4111-8111-111111111111
name: part
status: test
logsource: { category: process_creation, product: windows }
detection:
    s: { Image: a }
    condition: s
---
title: Whole
id: 21111111-1111-4111-8111-111111111111
status: test
correlation:
    type: ${type}
    rules: [part]
${keys}    timespan: 5m
    condition: ${condition}
`;
const byUser = '    group-by: [User]\n';

test.each([
  ['event_count', '{ lt: 5 }', byUser, 'event_count < 5'],
  ['event_count', '{ gt: 1, lt: 5 }', '', 'event_count > 1 and Esql.event_count < 5'],
  ['value_count', '{ field: Computer, gte: 5 }', byUser, 'count_distinct(host.id)'],
  ['value_avg', '{ field: ProcessId, gt: 5, lte: 9 }', byUser, 'avg(process.pid)'],
  ['value_percentile', '{ field: ProcessId, gt: 5, percentile: 90 }', byUser, 'percentile(process.pid, 90)'],
  ['value_median', '{ field: ProcessId, gt: 5 }', byUser, 'percentile(process.pid, 50)'],
])('A correlation of Sigma by %s %s is a rule of ES|QL', (type, condition, keys, expected) => {
  const options = { from: 'sigma', to: 'kibana', language: 'esql', today: '2024-01-01' } as const;
  const text = correlation(type, condition, keys);
  const cast = (allow: readonly Acceptable[]) =>
    must(convert(text, { ...options, allow })).rules.find(({ title }) => title === 'Whole');
  // Enough of something within a time is found by a run that looks back over it; anything else is another question.
  const isEnough = type === 'value_count';
  expect(cast([])?.fidelity).toBe(isEnough ? 'narrower' : 'refused');
  expect(cast(['approximate'])?.fidelity).toBe(isEnough ? 'narrower' : 'approximate');
  expect(cast(['approximate'])?.text).toContain(expected);
});
