import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Rule, RuleFilter } from '../../rule/rule.ts';

import { most } from './unsaid.ts';

/** Collects what there is to say of exclusions, each finding once, and what could not be said in the target. */
export class Findings {
  readonly #ofPack = new Map<string, Diagnostic>();
  readonly #ofRules = new Map<Rule, Map<string, Diagnostic>>();
  readonly #unsaid = new Map<Rule, Map<RuleFilter['body'], RuleFilter>>();

  /**
   * What an exclusion does to rules, at its own place: places within it are in texts that nobody wrote. What
   * it does to no rule is said of the file.
   */
  tell(rules: readonly Rule[], found: Diagnostic, by?: RuleFilter): void {
    const said = placed(found, by);
    const key = `${said.code} ${said.message}`;
    if (rules.length === 0) this.#ofPack.set(key, this.#ofPack.get(key) ?? said);
    for (const rule of rules) {
      const known = entryOf(this.#ofRules, rule);
      if (!known.has(key)) known.set(key, said);
    }
  }

  /** What is left out for rules, so that it can travel with them: no more than shows that it is too much. */
  leave(rules: readonly Rule[], exclusions: readonly RuleFilter[]): void {
    for (const rule of rules) {
      const known = entryOf(this.#unsaid, rule);
      for (const one of exclusions) {
        if (known.size > most) break;
        known.set(one.body, one);
      }
    }
  }

  get ofPack(): readonly Diagnostic[] {
    return [...this.#ofPack.values()];
  }

  get ofRules(): ReadonlyMap<Rule, readonly Diagnostic[]> {
    return valuesOf(this.#ofRules);
  }

  get unsaid(): ReadonlyMap<Rule, readonly RuleFilter[]> {
    return valuesOf(this.#unsaid);
  }
}

/** Of another text there is no place but its name. */
function placed({ span: _, ...found }: Diagnostic, by: RuleFilter | undefined): Diagnostic {
  if (by?.place !== undefined) return { ...found, message: `${by.place}: ${found.message}` };
  return by?.span ? { ...found, span: by.span } : found;
}

function entryOf<K, V>(maps: Map<Rule, Map<K, V>>, rule: Rule): Map<K, V> {
  const known = maps.get(rule) ?? new Map<K, V>();
  if (known.size === 0) maps.set(rule, known);
  return known;
}

function valuesOf<T>(maps: ReadonlyMap<Rule, ReadonlyMap<unknown, T>>): ReadonlyMap<Rule, readonly T[]> {
  return new Map([...maps].map(([rule, map]) => [rule, [...map.values()]]));
}
