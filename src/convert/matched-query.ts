import { Failure, need } from '../diagnostic/attempt.ts';
import type { Diagnostic, Report } from '../diagnostic/diagnostic.ts';
import type { TaxonomyId } from '../formats/format.ts';
import { parseEntries } from '../languages/dsl/parse-entries.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { always, and, not, or } from '../query/build.ts';
import type { Predicate, Query } from '../query/query.ts';
import { mapPredicates } from '../query/walk.ts';
import type { Rule, RuleFilter } from '../rule/rule.ts';
import type { Acceptable } from './fidelity.ts';
import { concerned } from './filters/concern.ts';
import { conditionOf } from './filters/document.ts';
import { isException, keyOfList, referencesOf as listsOfRule, nameOf } from './filters/lists.ts';
import { assumptionOf, excludedBy, type Reading } from './filters/reading.ts';
import { lower } from './lower.ts';
import { languageOf } from './origin.ts';
import { throughPipelines } from './pipelines.ts';
import { filledIn, type Placeholders } from './placeholders.ts';
import type { Question } from './question.ts';
import type { References } from './references.ts';
import { questionToEcs, questionToSigma } from './taxonomy.ts';

/** What surrounds a rule that is asked of events. */
export interface Surroundings {
  readonly known: References;
  readonly exclusions: readonly RuleFilter[];
  readonly reading: Reading;
  /** The names that the fields of the events have; those that the rule uses, unless it is said. */
  readonly taxonomy: TaxonomyId | undefined;
  readonly placeholders: Placeholders | undefined;
  readonly mapping: () => Mapping;
}

/**
 * All that a rule asks of events: its query, its filters, and the exclusions that are laid over it. Its log source is
 * not asked for where the events have the names of its own taxonomy: what Sigma calls a log source is not in them.
 */
export function queryOfRule(rule: Rule, around: Surroundings, report: Report): Query {
  refuseKind(rule);
  const asked = questionOfRule(rule, around, report);
  const { placeholders } = around;
  const own = languageOf(rule) === 'sigma' && !asked.keepsNames ? 'sigma' : 'ecs';
  const isAsIs = around.taxonomy === undefined || around.taxonomy === own;
  const piped = own === 'ecs' || isAsIs ? asked : throughPipelines(asked, rule, around.mapping(), report);
  const query = placeholders ? filledIn(piped.query, { to: 'native', placeholders }, report) : piped.query;
  if (isAsIs) return query;
  const renamed = own === 'sigma' ? questionToEcs : questionToSigma;
  return renamed({ ...piped, query }, around.mapping(), report).query;
}

/** The same as a question, in the names that the rule has; of a rule that asks for more than a query, if that is allowed. */
export function questionOfRule(
  rule: Rule,
  around: Omit<Surroundings, 'taxonomy' | 'placeholders' | 'mapping'>,
  report: Report,
  allow: readonly Acceptable[] = [],
): Question {
  reportMissingLists(rule, around, report);
  const narrowed = (part: Rule, query: Query) => withoutExcluded(part, query, around, report);
  const family = { rule, parts: [], known: around.known, narrowed };
  const question = lower(family, { to: 'native', allow }, report);
  const laid = rule.detection.kind === 'correlation' ? question.query : narrowed(rule, question.query);
  return { ...question, query: laid };
}

/** Kinds of rules that look at more than the events. */
const unmatched: Readonly<Record<string, string>> = {
  'new-terms': 'finds values that were not seen before, and what was seen is not known here',
  'indicator-match': 'finds values that stand in an index of indicators, which is not known here',
  'machine-learning': 'looks for anomalies of a machine learning job, and has no query',
};

function refuseKind({ detection: { kind } }: Rule): void {
  const what = Object.hasOwn(unmatched, kind) ? unmatched[kind] : undefined;
  if (what === undefined) return;
  throw new Failure({ code: 'match/unsupported', message: `The rule ${what}; no event was matched.` });
}

/** The events that exclusions leave: each event of a rule of several is one that they are laid over. */
function withoutExcluded(
  rule: Rule,
  query: Query,
  around: Pick<Surroundings, 'exclusions' | 'reading'>,
  report: Report,
): Query {
  const filters = [...concerned({ rules: [rule], filters: [] }, around.exclusions).keys()];
  const excluded = filters.flatMap((one) => excludedIn(one, around, report));
  if (excluded.length === 0) return query;
  const kept = not(or(excluded));
  return mapPredicates(query, (where) => (where === always ? kept : and([where, kept])));
}

function excludedIn(
  { format, body }: RuleFilter,
  { reading }: Pick<Surroundings, 'reading'>,
  report: Report,
): readonly Predicate[] {
  if (format === 'sigma') {
    report(assumptionOf(reading));
    return [excludedBy(conditionOf(body), reading)];
  }
  return isException(body) ? [need(parseEntries(body['entries']), report)] : [];
}

function reportMissingLists(
  rule: Rule,
  { exclusions }: Pick<Surroundings, 'exclusions'>,
  report: Report,
): void {
  const there = new Set(
    exclusions.filter(({ format }) => format === 'kibana').map(({ body }) => keyOfList(body)),
  );
  for (const list of listsOfRule(rule)) {
    if (!there.has(keyOfList(list))) report(missingList(nameOf(list)));
  }
}

function missingList(name: string): Diagnostic {
  const message = `The exception list "${name}" of the rule is in none of the files read; the rule is matched without it.`;
  return { code: 'loss/exceptions', effect: 'broader', message };
}
