import { attempt, Failure, need } from '../../diagnostic/attempt.ts';
import type { Outcome, Report } from '../../diagnostic/diagnostic.ts';
import type { FormatId, TaxonomyId } from '../../formats/format.ts';
import type { Pipeline } from '../../mapping/pipeline/pipeline.ts';
import type { Table } from '../../mapping/table.ts';
import type { Event } from '../../match/event.ts';
import type { Relation } from '../../proof/relation.ts';
import type { Pack, Rule, RuleFilter } from '../../rule/rule.ts';
import { formatFrom } from '../find-format.ts';
import { partsAmong } from '../parts-among.ts';
import { referencesTo } from '../references.ts';
import { attackFor, mappingOf } from '../tables.ts';
import { type Asked, askedBy } from './asked.ts';
import { type Difference, differencesOf } from './envelope.ts';
import { relateRules, type Shown } from './relate-rules.ts';

export interface CompareOptions {
  /** The format of the texts; found by their content where it is not said. */
  readonly from?: FormatId;
  /** Tables to lay over those that ship, and pipelines that rules of Sigma's go through before these. */
  readonly mappings?: readonly (Table | Pipeline)[];
  /** What the conditions of Sigma filters mean: what is kept (`pysigma`, the default), or what is excluded. */
  readonly filters?: 'pysigma' | 'specification';
  /** Rules that others may refer to: those that a correlation is of. */
  readonly references?: readonly Rule[];
  /** Sigma filters and Kibana's exceptions that stand beside the rules. */
  readonly exclusions?: readonly RuleFilter[];
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
  readonly counterexamples: readonly Shown[];
  /** Why the relation is not known, or no event can show it, as a clause. */
  readonly because?: string;
  /** What they say differently beside their queries. */
  readonly differences: readonly Difference[];
}

/**
 * How a second rule stands to a first: which events it matches that the other does not, and what else it says. The two may be
 * texts, with one rule each, or rules that were read already, of any formats. The outcome is not ok if there is no such rule.
 */
export function compare(
  first: string | Rule,
  second: string | Rule,
  options: CompareOptions = {},
): Outcome<Comparison> {
  return attempt((report) => {
    const [a, b] = [askedIn(first, 'first', options, report), askedIn(second, 'second', options, report)];
    return comparisonOf(a, b, options);
  });
}

/** How two rules that are ready stand to one another. */
export function comparisonOf(first: Asked, second: Asked, options: CompareOptions): Comparison {
  const related = relateRules(first, second, { mapping: mappingOf(options) });
  const shown = related.counterexamples.find(({ events }) => events.length === 1);
  return {
    relation: related.relation,
    ...(shown && { event: shown.events[0]!, taxonomy: shown.taxonomy }),
    counterexamples: related.counterexamples,
    ...(related.because !== undefined && { because: related.because }),
    differences: differencesOf(first.rule, second.rule, [
      attackFor(sigma, { attack: 19 }),
      attackFor(sigma, { attack: 18 }),
    ]),
  };
}

const sigma = { id: 'sigma' } as const;

function askedIn(given: string | Rule, which: string, options: CompareOptions, report: Report): Asked {
  if (typeof given !== 'string') return askedAmong([given], [], options)(given);
  const pack = need(formatFrom(given, options).read(given), report);
  const [only, ...more] = rulesToAsk(pack);
  if (only !== undefined && more.length === 0) return askedAmong(pack.rules, pack.filters, options)(only);
  const count = only === undefined ? 'no rule' : `${more.length + 1} rules`;
  const message = `The ${which} text holds ${count}, and one is compared with one; nothing was compared.`;
  throw new Failure({ code: only === undefined ? 'compare/no-rule' : 'compare/several-rules', message });
}

/** Rules that stand for themselves, and do not only serve a correlation. */
export function rulesToAsk({ rules }: Pack): readonly Rule[] {
  const parts = partsAmong(rules);
  return rules.filter((rule) => !parts.has(rule));
}

/** Makes rules ready that stand beside these. */
export function askedAmong(
  rules: readonly Rule[],
  filters: readonly RuleFilter[],
  { references = [], exclusions = [], filters: reading = 'pysigma' }: CompareOptions,
): (rule: Rule) => Asked {
  const known = referencesTo([...rules, ...references], () => undefined);
  const around = { known, exclusions: [...filters, ...exclusions], reading };
  return (rule) => askedBy(rule, around);
}
