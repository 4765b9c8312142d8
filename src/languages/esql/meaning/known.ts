import type { Predicate } from '../../../query/query.ts';
import { needsOf } from './needs.ts';

/** The fields that are known to be there at a place within a condition. */
export class Known {
  readonly #counts = new Map<string, number>();

  has(field: string): boolean {
    return (this.#counts.get(field) ?? 0) > 0;
  }

  /**
   * Looks at each part of a join in the light of the others: in an `and` it counts only where they hold, in an `or`
   * only where they do not. What became of a part is what counts for those that are looked at after it.
   */
  within<T>(
    kind: 'and' | 'or',
    parts: readonly Predicate[],
    visit: (part: Predicate) => { readonly left: Predicate; readonly made: T },
  ): readonly T[] {
    const needed = (part: Predicate) => (kind === 'and' ? needsOf(part).yes : needsOf(part).no);
    const left = [...parts];
    const made: T[] = [];
    for (const part of parts) this.#add(needed(part), 1);
    for (const at of inOrder(parts)) {
      this.#add(needed(left[at]!), -1);
      const visited = visit(left[at]!);
      made[at] = visited.made;
      left[at] = visited.left;
      this.#add(needed(left[at]!), 1);
    }
    for (const part of left) this.#add(needed(part), -1);
    return made;
  }

  #add(fields: ReadonlySet<string>, count: number): void {
    for (const field of fields) this.#counts.set(field, (this.#counts.get(field) ?? 0) + count);
  }
}

/** Tests of presence last: what else there is may make them needless. */
function inOrder(parts: readonly Predicate[]): readonly number[] {
  const places = [...parts.keys()];
  const isLast = (at: number) => isPresence(parts[at]!);
  return [...places.filter((at) => !isLast(at)), ...places.filter(isLast)];
}

function isPresence(part: Predicate): boolean {
  return part.kind === 'exists' || (part.kind === 'not' && part.of.kind === 'exists');
}
