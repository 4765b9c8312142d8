import { isMany, isWildcard, many, one, pattern } from '../../../query/pattern.ts';
import type { Pattern, PatternPart } from '../../../query/query.ts';

/**
 * What `like` says: `a\*b?c*`, where a backslash saves stars, question marks and backslashes. Undefined for a
 * backslash before anything else, which Elasticsearch refuses.
 */
export function readWildcards(text: string): Pattern | undefined {
  const parts: PatternPart[] = [];
  for (const [piece, escaped, sign] of text.matchAll(/\\([*?\\])|([*?\\])|[^*?\\]+/g)) {
    if (sign === '\\') return undefined;
    parts.push(escaped ?? (sign === undefined ? piece : sign === '*' ? many : one));
  }
  return pattern(parts);
}

/** The way back. There are no placeholders in it. */
export function printWildcards(value: Pattern): string {
  return value
    .map((part) => {
      if (typeof part === 'string') return part.replace(/[*?\\]/g, '\\$&');
      return isWildcard(part) && !isMany(part) ? '?' : '*';
    })
    .join('');
}

/** Stars and nothing else: any value at all. */
export function isAnything(value: Pattern): boolean {
  return value.length > 0 && value.every(isMany);
}
