import type { Predicate } from '../../../query/query.ts';
import type { Transformation } from '../pipeline.ts';
import { dropped, type Leaf, leavesOf } from './leaf.ts';
import { approximate, type Run } from './run.ts';

/** What came of a test remembers by what it was changed, as the test did. */
export function marked(
  made: Predicate | typeof dropped,
  from: Leaf,
  { id }: Transformation,
  run: Run,
): Predicate | typeof dropped {
  if (made === dropped) return made;
  const before = run.marks.get(from);
  const marks = id === undefined ? before : new Set([...(before ?? []), id]);
  for (const leaf of leavesOf(made)) {
    if (marks) run.marks.set(leaf, marks);
  }
  return made;
}

/** Tells what it does to the rule that tests are taken out of it. */
export function lost(run: Run, { called }: Transformation): (effect: 'broader' | 'narrower') => void {
  return (effect) =>
    approximate(
      run,
      `The pipeline takes a test out of the rule (${called}), which makes it ${effect}.`,
      effect,
    );
}
