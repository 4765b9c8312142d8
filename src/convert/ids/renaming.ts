import type { Pack } from '../../rule/rule.ts';
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
  /** The old id that a new one stands for; undefined for ids that nothing was given. */
  before(id: string): string | undefined;
}

/** `others` are the rules of the run beside those of the pack. */
export function renamingOf({ rules }: Pack, others: References, newId: NewIds): Renaming {
  const own = new Set(rules.map(({ id }) => id));
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
    before: (id) => olds.get(id),
  };
}
