import { expect, test } from 'vitest';

import { eql } from '../../src/languages/eql/index.ts';
import { kql } from '../../src/languages/kql/index.ts';
import { and, not } from '../../src/query/build.ts';
import type { Predicate } from '../../src/query/query.ts';
import { mapLeaves, mapPredicates } from '../../src/query/walk.ts';
import { must } from '../support/laws.ts';

const a: Predicate = { kind: 'exists', field: 'a' };
const b: Predicate = { kind: 'exists', field: 'b' };
const c: Predicate = { kind: 'exists', field: 'c' };
const renamed = (leaf: Predicate): Predicate => (leaf === a ? c : leaf);

test.each([
  [eql, 'process where a == 1 and (b : "x" or not (c == 2 or d == 3)) and not e == 4'],
  [kql, 'a: { b: 1 and not c: 2 } or d > 5'],
])('a query that is not changed stays the same object: $1', ({ parse }, text) => {
  const query = must(parse(text));
  expect(mapPredicates(query, (where) => mapLeaves(where, (leaf) => leaf))).toBe(query);
});

test('what does not change stays the same object beside what does', () => {
  const rest = not({ kind: 'or', of: [b, c] });
  const mapped = mapLeaves({ kind: 'and', of: [a, rest] }, renamed);
  expect(mapped).toEqual(and([c, rest]));
  expect(mapped.kind === 'and' && mapped.of[1]).toBe(rest);
});

test('joins in joins, and joins of one, become what they would be made as, changed or not', () => {
  const nested: Predicate = { kind: 'and', of: [a, { kind: 'and', of: [b, c] }] };
  expect(mapLeaves(nested, (leaf) => leaf)).toEqual({ kind: 'and', of: [a, b, c] });
  expect(mapLeaves({ kind: 'or', of: [b] }, (leaf) => leaf)).toEqual(b);
  const turned = (leaf: Predicate): Predicate => (leaf === a ? { kind: 'and', of: [a, b] } : leaf);
  expect(mapLeaves({ kind: 'and', of: [a, c] }, turned)).toEqual({ kind: 'and', of: [a, b, c] });
});

test('a leaf that becomes a negation under one takes it away', () => {
  expect(mapLeaves(not(a), () => not(b))).toEqual(b);
  expect(mapLeaves(not(not(a)), renamed)).toEqual(not(not(c)));
});
