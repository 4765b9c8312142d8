import { always, and, never, or } from '../../query/build.ts';
import type { Predicate } from '../../query/query.ts';
import { predicates } from '../../query/walk.ts';
import { alternatives } from './reading.ts';

/** Joins that are written out for "two of these three"; more of them are nobody's filter. */
const most = 100;
/** What stands in them more than once has to be small, or alternatives within alternatives would have no end. */
const largest = 20;

/** How many of the alternatives have to hold: `2`, `-1`, `"75%"`. Undefined for the forms with conditions. */
export function leastOf(said: unknown, count: number): number | undefined {
  const [, sign, digits, percent] = /^(-?)(\d{1,6})(%?)$/.exec(String(said)) ?? [];
  if (digits === undefined) return undefined;
  const share = percent === '' ? Number(digits) : Math.floor((count * Number(digits)) / 100);
  return sign === '-' ? Math.max(0, count - share) : share;
}

/** At least so many of the parts hold; undefined where that would be too much to write out. */
export function atLeast(least: number, parts: readonly Predicate[]): Predicate | undefined {
  if (parts.length === 0 || least <= 0) return always;
  if (least === 1) return alternatives(parts);
  if (least === parts.length) return and(parts);
  // More than there are can not hold.
  if (least > parts.length) return never;
  const choices = parts.every(isSmall) ? choose(least, parts) : undefined;
  return choices && or(choices.map(and));
}

function isSmall(part: Predicate): boolean {
  let size = 0;
  for (const _ of predicates(part)) {
    size += 1;
    if (size > largest) return false;
  }
  return true;
}

function choose(least: number, parts: readonly Predicate[]): readonly (readonly Predicate[])[] | undefined {
  let partial: readonly (readonly Predicate[])[] = [[]];
  for (const [index, part] of parts.entries()) {
    const left = parts.length - index - 1;
    const grown = partial.flatMap((some) => (some.length < least ? [some, [...some, part]] : [some]));
    partial = grown.filter((some) => some.length + left >= least);
    if (partial.length > most) return undefined;
  }
  return partial;
}
