import { type FoundField, findField } from '../../mapping/index-fields/find.ts';
import type { IndexFields, KnownFields } from '../../mapping/index-fields/model.ts';
import { indicesFor } from '../../mapping/index-fields/names.ts';
import { nameTest } from '../../match/wildcard.ts';

/** The indices that a rule searches, of those that are known. */
export interface Looked {
  readonly indices: readonly IndexFields[];
  /** Patterns of the rule that name none of them, and may name others. */
  readonly unmet: readonly string[];
}

/** A run asks the same few lists of patterns again and again. */
const looked = new WeakMap<KnownFields, Map<string, Looked>>();

/** All of them, where the rule does not say where it searches. */
export function lookIn(patterns: readonly string[], known: KnownFields): Looked {
  if (known.of === 'ecs' || patterns.length === 0) return { indices: known.indices, unmet: [] };
  const before = looked.get(known) ?? new Map<string, Looked>();
  looked.set(known, before);
  const key = JSON.stringify(patterns);
  const there = before.get(key);
  if (there) return there;
  const { found, unmet } = indicesFor(patterns, known.indices);
  const result = { indices: found, unmet: known.whole ? [] : unmet };
  before.set(key, result);
  return result;
}

export interface There {
  readonly index: IndexFields;
  readonly found: FoundField;
}

/** The field in each of the indices that have it. */
export function thereIn(field: string, indices: readonly IndexFields[]): readonly There[] {
  return indices.flatMap((index) => {
    const found = findField(field, index);
    return found ? [{ index, found }] : [];
  });
}

/** Whether some index has a field that a name with stars stands for. */
export function anyThere(pattern: string, indices: readonly IndexFields[]): boolean {
  const test = nameTest(pattern);
  return indices.some(({ fields }) => [...fields.keys()].some(test));
}
