import { Failure } from '../diagnostic/attempt.ts';
import type { Diagnostic, Report } from '../diagnostic/diagnostic.ts';
import type { Query } from '../query/query.ts';
import type { CorrelationDetection, LogSource, Rule } from '../rule/rule.ts';
import { type CorrelatedPart, correlationOf, queryOfCorrelation } from './correlation.ts';
import type { Family } from './family.ts';
import { parseText } from './parse-text.ts';
import { rulesNamed } from './part-test.ts';
import type { Question } from './question.ts';
import { refuseKind } from './refuse-kind.ts';
import { isOfEcs } from './taxonomies.ts';

/** What a correlation asks: its rules are lowered in turn, and may be correlations. */
export function lowerCorrelation(detection: CorrelationDetection, family: Family, report: Report): Question {
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
    ...([rule, ...rules].some((one) => one !== undefined && isOfEcs(one)) && { keepsNames: true }),
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
