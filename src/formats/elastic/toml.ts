import { parse, TomlError, type TomlTable, type TomlValue } from 'smol-toml';

import { type Json, type JsonObject, objectOf } from '../../rule/json.ts';
import { checkLength } from '../length.ts';
import { failureOf } from './complaint.ts';
import { isOdd, isRounded, nearest } from './literal.ts';
import { deepest, locate, type Places, placeOf } from './locate.ts';
import { below, type Pointer } from './pointer.ts';

/** A TOML text as data. */
export interface Toml {
  readonly table: JsonObject;
  /** The spelling of the values that JSON has no kind for: dates, `1.0`, `inf`, integers beyond 2^53. */
  readonly literals: ReadonlyMap<Pointer, string>;
  /** Where an integer has more digits than a number keeps. */
  readonly rounded: readonly Pointer[];
  /** Where everything stands: found out when somebody first asks. */
  readonly places: () => Places;
}

/** Fails with a place on what is not TOML. */
export function parseToml(text: string): Toml {
  checkLength({ start: 0, end: text.length });
  const table = parseTables(text);
  let found: Places | undefined;
  const places = () => {
    found ??= locate(text);
    return found;
  };
  const literals = new Map<Pointer, string>();
  const rounded: Pointer[] = [];
  const spell = (pointer: Pointer, value: TomlValue) => {
    if (typeof value === 'bigint' && isRounded(value)) rounded.push(pointer);
    const { start, end } = placeOf(places(), pointer);
    literals.set(pointer, text.slice(start, end));
    return text.slice(start, end);
  };
  return { table: plainTable(table, '', 0, { spell, places }), literals, rounded, places };
}

function parseTables(text: string): TomlTable {
  try {
    return parse(text, { integersAsBigInt: true, maxDepth: deepest });
  } catch (error) {
    throw error instanceof TomlError ? failureOf(error, text) : error;
  }
}

interface Reading {
  /** Notes how the value there is spelled. */
  readonly spell: (pointer: Pointer, value: TomlValue) => string;
  /** Fails with a place where tables are nested too deep. */
  readonly places: () => Places;
}

function plain(value: TomlValue, pointer: Pointer, depth: number, reading: Reading): Json {
  if (isPlain(value)) return value;
  if (Array.isArray(value)) {
    return value.map((part, index) => plain(part, below(pointer, index), depth + 1, reading));
  }
  if (isOdd(value)) return nearest(value, reading.spell(pointer, value));
  return isTable(value) ? plainTable(value, pointer, depth, reading) : Number(value);
}

function plainTable(table: TomlTable, pointer: Pointer, depth: number, reading: Reading): JsonObject {
  if (depth > deepest) reading.places();
  const entries: [string, Json][] = [];
  for (const key of Object.keys(table)) {
    const value = table[key]!;
    entries.push([key, isPlain(value) ? value : plain(value, below(pointer, key), depth + 1, reading)]);
  }
  return objectOf(entries);
}

/** What is the same in JSON, as most values are: nobody has to know where they stand. */
function isPlain(value: TomlValue): value is string | boolean | string[] {
  if (Array.isArray(value)) return value.every((part) => typeof part === 'string');
  return typeof value === 'string' || typeof value === 'boolean';
}

function isTable(value: TomlValue): value is TomlTable {
  return typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date);
}
