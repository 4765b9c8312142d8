import { isMany, isPattern, isWildcard, many, pattern, plainText } from '../../query/pattern.ts';
import type { Pattern } from '../../query/query.ts';
import { ending, equals, placed, type ValueChange } from './change.ts';

/** `process.name: x` ↔ `Image|endswith: \x`: the last piece of a path, and the whole path. */
export const fileName: ValueChange<'file-name'> = {
  toEcs(value, to, { separator }) {
    const end = isPattern(value) ? ending(value) : undefined;
    if (end === undefined || !separators(separator).includes(end.charAt(0))) return undefined;
    const name = end.slice(1);
    return name === '' || /[\\/]/.test(name) ? undefined : { test: equals(to, [name]) };
  },

  toSigma(value, to, { separator }) {
    if (!isPattern(value)) return undefined;
    const paths = isMany(value[0])
      ? [value]
      : separators(separator).map((sign) => pattern([many, sign, ...value]));
    const test = equals(to, ...paths);
    return staysInTheName(value, separators(separator)) ? { test } : { test, effect: 'broader' };
  },

  valueToEcs(held, field, { separator }) {
    const at = typeof held === 'string' ? lastOf(held, separators(separator)) : -1;
    const name = typeof held === 'string' && at >= 0 ? held.slice(at + 1) : '';
    return name === '' ? undefined : placed(field, name);
  },

  valueToSigma: (held, _, { separator }) => pattern([many, separators(separator)[0]!, String(held)]),
};

function lastOf(text: string, signs: readonly string[]): number {
  return Math.max(...signs.map((sign) => text.lastIndexOf(sign)));
}

/** A path has separators, and a wildcard of it may run over them; a name has none, nor do its wildcards. */
function staysInTheName(value: Pattern, signs: readonly string[]): boolean {
  if (value.some((part) => typeof part === 'string' && signs.some((sign) => part.includes(sign))))
    return false;
  return plainText(value) !== undefined || (ending(value) !== undefined && !value.slice(1).some(isWildcard));
}

function separators(separator: '\\' | '/' | 'either'): readonly string[] {
  return separator === 'either' ? ['\\', '/'] : [separator];
}
