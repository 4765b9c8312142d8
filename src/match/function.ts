import type { Scalar } from './event.ts';
import { expressionTest } from './expression.ts';
import { readLike } from './like.ts';
import { networkTest } from './network.ts';
import { dateOf, numberOf } from './value.ts';

/** A value, or that there is none. */
export type Result = Scalar | null;

/** A number that is a fraction, even where nothing stands behind its point: `7 / 2` is 3, and `7 / 2.0` is not. */
export interface Fraction {
  readonly fraction: number;
}

/** What an expression comes to within a larger one. */
export type Intermediate = Result | Fraction;

export function plainResult(value: Intermediate): Result {
  return typeof value === 'object' && value !== null ? value.fraction : value;
}

/**
 * What a function of EQL, or a part of a time in Sigma, gives for some values; null for what it knows nothing of.
 * Undefined for a function that is not known here. Facts: Elasticsearch's reference of EQL functions, and its own
 * tests of them.
 */
export function call(
  name: string,
  caseSensitive: boolean,
  given: readonly Intermediate[],
): Intermediate | undefined {
  const values = given.map(plainResult);
  if (Object.hasOwn(sums, name)) return sumOf(sums[name as keyof typeof sums], given);
  const known = Object.hasOwn(functions, name) ? functions[name as keyof typeof functions] : undefined;
  if (known === undefined) return undefined;
  if (values.length === 0 || values[0] === null) return null;
  if (!lenient.has(name) && values.includes(null)) return null;
  const result = known(values as readonly Scalar[], caseSensitive);
  const hasPoint = name === 'number' && /^\s*[-+]?\d+\.\d*\s*$/.test(String(values[0]));
  return hasPoint ? fractionOf(result) : result;
}

/** These look for themselves whether a value that they were given is none. */
const lenient: ReadonlySet<string> = new Set([
  'in',
  'like',
  'regex',
  'startsWith',
  'endsWith',
  'stringContains',
  'substring',
  'between',
  'indexOf',
  'number',
]);

type Evaluation = (values: readonly Scalar[], caseSensitive: boolean) => Result;

type Sum = (a: number, b: number, isWhole: boolean) => number | null;

const sums = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b, isWhole) => (b === 0 ? null : isWhole ? Math.trunc(a / b) : a / b),
  modulo: (a, b) => (b === 0 ? null : a % b),
  negate: (a) => -a,
} as const satisfies Record<string, Sum>;

/** Whole numbers come to whole numbers, and anything else to a fraction. */
function sumOf(sum: Sum, given: readonly Intermediate[]): Intermediate {
  const numbers = given.map(plainResult).map((value) => (typeof value === 'number' ? value : undefined));
  if (numbers.length === 0 || numbers.includes(undefined)) return null;
  const [a, b = 0] = numbers as readonly number[];
  if (numbers.length < 2 && sum !== sums.negate) return null;
  const isWhole = given.every((value) => Number.isInteger(value));
  const value = sum(a!, b, isWhole);
  if (value === null || !Number.isFinite(value)) return null;
  return isWhole ? value : fractionOf(value);
}

function fractionOf(value: Result): Intermediate {
  return typeof value === 'number' ? { fraction: value } : value;
}

const functions = {
  between,
  cidrMatch: ([address, ...networks]) => networkTest(networks.map(String))(String(address)),
  concat: (values) => values.map(String).join(''),
  endsWith: ends((text, end) => text.endsWith(end)),
  startsWith: ends((text, start) => text.startsWith(start)),
  stringContains: ends((text, part) => part !== '' && text.includes(part)),
  indexOf,
  length: ([value]) => (typeof value === 'string' ? value.length : null),
  number: ([value, base]) => toNumber(value!, base),
  string: ([value]) => String(value),
  substring,
  in: ([value, ...list], caseSensitive) =>
    list.some((one) => one !== null && same(value!, one, caseSensitive)),
  like: ([value, ...list], caseSensitive) =>
    list.some((one) => readLike(String(one), caseSensitive)(String(value))),
  regex: ([value, ...list], caseSensitive) =>
    list.some((one) => expressionTest(String(one), { flavour: 'lucene', caseSensitive })(String(value))),
  minute: timePart((date) => date.getUTCMinutes()),
  hour: timePart((date) => date.getUTCHours()),
  day: timePart((date) => date.getUTCDate()),
  week: timePart(weekOf),
  month: timePart((date) => date.getUTCMonth() + 1),
  year: timePart((date) => date.getUTCFullYear()),
} as const satisfies Record<string, Evaluation>;

