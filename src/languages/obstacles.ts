import type { Code } from '../diagnostic/codes.ts';
import { hasCase } from '../query/normal.ts';
import { isPattern } from '../query/pattern.ts';
import type { Equals, FreeText, Pattern, PatternPart } from '../query/query.ts';
import type { Lose } from './lose.ts';

/** A test with values. */
export type Listed = Equals | FreeText;

/** Why a test of values can not be said, as far as it lies in the values. */
export interface Obstacle {
  readonly code: Code;
  /** Goes on from what the test is called. */
  readonly what: string;
  readonly inWay: (test: Listed) => boolean;
}

export function loseValues(
  obstacles: readonly Obstacle[],
  test: Listed,
  subject: string,
  lose: Lose<unknown>,
): void {
  for (const { code, what, inWay } of obstacles) {
    if (inWay(test)) lose(code, `${subject} ${what}`, test.span);
  }
}

export const placeholder: Obstacle = {
  code: 'loss/placeholder',
  what: 'has a placeholder',
  inWay: (test) => partsOf(test).some((part) => typeof part === 'object' && 'placeholder' in part),
};

export const noNumber: Obstacle = {
  code: 'loss/value-type',
  what: 'has a value that is no number',
  inWay: ({ values }) => values.some((value) => typeof value === 'number' && !Number.isFinite(value)),
};

/** For languages that tell upper from lower case. */
export function caseless(what: string): Obstacle {
  return {
    code: 'loss/case-sensitivity',
    what,
    inWay: (test) => !test.caseSensitive && patternsOf(test).some(hasCase),
  };
}

export function patternsOf({ values }: Listed): readonly Pattern[] {
  return values.filter((value) => value !== null && isPattern(value));
}

export function partsOf(test: Listed): readonly PatternPart[] {
  return patternsOf(test).flat();
}
