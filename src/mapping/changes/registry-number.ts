import { hasWildcard, isAnything, isMany, isPattern, plainText } from '../../query/pattern.ts';
import type { Pattern, Value } from '../../query/query.ts';
import { together } from '../effect.ts';
import { equals, middle, placed, type Renamed, type Target, type ValueChange } from './change.ts';

/** `Details: DWORD (0x0000000a)` ↔ `registry.data.strings: 10`, which some products write as `0x0000000a`. */
export const registryNumber: ValueChange<'registry-number'> = {
  toEcs(value, to) {
    const whole = isPattern(value) ? plainText(value) : undefined;
    const text = whole ?? (isPattern(value) ? middle(value) : undefined);
    const found = text === undefined ? null : sysmons.exec(text);
    const digits = found ? digitsIn(found) : undefined;
    if (digits === undefined) return ofSome(value, to, 'toEcs');
    const test = equals(to, [String(BigInt(`0x${digits}`))], [`0x${digits}`]);
    return whole === undefined ? { test, effect: 'narrower' } : { test };
  },

  toSigma(value, to) {
    const text = isPattern(value) ? plainText(value) : undefined;
    const digits = text === undefined ? undefined : digitsOf(text);
    // The same may stand there as text.
    return digits === undefined
      ? ofSome(value, to, 'toSigma')
      : { test: equals(to, [spelled(digits)]), effect: 'narrower' };
  },

  valueToEcs(held, field) {
    const found = typeof held === 'string' ? sysmons.exec(held) : null;
    return found ? placed(field, String(BigInt(`0x${digitsIn(found)}`))) : undefined;
  },

  valueToSigma(held) {
    const digits = digitsOf(String(held));
    return digits === undefined ? undefined : [spelled(digits)];
  },
};

function digitsIn([, short, high, low]: RegExpExecArray): string {
  return short ?? `${high}${low}`;
}

function spelled(digits: string): string {
  if (digits.length === 8) return `DWORD (0x${digits})`;
  return `QWORD (0x${digits.slice(0, 8)}-0x${digits.slice(8)})`;
}

const sysmons = /^(?:DWORD \(0x([0-9a-f]{8})\)|QWORD \(0x([0-9a-f]{8})-0x([0-9a-f]{8})\))$/i;

/** A pattern that numbers match in one of their spellings stays as it is, and what it asks of them with it. */
function ofSome(value: Value, to: Target, way: 'toEcs' | 'toSigma'): Renamed | undefined {
  if (value === null || !isPattern(value) || !hasWildcard(value) || isAnything(value)) return undefined;
  const [here, there] = way === 'toEcs' ? [typed, bare] : [bare, typed];
  const less = here.some((shape) => mayBe(value, shape)) ? 'narrower' : undefined;
  const more = there.some((shape) => mayBe(value, shape)) ? 'broader' : undefined;
  const effect = together(less, more);
  return effect && { test: equals(to, value), effect };
}

const digit = '0123456789';
const sign = '0123456789abcdef';

/** A text of which each place is one of some characters. */
type Shape = readonly string[];

const times = (chars: string, count: number): Shape => Array.from({ length: count }, () => chars);
const eight = ['0', 'x', ...times(sign, 8)];

/** How Sysmon spells numbers, and how others do. */
const typed: readonly Shape[] = [
  [...'dword (', ...eight, ')'],
  [...'qword (', ...eight, '-', ...eight, ')'],
];
const bare: readonly Shape[] = [
  ...Array.from({ length: 20 }, (_, index) => times(digit, index + 1)),
  eight,
  [...eight, ...times(sign, 8)],
];

/** Whether a pattern matches a text of the shape: the places that each part may have come to, one part after the other. */
function mayBe(value: Pattern, shape: Shape): boolean {
  let places = new Set([0]);
  for (const part of value) {
    if (isMany(part)) {
      const first = Math.min(...places);
      places = new Set(Array.from({ length: shape.length + 1 - first }, (_, index) => first + index));
    } else if (typeof part === 'string') {
      const text = part.toLowerCase();
      if (text.length > shape.length) return false;
      places = new Set([...places].filter((at) => fits(text, shape, at)).map((at) => at + text.length));
    } else {
      places = new Set([...places].map((at) => at + 1));
    }
    if (places.size === 0) return false;
  }
  return places.has(shape.length);
}

function fits(text: string, shape: Shape, at: number): boolean {
  return [...text].every((char, index) => shape[at + index]?.includes(char));
}

/** The digits of a number of 32 bits, or of 64, to the base of 16. */
function digitsOf(text: string): string | undefined {
  const hexadecimal = /^0x((?:[0-9a-f]{8}){1,2})$/i.exec(text)?.[1];
  if (hexadecimal !== undefined) return hexadecimal;
  if (!/^(?:0|[1-9]\d{0,18})$/.test(text)) return undefined;
  const digits = BigInt(text).toString(16);
  return digits.padStart(digits.length > 8 ? 16 : 8, '0');
}
