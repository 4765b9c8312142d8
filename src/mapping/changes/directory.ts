import { isMany, isPattern, many, pattern } from '../../query/pattern.ts';
import { equals, placed, type ValueChange } from './change.ts';

/** `file.directory: /tmp` → `TargetFilename|startswith: /tmp/`, which holds for the folders below, too. */
export const directory: ValueChange<'directory'> = {
  toEcs: () => undefined,

  toSigma(value, to, { separator }) {
    if (!isPattern(value)) return undefined;
    const path = isMany(value.at(-1)) ? value : pattern([...value, separator, many]);
    return { test: equals(to, path), effect: 'broader' };
  },

  valueToEcs(held, field, { separator }) {
    const end = typeof held === 'string' ? held.lastIndexOf(separator) : -1;
    return end < 0 ? undefined : placed(field, String(held).slice(0, end));
  },

  valueToSigma: (held, _, { separator }) => pattern([String(held), separator, many]),
};
