import fc from 'fast-check';

import type { Equals, Predicate, Range, Value } from '../../src/query/query.ts';

type Names = fc.Arbitrary<string>;

/** Lists of few of these values, for any or all of them, whether or not case counts. */
export function listOf(field: Names, value: fc.Arbitrary<Value>): fc.Arbitrary<Equals> {
  return fc.record({
    kind: fc.constant('equals' as const),
    field,
    values: fc.array(value, { minLength: 1, maxLength: 3 }),
    quantifier: fc.constantFrom('any' as const, 'all' as const),
    caseSensitive: fc.boolean(),
  });
}

export function existenceOf(field: Names): fc.Arbitrary<Predicate> {
  return field.map((name): Predicate => ({ kind: 'exists', field: name }));
}

/** Below and above these values. */
export function rangeOf(field: Names, ...values: readonly Range['value'][]): fc.Arbitrary<Range> {
  return fc.record({
    kind: fc.constant('range' as const),
    field,
    operator: fc.constantFrom('<' as const, '<=' as const, '>' as const, '>=' as const),
    value: fc.constantFrom(...values),
  });
}
