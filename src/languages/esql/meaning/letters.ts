import type { Pattern } from '../../../query/query.ts';

/** `to_lower` and `to_upper`, which a value goes through before it is compared. */
export type Fold = 'lower' | 'upper';

export function folded(text: string, fold: Fold): string {
  return fold === 'lower' ? text.toLowerCase() : text.toUpperCase();
}

/** Whether a value that went through it can be this text at all. */
export function isFolded(text: string, fold: Fold): boolean {
  return folded(text, fold) === text;
}

export function foldedPattern(value: Pattern, fold: Fold): Pattern {
  return value.map((part) => (typeof part === 'string' ? folded(part, fold) : part));
}

export function isFoldedPattern(value: Pattern, fold: Fold): boolean {
  return value.every((part) => typeof part !== 'string' || isFolded(part, fold));
}

const piece = /\\(?:[^])|\[(?:\\[^]|[^\]\\])*\]|[^\\[]+|[^]/g;

/**
 * A regular expression of Lucene's that finds in folded values what this one finds in all values if case does not
 * count. Undefined where its letters stand in a range that holds some of a case and not the same of the other.
 */
export function foldedRegex(text: string, fold: Fold): string | undefined {
  const pieces = [...text.matchAll(piece)].map(([part]) => {
    if (part.startsWith('[') && part.length > 1) return foldedClass(part, fold);
    return /^\\[dDsSwW]$/.test(part) ? part : sameLength(part, fold);
  });
  return pieces.every((part) => part !== undefined) ? pieces.join('') : undefined;
}

function foldedClass(text: string, fold: Fold): string | undefined {
  const body = text.slice(1, -1);
  const parts = [...body.matchAll(/(\\[^]|[^\\])-(\\[^]|[^\\])|\\[dDsSwW]|\\?[^]/g)].map(
    ([part, from, to]) => {
      if (/^\\[dDsSwW]$/.test(part)) return part;
      if (from !== undefined && to !== undefined && !isEvenRange(from.at(-1)!, to.at(-1)!)) return undefined;
      return sameLength(part, fold);
    },
  );
  return parts.every((part) => part !== undefined) ? `[${parts.join('')}]` : undefined;
}

/** `a-f` and `0-9`, and `!-~`, which has all letters; not `A-z`. */
function isEvenRange(from: string, to: string): boolean {
  const holds = (first: string, last: string) => from <= first && last <= to;
  const touches = (first: string, last: string) => from <= last && first <= to;
  if (from > '\u007f' || to > '\u007f') return false;
  if (holds('A', 'Z') && holds('a', 'z')) return from !== 'A' && to !== 'z';
  const within = (first: string, last: string) => first <= from && to <= last;
  return within('A', 'Z') || within('a', 'z') || !(touches('A', 'Z') || touches('a', 'z'));
}

/** Few characters change their length with their case; those are not folded one for one. */
function sameLength(text: string, fold: Fold): string | undefined {
  const result = folded(text, fold);
  return result.length === text.length ? result : undefined;
}
