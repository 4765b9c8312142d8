import type { Rule } from '../rule/rule.ts';
import { rulesNamed } from './part-test.ts';
import { referencesAmong } from './references.ts';

/**
 * Rules that only serve correlations of others of these, and are not matched on their own: those that a correlation
 * leads to, unless it says `generate`. What leads round in a circle serves nothing.
 */
export function partsAmong(rules: readonly Rule[]): ReadonlySet<Rule> {
  const known = referencesAmong(rules);
  const partsOf = ({ detection }: Rule) =>
    detection.kind === 'correlation'
      ? rulesNamed(detection)
          .map(known)
          .filter((part) => part !== undefined)
      : [];
  const named = new Set(rules.flatMap(partsOf));
  const parts = new Set<Rule>();
  const kept = new Set<Rule>();
  const left = rules.filter((rule) => !named.has(rule));
  for (let rule = left.pop(); rule !== undefined; rule = left.pop()) {
    const { detection } = rule;
    const stays = detection.kind === 'correlation' && detection.generate === true;
    for (const part of partsOf(rule)) {
      if (stays) kept.add(part);
      if (!parts.has(part)) left.push(part);
      parts.add(part);
    }
  }
  return new Set([...parts].filter((part) => !kept.has(part)));
}
