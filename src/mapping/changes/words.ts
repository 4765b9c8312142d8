import type { Scalar } from '../../query/event.ts';
import { hasWildcard, isPattern, plainText } from '../../query/pattern.ts';
import type { Pattern, Value } from '../../query/query.ts';
import { wildcardTest } from '../../query/wildcard.ts';
import type { Change } from '../table.ts';
import { asValue, equals, placed, type Renamed, type Target, type ValueChange } from './change.ts';

/** Words that correspond: `Initiated: 'true'` ↔ `network.direction: egress`. */
export const words: ValueChange<'words'> = {
  toEcs(value, to, change) {
    if (isPattern(value) && hasWildcard(value)) return wordsLike(value, to, change, (word) => word);
    const text = textOf(value)?.toLowerCase();
    const words = Object.entries(change.words);
    const found = words.find(([sigma]) => sigma.toLowerCase() === text);
    if (!found) return change.closed ? undefined : { test: equals(to, value) };
    const isShared = !change.alike && words.filter(([, ecs]) => ecs === found[1]).length > 1;
    // Words of an enumeration have one spelling. One that stands for several of Sigma's says more than each.
    const test = equals({ ...to, caseSensitive: true }, asValue(found[1]));
    return { test, ...(isShared && { effect: 'broader' as const }) };
  },

  toSigma(value, to, change) {
    if (isPattern(value) && hasWildcard(value)) return wordsLike(value, to, change, ([a, b]) => [b, a]);
    const text = textOf(value)?.toLowerCase();
    const found = Object.entries(change.words).filter(([, ecs]) => String(ecs).toLowerCase() === text);
    if (found.length === 0) return change.closed ? undefined : { test: equals(to, value) };
    const all = found.map(([word]) => sigmas(word));
    return { test: equals({ ...to, caseSensitive: false }, ...all) };
  },

  valueToEcs(held, field, change) {
    const text = String(held).toLowerCase();
    const found = Object.entries(change.words).find(([sigma]) => sigma.toLowerCase() === text);
    return placed(field, found ? found[1] : change.closed ? undefined : held);
  },

  valueToSigma(held, _, change) {
    const text = String(held).toLowerCase();
    const found = Object.entries(change.words).find(([, ecs]) => String(ecs).toLowerCase() === text);
    if (!found) return change.closed ? undefined : asValue(held);
    return sigmas(found[0]);
  },
};

/**
 * Words that a pattern matches, beside what it matches that no word stands for: `Level: *ical` is `*ical` or what the table has
 * for `critical`. It is more if there are words on the other side that it matches for something else.
 */
function wordsLike(
  value: Pattern,
  to: Target,
  { words, closed }: Extract<Change, { kind: 'words' }>,
  turned: (word: readonly [Scalar, Scalar]) => readonly [Scalar, Scalar],
): Renamed | undefined {
  if (closed) return undefined;
  const isLike = likeness(value);
  const pairs = Object.entries(words).map(turned);
  const meant = pairs.filter(([word]) => isLike(word)).map(([, there]) => there);
  const isMore = pairs.some(([word, there]) => !isLike(word) && (isLike(there) || meant.includes(there)));
  const more = [...new Set(meant)].filter((there) => !isLike(there)).map((word) => sigmas(String(word)));
  return { test: equals(to, value, ...more), ...(isMore && { effect: 'broader' as const }) };
}

function likeness(value: Pattern): (word: Scalar) => boolean {
  const test = wildcardTest(value.map((part) => (typeof part === 'string' ? part.toLowerCase() : part)));
  return (word) => test(String(word).toLowerCase());
}

/** A word of Sigma's; numbers are written as such. */
function sigmas(word: string): Value {
  return /^(?:0|[1-9]\d{0,14})$/.test(word) ? Number(word) : [word];
}

function textOf(value: Value): string | undefined {
  return isPattern(value) ? plainText(value) : String(value);
}
