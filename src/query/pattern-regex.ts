import { isMany, many, one, pattern } from './pattern.ts';
import type { Pattern, PatternPart } from './query.ts';

/**
 * A pattern as a regular expression of Lucene's, which matches the whole value as the pattern does:
 * `a*b`, star and all, and anything after it is `a\*b.*`. For languages whose wildcards have no escape.
 */
export function regexOf(value: Pattern): string {
  return value.map((part) => (typeof part === 'string' ? escaped(part) : isMany(part) ? '.*' : '.')).join('');
}

function escaped(text: string): string {
  return text.replace(/[.?+*|{}[\]()"\\#@&<>~]/g, '\\$&');
}

/** An escaped sign, any run, any one, or a character that is no sign of Lucene's. */
const piece = /\\([^A-Za-z0-9])|(\.\*)|(\.)(?![?+{])|([^.?+*|{}[\]()"\\#@&<>~])/y;

/** The way back; undefined for an expression that says more than a pattern can. */
export function patternOf(regex: string): Pattern | undefined {
  const parts: PatternPart[] = [];
  piece.lastIndex = 0;
  while (piece.lastIndex < regex.length) {
    const found = piece.exec(regex);
    if (found === null) return undefined;
    parts.push(found[2] ? many : found[3] ? one : (found[1] ?? found[4])!);
  }
  return pattern(parts);
}
