import { isPattern, many, plainText } from '../../query/pattern.ts';
import type { Value } from '../../query/query.ts';
import { equals, placed, type ValueChange } from './change.ts';

/** `event.outcome: failure` ↔ `errorCode: *`, and `event.outcome: success` where there is none. */
export const presence: ValueChange<'presence'> = {
  toEcs(value, to, { present, absent }) {
    const word = value === null ? absent : isAnything(value) ? present : undefined;
    return word === undefined ? undefined : { test: equals({ ...to, caseSensitive: true }, [word]) };
  },

  toSigma(value, { field }, { present, absent }) {
    const word = value !== null && isPattern(value) ? plainText(value)?.toLowerCase() : undefined;
    if (word === undefined) return undefined;
    if (word === absent) return { test: equals({ field, caseSensitive: false }, null) };
    return word === present ? { test: { kind: 'exists', field } } : undefined;
  },

  valueToEcs: (held, field, { present, absent }) => placed(field, held === null ? absent : present),

  // What it holds, other fields may tell; that it holds something, the word says.
  valueToSigma(held, _, { present }) {
    return present !== undefined && String(held).toLowerCase() === present ? [present, many] : undefined;
  },
};

/** `*` */
function isAnything(value: Value): boolean {
  return value !== null && isPattern(value) && value.length === 1 && typeof value[0] === 'object';
}
