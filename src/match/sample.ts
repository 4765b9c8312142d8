import type { Sample } from '../query/query.ts';
import { type PartHit, presenceAsked } from './presence.ts';
import { type Dated, keysOf, type Layout, partTest } from './timeline.ts';
import { windowsIn } from './window.ts';

/**
 * The samples in a timeline: for each key one event a step. With a time they are Sigma's `temporal`, found each time
 * that all steps have happened within it; without one they are EQL's, where all events go together.
 */
export function samplesIn(
  find: Sample,
  timeline: readonly Dated[],
  layout: Layout,
  most = 1,
): readonly (readonly Dated[])[] {
  const { within } = find;
  return within === undefined
    ? samplesOfAll(find, timeline, layout, most)
    : samplesWithin(find, within, timeline, layout);
}

/** One event may be several steps: Sigma counts which of its rules have matched. */
function samplesWithin(
  { steps, by }: Sample,
  within: number,
  timeline: readonly Dated[],
  layout: Layout,
): readonly (readonly Dated[])[] {
  const names = steps.map((_, part) => `${part}`);
  const of = names.map((name) => ({ kind: 'part', name }) as const);
  const asked = presenceAsked<Dated & PartHit>(
    { kind: 'presence', ordered: false, where: { kind: 'and', of } },
    names,
  );
  const groups = new Map<string, (Dated & PartHit)[]>();
  for (const [part, step] of steps.entries()) {
    const keys = keysOf([...by, ...step.by], layout.types);
    for (const event of timeline.filter(partTest(step, layout))) {
      for (const key of new Set(keys(event))) put(groups, key, { ...event, part });
    }
  }
  return [...groups.values()]
    .map((hits) => hits.sort((a, b) => a.place - b.place || a.part - b.part))
    .flatMap((hits) => [...windowsIn(hits, within, asked)].map(asked.chosen));
}

function put<T>(groups: Map<string, T[]>, key: string, one: T): void {
  const group = groups.get(key);
  if (group) group.push(one);
  else groups.set(key, [one]);
}

/** No event for two steps; of several the earliest is given, as many a key as `most` says. */
function samplesOfAll(
  { steps, by }: Sample,
  timeline: readonly Dated[],
  layout: Layout,
  most: number,
): readonly (readonly Dated[])[] {
  const found = new Map<string, Dated[][]>();
  for (const [index, step] of steps.entries()) {
    const test = partTest(step, layout);
    const keys = keysOf([...by, ...step.by], layout.types);
    for (const event of timeline) {
      if (!test(event)) continue;
      for (const key of keys(event)) {
        const lists = found.get(key) ?? steps.map(() => []);
        lists[index]!.push(event);
        found.set(key, lists);
      }
    }
  }
  return [...found]
    .filter(([, lists]) => lists.every((list) => list.length > 0))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, lists]) => [...distinct(lists, most)]);
}

/** Enough tries for anything that people write; a group of many events of few kinds could take forever. */
const mostTries = 100_000;

function* distinct(lists: readonly (readonly Dated[])[], most: number): Generator<readonly Dated[]> {
  let [given, tries] = [0, 0];
  function* extend(chosen: readonly Dated[]): Generator<readonly Dated[]> {
    if (chosen.length === lists.length) {
      yield chosen;
      return;
    }
    for (const event of lists[chosen.length]!) {
      tries += 1;
      if (tries > mostTries) return;
      if (!chosen.includes(event)) yield* extend([...chosen, event]);
    }
  }
  for (const sample of extend([])) {
    yield sample;
    given += 1;
    if (given >= most) return;
  }
}
