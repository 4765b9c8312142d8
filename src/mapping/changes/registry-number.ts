import { isPattern, plainText } from '../../query/pattern.ts';
import { equals, middle, placed, type ValueChange } from './change.ts';

/** `Details: DWORD (0x0000000a)` ↔ `registry.data.strings: 10`, which some products write as `0x0000000a`. */
export const registryNumber: ValueChange<'registry-number'> = {
  toEcs(value, to) {
    const whole = isPattern(value) ? plainText(value) : undefined;
    const text = whole ?? (isPattern(value) ? middle(value) : undefined);
    const found = text === undefined ? null : sysmons.exec(text);
    const digits = found ? digitsIn(found) : undefined;
    if (digits === undefined) return undefined;
    const test = equals(to, [String(BigInt(`0x${digits}`))], [`0x${digits}`]);
    return whole === undefined ? { test, effect: 'narrower' } : { test };
  },

  toSigma(value, to) {
    const text = isPattern(value) ? plainText(value) : undefined;
    const digits = text === undefined ? undefined : digitsOf(text);
    // The same may stand there as text.
    return digits === undefined ? undefined : { test: equals(to, [spelled(digits)]), effect: 'narrower' };
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

/** The digits of a number of 32 bits, or of 64, to the base of 16. */
function digitsOf(text: string): string | undefined {
  const hexadecimal = /^0x((?:[0-9a-f]{8}){1,2})$/i.exec(text)?.[1];
  if (hexadecimal !== undefined) return hexadecimal;
  if (!/^(?:0|[1-9]\d{0,18})$/.test(text)) return undefined;
  const digits = BigInt(text).toString(16);
  return digits.padStart(digits.length > 8 ? 16 : 8, '0');
}
