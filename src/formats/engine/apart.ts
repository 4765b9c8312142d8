import { isObject, type Json, type JsonObject, objectOf, sameJson } from '../../rule/json.ts';
import { digest } from '../../source/digest.ts';

/**
 * A file may have no place for a field of the API, or need it said otherwise than it is meant. Then the field
 * travels as it is meant, with a mark of what stands in its place; as long as that stands, it comes home.
 */

/** What has to travel for the fields that are meant to come home from those that are written. */
export function apartOf(meant: JsonObject, written: JsonObject): JsonObject | undefined {
  const keys = [...new Set([...Object.keys(meant), ...Object.keys(written)])];
  const changed = keys.filter((key) => !sameJson(own(meant, key), own(written, key)));
  if (changed.length === 0) return undefined;
  const fields = changed.filter((key) => Object.hasOwn(meant, key));
  const marks = changed.filter((key) => Object.hasOwn(written, key));
  return objectOf([
    ...some('fields', objectOf(fields.map((key) => [key, meant[key]!]))),
    ...some('marks', objectOf(marks.map((key) => [key, markOf(written[key]!)]))),
  ]);
}

/** The way back: the fields as they are meant. What somebody has changed meanwhile stays as it is. */
export function withApart(written: JsonObject, apart: Json | undefined): JsonObject {
  if (!isObject(apart)) return written;
  const fields = mapIn(apart, 'fields');
  const marks = mapIn(apart, 'marks');
  const stands = (key: string) =>
    Object.hasOwn(written, key) ? markOf(written[key]!) === own(marks, key) : !Object.hasOwn(marks, key);
  const back = Object.entries(fields).filter(([key]) => stands(key));
  const made = new Set(Object.keys(marks).filter((key) => !Object.hasOwn(fields, key) && stands(key)));
  return objectOf([...Object.entries(written).filter(([key]) => !made.has(key)), ...back]);
}

function some(key: string, map: JsonObject): [string, Json][] {
  return Object.keys(map).length === 0 ? [] : [[key, map]];
}

function mapIn(object: JsonObject, key: string): JsonObject {
  const value = own(object, key);
  return isObject(value) ? value : {};
}

function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** The same for the same data, in whatever order its keys come. */
function markOf(value: Json): string {
  return digest(JSON.stringify(value, (_, part) => (isObject(part) ? inOrder(part) : part)));
}

function inOrder(object: JsonObject): JsonObject {
  return objectOf(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}
