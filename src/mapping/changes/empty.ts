import { isPattern, plainText } from '../../query/pattern.ts';
import { equals, type ValueChange } from './change.ts';

/**
 * Nothing at all: an event log writes `''` or `-`, where ECS leaves the field out. Fields that keep their `-` are asked for
 * that as well.
 */
export const empty: ValueChange<'empty'> = {
  toEcs(value, to, { keeps }) {
    const text = isPattern(value) ? plainText(value) : undefined;
    if (text !== '' && text !== '-') return undefined;
    return { test: text === '-' && keeps ? equals(to, ['-'], null) : equals(to, null) };
  },

  toSigma(value, to, { keeps }) {
    if (value !== null) return undefined;
    return { test: keeps ? equals(to, null, ['']) : equals(to, null, [''], ['-']) };
  },
};
