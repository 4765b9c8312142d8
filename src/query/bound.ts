import type { Bound, Comparison } from './query.ts';

/** A bound and those that are to hold as well. */
export function allOf(bound: Bound): readonly Bound[] {
  const all: Bound[] = [];
  for (let one: Bound | undefined = bound; one !== undefined; one = one.and) all.push(one);
  return all;
}

export function satisfies(number: number, bound: Bound): boolean {
  return allOf(bound).every(({ operator, value }) => compares(number, operator, value));
}

/** Whether a number compares so with another. */
export function compares(number: number, operator: Comparison, value: number): boolean {
  switch (operator) {
    case '>':
      return number > value;
    case '>=':
      return number >= value;
    case '<':
      return number < value;
    case '<=':
      return number <= value;
    case '==':
      return number === value;
    case '!=':
      return number !== value;
    default:
      return operator satisfies never;
  }
}
