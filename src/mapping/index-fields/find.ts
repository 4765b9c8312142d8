import { familyOf } from './family.ts';
import type { Dynamic, IndexField, IndexFields } from './model.ts';

/** A field as a search finds it in an index, aliases followed. */
export interface FoundField {
  readonly name: string;
  readonly field: IndexField;
  /** The list of objects that it is in. */
  readonly nested?: string;
  /** It is a key within this object, whose keys are one field together. */
  readonly keyOf?: string;
}

/** What an index has by a name. Undefined where it has nothing. */
export function findField(name: string, index: IndexFields): FoundField | undefined {
  const { fields } = index;
  const there = fields.get(name);
  if (there?.type === 'alias') {
    const target = there.path === undefined ? undefined : fields.get(there.path);
    return target && target.type !== 'alias' ? placed(there.path!, target, fields) : undefined;
  }
  if (there) return placed(name, there, fields);
  for (const above of placesAbove(name)) {
    const field = fields.get(above);
    if (field && familyOf(field.type) === 'flattened') {
      const { limit, unsearchable } = field;
      const key = {
        type: 'flattened',
        ...(limit !== undefined && { limit }),
        ...(unsearchable && { unsearchable }),
      };
      return { ...placed(above, key, fields), name, keyOf: above };
    }
  }
  return undefined;
}

function placed(name: string, field: IndexField, fields: IndexFields['fields']): FoundField {
  for (const above of placesAbove(name)) {
    if (fields.get(above)?.type === 'nested') return { name, field, nested: above };
  }
  return { name, field };
}

/** `a.b` and `a` for `a.b.c`, the nearest first. */
function* placesAbove(name: string): Generator<string> {
  for (let at = name.lastIndexOf('.'); at > 0; at = name.lastIndexOf('.', at - 1)) yield name.slice(0, at);
}

/** Whether a field that is not in the index can not get there by itself either. */
export function isClosed(name: string, { fields, dynamic = 'true', open, missing }: IndexFields): boolean {
  if (!open) return true;
  if (missing) return false;
  return isShut(nearestWay(name, fields) ?? dynamic);
}

function nearestWay(name: string, fields: IndexFields['fields']): Dynamic | undefined {
  for (const above of placesAbove(name)) {
    const field = fields.get(above);
    if (field?.disabled) return 'false';
    // What stands below a field of values has no place there.
    if (field && field.type !== 'passthrough' && familyOf(field.type) !== 'object' && field.type !== 'nested')
      return 'strict';
    if (field?.dynamic) return field.dynamic;
  }
  return undefined;
}

function isShut(way: Dynamic): boolean {
  return way === 'false' || way === 'strict';
}

/** The object above a name of which the index reads nothing. */
export function disabledAbove(name: string, { fields }: IndexFields): string | undefined {
  for (const above of placesAbove(name)) if (fields.get(above)?.disabled) return above;
  return undefined;
}
