import { hasCase } from '../../query/normal.ts';
import { isMany, isPattern, pattern } from '../../query/pattern.ts';
import type { Pattern, Value } from '../../query/query.ts';
import { printPattern } from './literal.ts';
import type { Scalar } from './scalar.ts';

/** Values that can share a line: what they have in common is in the modifiers of its key. */
export interface Shape {
  readonly modifiers: readonly string[];
  readonly values: readonly Scalar[];
}

/**
 * Values by their shape, in the order each first stands: `*x*` is `contains: x`, and so on. Null stands
 * alone, as no list may hold it, and what is no text can not be `cased`.
 */
export function shapesOf(values: readonly Value[], caseSensitive: boolean): readonly Shape[] {
  const shapes = new Map<string, Value[]>();
  for (const value of values) {
    const id = idOf(value, caseSensitive);
    const others = shapes.get(id);
    if (others) others.push(value);
    else shapes.set(id, [value]);
  }
  return [...shapes.values()].map((group) => shaped(group, caseSensitive));
}

function idOf(value: Value, caseSensitive: boolean): string {
  if (value === null) return 'null';
  if (!isPattern(value)) return caseSensitive ? 'number' : '';
  return modifiersOf(value).join('|');
}

function shaped(group: readonly Value[], caseSensitive: boolean): Shape {
  const cased = caseSensitive && group.some((value) => isPattern(value) && hasCase(value));
  const sample = group.find(isPattern);
  const modifiers = sample ? modifiersOf(sample) : [];
  return {
    modifiers: cased ? [...modifiers, 'cased'] : modifiers,
    values: group.map((value) =>
      isPattern(value) ? printPattern(withoutEnds(value), hasPlaceholder(value)) : value,
    ),
  };
}

function modifiersOf(value: Pattern): readonly string[] {
  const { start, end } = openEnds(value);
  const ends = start && end ? ['contains'] : start ? ['endswith'] : end ? ['startswith'] : [];
  return hasPlaceholder(value) ? [...ends, 'expand'] : ends;
}

/** Stars at the ends that a modifier can stand for: one at each, with something between them. */
function openEnds(value: Pattern): { readonly start: boolean; readonly end: boolean } {
  const parts = pattern(value);
  const start = isMany(parts[0]);
  const end = isMany(parts.at(-1));
  const [from, to] = [start ? 1 : 0, parts.length - (end ? 1 : 0)];
  const bare = from >= to || isMany(parts[from]) || isMany(parts[to - 1]);
  return bare ? { start: false, end: false } : { start, end };
}

function withoutEnds(value: Pattern): Pattern {
  const { start, end } = openEnds(value);
  return pattern(value).slice(start ? 1 : 0, end ? -1 : undefined);
}

function hasPlaceholder(value: Pattern): boolean {
  return value.some((part) => typeof part === 'object' && 'placeholder' in part);
}
