import { isList, isObject, type Json, type JsonObject } from '../../rule/json.ts';
import type { Kind } from './plugin.ts';

type Test = (value: Json) => boolean;

/** Whether the build takes it for an entry of `[transform]`; it refuses the whole file of any other. */
export function isEntry(kind: Kind, value: JsonObject): boolean {
  return entries[kind](value);
}

/** Whether a TOML file can say it and be read as the same: no null, no half of a character, no infinity. */
export function isSayable(value: Json): boolean {
  if (typeof value === 'string') return isWhole(value);
  if (typeof value === 'number') return Number.isFinite(value);
  if (isList(value)) return value.every(isSayable);
  if (!isObject(value)) return value !== null;
  return Object.entries(value).every(([key, part]) => isWhole(key) && isSayable(part));
}

function isWhole(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

const isText: Test = (value) => typeof value === 'string';
const isFilled: Test = (value) => typeof value === 'string' && value !== '';

const provider = table(
  {
    excluded: (value) => typeof value === 'boolean',
    field: isFilled,
    queryType: (value) => value === 'phrase' || value === 'range',
    value: isText,
    valueType: (value) => value === 'string' || value === 'boolean',
  },
  {},
);

const column = table({}, { field: isFilled, value: isText });

const entries = {
  osquery: table({ label: isFilled, query: isFilled }, { ecs_mapping: tableOf(column) }),
  investigate: table(
    { label: isFilled, providers: listOf(listOf(provider)) },
    { description: isText, relativeFrom: isFilled, relativeTo: isFilled },
  ),
} satisfies Record<Kind, Test>;

interface Tests {
  readonly [key: string]: Test;
}

function table(must: Tests, may: Tests): Test {
  const all = new Map(Object.entries({ ...must, ...may }));
  return (value) =>
    isObject(value) &&
    Object.keys(must).every((key) => Object.hasOwn(value, key)) &&
    Object.entries(value).every(([key, part]) => all.get(key)?.(part) ?? false);
}

function tableOf(test: Test): Test {
  return (value) => isObject(value) && Object.values(value).every(test);
}

function listOf(test: Test): Test {
  return (value) => isList(value) && value.every(test);
}