/** Of a moment, in UTC; a number is one in milliseconds. */
function timePart(part: (date: Date) => number): Evaluation {
  return ([value]) => {
    const moment = dateOf(value!);
    const found = moment === undefined ? Number.NaN : part(new Date(moment));
    return Number.isNaN(found) ? null : found;
  };
}

const oneDay = 86_400_000;

/** The week of ISO 8601: it begins on Monday, and belongs to the year that its Thursday is in. */
function weekOf(date: Date): number {
  const thursday = new Date(date.getTime() + (3 - ((date.getUTCDay() + 6) % 7)) * oneDay);
  return 1 + Math.floor((thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / (7 * oneDay));
}

function ends(holds: (text: string, part: string) => boolean): Evaluation {
  return ([text, ...parts], caseSensitive) => {
    if (typeof text !== 'string' || parts.includes(null as never)) return null;
    const fold = (value: Scalar) => (caseSensitive ? String(value) : String(value).toLowerCase());
    return parts.some((part) => holds(fold(text), fold(part)));
  };
}

function same(a: Scalar, b: Scalar, caseSensitive: boolean): boolean {
  if (typeof a === 'string' && typeof b === 'string' && !caseSensitive)
    return a.toLowerCase() === b.toLowerCase();
  return a === b;
}

/** What stands between the first of one text and the next of another, or the last. */
function between([text, from, to, isGreedy]: readonly Scalar[], caseSensitive: boolean): Result {
  if (typeof text !== 'string' || typeof from !== 'string' || typeof to !== 'string') return null;
  const fold = (value: string) => (caseSensitive ? value : value.toLowerCase());
  const found = fold(text).indexOf(fold(from));
  if (found < 0) return null;
  const start = found + from.length;
  const end = isGreedy === true ? fold(text).lastIndexOf(fold(to)) : fold(text).indexOf(fold(to), start);
  return end < start ? null : text.slice(start, end);
}

function indexOf([text, part, start]: readonly Scalar[], caseSensitive: boolean): Result {
  if (typeof text !== 'string' || typeof part !== 'string') return null;
  const fold = (value: string) => (caseSensitive ? value : value.toLowerCase());
  const found = fold(text).indexOf(fold(part), typeof start === 'number' ? start : 0);
  return found < 0 ? null : found;
}

/** Places may count from the end, as in Python. */
function substring([text, start, end]: readonly Scalar[]): Result {
  if (typeof text !== 'string') return null;
  return text.slice(typeof start === 'number' ? start : 0, typeof end === 'number' ? end : undefined);
}

function toNumber(value: Scalar, base: Scalar | null | undefined): Result {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return null;
  const radix = typeof base === 'number' ? base : undefined;
  const hexadecimal = /^0[xX]([0-9a-fA-F]+)$/.exec(value)?.[1];
  if (hexadecimal !== undefined && (radix === undefined || radix === 16))
    return Number.parseInt(hexadecimal, 16);
  if (radix === undefined || radix === 10) return numberOf(value) ?? null;
  const number = Number.parseInt(value, radix);
  return Number.isNaN(number) || !sameDigits(number.toString(radix), value) ? null : number;
}

/** Whether all of a text was read; zeros may stand in front. */
function sameDigits(printed: string, text: string): boolean {
  return printed === text.toLowerCase().replace(/^0+(?=.)/, '');
}
