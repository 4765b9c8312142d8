import { allOf } from '../query/bound.ts';
import type { Bound } from '../query/query.ts';

/** What is asked of the events in a window. */
export interface Watch<T> {
  add(one: T): void;
  remove(one: T): void;
  holds(): boolean;
}

/** A question to the windows of some events. */
export interface Asked<T> {
  readonly watch: () => Watch<T>;
  /** More events never undo it, as with `at least`; then those of a find are done with. */
  readonly isLasting: boolean;
}

/**
 * The windows in which what is asked for holds, in order of time. A window ends with an event and reaches back as far
 * as the time does, its bounds included. No event is in two windows that were found: where more events could
 * undo what is asked for, those that were found still count, and nothing is found until they are out of the window.
 */
export function* windowsIn<T extends { readonly time: number }>(
  all: readonly T[],
  within: number,
  { watch: begin, isLasting }: Asked<T>,
): Generator<readonly T[]> {
  let watch = begin();
  let [first, done] = [0, 0];
  for (const [last, one] of all.entries()) {
    watch.add(one);
    for (; one.time - all[first]!.time > within; first += 1) watch.remove(all[first]!);
    if (first < done || !watch.holds()) continue;
    yield all.slice(first, last + 1);
    done = last + 1;
    if (!isLasting) continue;
    watch = begin();
    first = done;
  }
}

/** Whether a number that satisfies this is only made to do so more by being greater. */
export function isLower(bound: Bound): boolean {
  return allOf(bound).every(({ operator }) => operator === '>' || operator === '>=');
}
