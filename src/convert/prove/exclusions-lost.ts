import { attempt } from '../../diagnostic/attempt.ts';
import { compareQueries } from '../../proof/compare-queries.ts';
import type { Relation } from '../../proof/relation.ts';
import type { Rule, RuleFilter } from '../../rule/rule.ts';
import { acceptable } from '../fidelity.ts';
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
 * Adds what a rule finds without the exclusions that stood beside it and have no place in the target, to a proof of its query alone.
 * For targets that call fields as the rule does.
 */
export function withExclusionsLost(proof: Proof, rule: Rule, around: AroundRule): Proof {
  const worse = more[proof.relation];
  if (worse === undefined || around.exclusions.length === 0) return proof;
  const outcome = attempt((report) => {
    const [left, whole] = [around, { ...around, exclusions: [] }].map(
      (one) => questionOfRule(rule, one, report, acceptable).query,
    );
    return compareQueries(left!, whole!).counterexamples.find(({ matches }) => matches === 'second');
  });
  if (!outcome.ok || outcome.value === undefined) return proof;
  const { events } = outcome.value;
  return { ...proof, relation: worse, shown: [...(proof.shown ?? []), { matches: 'written', events }] };
}

/** What a relation becomes where the text finds more besides. */
const more: Partial<Record<Relation, Relation>> = { equal: 'broader', narrower: 'overlapping' };
