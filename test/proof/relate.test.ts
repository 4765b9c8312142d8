import fc from 'fast-check';
import { expect, test } from 'vitest';

import { occurrenceOf, testOf } from '../../src/match/predicate.ts';
import { findEvent, relate } from '../../src/proof/relate.ts';
import { always, and, never, not, or } from '../../src/query/build.ts';
import { many, one, pattern } from '../../src/query/pattern.ts';
import type { Predicate, Value } from '../../src/query/query.ts';
import { is } from '../support/is.ts';

const field = fc.constantFrom('f', 'g');
const text: fc.Arbitrary<Value> = fc
  .array(fc.constantFrom('a', 'b', 'A', many, one), { minLength: 1, maxLength: 3 })
  .map((parts) => pattern(parts));
const value: fc.Arbitrary<Value> = fc.oneof(
  { weight: 6, arbitrary: text },
  { weight: 2, arbitrary: fc.constantFrom<Value>(1, 2, true, null, ['1']) },
);
const leaf: fc.Arbitrary<Predicate> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('equals' as const),
      field,
      values: fc.array(value, { minLength: 1, maxLength: 3 }),
      quantifier: fc.constantFrom('any' as const, 'all' as const),
      caseSensitive: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: field.map((name): Predicate => ({ kind: 'exists', field: name })) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('range' as const),
      field,
      operator: fc.constantFrom('<' as const, '<=' as const, '>' as const, '>=' as const),
      value: fc.constantFrom(1, 2, 3),
    }),
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
const held = [undefined, ...words, ['a', 'b'], ['A', 'c'], ['ab', 'ba'], [1, 'a'], ['b', 2], ['a', 'A']];
/** Every event of two fields with these values. */
const universe = held.flatMap((f) => held.map((g) => occurrenceOf({ f, g })));

test('says of two predicates what all events of a small world say of them', { timeout: 60_000 }, () => {
  let [asked, unknown] = [0, 0];
  fc.assert(
    fc.property(predicate, predicate, (first, second) => {
      const [a, b] = [testOf(first), testOf(second)];
      const { relation, ...shown } = relate(first, second);
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
