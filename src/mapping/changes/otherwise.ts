import { not } from '../../query/build.ts';
import { isPattern, plainText } from '../../query/pattern.ts';
import type { Value } from '../../query/query.ts';
import { equals, type ValueChange } from './change.ts';

/** `event.outcome: success` → `not ResultStatus: [Failed, 'False']`. Sigma asks for one value, which other rows have. */
export const otherwise: ValueChange<'otherwise'> = {
  toEcs: () => undefined,

  toSigma(value, { field }, { word, but }) {
    const said = value !== null && isPattern(value) ? plainText(value)?.toLowerCase() : undefined;
    if (said !== word) return undefined;
    const values = but.map((one): Value => (typeof one === 'string' ? [one] : one));
    return { test: not(equals({ field, caseSensitive: false }, ...values)) };
  },
};
