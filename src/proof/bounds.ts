import { allOf, satisfies } from '../query/bound.ts';
import type { Bound } from '../query/query.ts';

/** Whether every number above one that will do will do as well. */
export function isUpward(keep: Bound): boolean {
  return allOf(keep).every(({ operator }) => operator === '>' || operator === '>=');
}

/** Whether every number below one that will do will do as well. */
export function isDownward(keep: Bound): boolean {
  return allOf(keep).every(({ operator }) => operator === '<' || operator === '<=');
}

/** The least whole number that will do, from one on. */
export function leastWhole(keep: Bound, from: number): number | undefined {
  return [from, ...wholesNear([keep])]
    .filter((number) => number >= from && satisfies(number, keep))
    .sort((a, b) => a - b)[0];
}

/** Whether all whole numbers from one on that the one lets pass are let pass by the other. */
export function wholesWithin(one: Bound, other: Bound, from: number): boolean {
  const asked = [from, ...wholesNear([one, other])].filter((number) => number >= from);
  return asked.every((number) => !satisfies(number, one) || satisfies(number, other));
}

/** Whether all numbers that the one lets pass are let pass by the other. */
export function numbersWithin(one: Bound, other: Bound): boolean {
  return numbersAt([one, other]).every((number) => !satisfies(number, one) || satisfies(number, other));
}

/** Whole numbers at the ends of bounds and beside them: between these nothing changes. */
export function wholesNear(bounds: readonly Bound[]): readonly number[] {
  const ends = bounds.flatMap(allOf).map(({ value }) => value);
  const near = ends.flatMap((value) => [-2, -1, 0, 1, 2].map((by) => Math.floor(value) + by));
  return [...new Set(near)].sort((a, b) => a - b);
}

/** Numbers at the ends of bounds, between them, and beyond. */
export function numbersAt(bounds: readonly Bound[]): readonly number[] {
  const ends = [...new Set(bounds.flatMap(allOf).map(({ value }) => value))].sort((a, b) => a - b);
  const between = ends.slice(1).map((end, at) => (end + ends[at]!) / 2);
  return [...ends, ...between, (ends[0] ?? 0) - 1, (ends.at(-1) ?? 0) + 1];
}
