import { spell } from '../../query/normal.ts';
import type { Query } from '../../query/query.ts';

/** What was worked out of two queries in their normal form, kept by what they ask. */
export class BothQueries<T> {
  readonly #known = new Map<string, Map<string, T>>();

  get([first, second]: readonly [Query, Query], work: () => T): T {
    const [a, b] = [spell(first), spell(second)];
    const known = this.#known.get(a) ?? new Map<string, T>();
    this.#known.set(a, known);
    const before = known.get(b);
    if (before !== undefined) return before;
    const found = work();
    known.set(b, found);
    return found;
  }
}
