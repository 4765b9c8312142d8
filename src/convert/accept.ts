import { Failure } from '../diagnostic/attempt.ts';
import type { Diagnostic, Effect, Outcome } from '../diagnostic/diagnostic.ts';
import type { Predicate, Query } from '../query/query.ts';
import { mapPredicates } from '../query/walk.ts';
import { leftOut, weaken } from '../query/weaken.ts';
import { asksForEnough } from './counts.ts';
import type { ConvertOptions } from './options.ts';

/** A query changed so that it can be said, and what that changes. */
export interface Accepted {
  readonly query: Query;
  readonly losses: readonly Diagnostic[];
}

/**
 * A query without what can not be said, as far as the user accepts the effect: tests that upper and lower case are alike to
 * ask for their own case (they match less), others are left out (the whole matches more). Undefined where the user
 * does not accept it, or where a change has no effect that can be told.
 */
export function acceptedIn(
  query: Query,
  print: (leaf: Predicate) => Outcome<string>,
  { allow = [] }: ConvertOptions,
): Accepted | undefined {
  if (allow.length === 0 || turnsAround(query)) return undefined;
  const losses: Diagnostic[] = [];
  const change = (leaf: Predicate, positive: boolean): Predicate => {
    const outcome = print(leaf);
    if (outcome.ok) return leaf;
    for (const way of ways) {
      const changed = way.change(leaf, positive, outcome.diagnostics);
      const effect = way.effect(positive);
      if (changed === undefined || !(allow as readonly Effect[]).includes(effect)) continue;
      if (changed.kind !== 'constant' && !print(changed).ok) continue;
      losses.push(...outcome.diagnostics.map((found) => told(found, effect, way.became)));
      return changed;
    }
    throw new Failure(outcome.diagnostics);
  };
  try {
    const changed = mapPredicates(query, (where) => weaken(where, change));
    return { query: changed, losses };
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

interface Way {
  readonly change: (leaf: Predicate, positive: boolean, why: readonly Diagnostic[]) => Predicate | undefined;
  readonly effect: (positive: boolean) => Effect;
  readonly became: (effect: Effect) => string;
}

const ways: readonly Way[] = [
  {
    change: (leaf, _, why) =>
      'caseSensitive' in leaf &&
      !leaf.caseSensitive &&
      why.every(({ code }) => code === 'loss/case-sensitivity')
        ? { ...leaf, caseSensitive: true }
        : undefined,
    effect: (positive) => (positive ? 'narrower' : 'broader'),
    became: (effect) =>
      `Here it asks for upper and lower case as they are written, so the rule may match ${effect === 'narrower' ? 'less' : 'more'}.`,
  },
  {
    change: (_, positive) => leftOut(positive),
    effect: () => 'broader',
    became: () => 'It was left out, so the rule may match more.',
  },
];

function told(found: Diagnostic, effect: Effect, became: Way['became']): Diagnostic {
  return { ...found, effect, message: `${found.message} ${became(effect)}` };
}

/**
 * Whether to find more events in a part may be to find less in the whole: what must not come, measures that more events
 * may take out of bounds, and the first so many.
 */
function turnsAround({ find, stages }: Query): boolean {
  const steps = find.kind === 'sequence' ? find.steps : [];
  return (
    (find.kind === 'sequence' && find.until !== undefined) ||
    steps.some((step) => step.missing) ||
    stages.some(
      (stage) =>
        stage.kind === 'limit' ||
        (stage.kind === 'aggregate' && stage.keep !== undefined && !asksForEnough(stage)),
    )
  );
}
