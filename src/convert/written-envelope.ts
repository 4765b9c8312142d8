import type { Report } from '../diagnostic/diagnostic.ts';
import { tagsOf } from '../mapping/log-source.ts';
import { type Mapping, sourceKey, stem } from '../mapping/mapping.ts';
import type { Duration } from '../query/query.ts';
import type { LogSource, Rule } from '../rule/rule.ts';
import type { Casting } from './cast.ts';
import { missingDays } from './days.ts';
import { printTimespan } from './duration.ts';
import { toEngineEnvelope, toSigmaEnvelope } from './envelope.ts';
import { languageOf } from './origin.ts';

/** The words around a query as the target will hold them, without a log source, which follows from the query. */
export function sigmaEnvelope(rule: Rule, { attack }: Casting, report: Report): Rule {
  const { logSource: _, origin: _origin, ...envelope } = toSigmaEnvelope(rule, attack, report);
  return envelope;
}

/** The log source of a query, with what the one that travelled with the rule says beyond it. */
export function sourceWith(
  found: LogSource | undefined,
  { logSource: before }: Rule,
  report: Report,
): LogSource | undefined {
  if (before === undefined) return found;
  if (found !== undefined && sourceKey(found) === sourceKey(before)) return { ...before, ...found };
  const message =
    'The query asks for events of another log source than the one that travelled with the rule (logSource); its own is written.';
  report({ code: 'carry/edited', message, path: 'logsource' });
  return found;
}

/** What was found out about a rule while its query was translated. */
export interface Found {
  /** Where a rule of its log source searches. */
  readonly indices: readonly string[];
  /** The time that it looks back over, where its query can not say that. */
  readonly within?: Duration;
  /** The log sources that it asks, which tags are for. */
  readonly sources: readonly LogSource[];
}

/** The same for Elastic's engine. */
export function engineEnvelope(
  rule: Rule,
  found: Found,
  { target, attack, mapping, options }: Casting,
  report: Report,
): Rule {
  const isSigma = languageOf(rule) === 'sigma';
  const moved = isSigma && searchesElsewhere(rule, found, mapping);
  if (moved) {
    const message = `The rule travelled with ${rule.indices!.join(', ')}, where nothing of its log source is found; it searches that one's indices.`;
    report({ code: 'carry/edited', path: 'index', message });
  }
  const added = isSigma
    ? { ...whatIsFound(rule, found, moved), ...missingDays(rule, target, options, report) }
    : {};
  const { origin: _, ...envelope } = isSigma
    ? toEngineEnvelope(rule, attack, added, report, tagsOf(found.sources, mapping))
    : rule;
  return envelope;
}

/** Whether a rule has travelled with the indices of another log source than it has by now. */
function searchesElsewhere({ indices }: Rule, { indices: known }: Found, { stems }: Mapping): boolean {
  if (indices === undefined || known.length === 0) return false;
  const own = new Set(known.map(stem));
  return indices.every((index) => stems.has(stem(index)) && !own.has(stem(index)));
}

/** Where a rule searches and how far back. */
function whatIsFound(
  { indices, engine }: Rule,
  { indices: known, within }: Found,
  moved: boolean,
): Partial<Rule> {
  return {
    ...((indices === undefined || moved) && known.length > 0 && { indices: known }),
    ...(within !== undefined && { engine: { ...engine, from: `now-${printTimespan(within) ?? '6m'}` } }),
  };
}
