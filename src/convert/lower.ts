import { Failure, need } from '../diagnostic/attempt.ts';
import type { Diagnostic, Report } from '../diagnostic/diagnostic.ts';
import { parseFilters } from '../languages/dsl/parse.ts';
import { languageOf } from '../languages/index.ts';
import { retyped } from '../mapping/types.ts';
import { testOf } from '../mapping/words.ts';
import { always, and } from '../query/build.ts';
import { moved } from '../query/places.ts';
import type { Query } from '../query/query.ts';
import { mapParts, mapPredicates } from '../query/walk.ts';
import type { CorrelationDetection, Detection, LogSource, QueryText, Rule, Searching } from '../rule/rule.ts';
import { type CorrelatedPart, correlationOf, queryOfCorrelation } from './correlation.ts';
import { countOfThreshold } from './counts.ts';
import { lookback } from './duration.ts';
import { opened, openedIn, type Settle } from './opened.ts';
import type { ConvertOptions } from './options.ts';
import { rulesNamed } from './part-test.ts';
import { placed } from './place.ts';
import type { Question } from './question.ts';
import type { References } from './references.ts';
import { mappingOf } from './tables.ts';

/** A rule, and the rules it refers to in the order it names them. */
export interface Family {
  readonly rule: Rule;
  readonly parts: readonly Rule[];
  /** Finds what its parts refer to in turn; without it a correlation of correlations is refused. */
  readonly known?: References;
  /** What a part asks once others have narrowed it down: filters and exceptions are laid over single events. */
  readonly narrowed?: (part: Rule, query: Query) => Query;
}

/** What a rule asks, out of whatever kind of rule it is. Fails on kinds that are more than a query. */
export function lower(family: Family, options: ConvertOptions, report: Report): Question {
  const { detection } = family.rule;
  if (detection.kind === 'correlation') return lowerCorrelation(detection, family, report);
  const { logSource, indices = [] } = family.rule;
  const query = lowerSearch(detection, family.rule, options, report);
  const isCompared = 'query' in detection && detection.query?.language === 'esql';
  return {
    ...(isCompared && { comparesWords: true }),
    query: { ...query, from: [] },
    sources: logSource ? partsIn(query).map(() => logSource) : [],
    // Only ES|QL names in its text what it searches, and then nothing else does.
    indices: query.from.length > 0 ? query.from : indices,
  };
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
      return parseSearch(detection, rule, options, report);
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

/** The tree of a query text. It and the findings have their places in the file, as far as they are known. */
export function parseText(query: QueryText, report: Report, settle?: Settle): Query {
  const { language = 'kuery', text, parsed, span } = query;
  const reader = languageOf(language);
  if (!reader) {
    throw new Failure({
      code: 'loss/language',
      message: `The query is in "${language}", which is not translated here; the rule was not written.`,
      ...(span && { span }),
    });
  }
  const outcome = reader.parse(text, parsed);
  const inFile = outcome.diagnostics.map((found) => placed(found, query));
  if (!outcome.ok) throw new Failure(inFile);
  inFile.forEach(report);
  const whole = opened(outcome.value, { language, text, ...(settle && { settle }) }, (found) =>
    report(placed(found, query)),
  );
  return moved(whole, span?.start);
}

function lowerCorrelation(detection: CorrelationDetection, family: Family, report: Report): Question {
  const { rule, parts } = family;
  const names = rulesNamed(detection);
  const rules = family.known ? names.map(family.known) : parts;
  if (names.length === 0) refuseKind('correlates no rules');
  const missing = names.filter((_, index) => rules[index] === undefined);
  if (missing.length > 0) throw new Failure(unknownPart(missing.join(', ')));
  const found = { path: [rule], left: mostParts };
  const correlated = names.map((name, index) => partOf(name, rules[index], family, found, report));
  const query = queryOfCorrelation(
    detection,
    correlated.map(({ part }) => part),
  );
  const sources = correlated.flatMap((one) => one.sources);
  // Rules that are counted together are one filter by now.
  return {
    query,
    sources: query.find.kind === 'filter' ? sources.slice(0, 1) : sources,
    indices: rule.indices ?? [],
  };
}

/** How far a correlation of correlations has been looked into. */
interface Way {
  readonly path: readonly Rule[];
  left: number;
}

const mostParts = 1000;
const deepest = 50;

interface Lowered {
  readonly part: CorrelatedPart;
  /** Of each of its events. */
  readonly sources: readonly LogSource[];
}

function partOf(name: string, rule: Rule | undefined, family: Family, way: Way, report: Report): Lowered {
  way.left -= 1;
  if (rule === undefined) throw new Failure(unknownPart(name));
  const also = [rule.id, rule.name].filter((one) => one !== undefined);
  const { detection, logSource: source = {} } = rule;
  if (detection.kind !== 'correlation') {
    const query = partQuery(rule, report);
    return {
      part: { name, also, query: family.narrowed?.(rule, query) ?? query, source },
      sources: [source],
    };
  }
  if (family.known === undefined) return refuseKind('is a correlation of correlations');
  if (way.path.includes(rule))
    return refuseKind(`is a correlation that leads back to itself by way of ${name}`);
  if (way.left < 0 || way.path.length > deepest)
    return refuseKind('is a correlation of too many correlations');
  const within = { path: [...way.path, rule], left: way.left };
  const inner = rulesNamed(detection).map((one) => partOf(one, family.known?.(one), family, within, report));
  way.left = within.left;
  const query = correlationOf(
    detection,
    inner.map(({ part }) => part),
  );
  return { part: { name, also, query, source }, sources: inner.flatMap(({ sources }) => sources) };
}

function unknownPart(name: string): Diagnostic {
  return {
    code: 'schema/unknown-reference',
    message: `The correlation refers to ${name}, which is in none of the files read, or names several rules; it was not written.`,
    path: 'correlation.rules',
  };
}

function partQuery(part: Rule, report: Report): Query {
  if (part.detection.kind !== 'query' || !part.detection.query) {
    return refuseKind('is a correlation of a rule that has no query');
  }
  const query = parseText(part.detection.query, report);
  if (query.stages.length > 0 || query.find.kind !== 'filter') {
    return refuseKind('is a correlation of rules that count events themselves');
  }
  return query;
}

function refuseKind(what: string): never {
  throw new Failure({ code: 'loss/rule-type', message: `The rule ${what}; it was not written.` });
}
