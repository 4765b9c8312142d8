import { or } from '../../../query/build.ts';
import { hasWildcard, isPattern } from '../../../query/pattern.ts';
import type { Equals, Predicate, Query, Regex } from '../../../query/query.ts';
import { mapLeaves, mapPredicates } from '../../../query/walk.ts';
import type { PrintOptions } from '../../language.ts';

/** Lists of patterns behind `like` and `rlike` came with 8.19 and 9.1. */
function hasLists({ stack }: PrintOptions): boolean {
  if (stack === undefined || stack.major > 9) return true;
  return stack.major === 9 ? stack.minor >= 1 : stack.major === 8 && stack.minor >= 19;
}

/** The same query, with alternatives in the place of lists that the stack does not read. */
export function withoutLists(query: Query, options: PrintOptions): Query {
  return hasLists(options) ? query : mapPredicates(query, (where) => mapLeaves(where, apart));
}

function apart(leaf: Predicate): Predicate {
  if (leaf.kind === 'equals' && leaf.quantifier === 'any') return valuesApart(leaf);
  return leaf.kind === 'regex' && leaf.quantifier === 'any' ? patternsApart(leaf) : leaf;
}

/** Values without wildcards are compared as a list in every stack. */
function valuesApart(test: Equals): Predicate {
  const wild = test.values.filter((value) => value !== null && isPattern(value) && hasWildcard(value));
  if (wild.length === 0 || test.values.length === 1) return test;
  const plain = test.values.filter((value) => !wild.includes(value));
  const parts = [...(plain.length > 0 ? [plain] : []), ...wild.map((value) => [value])];
  return or(parts.map((values) => ({ ...test, values })));
}

function patternsApart(test: Regex): Predicate {
  if (test.patterns.length < 2) return test;
  return or(test.patterns.map((pattern) => ({ ...test, patterns: [pattern] })));
}
