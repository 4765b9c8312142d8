import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { eql } from '../../src/languages/eql/index.ts';
import { match } from '../../src/match/match.ts';
import { asExpression } from '../../src/query/as-expression.ts';
import { filter } from '../../src/query/build.ts';
import type { Predicate } from '../../src/query/query.ts';
import { mapLeaves } from '../../src/query/walk.ts';
import { must } from '../support/laws.ts';

function whereOf(text: string): Predicate {
  const { find } = must(eql.parse(`any where ${text}`));
  if (find.kind !== 'filter') throw new Error(text);
  return find.where;
}

const operators = ['==', '!=', '<', '<=', '>', '>='] as const;
const equality = ['==', '!='] as const;
const numbers = [-1, 0, 1, 2, 3, 2.5];

const all = [
  ...operators.flatMap((operator) => numbers.map((number) => `length(f) ${operator} ${number}`)),
  ...equality.flatMap((operator) => [0, -1, 0.5].map((number) => `indexOf(f, "ab") ${operator} ${number}`)),
  ...['>= 0', '> -1', '< 0'].flatMap((how) => [
    `indexOf(f, "a") ${how}`,
    `indexOf~(f, "A") ${how}`,
    `indexOf(f, "") ${how}`,
  ]),
  ...equality.flatMap((operator) =>
    ['', 'a', 'ab', 'abb'].flatMap((text) => [
      `substring(f, 0, 2) ${operator} "${text}"`,
      `substring(f, 1, 3) ${operator} "${text}"`,
      `substring(f, 1) ${operator} "${text}"`,
      `substring(f, -2) ${operator} "${text}"`,
      `concat("a", f) ${operator} "${text}"`,
      `concat(f, "b", "b") ${operator} "${text}"`,
      `string(f) ${operator} "${text}"`,
    ]),
  ),
  'startsWith(string(f), "a")',
  'endsWith~(string(f), "B")',
  'stringContains(string(f), "")',
  'f in ("a", null, "ab")',
  'substring(f, 0, 1) in ("a", "b")',
];

const value = fc.array(fc.constantFrom('a', 'b', 'A', '\n'), { maxLength: 4 }).map((chars) => chars.join(''));
const events = fc
  .array(
    fc.oneof(
      fc.constant({}),
      value.map((f) => ({ f })),
      fc.tuple(value, value).map((f) => ({ f })),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((list) => list as readonly Record<string, string>[]);

describe('a test by a function and the plain test it became find the same', () => {
  test.each(all)('%s', (text) => {
    const where = whereOf(text);
    let count = 0;
    const plain = mapLeaves(where, (leaf) => {
      const expressed = asExpression(leaf);
      if (expressed) count += 1;
      return expressed?.test ?? leaf;
    });
    expect(count, 'it is said as a plain test').toBe(1);
    fc.assert(
      fc.property(events, (list) => {
        expect(match(filter(plain), list)).toEqual(match(filter(where), list));
      }),
      { numRuns: 60 },
    );
  });
});

test.each([
  'length(f) == g',
  'length(f) > 1001',
  'length(f) + 1 > 2',
  'substring(f, 2, 1) == "a"',
  'substring(f, -2, -1) == "a"',
  'indexOf(f, "a") > 0',
  'indexOf(f, "a") == null',
  'indexOf(f, "a", 2) == 0',
  'concat(f, g) == "a"',
  'concat(f, null) == "a"',
  'between(f, "a", "b") == "c"',
  'startsWith(f, g)',
  'add(f, 1) == 2',
])('what no plain test asks stays: %s', (text) => {
  expect(asExpression(whereOf(text))).toBeUndefined();
});

test('what an expression does not count as the function does is said', () => {
  expect(asExpression(whereOf('length(f) > 2'))?.beside).toMatch(/U\+FFFF/);
  expect(asExpression(whereOf('indexOf(f, "a") == 0'))?.beside).toBeUndefined();
});
