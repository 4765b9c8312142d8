import { isMany, isPattern, many, pattern } from '../../query/pattern.ts';
import type { Pattern } from '../../query/query.ts';
import { equals, placed, type ValueChange } from './change.ts';

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

  valueToEcs(held, field, { sigma, ecs }) {
    // Of a text of several lines each may say something.
    const lines = typeof held === 'string' ? held.split(/[\r\n]+/).map((line) => line.trim()) : [];
    const pieces = lines.length === 1 ? [String(held)] : lines;
    return placed(
      field,
      pieces.map((line) => exchanged(line, sigma, ecs)).find((text) => text !== undefined),
    );
  },

  valueToSigma(held, _, { sigma, ecs }) {
    const changed = exchanged(String(held), ecs, sigma);
    return changed === undefined ? undefined : [changed];
  },
};

function exchanged(text: string, from: string, to: string): string | undefined {
  return text.toLowerCase().startsWith(from.toLowerCase()) ? to + text.slice(from.length) : undefined;
}

function exchange(value: Pattern, from: string, to: string): Pattern | undefined {
  if (isMany(value[0]) && from === '') return pattern([to, ...value]);
  // `*text…` holds what has the prefix in front, wherever that stands: at the beginning, if it goes.
  if (isMany(value[0]) && value.length > 1) {
    if (to === '') return exchange(value.slice(1), from, to);
    const inner = exchange(value.slice(1), from, to);
    return inner && pattern([many, ...inner]);
  }
  const [first, ...rest] = value;
  if (typeof first !== 'string' || !first.toLowerCase().startsWith(from.toLowerCase())) return undefined;
  return pattern([to + first.slice(from.length), ...rest]);
}
