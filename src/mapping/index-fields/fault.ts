import { Failure } from '../../diagnostic/attempt.ts';
import { isObject, type Json, type JsonObject } from '../../rule/json.ts';

/** Steps into the JSON that was read. */
export type Path = readonly string[];

/** Leaves the reading of a mapping: what stands at the path, and what was wanted there. */
export function badMapping(path: Path, what: string): Failure {
  const place = path.length === 0 ? 'The file' : `"${path.join('.')}"`;
  return new Failure({
    code: 'fields/bad-mapping',
    message: `${place} ${what}; no field was looked up.`,
    // Steps apart, as names of fields have dots of their own.
    ...(path.length > 0 && { path: JSON.stringify(path) }),
  });
}

/** Nothing where nothing is said; anything but an object is a fault. */
export function objectAt(from: JsonObject, key: string, path: Path): JsonObject | undefined {
  const value = Object.hasOwn(from, key) ? from[key] : undefined;
  if (value === undefined || value === null) return undefined;
  return asObject(value, [...path, key]);
}

export function asObject(value: Json, path: Path): JsonObject {
  if (isObject(value)) return value;
  throw badMapping(path, 'should be an object');
}

export function textsIn(value: Json | undefined): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
}
