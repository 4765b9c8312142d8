import type { Pack, Rule } from '../rule/rule.ts';
import type { Casting } from './cast.ts';

/** Rules by what others may call them: their id, or their name. */
export type References = ReadonlyMap<string, Rule | undefined>;

export function referenceTable(rules: readonly Rule[]): References {
  const table = new Map<string, Rule | undefined>();
  for (const rule of rules) {
    for (const key of [rule.id, rule.name]) {
      if (key === undefined) continue;
      // What two rules are called, neither can be meant by.
      const isAmbiguous = table.has(key) && table.get(key)?.id !== rule.id;
      table.set(key, isAmbiguous ? undefined : rule);
    }
  }
  return table;
}

export function referencesOf({ detection }: Rule, known: References): readonly Rule[] {
  if (detection.kind !== 'correlation') return [];
  return detection.rules.map((name) => known.get(name) as Rule);
}

/**
 * Rules that only serve a correlation of their file, unless it says `generate`. Where the target has
 * correlations they are rules like any other.
 */
export function partsOfOthers(pack: Pack, known: References, { target }: Casting): ReadonlyMap<Rule, Rule> {
  if (target.id === 'sigma' || target.id === 'native') return new Map();
  return new Map(
    pack.rules.flatMap((rule) =>
      rule.detection.kind !== 'correlation' || rule.detection.generate
        ? []
        : referencesOf(rule, known)
            .filter((part) => part !== undefined)
            .map((part) => [part, rule] as const),
    ),
  );
}
