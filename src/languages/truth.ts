import { not } from '../query/build.ts';
import type { Compare, Predicate } from '../query/query.ts';

/**
 * A test that is compared with `true`, as the test it is: EQL `cidrMatch(a, "10.0.0.0/8") == true`. Compared with
 * `false` it is another question, for what can not be tested is neither.
 */
export function testCompared({ left, operator, right }: Compare): Predicate | undefined {
  if (left.kind !== 'test' || right.kind !== 'literal' || right.value !== true) return undefined;
  return operator === '==' ? left.of : operator === '!=' ? not(left.of) : undefined;
}
