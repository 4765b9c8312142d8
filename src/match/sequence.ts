import type { Sequence, Step } from '../query/query.ts';
import type { Test } from './predicate.ts';
import { type Dated, type Found, keysOf, type Layout, partTest } from './timeline.ts';

/** A step that is asked of events, with the keys that join it to the others. */
interface Stage {
  readonly test: Test;
  readonly keys: (one: Dated) => readonly string[];
}

/** The stages of a sequence that events are found for, and those that none may be found for, before each of them. */
interface Plan {
  readonly stages: readonly Stage[];
  /** One more than there are stages: the last ones come after all of them. */
  readonly missing: readonly (readonly Stage[])[];
  readonly until?: Stage;
  readonly within: number;
}

/**
 * The sequences in a timeline, in the order in which they were completed, each with its events and its key. As
 * Elasticsearch resolves them: for each key and stage only the latest beginning of a sequence waits, the event that
 * continues it takes it away whether or not the time suffices, and an event of the until ends all that wait.
 * (org.elasticsearch.xpack.eql.execution.sequence.SequenceMatcher)
 */
export function sequencesIn(find: Sequence, timeline: readonly Dated[], layout: Layout): readonly Found[] {
  const plan = planOf(find, layout);
  const found = completed(plan, timeline).filter((events) => isUndisturbed(events, plan, timeline));
  return found.map((candidate) => ({ events: withMissing(candidate, plan), key: candidate.key }));
}

function planOf({ steps, by, until, within = Number.POSITIVE_INFINITY }: Sequence, layout: Layout): Plan {
  const stageOf = (step: Step): Stage => ({
    test: partTest(step, layout),
    keys: keysOf([...by, ...step.by], layout.types),
  });
  const stages: Stage[] = [];
  const missing: Stage[][] = [[]];
  for (const step of steps) {
    const stage = stageOf(step);
    for (let run = 0; run < step.runs; run += 1) {
      if (step.missing) {
        missing.at(-1)!.push(stage);
      } else {
        stages.push(stage);
        missing.push([]);
      }
    }
  }
  return { stages, missing, within, ...(until && { until: stageOf(until) }) };
}

interface Candidate {
  readonly key: string;
  readonly events: readonly Dated[];
}

/** What has been found of a sequence, from its latest event back. */
interface Begun {
  readonly first: Dated;
  readonly event: Dated;
  readonly before: Begun | undefined;
}

function eventsOf(last: Begun): readonly Dated[] {
  const events: Dated[] = [];
  for (let one: Begun | undefined = last; one !== undefined; one = one.before) events.push(one.event);
  return events.reverse();
}

function completed({ stages, until, within }: Plan, timeline: readonly Dated[]): readonly Candidate[] {
  const waiting = new Map<string, (Begun | undefined)[]>();
  const done: Candidate[] = [];
  // A step that runs several times is one stage several times over.
  const kinds = [...new Set(stages)];
  for (const event of timeline) {
    const joined = new Map(kinds.filter(({ test }) => test(event)).map((kind) => [kind, kind.keys(event)]));
    for (let stage = joined.size > 0 ? stages.length - 1 : -1; stage >= 0; stage -= 1) {
      for (const key of joined.get(stages[stage]!) ?? []) {
        const candidates = waiting.get(key);
        const before = candidates?.[stage - 1];
        if (stage > 0 && before === undefined) continue;
        if (stage > 0) candidates![stage - 1] = undefined;
        const first = before?.first ?? event;
        if (event.time - first.time > within) continue;
        const next = { first, event, before };
        if (stage === stages.length - 1) done.push({ key, events: eventsOf(next) });
        else if (candidates) candidates[stage] = next;
        else waiting.set(key, [next]);
      }
    }
    if (until?.test(event)) for (const key of until.keys(event)) waiting.delete(key);
  }
  return done;
}

/** Whether no event stands in the sequence that must be missing from it. */
function isUndisturbed(
  { key, events }: Candidate,
  { missing, within }: Plan,
  timeline: readonly Dated[],
): boolean {
  const [first, last] = [events[0]!, events.at(-1)!];
  // What must not come behind takes all the time there is, so that none is left before.
  const from = missing.at(-1)!.length > 0 ? first.time : last.time - within;
  return missing.every((stages, at) => {
    const [after, before] = [events[at - 1], events[at]];
    const isBetween = (event: Dated) =>
      (after ? isBefore(after, event) : event.time >= from) &&
      (before ? isBefore(event, before) : event.time <= first.time + within);
    const isMeant = (event: Dated) =>
      stages.some(({ test, keys }) => test(event) && keys(event).includes(key));
    return stages.length === 0 || !timeline.some((event) => isBetween(event) && isMeant(event));
  });
}

/** Events in the order of the timeline. */
function isBefore(a: Dated, b: Dated): boolean {
  return a.place < b.place;
}

function withMissing({ events }: Candidate, { missing }: Plan): readonly (Dated | undefined)[] {
  return missing.flatMap((stages, at) => [...stages.map(() => undefined), ...events.slice(at, at + 1)]);
}
