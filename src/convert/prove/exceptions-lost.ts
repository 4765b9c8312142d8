import { attempt } from '../../diagnostic/attempt.ts';
import { compareQueries } from '../../proof/compare-queries.ts';
import type { Rule, RuleFilter } from '../../rule/rule.ts';
import { questionOfRule } from '../matched-query.ts';
import type { Proof } from '../proof.ts';
import type { References } from '../references.ts';

/** What stands beside a rule. */
export interface AroundRule {
  readonly known: References;
  readonly exclusions: readonly RuleFilter[];
  readonly reading: 'pysigma' | 'specification';
}

/**
 * What a rule finds without the exceptions that stood beside it, where the target has no place for any of them, fields are called
 * alike, and its query means the same: a proof of the query alone takes no notice of them.
 */
export function withExceptionsLost(proof: Proof, rule: Rule, around: AroundRule): Proof {
  // Filters of Sigma are a part of the query where they have no place of their own.
  const exclusions = around.exclusions.filter(({ format }) => format === 'kibana');
  if (proof.relation !== 'equal' || exclusions.length === 0) return proof;
  const outcome = attempt((report) => {
    const [left, whole] = [exclusions, []].map(
      (some) => questionOfRule(rule, { ...around, exclusions: some }, report).query,
    );
    return compareQueries(left!, whole!);
  });
  // Of a rule that asks for more than its query nothing is seen in events.
  if (!outcome.ok || outcome.value.relation !== 'broader') return proof;
  const shown = outcome.value.counterexamples.map(({ events }) => ({ matches: 'written', events }) as const);
  return { relation: 'broader', shown };
}
