import { not } from '../../query/build.ts';
import type { Scalar } from '../../query/event.ts';
import { isPattern, plainText } from '../../query/pattern.ts';
import { asValue, equals, placed, type ValueChange } from './change.ts';

/** `event.outcome: success` → `not ResultStatus: [Failed, 'False']`. Sigma asks for one value, which other rows have. */
export const otherwise: ValueChange<'otherwise'> = {
  // What is not there is none of them.
  toEcs(value, to, { word }) {
    return value === null
      ? { test: equals({ ...to, caseSensitive: true }, [word]), effect: 'broader' }
      : undefined;
  },

  toSigma(value, { field }, { word, but }) {
    const said = value !== null && isPattern(value) ? plainText(value)?.toLowerCase() : undefined;
    if (said !== word) return undefined;
    return { test: not(equals({ field, caseSensitive: false }, ...but.map(asValue))) };
  },

  valueToEcs(held, field, { word, but }) {
    const isOne = held !== null && but.some((one) => sameWord(one, held));
    return isOne ? undefined : placed(field, word);
  },

  // A field that is not there is none of them.
  valueToSigma: () => undefined,
};

function sameWord(a: Scalar, b: Scalar): boolean {
  return String(a).toLowerCase() === String(b).toLowerCase();
}
