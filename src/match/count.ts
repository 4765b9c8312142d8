import type { Aggregate } from '../query/query.ts';
import { tallyWatch } from './tally.ts';
import { type Dated, grouped, keysOf, type Layout } from './timeline.ts';
import { isLower, windowsIn } from './window.ts';

/**
 * The groups of events whose measure is what is asked for, each with its events. Without a time all events of a
 * group are measured together; with one, those of a window. A group has an event at least, so that less than so
 * many is never none.
 */
export function groupsIn(
  stage: Aggregate,
  timeline: readonly Dated[],
  { types }: Layout,
): readonly (readonly Dated[])[] {
  const keys = keysOf(
    stage.by.map((field) => ({ kind: 'field', field })),
    types,
  );
  const groups = grouped(timeline, keys);
  const { keep, within = Number.POSITIVE_INFINITY } = stage;
  if (keep === undefined) return groups;
  const asked = { watch: () => tallyWatch<Dated>(stage, keep), isLasting: isLower(keep) };
  if (stage.within !== undefined) return groups.flatMap((group) => [...windowsIn(group, within, asked)]);
  return groups.filter((group) => {
    const watch = asked.watch();
    for (const event of group) watch.add(event);
    return watch.holds();
  });
}
