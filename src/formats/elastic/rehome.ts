import { isList, isObject, type Json, type JsonObject } from '../../rule/json.ts';
import type { Comment, Side } from './comments.ts';
import { below, type Pointer, stepsOf } from './pointer.ts';
import { isBelow } from './print.ts';

/**
 * Where comments stand once tables have headers, which lists of them and brackets do not: what is said of a
 * list goes to its first table, and what is said at its end to its last.
 */
export function rehomed(comments: readonly Comment[], table: JsonObject): readonly Comment[] {
  const headed = new Map<Json, boolean>();
  const hasHeader = (value: Json) => {
    const known = headed.get(value) ?? isBelow(value);
    headed.set(value, known);
    return known;
  };
  return comments.map((comment) => ({
    ...comment,
    ...homeOf(comment, underHeader(table, comment.at, hasHeader)),
  }));
}

function homeOf(
  { at, side }: Comment,
  value: Json | undefined,
): { readonly at: Pointer; readonly side: Side } {
  if (isList(value)) {
    return side === 'last' ? { at: below(at, value.length - 1), side } : { at: below(at, 0), side: 'above' };
  }
  return { at, side: isObject(value) && side === 'open' ? 'above' : side };
}

/** The value at a place, if it gets headers of its own. */
function underHeader(
  table: JsonObject,
  pointer: Pointer,
  hasHeader: (value: Json) => boolean,
): Json | undefined {
  let value: Json = table;
  for (const step of stepsOf(pointer)) {
    const next: Json | undefined = isList(value) ? value[Number(step)] : fieldOf(value, step);
    if (next === undefined || !hasHeader(next)) return undefined;
    value = next;
  }
  return value;
}

function fieldOf(value: Json, key: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
