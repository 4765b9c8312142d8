import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Mapping } from '../../mapping/mapping.ts';
import { isList, type JsonObject } from '../../rule/json.ts';
import type { Rule, RuleFilter } from '../../rule/rule.ts';
import type { Acceptable } from '../fidelity.ts';
import { keyOfList } from './lists.ts';
import type { Reading } from './reading.ts';

/** A rule as it was read, and the rules of the target that it became: none if it was refused. */
export interface Served {
  readonly rule: Rule;
  readonly written: readonly Rule[];
}

/** What is in the other texts of a run. */
export interface Elsewhere {
  /** Filters and exceptions that are for rules of this text. */
  readonly exclusions: readonly RuleFilter[];
  /** Rules; what they became is known where it is asked for. */
  readonly served: readonly Served[];
}

export const nowhere: Elsewhere = { exclusions: [], served: [] };

export interface FilterOptions {
  readonly mapping: Mapping;
  /** What the conditions of Sigma filters mean; `pysigma` where it is not said. */
  readonly reading?: Reading;
  /** `none`: nothing travels beside what the target has words for. */
  readonly carry?: 'none' | 'rest' | 'text';
  /** What the user has allowed to be lost. */
  readonly allow?: readonly Acceptable[];
}

/** Exclusions as the target keeps them, and what there is to say of it. */
export interface CastFilters {
  readonly filters: readonly RuleFilter[];
  /** Lists that the engine has to lay over a rule, by the rule as it was written. */
  readonly references: ReadonlyMap<Rule, readonly JsonObject[]>;
  /** What the filters do to a rule, by the rule as it was read. */
  readonly findings: ReadonlyMap<Rule, readonly Diagnostic[]>;
  /** What could not be said and so travels with a rule, by the rule as it was read. */
  readonly unsaid: ReadonlyMap<Rule, readonly RuleFilter[]>;
  /** What concerns no rule of its own. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The rule with these lists among its exceptions; those it has already stay where they are. */
export function withExceptions(rule: Rule, references: readonly JsonObject[]): Rule {
  const own = rule.engine?.['exceptions_list'];
  const lists = isList(own) ? own : [];
  const known = new Set(lists.map(keyOfList));
  const added = references.filter((reference) => !known.has(keyOfList(reference)));
  if (added.length === 0) return rule;
  return { ...rule, engine: { ...rule.engine, exceptions_list: [...lists, ...added] } };
}
