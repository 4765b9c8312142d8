import { isPattern, plainText } from '../../query/pattern.ts';
import { equals, type ValueChange } from './change.ts';

/** `EventID: 4624` ↔ `event.code: "4624"`. */
export const number: ValueChange<'number'> = {
  toEcs(value, to) {
    return { test: equals(to, typeof value === 'number' ? [String(value)] : value) };
  },

  toSigma(value, to) {
    const text = isPattern(value) ? plainText(value) : undefined;
    const isNumber = text !== undefined && /^(?:0|[1-9]\d{0,14})$/.test(text);
    return { test: equals(to, isNumber ? Number(text) : value) };
  },
};
