import type { Pattern, PatternPart, Value, Wildcard } from './query.ts';

export const many: Wildcard = { wildcard: 'many' };
export const one: Wildcard = { wildcard: 'one' };

/** A pattern from its parts: neighbouring texts are one text, empty ones vanish, '' stays `['']`. */
export function pattern(parts: Iterable<PatternPart>): Pattern {
  const result: PatternPart[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (part === '') continue;
    if (typeof part === 'string' && typeof last === 'string') result[result.length - 1] = last + part;
    else result.push(part);
  }
  return result.length === 0 ? [''] : result;
}

export function isPattern(value: Value): value is Pattern {
  return Array.isArray(value);
}

export function isWildcard(part: PatternPart | undefined): part is Wildcard {
  return typeof part === 'object' && 'wildcard' in part;
}

/** Any run of characters, the empty run too. */
export function isMany(part: PatternPart | undefined): boolean {
  return isWildcard(part) && part.wildcard === 'many';
}

export function hasWildcard(value: Pattern): boolean {
  return value.some(isWildcard);
}

/** `*`: any text at all. */
export function isAnything(value: Pattern): boolean {
  return value.length === 1 && isMany(value[0]);
}

/** The text of a pattern that has no wildcards and no placeholders; undefined for the others. */
export function plainText(value: Pattern): string | undefined {
  const [only] = value;
  return value.length === 1 && typeof only === 'string' ? only : undefined;
}
