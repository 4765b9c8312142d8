import { isList, isObject, type Json, objectOf } from '../../src/rule/json.ts';

export type Path = readonly (string | number)[];

/** Numbers from 0 up to 1 that look like chance, and are the same each time. */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function oneOf<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(random() * list.length)]!;
}

/** The paths of all values within a value. */
export function pathsIn(value: Json, path: Path = []): readonly Path[] {
  const within = isList(value)
    ? value.flatMap((part, index) => pathsIn(part, [...path, index]))
    : isObject(value)
      ? Object.entries(value).flatMap(([key, part]) => pathsIn(part, [...path, key]))
      : [];
  return [path, ...within];
}

export function valueAt(value: Json, path: Path): Json | undefined {
  return path.reduce<Json | undefined>((here, step) => partOf(here, step), value);
}

function partOf(value: Json | undefined, step: string | number): Json | undefined {
  if (isList(value)) return value[Number(step)];
  return isObject(value) && Object.hasOwn(value, String(step)) ? value[String(step)] : undefined;
}

/** The value with another at a path; without what is there, if that is undefined. */
export function changedAt(value: Json, [step, ...rest]: Path, to: Json | undefined): Json {
  if (step === undefined) return to ?? null;
  const inner = rest.length === 0 ? to : changedAt(partOf(value, step) ?? {}, rest, to);
  if (isList(value)) return value.toSpliced(Number(step), 1, ...(inner === undefined ? [] : [inner]));
  if (!isObject(value)) return value;
  if (inner === undefined) return objectOf(Object.entries(value).filter(([key]) => key !== step));
  const isThere = Object.hasOwn(value, String(step));
  const entries = Object.entries(value).map(([key, part]): [string, Json] => [
    key,
    key === step ? inner : part,
  ]);
  return objectOf(isThere ? entries : [...entries, [String(step), inner]]);
}

/** A list with one element more. */
export function insertedAt(value: Json, path: Path, index: number, element: Json): Json {
  const list = valueAt(value, path);
  return isList(list) ? changedAt(value, path, list.toSpliced(index, 0, element)) : value;
}
