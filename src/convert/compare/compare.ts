import { attempt, Failure, need } from '../../diagnostic/attempt.ts';
import type { Outcome, Report } from '../../diagnostic/diagnostic.ts';
import type { FormatId, TaxonomyId } from '../../formats/format.ts';
import type { Pipeline } from '../../mapping/pipeline/pipeline.ts';
import type { Table } from '../../mapping/table.ts';
import type { Event } from '../../match/event.ts';
import type { Relation } from '../../proof/relation.ts';
import type { Pack, Rule } from '../../rule/rule.ts';
import { formatFrom } from '../find-format.ts';
import { partsAmong } from '../parts-among.ts';
import { referencesAmong } from '../references.ts';
import { attackFor, mappingOf } from '../tables.ts';
import { type Asked, askedBy } from './asked.ts';
import { type Conditions, conditionsOf } from './conditions.ts';
import { type Difference, differencesOf } from './envelope.ts';
import { type NamedCounterexample, relateRules } from './relate-rules.ts';
import { inOtherNames } from './renamed-events.ts';

/** How two rules are compared. */
export interface CompareOptions {
  /** The format of the texts; found by their content where it is not said. */
  readonly from?: FormatId;
  /** Tables to lay over those that ship, and pipelines that rules of Sigma's go through before these. */
  readonly mappings?: readonly (Table | Pipeline)[];
  /** What the conditions of Sigma filters mean: what is kept (`pysigma`, the default), or what is excluded. */
  readonly filters?: 'pysigma' | 'specification';
}

/** How a second rule stands to a first. */
export interface Comparison {
  /** `broader`: the second matches all that the first does, and more. */
  readonly relation: Relation;
  /** An event that one of them matches and the other does not, where a single one shows it. */
  readonly event?: Event;
  /** The names that the fields of the event have. */
  readonly taxonomy?: TaxonomyId;
  /** What the first alone matches, and what the second alone. */
  readonly counterexamples: readonly NamedCounterexample[];
  /** Why the relation is not known, or no event can show it, as a clause. */
  readonly because?: string;
  /** What the second asks otherwise than the first, in words. */
  readonly conditions?: Conditions;
  /** What they say differently beside their queries. */
  readonly differences: readonly Difference[];
}

/** A text or a pack with one rule that stands for itself, beside rules and filters that serve it; or such a rule alone. */
export type Comparable = string | Rule | RulesToCompare;

/** What `read` gives: a pack. */
export type RulesToCompare = Pick<Pack, 'rules' | 'filters'>;

/**
 * How a second rule stands to a first: which events it matches that the other does not, and what else it says. The two may be of any
 * formats. The outcome is not ok if there is no such rule, or if there are several.
 */
export function compare(
  first: Comparable,
  second: Comparable,
  options: CompareOptions = {},
): Outcome<Comparison> {
  return attempt((report) => {
    const [a, b] = [askedIn(first, 'first', options, report), askedIn(second, 'second', options, report)];
    return comparisonOf(a, b, options);
  });
}

/** How two rules that are ready stand to one another. */
export function comparisonOf(first: Asked, second: Asked, options: CompareOptions): Comparison {
  const mapping = mappingOf(options);
  const related = relateRules(first, second, { mapping, budget: patient });
  const counterexamples = related.counterexamples.map((one) => inOtherNames(one, first, second, mapping));
  const shown = counterexamples.find(({ events }) => events.length === 1);
  return {
    relation: related.relation,
    ...(shown && { event: shown.events[0]!, taxonomy: shown.taxonomy }),
    counterexamples,
    ...(related.because !== undefined && { because: related.because }),
    ...(related.queries && { conditions: conditionsOf(...related.queries) }),
    differences: differencesOf(first.rule, second.rule, [
      attackFor(sigma, { attack: 19 }),
      attackFor(sigma, { attack: 18 }),
    ]),
  };
}

/** Who compares two rules waits for a second, if need be. */
const patient = { steps: 40_000, tries: 20, looked: 60_000, events: 10_000 };

const sigma = { id: 'sigma' } as const;

function askedIn(given: Comparable, which: string, options: CompareOptions, report: Report): Asked {
  const pack = packIn(given, options, report);
  const [only, ...more] = rulesToAsk(pack);
  if (only !== undefined && more.length === 0) return askedAmong(pack, options)(only);
  const count = only === undefined ? 'no rule' : `${more.length + 1} rules`;
  const message = `There are ${count} in the ${which} of the two, and one is compared with one; nothing was compared.`;
  throw new Failure({ code: only === undefined ? 'compare/no-rule' : 'compare/several-rules', message });
}

function packIn(given: Comparable, options: CompareOptions, report: Report): RulesToCompare {
  if (typeof given === 'string') return need(formatFrom(given, options).read(given), report);
  return 'detection' in given ? { rules: [given], filters: [] } : given;
}

/** Rules that stand for themselves, and do not only serve a correlation. */
export function rulesToAsk({ rules }: RulesToCompare): readonly Rule[] {
  const parts = partsAmong(rules);
  return rules.filter((rule) => !parts.has(rule));
}

/** Makes rules of a pack ready. */
export function askedAmong(
  { rules, filters: exclusions }: RulesToCompare,
  { filters: reading = 'pysigma' }: CompareOptions,
): (rule: Rule) => Asked {
  const around = { known: referencesAmong(rules), exclusions, reading };
  return (rule) => askedBy(rule, around);
}
