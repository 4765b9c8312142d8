import { not } from '../../query/build.ts';
import { isPattern, plainText } from '../../query/pattern.ts';
import type { Value } from '../../query/query.ts';
import { equals, placed, type ValueChange } from './change.ts';

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
    const values = but.map((one): Value => (typeof one === 'string' ? [one] : one));
    return { test: not(equals({ field, caseSensitive: false }, ...values)) };
  },

  valueToEcs(held, field, { word, but }) {
    const isOne = held !== null && but.some((one) => sameWord(one, held));
    return isOne ? undefined : placed(field, word);
  },

  // A field that is not there is none of them.
  valueToSigma: () => undefined,
};

function sameWord(a: string | number | boolean, b: string | number | boolean): boolean {
  return String(a).toLowerCase() === String(b).toLowerCase();
}
