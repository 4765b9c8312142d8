import type { Aggregate, Duration, Predicate, Query, Step } from '../../query/query.ts';
import type { Aggregation, Count } from './aggregation.ts';
import { failure } from './failure.ts';
import type { MapNode } from './node.ts';

/** The events of a condition, counted or put together, within the time that the detection sets. */
export function aggregated(where: Predicate, aggregation: Aggregation, detection: MapNode): Query {
  const within = readTimeframe(detection);
  const time = within === undefined ? {} : { within };
  switch (aggregation.kind) {
    case 'count':
      return { from: [], find: { kind: 'filter', where }, stages: [stageOf(aggregation, time)] };
    case 'near': {
      const steps = [where, ...aggregation.of].map(
        (where): Step => ({ where, by: [], runs: 1, missing: false }),
      );
      return {
        from: [],
        find: { kind: 'sample', by: [], ...time, steps, span: aggregation.span },
        stages: [],
      };
    }
    default:
      return aggregation satisfies never;
  }
}

function stageOf({ measure, field, by, keep, span }: Count, time: { readonly within?: Duration }): Aggregate {
  return {
    kind: 'aggregate',
    measure,
    ...(field !== undefined && { field }),
    by,
    ...time,
    keep,
    span,
  };
}

/** Units as in the timespans of correlation rules. */
const seconds = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, M: 2_629_746, y: 31_557_600 } as const;

function readTimeframe({ entries }: MapNode): Duration | undefined {
  const value = entries.find(({ key }) => key === 'timeframe')?.value;
  if (value === undefined) return undefined;
  const text = value.kind === 'scalar' ? value.text : '';
  const [, count, unit] = /^(\d{1,9})([smhdwMy])$/.exec(text) ?? [];
  if (count !== undefined) return Number(count) * seconds[unit as keyof typeof seconds] * 1000;
  throw failure(
    'parse/bad-value',
    'A timeframe is a number with a unit of time (s, m, h, d, w, M or y); the detection was not read.',
    value.span,
  );
}
