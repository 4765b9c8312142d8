import { Failure } from '../../diagnostic/attempt.ts';
import { always, and, not, or } from '../../query/build.ts';
import { hasWildcard, isPattern } from '../../query/pattern.ts';
import type { Equals, Predicate, Value } from '../../query/query.ts';

/** An exception is one way; more than this nobody could look through. */
export const mostWays = 100;

/**
 * The ways in which a predicate can hold, each a join by `and` of tests and negated tests; together they
 * are the predicate. None for what never holds. Fails where there are more than `mostWays`.
 */
export function disjuncts(where: Predicate): readonly Predicate[] {
  return waysOf(where, true).map((tests) => (tests.length === 0 ? always : and(tests)));
}

type Ways = readonly (readonly Predicate[])[];

function waysOf(node: Predicate, positive: boolean): Ways {
  switch (node.kind) {
    case 'and':
    case 'or': {
      const join = (node.kind === 'or') === positive ? either : both;
      return node.of.map((part) => waysOf(part, positive)).reduce(join);
    }
    case 'not':
      return waysOf(node.of, !positive);
    case 'constant':
      return node.value === positive ? [[]] : [];
    case 'equals': {
      const apart = takenApart(node);
      return apart === node ? lone(node, positive) : waysOf(apart, positive);
    }
    default:
      return lone(node, positive);
  }
}

function lone(test: Predicate, positive: boolean): Ways {
  return [[positive ? test : not(test)]];
}

function either(some: Ways, others: Ways): Ways {
  refuseOver(some.length + others.length);
  return [...some, ...others];
}

function both(some: Ways, others: Ways): Ways {
  refuseOver(some.length * others.length);
  return some.flatMap((one) => others.map((other) => [...one, ...other]));
}

function refuseOver(count: number): void {
  if (count <= mostWays) return;
  const message = `The filter comes to more than ${mostWays} exceptions, so it was not written.`;
  throw new Failure({ code: 'loss/exceptions', message });
}

/** Plain values stay one list; wildcards are a test each, and so is each of the values that all have to hold. */
function takenApart(test: Equals): Predicate {
  const { values, quantifier } = test;
  if (values.length < 2) return test;
  const alone = (value: Value): Equals => ({ ...test, values: [value], quantifier: 'any' });
  if (quantifier === 'all') return and(values.map(alone));
  const plain = values.filter(isPlain);
  if (plain.length === values.length) return test;
  const list = plain.length === 0 ? [] : [{ ...test, values: plain }];
  return or([...list, ...values.filter((value) => !isPlain(value)).map(alone)]);
}

function isPlain(value: Value): boolean {
  return value !== null && !(isPattern(value) && hasWildcard(value));
}
