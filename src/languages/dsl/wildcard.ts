import { isMany, many, one, pattern } from '../../query/pattern.ts';
import type { Pattern, PatternPart } from '../../query/query.ts';

/** Wildcards of Elasticsearch's `wildcard` query: `*`, `?`, and a backslash before what is meant literally. */
export function readWildcards(value: string): Pattern {
  const parts: PatternPart[] = [];
  for (const [piece, escaped] of value.matchAll(/\\([\s\S])|[\s\S]/g)) {
    parts.push(escaped ?? (piece === '*' ? many : piece === '?' ? one : piece));
  }
  return pattern(parts);
}

/** The text that is read as this pattern; undefined for one with placeholders. */
export function printWildcards(value: Pattern): string | undefined {
  const texts = value.map((part) =>
    typeof part === 'string'
      ? part.replace(/[\\*?]/g, '\\$&')
      : 'placeholder' in part
        ? undefined
        : isMany(part)
          ? '*'
          : '?',
  );
  return texts.includes(undefined) ? undefined : texts.join('');
}
