import { attempt } from '../diagnostic/attempt.ts';
import type { Outcome } from '../diagnostic/diagnostic.ts';
import { examplesFor } from '../proof/examples.ts';
import type { Example } from '../proof/scene.ts';
import { type Matchable, type MatchOptions, matcher } from './matcher.ts';

/** How examples are made. */
export interface ExampleOptions extends MatchOptions {
  /** How many there are of each sort of example, at most; 8 unless said. */
  readonly most?: number;
}

/**
 * Events from a rule or a query: those that fire it, near misses that do not, and the same spelled otherwise, each as
 * the matcher says. They have the names of `taxonomy`, or those that the rule uses. The outcome is not ok for what can
 * not be asked of events; a rule that nothing fires has no examples, and a finding that says why.
 */
export function examplesOf(asked: Matchable, options: ExampleOptions = {}): Outcome<readonly Example[]> {
  const ready = matcher(asked, options);
  if (!ready.ok) return ready;
  const { query, layout } = ready.value;
  const made = attempt((report) => {
    const { examples, because } = examplesFor(query, layout, options.most);
    if (because !== undefined)
      report({ code: 'match/no-example', message: `No example fires the rule: ${because}.` });
    return examples;
  });
  return { ...made, diagnostics: [...ready.diagnostics, ...made.diagnostics] };
}
