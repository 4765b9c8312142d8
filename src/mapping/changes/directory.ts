import { isMany, isPattern, many, pattern } from '../../query/pattern.ts';
import { equals, type ValueChange } from './change.ts';

/** `file.directory: /tmp` → `TargetFilename|startswith: /tmp/`, which holds for the folders below, too. */
export const directory: ValueChange<'directory'> = {
  toEcs: () => undefined,

  toSigma(value, to, { separator }) {
    if (!isPattern(value)) return undefined;
    const path = isMany(value.at(-1)) ? value : pattern([...value, separator, many]);
    return { test: equals(to, path), effect: 'broader' };
  },
};
