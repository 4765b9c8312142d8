import { need } from '../diagnostic/attempt.ts';
import type { Diagnostic, Report } from '../diagnostic/diagnostic.ts';
import { parseFilters } from '../languages/dsl/parse.ts';
import { retyped } from '../mapping/types.ts';
import { testOf } from '../mapping/words.ts';
import { always, and } from '../query/build.ts';
import type { Aggregate, Query, Stage } from '../query/query.ts';
import { mapParts, mapPredicates } from '../query/walk.ts';
import type { CorrelationDetection, Detection, Rule, Searching } from '../rule/rule.ts';
import { asksForEnough, countOfThreshold, measuredByRun } from './counts.ts';
import { lookback } from './duration.ts';
import type { Family } from './family.ts';
import { lowerCorrelation } from './lower-correlation.ts';
import { openedIn, type Settle } from './opened.ts';
import type { ConvertOptions } from './options.ts';
import { parseText } from './parse-text.ts';
import type { Question } from './question.ts';
import { refuseKind } from './refuse-kind.ts';
import { mappingOf } from './tables.ts';
import { isOfEcs, unknownTaxonomy } from './taxonomies.ts';

/** What a rule asks, out of whatever kind of rule it is. Fails on kinds that are more than a query. */
export function lower(family: Family, options: ConvertOptions, report: Report): Question {
  const { detection } = family.rule;
  if (detection.kind === 'correlation') return lowerCorrelation(detection, family, report);
  const { logSource, indices = [] } = family.rule;
  const strange = unknownTaxonomy(family.rule);
  if (strange) report(strange);
  const query = lowerSearch(detection, family.rule, options, report);
  return {
    ...(isEsql(detection) && { comparesWords: true as const }),
    ...(isOfEcs(family.rule) && { keepsNames: true }),
    query: { ...query, from: [] },
    sources: logSource ? partsIn(query).map(() => logSource) : [],
    // Only ES|QL names in its text what it searches, and then nothing else does.
    indices: query.from.length > 0 ? query.from : indices,
  };
}

function isEsql(detection: Detection): boolean {
  return 'query' in detection && detection.query?.language === 'esql';
}

/** Sigma's `near` asks several events of one log source. */
function partsIn({ find }: Query): readonly unknown[] {
  return find.kind === 'sample' ? find.steps : [find];
}

function lowerSearch(
  detection: Exclude<Detection, CorrelationDetection>,
  rule: Rule,
  options: ConvertOptions,
  report: Report,
): Query {
  switch (detection.kind) {
    case 'query':
      return inLookback(parseSearch(detection, rule, options, report), rule, report);
    case 'saved-query':
      report(savedElsewhere);
      return parseSearch(detection, rule, options, report);
    case 'threshold': {
      const query = parseSearch(detection, rule, options, report);
      return { ...query, stages: [countOfThreshold(detection, lookback(rule.engine?.['from']))] };
    }
    case 'new-terms':
    case 'indicator-match':
      return baseQuery(detection, rule, options, report);
    case 'machine-learning':
      return refuseKind('looks for anomalies of a machine learning job, and has no query');
    case 'other':
      return refuseKind(`is of type "${detection.type}", which is not known here`);
    default:
      return detection satisfies never;
  }
}

/** ES|QL counts what a run of its rule looks back over. */
function inLookback(query: Query, rule: Rule, report: Report): Query {
  if (!isEsql(rule.detection) || !query.stages.some(isTimeless)) return query;
  const within = lookback(rule.engine?.['from']);
  const stages = query.stages.map((stage) => {
    if (!isTimeless(stage)) return stage;
    if (!asksForEnough(stage)) report(measuredByRun(stage));
    return { ...stage, within };
  });
  return { ...query, stages };
}

function isTimeless(stage: Stage): stage is Aggregate {
  return stage.kind === 'aggregate' && stage.within === undefined;
}

const savedElsewhere: Diagnostic = {
  code: 'loss/saved-query',
  effect: 'approximate',
  message:
    'The rule runs a query that Kibana has saved; its own, which is taken in place of that, may say something else.',
};

const extra = {
  'new-terms': 'matches only values that were not seen before',
  'indicator-match': 'matches only values that stand in an index of indicators',
} as const;

/** The query of a rule that asks for more: written alone it matches more. */
function baseQuery(
  detection: Searching & { readonly kind: keyof typeof extra },
  rule: Rule,
  options: ConvertOptions,
  report: Report,
): Query {
  const what = extra[detection.kind];
  if (!options.allow?.includes('broader')) return refuseKind(`${what}, which Sigma has no words for`);
  const message = `The rule ${what}, which Sigma has no words for; its query is written alone.`;
  report({ code: 'loss/rule-type', effect: 'broader', message });
  return parseSearch(detection, rule, options, report);
}

function parseSearch(
  { query, filters }: Searching,
  rule: Rule,
  options: ConvertOptions,
  report: Report,
): Query {
  const settle: Settle = (where) => retyped(where, mappingOf(options));
  const parsed = query
    ? parseText(query, report, settle)
    : { from: [], find: { kind: 'filter', where: always } as const, stages: [] };
  const field = rule.engine?.['event_category_override'];
  const asked =
    typeof field === 'string' && field !== 'event.category' ? withCategoryIn(field, parsed) : parsed;
  if (filters === undefined || filters.length === 0) return asked;
  const filtering = openedIn(need(parseFilters(filters), report), { language: 'dsl', settle }, report);
  return filtering === always
    ? asked
    : mapPredicates(asked, (where) => (where === always ? filtering : and([where, filtering])));
}

/** The rule takes the category of its events from a field of its own, which is a test like any other. */
function withCategoryIn(field: string, query: Query): Query {
  return mapParts(query, ({ category, where }) => ({
    category: undefined,
    where: category === undefined ? where : and([testOf(field, [category]), where]),
  }));
}
