import { isMany, isPattern, many, pattern } from '../../query/pattern.ts';
import type { Pattern } from '../../query/query.ts';
import { equals, type ValueChange } from './change.ts';

/**
 * Two spellings of how values begin: `HKLM\…` ↔ `HKEY_LOCAL_MACHINE\…`. Where one side has nothing in front, what follows is
 * the whole of its value: `*HostName=x*` ↔ `x*`.
 */
export const prefix: ValueChange<'prefix'> = {
  toEcs(value, to, { sigma, ecs }) {
    const changed = isPattern(value) ? exchange(value, sigma, ecs) : undefined;
    return changed && { test: equals(to, changed) };
  },

  toSigma(value, to, { sigma, ecs }) {
    const changed = isPattern(value) ? exchange(value, ecs, sigma) : undefined;
    return changed && { test: equals(to, changed) };
  },
};

function exchange(value: Pattern, from: string, to: string): Pattern | undefined {
  // `*text…` holds what has the prefix in front, wherever that stands.
  if (isMany(value[0]) && value.length > 1) {
    if (from === '') return pattern([to, ...value]);
    const inner = exchange(value.slice(1), from, to);
    return inner && (to === '' ? pattern(inner) : pattern([many, ...inner]));
  }
  const [first, ...rest] = value;
  if (typeof first !== 'string' || !first.toLowerCase().startsWith(from.toLowerCase())) return undefined;
  return pattern([to + first.slice(from.length), ...rest]);
}
