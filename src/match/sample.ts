import type { Sample } from '../query/query.ts';
import { type Dated, keysOf, type Layout, partTest } from './timeline.ts';

/**
 * The samples in a timeline, by their keys: for each, one event a step, no event for two of them. Of several the
 * earliest is given, as many a key as `most` says. Without a time (EQL) all events go together; with one (Sigma's
 * `temporal`) those that stand within it.
 */
export function samplesIn(
  { steps, by, within = Number.POSITIVE_INFINITY }: Sample,
  timeline: readonly Dated[],
  layout: Layout,
  most = 1,
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
    .flatMap(([, lists]) => [...distinct(lists, within, most)]);
}

/** Enough tries for anything that people write; a group of many events of few kinds could take forever. */
const mostTries = 100_000;

function* distinct(
  lists: readonly (readonly Dated[])[],
  within: number,
  most: number,
): Generator<readonly Dated[]> {
  let [given, tries] = [0, 0];
  function* extend(chosen: readonly Dated[]): Generator<readonly Dated[]> {
    if (chosen.length === lists.length) {
      yield chosen;
      return;
    }
    for (const event of lists[chosen.length]!) {
      tries += 1;
      if (tries > mostTries) return;
      if (chosen.includes(event) || !chosen.every((other) => Math.abs(other.time - event.time) <= within))
        continue;
      yield* extend([...chosen, event]);
    }
  }
  for (const sample of extend([])) {
    yield sample;
    given += 1;
    if (given >= most) return;
  }
}
