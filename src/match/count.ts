import { satisfies } from '../query/bound.ts';
import type { Aggregate } from '../query/query.ts';
import { tallyOf, tallyWatch } from './tally.ts';
import { byEnd, type Dated, grouped, keysOf, type Layout } from './timeline.ts';
import { windowsIn } from './window.ts';

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
  const { keep, within, least = 1 } = stage;
  if (keep === undefined) return groups;
  if (within !== undefined)
    return byEnd(
      groups.flatMap((group) => [...windowsIn(group, within, tallyWatch<Dated>(stage, keep, least))]),
    );
  return groups.filter((group) => {
    const tally = tallyOf<Dated>(stage);
    for (const event of group) tally.add(event);
    const value = tally.value();
    return value !== undefined && satisfies(value, keep) && group.length >= least;
  });
}
