import { isList, isObject, type Json, type JsonObject, objectOf } from '../../rule/json.ts';
import { below, type Pointer, stepsOf } from './pointer.ts';

/** A table that holds no null, and the places where one was. */
export interface WithoutNulls {
  readonly table: JsonObject;
  readonly nulls: readonly Pointer[];
}

/** TOML has no null. A field that holds one goes; in a list, an empty text stands in its place. */
export function withoutNulls(table: JsonObject): WithoutNulls {
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
    nulls.push(...fields.filter(({ field }) => field === null).map(({ at }) => at));
    return objectOf(
      fields.filter(({ field }) => field !== null).map(({ key, field, at }) => [key, clean(field, at)]),
    );
  };
  return { table: cleanTable(table, ''), nulls };
}

/** The way back. A place that is gone, or that somebody has written something to, stays as it is. */
export function withNulls({ table, nulls }: WithoutNulls): JsonObject {
  return nulls.reduce<JsonObject>((whole, pointer) => put(whole, stepsOf(pointer)) as JsonObject, table);
}

function put(value: Json, [step, ...rest]: readonly string[]): Json {
  if (step === undefined) return value;
  if (isList(value)) return value.map((part, index) => (String(index) === step ? putInto(part, rest) : part));
  if (!isObject(value)) return value;
  if (rest.length === 0) return Object.hasOwn(value, step) ? value : withField(value, step, null);
  return Object.hasOwn(value, step) ? withField(value, step, put(value[step]!, rest)) : value;
}

function putInto(part: Json, rest: readonly string[]): Json {
  return rest.length === 0 && part === '' ? null : put(part, rest);
}

function withField(table: JsonObject, key: string, value: Json): JsonObject {
  return objectOf([...Object.entries(table), [key, value]]);
}
