import type { Report } from '../diagnostic/diagnostic.ts';
import type { Format } from '../formats/format.ts';
import type { Duration } from '../query/query.ts';
import type { Rule } from '../rule/rule.ts';
import type { Casting } from './cast.ts';
import { printTimespan } from './duration.ts';
import { toEngineEnvelope, toSigmaEnvelope } from './envelope.ts';
import type { ConvertOptions } from './options.ts';
import { languageOf } from './origin.ts';

/** The words around a query as the target will hold them, without a log source, which follows from the query. */
export function sigmaEnvelope(rule: Rule, { attack }: Casting, report: Report): Rule {
  const { logSource: _, origin: _origin, ...envelope } = toSigmaEnvelope(rule, attack, report);
  return envelope;
}

/** What was found out about a rule while its query was translated. */
export interface Found {
  /** Where a rule of its log source searches. */
  readonly indices: readonly string[];
  /** The time that it looks back over, where its query can not say that. */
  readonly within?: Duration;
}

/** The same for Elastic's engine. */
export function engineEnvelope(
  rule: Rule,
  found: Found,
  { target, attack, options }: Casting,
  report: Report,
): Rule {
  const isSigma = languageOf(rule) === 'sigma';
  const added = isSigma ? whatIsFound(rule, found, target, options) : {};
  for (const day of ['created', 'modified'] as const) {
    const message = `The target wants a day the rule was ${day}, which it does not say; it is written as ${added[day]}.`;
    if (added[day] !== undefined) report({ code: 'style/default', path: day, message });
  }
  const { origin: _, ...envelope } = isSigma ? toEngineEnvelope(rule, attack, added, report) : rule;
  return envelope;
}

/** Where a rule searches and how far back; and the days that a file of Elastic's must have. */
function whatIsFound(
  { indices, created, modified, engine }: Rule,
  { indices: known, within }: Found,
  target: Format,
  { today }: ConvertOptions,
): Partial<Rule> {
  const day = target.id === 'elastic' ? (created ?? modified ?? today) : undefined;
  return {
    ...(indices === undefined && known.length > 0 && { indices: known }),
    ...(within !== undefined && { engine: { ...engine, from: `now-${printTimespan(within) ?? '6m'}` } }),
    ...(day !== undefined && created === undefined && { created: day }),
    ...(day !== undefined && modified === undefined && { modified: day }),
  };
}
