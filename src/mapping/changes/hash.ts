import { isPattern, many, plainText } from '../../query/pattern.ts';
import { equals, middle, type ValueChange } from './change.ts';

/** `Hashes|contains: SHA256=…` ↔ `process.hash.sha256: …`: one of several in a text, and a field of its own. */
export const hash: ValueChange<'hash'> = {
  toEcs(value, to, { algorithm }) {
    const text = isPattern(value) ? (middle(value) ?? plainText(value)) : undefined;
    const found = text === undefined ? null : /^(\w+)=([0-9a-fA-F]+)$/.exec(text);
    return found && found[1]!.toUpperCase() === algorithm ? { test: equals(to, [found[2]!]) } : undefined;
  },

  toSigma(value, to, { algorithm }) {
    const text = isPattern(value) ? plainText(value) : undefined;
    // Digits of a hash have no case; products write it either way.
    return text === undefined
      ? undefined
      : { test: equals({ ...to, caseSensitive: false }, [many, `${algorithm}=${text}`, many]) };
  },
};
