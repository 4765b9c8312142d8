import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Rule } from '../rule/rule.ts';
import type { ConvertOptions } from './options.ts';

/** Rules of Sigma say in `taxonomy` what names their fields have, where these are not Sigma's own: ECS's, for one. */

export function isSigma({ detection }: Rule): boolean {
  return detection.kind === 'correlation' || ('query' in detection && detection.query?.language === 'sigma');
}

/** Whether a rule of Sigma has its fields in the names of ECS. */
export function isOfEcs(rule: Rule): boolean {
  return rule.taxonomy === 'ecs' && isSigma(rule);
}

/** Whether a rule is to be written in Sigma with the names of ECS: if the user wants it so, or it was so before. */
export function writesEcs({ taxonomy }: Rule, options: ConvertOptions): boolean {
  return (options.taxonomy ?? taxonomy) === 'ecs';
}

/** What is known of the names of a rule whose taxonomy is none of those known here. */
export function unknownTaxonomy(rule: Rule): Diagnostic | undefined {
  const { taxonomy = 'sigma' } = rule;
  if (taxonomy === 'sigma' || taxonomy === 'ecs' || !isSigma(rule)) return undefined;
  const message = `The rule has the names of the taxonomy "${taxonomy}", which is not known here; they are looked up among Sigma's own.`;
  return { code: 'mapping/unknown-taxonomy', message, path: 'taxonomy' };
}
