import { isPattern, plainText } from '../../query/pattern.ts';
import { equals, placed, type ValueChange } from './change.ts';

/** `NewProcessId: '0x1a4'` ↔ `process.pid: 420`: the event log has it as text, to the base of 16. */
export const hexadecimal: ValueChange<'hexadecimal'> = {
  toEcs(value, to) {
    if (typeof value === 'number') return { test: equals(to, value) };
    const text = isPattern(value) ? plainText(value) : undefined;
    return text !== undefined && /^0x[0-9a-f]{1,12}$/i.test(text)
      ? { test: equals(to, Number(text)) }
      : undefined;
  },

  toSigma(value, to) {
    const text = isPattern(value) ? plainText(value) : String(value);
    if (text === undefined || !/^(?:0|[1-9]\d{0,14})$/.test(text)) return undefined;
    return { test: equals({ ...to, caseSensitive: false }, [`0x${Number(text).toString(16)}`]) };
  },

  valueToEcs(held, field) {
    if (typeof held === 'number') return placed(field, held);
    return placed(field, /^0x[0-9a-f]{1,12}$/i.test(String(held)) ? Number(held) : undefined);
  },

  valueToSigma(held) {
    const text = String(held);
    return /^(?:0|[1-9]\d{0,14})$/.test(text) ? [`0x${Number(text).toString(16)}`] : undefined;
  },
};
