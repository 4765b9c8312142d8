import { parse, TomlError, type TomlValue } from 'smol-toml';

import { type Json, sameJson } from '../../rule/json.ts';

/** A number as TOML writes it. Whole numbers are integers, unless there is no integer that large. */
export function printNumber(value: number): string {
  if (Object.is(value, -0)) return '-0.0';
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? value.toExponential() : String(value);
}

/**
 * Whether JSON has no kind for the value, so that printing what `nearest` makes of it would not give it
 * back: a date, an integer beyond 2^53, an infinity, a fraction like `1.0`. The reader has integers as
 * BigInt, so every number here is a fraction.
 */
export function isOdd(value: TomlValue): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value) || !Number.isFinite(value);
  return typeof value === 'bigint' ? !Number.isSafeInteger(Number(value)) : value instanceof Date;
}

/** Whether a number keeps the integer only roughly. One that is larger than any number is kept as it is spelled. */
export function isRounded(value: bigint): boolean {
  return Number.isFinite(Number(value)) && BigInt(Number(value)) !== value;
}

/** What comes nearest to it in JSON: a number if there is one, and otherwise the spelling as a text. */
export function nearest(value: TomlValue, spelled: string): Json {
  const number = typeof value === 'bigint' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : spelled;
}

/** Whether this is the spelling of a single number or date, and the value in JSON is still what it was. */
export function stillSays(spelled: string, value: Json): boolean {
  const said = literal.test(spelled) ? parseValue(spelled) : undefined;
  return said !== undefined && isNumberOrDate(said) && sameJson(nearest(said, spelled), value);
}

function isNumberOrDate(value: TomlValue): boolean {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Date;
}

/** What a TOML string says. */
export function textOf(spelled: string): string {
  return String(parseValue(spelled));
}

const literal = /^[\w.:+-]+(?: [\d.:]+(?:[Zz]|[+-][\d:]+)?)?$/;

function parseValue(spelled: string): TomlValue | undefined {
  try {
    return parse(`value = ${spelled}`, { integersAsBigInt: true })['value'];
  } catch (error) {
    if (error instanceof TomlError) return undefined;
    throw error;
  }
}
