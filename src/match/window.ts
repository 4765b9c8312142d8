/** What is asked of the events in a window. */
export interface Watch<T> {
  add(one: T): void;
  remove(one: T): void;
  /** What makes up a find that the latest event completes, out of the latest in the window. Undefined for no find. */
  found(latest: T, last: (count: number) => readonly T[]): readonly T[] | undefined;
}

/**
 * The finds in some events, in order of time. For each event what is asked for is asked of the window that it ends:
 * all events before it, as far back as the time reaches, its bounds included.
 */
export function* windowsIn<T extends { readonly time: number }>(
  all: readonly T[],
  within: number,
  watch: Watch<T>,
): Generator<readonly T[]> {
  let first = 0;
  for (const [last, one] of all.entries()) {
    watch.add(one);
    for (; one.time - all[first]!.time > within; first += 1) watch.remove(all[first]!);
    const found = watch.found(one, (count) => all.slice(Math.max(first, last + 1 - count), last + 1));
    if (found) yield found;
  }
}
