import { spell } from '../normal.ts';
import type { Step } from '../query.ts';
import { likeness } from './likeness.ts';

/** Which step of a second query each step of a first has become; steps keep their order. */
export function alignedSteps(
  before: readonly Step[],
  after: readonly Step[],
): readonly (number | undefined)[] {
  if (before.length === after.length && before.every((step, place) => areLike(step, after[place]!) > 0))
    return before.map((_, place) => place);
  return inOrder(before, after);
}

/** The pairing with the most likeness in all, in which no two pairs cross. */
function inOrder(before: readonly Step[], after: readonly Step[]): readonly (number | undefined)[] {
  const best = before.map(() => after.map(() => 0));
  const at = (i: number, j: number) => best[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      const like = areLike(before[i]!, after[j]!);
      const paired = like > 0 ? like + at(i + 1, j + 1) : 0;
      best[i]![j] = Math.max(paired, at(i + 1, j), at(i, j + 1));
    }
  }
  const now: (number | undefined)[] = before.map(() => undefined);
  for (let i = 0, j = 0; i < before.length && j < after.length; ) {
    const like = areLike(before[i]!, after[j]!);
    if (like > 0 && at(i, j) === like + at(i + 1, j + 1)) {
      now[i] = j;
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return now;
}

/** Steps of other categories are other steps; the same words make the same step. */
function areLike(a: Step, b: Step): number {
  if (a.category !== b.category) return 0;
  return spell(a.where) === spell(b.where) ? 1 : 0.9 * likeness(a.where, b.where);
}
