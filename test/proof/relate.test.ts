import fc from 'fast-check';
import { expect, test } from 'vitest';

import { occurrenceOf, testOf } from '../../src/match/predicate.ts';
import { findEvent, relate } from '../../src/proof/relate.ts';
import { always, and, never, not, or } from '../../src/query/build.ts';
import { many, one, pattern } from '../../src/query/pattern.ts';
import type { Predicate, Value } from '../../src/query/query.ts';
import { is } from '../support/is.ts';
import { existenceOf, listOf, rangeOf } from '../support/small-tests.ts';

const field = fc.constantFrom('f', 'g');
const text: fc.Arbitrary<Value> = fc
  .array(fc.constantFrom('a', 'b', 'A', many, one), { minLength: 1, maxLength: 3 })
  .map((parts) => pattern(parts));
const value: fc.Arbitrary<Value> = fc.oneof(
  { weight: 6, arbitrary: text },
  { weight: 2, arbitrary: fc.constantFrom<Value>(1, 2, true, null, ['1'], ['01'], ['2024-01-31']) },
);
const leaf: fc.Arbitrary<Predicate> = fc.oneof(
  {
    weight: 8,
    arbitrary: listOf(field, value),
  },
  { weight: 1, arbitrary: existenceOf(field) },
  {
    weight: 1,
    arbitrary: rangeOf(field, 1, 2, 3, 'aa', '2024-01-31'),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('regex' as const),
      field,
      patterns: fc.constantFrom(['a|b'], ['a+'], ['[ab].*'], ['(ab)?', 'b']),
      quantifier: fc.constant('any' as const),
      flavour: fc.constantFrom('lucene' as const, 'pcre' as const),
      caseSensitive: fc.boolean(),
    }),
  },
);
const { predicate } = fc.letrec<{ predicate: Predicate }>((tie) => ({
  predicate: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('predicate'), { minLength: 2, maxLength: 3 }).map((parts) => and(parts)),
    fc.array(tie('predicate'), { minLength: 2, maxLength: 3 }).map((parts) => or(parts)),
    tie('predicate').map((part) => not(part)),
    fc.constantFrom(always, never),
  ),
}));

const words = ['', 'a', 'b', 'A', 'B', 'ab', 'Ab', 'ba', 'aa', 'c', 'abc', 'cab', 1, 2, 1.5, 0, 5, '1', true];
const others = ['2024-01-31', '2024-01-31T01:00:00+01:00', { below: 'a' }];
const held = [
  undefined,
  ...words,
  ...others,
  ['a', 'b'],
  ['A', 'c'],
  ['ab', 'ba'],
  [1, 'a'],
  ['b', 2],
  ['a', 'A'],
];
/** Every event of two fields with these values. */
const universe = held.flatMap((f) => held.map((g) => occurrenceOf({ f, g })));

test('says of two predicates what all events of a small world say of them', { timeout: 60_000 }, () => {
  let [asked, unknown] = [0, 0];
  fc.assert(
    fc.property(predicate, predicate, fc.boolean(), (first, second, isOneOfMany) => {
      const [a, b] = [testOf(first), testOf(second)];
      const { relation, ...shown } = relate(first, second, { isOneOfMany });
      asked += 1;
      if (relation === 'unknown') {
        unknown += 1;
        return;
      }
      const alone = universe.some((event) => a(event) && !b(event));
      const other = universe.some((event) => b(event) && !a(event));
      const both = universe.some((event) => a(event) && b(event));
      if (alone) expect(['narrower', 'overlapping', 'disjoint']).toContain(relation);
      if (other) expect(['broader', 'overlapping', 'disjoint']).toContain(relation);
      if (both) expect(relation).not.toBe('disjoint');
      if (shown.first) expect([a, b].map((one) => one(occurrenceOf(shown.first!)))).toEqual([true, false]);
      if (shown.second) expect([a, b].map((one) => one(occurrenceOf(shown.second!)))).toEqual([false, true]);
      if (shown.both) expect([a, b].map((one) => one(occurrenceOf(shown.both!)))).toEqual([true, true]);
    }),
    { numRuns: 1500 },
  );
  expect(unknown / asked).toBeLessThan(0.01);
});

test('of what a placeholder stands for nothing is known', () => {
  const [a, b] = ['A', 'B'].map((placeholder) => is('f', [{ placeholder }])) as [Predicate, Predicate];
  expect(relate(a, b).relation).toBe('unknown');
  expect(relate(and([a, is('g', ['x'])]), and([b, is('g', ['y'])])).relation).toBe('unknown');
});

test('texts in upper case stand before those in lower case', () => {
  const after: Predicate = { kind: 'range', field: 'f', operator: '>', value: 'abb' };
  expect(relate(is('f', ['abc']), after)).toMatchObject({ relation: 'overlapping', first: { f: 'ABC' } });
});

test('a text is taken as the number that it is, and a moment in any of its spellings', () => {
  expect(relate(is('f', ['01']), is('f', ['0', many]))).toMatchObject({
    relation: 'overlapping',
    first: { f: 1 },
  });
  expect(relate(is('f', ['6']), { kind: 'range', field: 'f', operator: '<', value: 'a' }).first).toEqual({
    f: 6,
  });
  const day = is('f', ['2024-01-31']);
  expect(relate(day, is('f', ['2024-01-31', many])).relation).toBe('overlapping');
  expect(relate(day, is('f', ['2024-01-31'], ['2024-02-01'])).relation).toBe('broader');
  expect(relate(day, is('f', ['2024', many])).relation).toBe('unknown');
});

test('a field is there where only fields below it are', () => {
  expect(relate({ kind: 'exists', field: 'f' }, or([is('f', ['']), is('f', [one, many])])).relation).toBe(
    'unknown',
  );
});

test('of networks and the addresses in them all that is left is known', () => {
  const within = (...networks: readonly string[]): Predicate => ({ kind: 'cidr', field: 'f', networks });
  const some = within('10.0.0.0/30');
  expect(relate(some, or([within('10.0.0.2/31'), is('f', ['10.0.0.0'], ['10.0.0.1'])])).relation).toBe(
    'equal',
  );
  expect(relate(some, or([within('10.0.0.2/31'), is('f', ['10.0.0.0'])])).first).toEqual({ f: '10.0.0.1' });
});

test('a field may have any name', () => {
  const eventFor = (where: Predicate) => {
    const found = findEvent([where]);
    return found.kind === 'found' ? Object.entries(found.result) : found;
  };
  for (const field of ['__proto__', 'constructor', 'toString']) {
    const asked = and([is(field, ['a']), is('x', ['b'])]);
    expect(eventFor(asked)).toContainEqual([field, 'a']);
    expect(relate(asked, is('x', ['b'])).relation).toBe('broader');
    const nested: Predicate = { kind: 'nested', path: field, where: is(`${field}.y`, ['c']) };
    expect(eventFor(nested)).toEqual([[field, { y: 'c' }]]);
  }
});
