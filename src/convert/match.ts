import { Failure } from '../diagnostic/attempt.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Event } from '../match/event.ts';
import type { Match } from '../match/match.ts';
import { MatchRun } from './match-run.ts';
import { type Matchable, type Matcher, type MatchOptions, matcher } from './matcher.ts';

/** What a matcher found: the places of the events in the input, counted from 0, -1 for one that must be missing. */
export interface Found extends Match {
  readonly matcher: Matcher;
}

/**
 * What a rule or a query finds in events, as they come where an event alone decides, otherwise in the order in which
 * the last of them happened. Throws, before it looks at any event, on what can not be asked of events.
 */
export function match(
  asked: Matchable,
  events: Iterable<Event>,
  options: MatchOptions = {},
): Iterable<Match> {
  const outcome = matcher(asked, options);
  if (!outcome.ok) throw new Failure(outcome.diagnostics);
  return matchesOf(outcome.value, events);
}

function* matchesOf(one: Matcher, events: Iterable<Event>): Generator<Match> {
  for (const { matcher: _, ...found } of matchAll([one], events)) yield found;
}

/** Tells of a matcher what came to light while events went by. */
export type ReportMatch = (matcher: Matcher, found: Diagnostic) => void;

/**
 * The same for many at once, which share one way through the events. Events are kept only for those that ask for
 * several, and only those that concern them; what these find comes last. What can not be asked to the end is given up,
 * and told of with what else came to light: that no event has the fields that are asked for, or none a time. Without
 * `report`, what can not be asked to the end throws.
 */
export function* matchAll(
  matchers: readonly Matcher[],
  events: Iterable<Event>,
  report?: ReportMatch,
): Generator<Found> {
  const run = new MatchRun(matchers, report);
  for (const event of events) yield* run.take(event);
  yield* run.finish();
}
