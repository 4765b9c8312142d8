import { expect, test } from 'vitest';

import { eql } from '../../src/languages/eql/index.ts';
import { esql } from '../../src/languages/esql/index.ts';
import { kql } from '../../src/languages/kql/index.ts';
import { sigma } from '../../src/languages/sigma/index.ts';
import { filter } from '../../src/query/build.ts';
import { fieldsOfQuery } from '../../src/query/fields.ts';
import { must } from '../support/laws.ts';

test.each([
  [eql, 'any where a == 1 or (b : "x" and not a == c)', ['a', 'b', 'c']],
  [eql, 'sequence by a [any where b == 1] by c [any where true] by d', ['a', 'b', 'c', 'd']],
  [eql, 'sample by a [any where b == 1] [any where true]', ['a', 'b']],
  [kql, 'a: { b: 1 } or c > 5', ['a', 'a.b', 'c']],
  [kql, 'word', []],
  [esql, 'from x | where a is not null | stats n = count_distinct(b) by a | where n > 1', ['a', 'b']],
])('the fields of $1', ({ parse }, text, fields) => {
  expect([...fieldsOfQuery(must(parse(text)))!].sort()).toEqual(fields);
});

test('all fields whose values are counted together are among them', () => {
  const stage = { kind: 'aggregate', measure: 'count-distinct', field: 'a', also: ['b'], by: ['c'] } as const;
  expect(fieldsOfQuery({ ...filter({ kind: 'exists', field: 'd' }), stages: [stage] })).toEqual([
    'c',
    'a',
    'b',
    'd',
  ]);
});

test.each([
  [eql, 'join [any where a == 1] [any where true]'],
  [esql, 'from x | where a == 1 | grok b "%{WORD:c}"'],
  [sigma, "selection:\n    '|re': x\ncondition: selection"],
])('of a text that nobody reads they are not known: $1', ({ parse }, text) => {
  expect(fieldsOfQuery(must(parse(text)))).toBeUndefined();
});
