import { Failure } from '../diagnostic/attempt.ts';
import type { Event } from '../match/event.ts';
import type { Match } from '../match/match.ts';
import { type Occurrence, occurrenceOf } from '../match/predicate.ts';
import { inOrder } from '../match/timeline.ts';
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
  for (const { events: found } of matchAll([one], events)) yield { events: found };
}

/**
 * The same for many at once, which share one way through the events. Events are kept only for those that ask for
 * several, and only those that concern them; what these find comes last.
 */
export function* matchAll(matchers: readonly Matcher[], events: Iterable<Event>): Generator<Found> {
  const alone = matchers.filter(({ finder }) => finder.isAlone);
  const others = matchers.filter(({ finder }) => !finder.isAlone);
  const kept: (Occurrence & { readonly position: number })[] = [];
  let position = 0;
  for (const event of events) {
    const one = occurrenceOf(event);
    for (const matcher of alone) {
      if (matcher.finder.concerns(one)) yield { matcher, events: [position] };
    }
    if (others.some(({ finder }) => finder.concerns(one))) kept.push({ ...one, position });
    position += 1;
  }
  for (const matcher of others) {
    const timeline = inOrder(
      kept.filter((one) => matcher.finder.concerns(one)),
      matcher.layout,
    );
    for (const { events } of matcher.finder.find(timeline)) yield { matcher, events };
  }
}
