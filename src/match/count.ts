import type { Aggregate } from '../query/query.ts';
import { type Dated, keysOf, type Layout } from './timeline.ts';
import { holds, numberOf } from './value.ts';

/**
 * The groups of events whose measure is what is asked for, each with its events. Without a time all events of a
 * group are measured together; with one, those that stand within it, and events that were part of a group that was
 * found are not part of another.
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
  const groups = new Map<string, Dated[]>();
  for (const event of timeline) {
    for (const key of keys(event)) {
      const group = groups.get(key);
      if (group) group.push(event);
      else groups.set(key, [event]);
    }
  }
  return [...groups.values()].flatMap((group) =>
    stage.within === undefined
      ? isKept(stage, group)
        ? [group]
        : []
      : windowsIn(stage, group, stage.within),
  );
}

function windowsIn(stage: Aggregate, group: readonly Dated[], within: number): readonly (readonly Dated[])[] {
  const found: (readonly Dated[])[] = [];
  let first = 0;
  for (const [last, event] of group.entries()) {
    while (event.time - group[first]!.time > within) first += 1;
    const window = group.slice(first, last + 1);
    if (!isKept(stage, window)) continue;
    found.push(window);
    first = last + 1;
  }
  return found;
}

function isKept(stage: Aggregate, group: readonly Dated[]): boolean {
  const { keep } = stage;
  if (keep === undefined) return true;
  const measured = measureOf(stage, group);
  if (measured === undefined) return false;
  const difference = measured - keep.value;
  if (keep.operator === '==') return difference === 0;
  return keep.operator === '!=' ? difference !== 0 : holds(keep.operator, difference);
}

function measureOf({ measure, field = '' }: Aggregate, group: readonly Dated[]): number | undefined {
  if (measure === 'count') return group.length;
  const values = group.flatMap(({ fields }) => fields.get(field) ?? []);
  if (measure === 'count-distinct') return new Set(values).size;
  const numbers = values.map(numberOf).filter((value) => value !== undefined);
  if (numbers.length === 0) return undefined;
  const sum = numbers.reduce((total, value) => total + value, 0);
  switch (measure) {
    case 'sum':
      return sum;
    case 'avg':
      return sum / numbers.length;
    case 'min':
      return numbers.reduce((least, value) => Math.min(least, value));
    case 'max':
      return numbers.reduce((most, value) => Math.max(most, value));
    default:
      return measure satisfies never;
  }
}
