import type { Sample } from '../query/query.ts';
import { inTime, presenceWatch } from './presence.ts';
import {
  byEnd,
  type Dated,
  eachOnce,
  type Found,
  grouped,
  keysOf,
  type Layout,
  partTest,
} from './timeline.ts';
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
): readonly Found[] {
  const { within } = find;
  if (within === undefined) return samplesOfAll(find, timeline, layout, most);
  return samplesWithin(find, within, timeline, layout).map((events) => ({ events }));
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
  const asked = { kind: 'presence', ordered: false, where: { kind: 'and', of } } as const;
  const keys = steps.map((step) => keysOf([...by, ...step.by], layout.types));
  const hits = steps.flatMap((step, part) =>
    timeline.filter(partTest(step, layout)).map((event) => ({ ...event, part })),
  );
  const finds = grouped(hits.sort(inTime), (hit) => keys[hit.part]!(hit)).flatMap((group) => [
    ...windowsIn(group, within, presenceWatch<(typeof hits)[number]>(asked, names)),
  ]);
  return byEnd(finds).map(eachOnce);
}

/** No event for two steps; of several the earliest is given, as many a key as `most` says. */
function samplesOfAll(
  { steps, by }: Sample,
  timeline: readonly Dated[],
  layout: Layout,
  most: number,
): readonly Found[] {
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
    .flatMap(([key, lists]) => [...distinct(lists, most)].map((events) => ({ events, key })));
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
