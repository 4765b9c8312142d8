import { isPattern, many, pattern } from '../../query/pattern.ts';
import { beginning, ending, equals, placed, type ValueChange } from './change.ts';

/** `user.name: jo` ↔ `UserId|startswith: jo@`; `user.domain: acme.com` ↔ `UserId|endswith: '@acme.com'`. */
export const mailbox: ValueChange<'mailbox'> = {
  toEcs(value, to, { part }) {
    if (!isPattern(value)) return undefined;
    const text = part === 'name' ? beginning(value) : ending(value);
    const piece = part === 'name' ? /^([^@]+)@$/.exec(text ?? '') : /^@([^@]+)$/.exec(text ?? '');
    return piece ? { test: equals(to, [piece[1]!]) } : undefined;
  },

  toSigma(value, to, { part }) {
    if (!isPattern(value)) return undefined;
    const whole = part === 'name' ? pattern([...value, '@', many]) : pattern([many, '@', ...value]);
    return { test: equals(to, whole) };
  },

  valueToEcs(held, field, { part }) {
    const found = typeof held === 'string' ? /^([^@]+)@([^@]+)$/.exec(held) : null;
    return placed(field, found?.[part === 'name' ? 1 : 2]);
  },

  valueToSigma(held, _, { part }) {
    return part === 'name' ? pattern([String(held), '@', many]) : pattern([many, '@', String(held)]);
  },
};
