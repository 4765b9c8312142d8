import { isList, isObject, type Json, type JsonObject, objectOf } from '../../rule/json.ts';
import { below, type Pointer, stepsOf } from './pointer.ts';

/** A table that holds no null, and the places where one was. */
export interface WithoutNulls {
  readonly table: JsonObject;
  readonly nulls: readonly Pointer[];
}

/** TOML has no null. A field that holds one goes; in a list, an empty text stands in its place. */
export function withoutNulls(table: JsonObject): WithoutNulls {
  if (!holdsNull(table)) return { table, nulls: [] };
  const nulls: Pointer[] = [];
  const clean = (value: Json, pointer: Pointer): Json => {
    if (isList(value)) return value.map((part, index) => cleanPart(part, below(pointer, index)));
    return isObject(value) ? cleanTable(value, pointer) : value;
  };
  const cleanPart = (value: Json, pointer: Pointer): Json => {
    if (value !== null) return clean(value, pointer);
    nulls.push(pointer);
    return '';
  };
  const cleanTable = (value: JsonObject, pointer: Pointer): JsonObject => {
    const fields = Object.entries(value).map(([key, field]) => ({ key, field, at: below(pointer, key) }));
    for (const { field, at } of fields) if (field === null) nulls.push(at);
    return objectOf(
      fields.filter(({ field }) => field !== null).map(({ key, field, at }) => [key, clean(field, at)]),
    );
  };
  return { table: cleanTable(table, ''), nulls };
}

function holdsNull(value: Json): boolean {
  if (isList(value)) return value.some(holdsNull);
  if (!isObject(value)) return value === null;
  return Object.values(value).some(holdsNull);
}

/** The way back. A place that is gone, or that somebody has written something to, stays as it is. */
export function withNulls({ table, nulls }: WithoutNulls): JsonObject {
  return nulls.length === 0 ? table : putInTable(table, nulls.map(stepsOf));
}

type Steps = readonly string[];

function put(value: Json, places: readonly Steps[]): Json {
  if (isObject(value)) return putInTable(value, places);
  return isList(value) ? putInList(value, places) : value;
}

function putInTable(table: JsonObject, places: readonly Steps[]): JsonObject {
  const parts = byFirst(places);
  const missing = [...parts].filter(([key, rests]) => !Object.hasOwn(table, key) && rests.some(isEnd));
  const fields = Object.entries(table).map(([key, value]): [string, Json] => {
    const rests = parts.get(key);
    return [key, rests ? put(value, rests) : value];
  });
  return objectOf([...fields, ...missing.map(([key]): [string, Json] => [key, null])]);
}

function putInList(list: readonly Json[], places: readonly Steps[]): readonly Json[] {
  const parts = byFirst(places);
  return list.map((value, index) => {
    const rests = parts.get(String(index));
    if (rests === undefined) return value;
    return value === '' && rests.some(isEnd) ? null : put(value, rests);
  });
}

/** Places by their first step, each without it. */
function byFirst(places: readonly Steps[]): ReadonlyMap<string, readonly Steps[]> {
  const parts = new Map<string, Steps[]>();
  for (const [first, ...rest] of places) {
    if (first === undefined) continue;
    const rests = parts.get(first);
    if (rests) rests.push(rest);
    else parts.set(first, [rest]);
  }
  return parts;
}

function isEnd(steps: Steps): boolean {
  return steps.length === 0;
}
