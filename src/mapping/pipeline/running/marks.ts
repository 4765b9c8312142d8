import type { Predicate } from '../../../query/query.ts';
import type { Transformation } from '../pipeline.ts';
import { dropped, type Leaf, leavesOf } from './leaf.ts';
import { approximate, type Run, spend } from './run.ts';

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
    spend(run, sizeOf(leaf));
    if (marks) run.marks.set(leaf, marks);
  }
  return made;
}

/** How much a test holds. */
function sizeOf(leaf: Leaf): number {
  switch (leaf.kind) {
    case 'equals':
    case 'free-text':
      return 1 + leaf.values.length;
    case 'regex':
      return 1 + leaf.patterns.length;
    case 'cidr':
      return 1 + leaf.networks.length;
    default:
      return 1;
  }
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
