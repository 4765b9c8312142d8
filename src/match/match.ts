import { Failure } from '../diagnostic/attempt.ts';
import { shortened } from '../diagnostic/shortened.ts';
import type { Query, Sort, Stage } from '../query/query.ts';
import { partsOf } from '../query/walk.ts';
import { correlationsIn } from './correlation.ts';
import { groupsIn } from './count.ts';
import type { Event, Scalar } from './event.ts';
import type { Test } from './predicate.ts';
import { samplesIn } from './sample.ts';
import { sequencesIn } from './sequence.ts';
import { type Dated, type Found, type Layout, partTest, timelineOf, valuesOfKey } from './timeline.ts';
import { order } from './value.ts';

export interface MatchOptions extends Layout {
  /** How many samples of one key are given; 1 unless said. */
  readonly samplesByKey?: number;
}

/** What a query found: the places of the events in the input, -1 for one that is missing. */
export interface Match {
  readonly events: readonly number[];
  /** What joins the events of a sequence or sample of EQL: a value for each of its keys, moments in milliseconds. */
  readonly keys?: readonly (Scalar | null)[];
}

/**
 * What a query finds in events. A filter finds each event by itself; a sequence, a sample or a correlation the events
 * that make one up; a count those of a group. Fails on what can not be asked of events here.
 */
export function match(query: Query, events: Iterable<Event>, options: MatchOptions = {}): readonly Match[] {
  return finderOf(query, options).find(timelineOf(events, options));
}

/** A query that is ready to be asked of events. */
export interface Finder {
  /** Whether a find can have this event. */
  readonly concerns: Test;
  /** An event that concerns it is a find, whatever there is besides. */
  readonly isAlone: boolean;
  /** What is found in all events that concern it, in the order in which they happened. */
  readonly find: (timeline: readonly Dated[]) => readonly Match[];
}

/** Fails on what can not be asked of events here. */
export function finderOf(query: Query, options: MatchOptions): Finder {
  // Asked of no events, it fails on what can be asked of none.
  findIn(query, [], options);
  const tests = partsOf(query).map((part) => partTest(part, options));
  return {
    concerns: (one) => tests.some((test) => test(one)),
    isAlone: query.find.kind === 'filter' && query.stages.every(({ kind }) => kind === 'keep'),
    find: (timeline) =>
      findIn(query, timeline, options).map((found) => ({
        events: found.events.map((event) => event?.position ?? -1),
        ...(found.key !== undefined && found.key !== '' && { keys: valuesOfKey(found.key) }),
      })),
  };
}

function findIn(
  { find, stages }: Query,
  timeline: readonly Dated[],
  options: MatchOptions,
): readonly Found[] {
  return stages.reduce((found, stage) => narrowed(stage, found, options), foundBy(find, timeline, options));
}

function foundBy(find: Query['find'], timeline: readonly Dated[], options: MatchOptions): readonly Found[] {
  switch (find.kind) {
    case 'filter':
      return timeline.filter(partTest(find, options)).map((event) => ({ events: [event] }));
    case 'sequence':
      return sequencesIn(find, timeline, options);
    case 'sample':
      return samplesIn(find, timeline, options, options.samplesByKey);
    case 'correlation':
      return correlationsIn(find, timeline, options, (query) =>
        findIn(query, timeline, options).map((found) => found.events),
      ).map((events) => ({ events }));
    case 'opaque':
      throw unsupported(find.language, find.text);
    default:
      return find satisfies never;
  }
}

function narrowed(stage: Stage, found: readonly Found[], options: MatchOptions): readonly Found[] {
  switch (stage.kind) {
    case 'limit':
      return stage.end === 'first'
        ? found.slice(0, stage.count)
        : found.slice(Math.max(0, found.length - stage.count));
    case 'aggregate':
      return groupsIn(
        stage,
        found.flatMap(({ events }) => events).filter((event) => event !== undefined),
        options,
      ).map((events) => ({ events }));
    case 'keep':
      return found;
    case 'sort':
      return [...found].sort(byFields(stage, options));
    case 'opaque':
      if (stage.keepsEvents) return found;
      throw unsupported(stage.language, stage.text);
    default:
      return stage satisfies never;
  }
}

/** The order in which finds are given; those that tell no difference stay as they were. */
function byFields({ by }: Sort, { types }: MatchOptions): (a: Found, b: Found) => number {
  return (a, b) => {
    for (const { field, order: way, missing } of by) {
      const [left, right] = [a, b].map((found) => found.events[0]?.fields.get(field)?.[0]);
      if (left === undefined || right === undefined) {
        if (left === right) continue;
        return (left === undefined) === (missing === 'first') ? -1 : 1;
      }
      const difference = order(left, right, types?.get(field)) ?? 0;
      if (difference !== 0) return way === 'ascending' ? difference : -difference;
    }
    return 0;
  };
}

function unsupported(language: string, text: string): Failure {
  const message = `"${shortened(text, 80)}" is ${language} that is not understood here; no event was matched.`;
  return new Failure({ code: 'match/unsupported', message });
}
