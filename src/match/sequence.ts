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

function completed({ stages, until, within }: Plan, timeline: readonly Dated[]): readonly Candidate[] {
  const waiting = new Map<string, (Candidate | undefined)[]>();
  const done: Candidate[] = [];
  for (const event of timeline) {
    for (let stage = stages.length - 1; stage >= 0; stage -= 1) {
      const { test, keys } = stages[stage]!;
      if (!test(event)) continue;
      for (const key of keys(event)) {
        const candidates = waiting.get(key);
        const before = stage === 0 ? { key, events: [] } : candidates?.[stage - 1];
        if (before === undefined) continue;
        if (stage > 0) candidates![stage - 1] = undefined;
        if (event.time - (before.events[0] ?? event).time > within) continue;
        const next = { key, events: [...before.events, event] };
        if (stage === stages.length - 1) done.push(next);
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
