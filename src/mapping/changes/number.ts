import { isPattern, plainText } from '../../query/pattern.ts';
import { asValue, equals, placed, type ValueChange } from './change.ts';

/** `EventID: 4624` ↔ `event.code: "4624"`. */
export const number: ValueChange<'number'> = {
  toEcs(value, to) {
    if (typeof value !== 'number') return { test: equals(to, value) };
    return { test: equals({ ...to, caseSensitive: true }, [String(value)]) };
  },

  toSigma(value, to) {
    const text = isPattern(value) ? plainText(value) : undefined;
    const isNumber = text !== undefined && /^(?:0|[1-9]\d{0,14})$/.test(text);
    return { test: equals(to, isNumber ? Number(text) : value) };
  },

  valueToEcs: (held, field) => placed(field, typeof held === 'number' ? String(held) : held),

  valueToSigma: (held) => (/^(?:0|[1-9]\d{0,14})$/.test(String(held)) ? Number(held) : asValue(held)),
};
