import type { References } from '../references.ts';
import type { NewIds } from './new-ids.ts';

/** What the rules of a text, and all that refers to them, are called from now on. */
export interface Renaming {
  /** The new id of a rule of the run; undefined for what is no id of one. */
  idOf(old: string): string | undefined;
  /** A new id for anything that has one. What `key` is, where it is said, tells things of one old id apart. */
  renew(old: string, key?: string): string;
  /** What was called `old` is called `id`. */
  note(old: string, id: string): void;
  /** How many rules of this id have come by so far, this one included. */
  count(old: string): number;
  /** The old id that a new one stands for; undefined for ids that nothing was given. */
  before(id: string): string | undefined;
}

/** `own` are the ids of the rules of a text, `others` the rules of the run beside those. */
export function renamingOf(own: { has(id: string): boolean }, others: References, newId: NewIds): Renaming {
  const counts = new Map<string, number>();
  const known = new Map<string, string>();
  const olds = new Map<string, string>();
  const note = (old: string, id: string) => void olds.set(id, old);
  const renew = (old: string, key = old): string => {
    const id = known.get(key) ?? newId(key);
    known.set(key, id);
    note(old, id);
    return id;
  };
  return {
    idOf: (old) => (own.has(old) || others(old)?.id === old ? renew(old) : undefined),
    renew,
    note,
    count: (old) => {
      const count = (counts.get(old) ?? 0) + 1;
      counts.set(old, count);
      return count;
    },
    before: (id) => olds.get(id),
  };
}
