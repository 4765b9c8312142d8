import { isPattern, many, pattern, plainText } from '../../query/pattern.ts';
import { ending, equals, placed, type ValueChange } from './change.ts';

/** `file.extension: exe` ↔ `TargetFilename|endswith: .exe`: what follows the last dot. */
export const extension: ValueChange<'extension'> = {
  toEcs(value, to) {
    const end = isPattern(value) ? ending(value) : undefined;
    return end !== undefined && /^\.[^.\\/]+$/.test(end) ? { test: equals(to, [end.slice(1)]) } : undefined;
  },

  toSigma(value, to) {
    if (!isPattern(value)) return undefined;
    const test = equals(to, pattern([many, '.', ...value]));
    // A wildcard of the extension can not run over a dot; one of the path can.
    return plainText(value) === undefined ? { test, effect: 'broader' } : { test };
  },

  valueToEcs(held, field) {
    const text = typeof held === 'string' ? held.slice(held.lastIndexOf('.')) : '';
    return /^\.[^.\\/]+$/.test(text) ? placed(field, text.slice(1)) : undefined;
  },

  valueToSigma: (held) => pattern([many, '.', String(held)]),
};
