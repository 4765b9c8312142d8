import type { Predicate } from '../../../query/query.ts';
import { needsOf } from './needs.ts';

/** The fields that are known to be there at a place within a condition, and those that are known to be missing. */
export class Known {
  readonly #there = new Map<string, number>();
  readonly #missing = new Map<string, number>();

  has(field: string): boolean {
    return (this.#there.get(field) ?? 0) > 0;
  }

  lacks(field: string): boolean {
    return (this.#missing.get(field) ?? 0) > 0;
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
    const left = [...parts];
    const made: T[] = [];
    for (const part of parts) this.#count(kind, part, 1);
    for (const at of [...places(parts, false), ...places(parts, true)]) {
      this.#count(kind, left[at]!, -1);
      const visited = visit(left[at]!);
      made[at] = visited.made;
      left[at] = visited.left;
      this.#count(kind, left[at]!, 1);
    }
    for (const part of left) this.#count(kind, part, -1);
    return made;
  }

  /**
   * Looks at each part of an `or` knowing that those before it do not hold, negated tests of presence first. None may
   * lean on one that leans on it.
   */
  after<T>(kind: 'and' | 'or', parts: readonly Predicate[], visit: (part: Predicate) => T): readonly T[] {
    const made: T[] = [];
    for (const at of [...places(parts, true), ...places(parts, false)]) {
      made[at] = visit(parts[at]!);
      this.#count(kind, parts[at]!, 1);
    }
    for (const part of parts) this.#count(kind, part, -1);
    return made;
  }

  /** Takes note of what is known where a part of an `and` holds, or where one of an `or` does not. */
  #count(kind: 'and' | 'or', part: Predicate, by: number): void {
    const { yes, no } = needsOf(part);
    const { there, missing } = kind === 'and' ? yes : no;
    for (const field of there) this.#there.set(field, (this.#there.get(field) ?? 0) + by);
    for (const field of missing) this.#missing.set(field, (this.#missing.get(field) ?? 0) + by);
  }
}

/** Where tests of presence stand, or all others. What these others come to may make a test of presence needless. */
function places(parts: readonly Predicate[], ofPresence: boolean): readonly number[] {
  return [...parts.keys()].filter((at) => isPresence(parts[at]!) === ofPresence);
}

function isPresence(part: Predicate): boolean {
  return part.kind === 'exists' || (part.kind === 'not' && isPresence(part.of));
}
