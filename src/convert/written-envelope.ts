import type { Report } from '../diagnostic/diagnostic.ts';
import type { Format } from '../formats/format.ts';
import type { Rule } from '../rule/rule.ts';
import type { Casting } from './cast.ts';
import { toEngineEnvelope, toSigmaEnvelope } from './envelope.ts';
import type { ConvertOptions } from './options.ts';
import { languageOf } from './origin.ts';

/** The words around a query as the target will hold them, without a log source, which follows from the query. */
export function sigmaEnvelope(rule: Rule, { attack }: Casting, report: Report): Rule {
  const { logSource: _, origin: _origin, ...envelope } = toSigmaEnvelope(rule, attack, report);
  return envelope;
}

/** The same for Elastic's engine. `indices` are where a rule of its log source searches. */
export function engineEnvelope(
  rule: Rule,
  indices: readonly string[],
  { target, attack, options }: Casting,
  report: Report,
): Rule {
  const isSigma = languageOf(rule) === 'sigma';
  const found = isSigma ? whatIsFound(rule, indices, target, options) : {};
  for (const day of ['created', 'modified'] as const) {
    const message = `The target wants a day the rule was ${day}, which it does not say; it is written as ${found[day]}.`;
    if (found[day] !== undefined) report({ code: 'style/default', path: day, message });
  }
  const { origin: _, ...envelope } = isSigma ? toEngineEnvelope(rule, attack, found, report) : rule;
  return envelope;
}

/** Where a rule searches, as its log source says; and the days that a file of Elastic's must have. */
function whatIsFound(
  { indices, created, modified }: Rule,
  known: readonly string[],
  target: Format,
  { today }: ConvertOptions,
): Partial<Rule> {
  const day = target.id === 'elastic' ? (created ?? modified ?? today) : undefined;
  return {
    ...(indices === undefined && known.length > 0 && { indices: known }),
    ...(day !== undefined && created === undefined && { created: day }),
    ...(day !== undefined && modified === undefined && { modified: day }),
  };
}
