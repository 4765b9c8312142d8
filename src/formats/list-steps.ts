import { type Json, sameJson } from '../rule/json.ts';

/** What becomes of the elements, in order: places in the list as it was, and as it is to be. */
export type Step =
  | { readonly kind: 'kept' | 'changed'; readonly before: number; readonly after: number }
  | { readonly kind: 'removed'; readonly before: number }
  | { readonly kind: 'added'; readonly after: number };

/** The fewest steps; an element that goes where another comes is one that changes. */
export function stepsBetween(before: readonly Json[], after: readonly Json[]): readonly Step[] {
  const steps: Step[] = [];
  let [from, to] = [0, 0];
  for (const [keptBefore, keptAfter] of [...common(before, after), [before.length, after.length] as const]) {
    while (from < keptBefore && to < keptAfter) {
      steps.push({ kind: 'changed', before: from, after: to });
      from += 1;
      to += 1;
    }
    for (; from < keptBefore; from += 1) steps.push({ kind: 'removed', before: from });
    for (; to < keptAfter; to += 1) steps.push({ kind: 'added', after: to });
    if (keptBefore < before.length) steps.push({ kind: 'kept', before: keptBefore, after: keptAfter });
    from = keptBefore + 1;
    to = keptAfter + 1;
  }
  return steps;
}

/** Beyond this many pairs of elements, only what both lists begin and end with is looked for. */
const mostPairs = 250_000;

/** The longest list of elements that both have in the same order, as pairs of their places. */
function common(before: readonly Json[], after: readonly Json[]): readonly (readonly [number, number])[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && sameJson(before[start], after[start])) start += 1;
  let end = 0;
  while (end < shorter - start && sameJson(before.at(-1 - end), after.at(-1 - end))) end += 1;
  const within = commonWithin(
    before.slice(start, before.length - end),
    after.slice(start, after.length - end),
  ).map(([a, b]) => [a + start, b + start] as const);
  const pairs = (count: number, shiftA: number, shiftB: number) =>
    Array.from({ length: count }, (_, index) => [index + shiftA, index + shiftB] as const);
  return [...pairs(start, 0, 0), ...within, ...pairs(end, before.length - end, after.length - end)];
}

function commonWithin(a: readonly Json[], b: readonly Json[]): readonly (readonly [number, number])[] {
  if (a.length * b.length > mostPairs) return [];
  // lengths[i][j]: how much a from i on and b from j on have in common.
  const lengths = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i]![j] = sameJson(a[i], b[j])
        ? lengths[i + 1]![j + 1]! + 1
        : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
    }
  }
  const pairs: (readonly [number, number])[] = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (sameJson(a[i], b[j])) {
      pairs.push([i, j]);
      i += 1;
      j += 1;
    } else if (lengths[i + 1]![j]! >= lengths[i]![j + 1]!) {
      i += 1;
    } else {
      j += 1;
    }
  }
  return pairs;
}
