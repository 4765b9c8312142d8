import { Failure } from '../diagnostic/attempt.ts';
import type { Code } from '../diagnostic/codes.ts';
import { isList, isObject, type Json } from './json.ts';

/** Fails on a value that is of another kind than its place asks for; `path` leads to it. */
export type Check = (value: Json, path: string) => void;

export const text = kind('text', (value) => typeof value === 'string');
export const number = kind('a number', (value) => typeof value === 'number');
export const truth = kind('true or false', (value) => typeof value === 'boolean');
export const list = kind('a list', isList);
export const map = kind('a map', isObject);

export function word(words: Readonly<Record<string, true>>): Check {
  const known = (value: Json) => typeof value === 'string' && Object.hasOwn(words, value);
  return kind(`one of ${Object.keys(words).join(', ')}`, known);
}

export function listOf(part: Check): Check {
  return (value, path) => {
    list(value, path);
    if (isList(value)) value.forEach((each, index) => part(each, `${path}.${index}`));
  };
}

export function mapOf(part: Check): Check {
  return (value, path) => {
    map(value, path);
    if (isObject(value)) for (const [key, each] of Object.entries(value)) part(each, `${path}.${key}`);
  };
}

/** A map with these keys. Those that are not required may be missing; others are not looked at. */
export function record(
  required: Readonly<Record<string, Check>>,
  optional: Readonly<Record<string, Check>>,
): Check {
  return (value, path) => {
    map(value, path);
    if (!isObject(value)) return;
    for (const key of Object.keys(required)) {
      if (!Object.hasOwn(value, key)) throw wrong('schema/missing-field', join(path, key), 'is missing');
    }
    for (const [key, check] of [...Object.entries(required), ...Object.entries(optional)]) {
      if (Object.hasOwn(value, key)) check(value[key]!, join(path, key));
    }
  };
}

/** Text, or else the other. */
export function textOr(other: Check): Check {
  return (value, path) => {
    if (typeof value !== 'string') other(value, path);
  };
}

function kind(wanted: string, is: (value: Json) => boolean): Check {
  return (value, path) => {
    if (!is(value)) throw wrong('schema/wrong-type', path, `should be ${wanted}`);
  };
}

function wrong(code: Code, path: string, what: string): Failure {
  return new Failure({ code, path, message: `${path} ${what}; what it stands in was left out.` });
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
