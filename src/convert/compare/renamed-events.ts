import { attempt } from '../../diagnostic/attempt.ts';
import { eventToEcs, eventToSigma } from '../../mapping/events.ts';
import { type Mapping, sourceKey } from '../../mapping/mapping.ts';
import { match } from '../../match/match.ts';
import type { Query } from '../../query/query.ts';
import type { LogSource } from '../../rule/rule.ts';
import type { Asked } from './asked.ts';
import type { NamedCounterexample } from './relate-rules.ts';

/**
 * What shows a difference, with the same events in the names of the rules that have others than those it was found in; left out where
 * such a rule, as it stands, does not say of these what was found.
 */
export function inOtherNames(
  shown: NamedCounterexample,
  first: Asked,
  second: Asked,
  mapping: Mapping,
): NamedCounterexample {
  const others = [first, second].filter(({ taxonomy }) => taxonomy !== shown.taxonomy);
  const source = sourceOf([first, second]);
  const [taxonomy] = others.map((one) => one.taxonomy);
  if (taxonomy === undefined || source === undefined) return shown;
  const rename = taxonomy === 'sigma' ? eventToSigma : eventToEcs;
  const events = shown.events.map((event) => rename(event, source, mapping));
  const isSo = others.every(({ question }, index) => {
    const isMatched = (others[index] === first) === (shown.matches === 'first');
    return question !== undefined && finds(question.query, events) === isMatched;
  });
  return isSo ? { ...shown, also: { taxonomy, events } } : shown;
}

/** The one log source of the rules of Sigma's among these. */
function sourceOf(rules: readonly Asked[]): LogSource | undefined {
  const sources = rules.flatMap(({ question }) => question?.sources ?? []);
  return new Set(sources.map(sourceKey)).size === 1 ? sources[0] : undefined;
}

/** Undefined where it can not be asked of events. */
function finds(query: Query, events: NamedCounterexample['events']): boolean | undefined {
  const outcome = attempt(() => match(query, events).length > 0);
  return outcome.ok ? outcome.value : undefined;
}
