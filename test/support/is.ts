import type { Equals, Value } from '../../src/query/query.ts';

/** The field holds one of these values, in whatever case. */
export function is(field: string, ...values: readonly Value[]): Equals {
  return { kind: 'equals', field, values, quantifier: 'any', caseSensitive: false };
}
