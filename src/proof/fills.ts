import { isMany, isWildcard } from '../query/pattern.ts';
import type { Pattern } from '../query/query.ts';
import type { Part } from './values.ts';

/** How many ways to fill in a pattern are tried. */
const mostFills = 600;

/**
 * Texts of a pattern of which one is in none of some other patterns, if any text of it is; undefined where these would be too many.
 *
 * `letter` stands in none of them, so that where another pattern takes it it has a wildcard there, and takes any letter. A star
 * stands for as many letters as others have single wildcards, and one more: of so many, one is taken by a star of
 * theirs, which takes any more as well.
 */
export function fillsOf(
  pattern: Pattern,
  others: readonly Part[],
  letter: string,
): readonly string[] | undefined {
  const most = Math.max(0, ...others.map(singles)) + 1;
  const lengths = most === 1 ? [1] : Array.from({ length: most + 1 }, (_, length) => length);
  const stars = pattern.filter((part) => isMany(part)).length;
  if (lengths.length ** stars > mostFills) return undefined;
  return pattern.reduce<readonly string[]>(
    (texts, part) => {
      const pieces =
        typeof part === 'string'
          ? [part]
          : isMany(part)
            ? lengths.map((length) => letter.repeat(length))
            : [letter];
      return texts.flatMap((text) => pieces.map((piece) => text + piece));
    },
    [''],
  );
}

function singles(part: Part): number {
  if (part.kind !== 'pattern') return 0;
  return part.pattern.filter((one) => isWildcard(one) && !isMany(one)).length;
}
