import { satisfies } from '../query/bound.ts';
import type { Bound, Measure } from '../query/query.ts';
import { combinations } from './combinations.ts';
import type { Occurrence } from './predicate.ts';
import { numberOf } from './value.ts';
import type { Watch } from './window.ts';

/** A measure of events that come and go. */
export interface Tally<T> {
  add(one: T): void;
  remove(one: T): void;
  /** Undefined where there is nothing to be measured. */
  value(): number | undefined;
}

export function tallyOf<T extends Occurrence>(asked: Measure): Tally<T> {
  switch (asked.measure) {
    case 'count':
      return countTally();
    case 'count-distinct':
      return distinctTally([asked.field ?? '', ...(asked.also ?? [])]);
    case 'sum':
    case 'avg':
    case 'min':
    case 'max':
    case 'percentile':
      return numberTally(asked.field ?? '', measures[asked.measure], asked.percentile);
    default:
      return asked.measure satisfies never;
  }
}

/** Whether the measure is as it is asked for. */
export function tallyWatch<T extends Occurrence>(asked: Measure, keep: Bound): Watch<T> {
  const tally = tallyOf<T>(asked);
  return {
    ...tally,
    holds: () => {
      const value = tally.value();
      return value !== undefined && satisfies(value, keep);
    },
  };
}

function countTally<T>(): Tally<T> {
  let count = 0;
  return {
    add: () => {
      count += 1;
    },
    remove: () => {
      count -= 1;
    },
    value: () => count,
  };
}

/** How the values of several fields come together counts, where an event has all of them. */
function distinctTally<T extends Occurrence>(fields: readonly string[]): Tally<T> {
  const counts = new Map<string, number>();
  const move = (by: number) => (one: T) => {
    for (const values of combinations(fields.map((field) => one.fields.get(field) ?? []))) {
      const key = JSON.stringify(values.map(String));
      const count = (counts.get(key) ?? 0) + by;
      if (count > 0) counts.set(key, count);
      else counts.delete(key);
    }
  };
  return { add: move(1), remove: move(-1), value: () => counts.size };
}

type Numbers = readonly number[];

/** Of numbers in their order. Fractions are summed up anew each time, so that nothing of what has gone stays behind. */
const measures = {
  sum: total,
  avg: (sorted: Numbers) => total(sorted) / sorted.length,
  min: (sorted: Numbers) => sorted[0]!,
  max: (sorted: Numbers) => sorted.at(-1)!,
  percentile,
} as const;

function total(sorted: Numbers): number {
  return sorted.reduce((sum, value) => sum + value, 0);
}

/** Between two numbers, as far along the way as the rank is. */
function percentile(sorted: Numbers, of = 50): number {
  const rank = (of / 100) * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(rank)]!, sorted[Math.ceil(rank)]!];
  return below + (rank - Math.floor(rank)) * (above - below);
}

function numberTally<T extends Occurrence>(
  field: string,
  measure: (sorted: Numbers, of?: number) => number,
  of: number | undefined,
): Tally<T> {
  const sorted: number[] = [];
  const numbers = ({ fields }: T) =>
    (fields.get(field) ?? []).map(numberOf).filter((value) => value !== undefined);
  return {
    add: (one) => {
      for (const value of numbers(one)) sorted.splice(placeOf(value, sorted), 0, value);
    },
    remove: (one) => {
      for (const value of numbers(one)) sorted.splice(placeOf(value, sorted), 1);
    },
    value: () => (sorted.length === 0 ? undefined : measure(sorted, of)),
  };
}

/** Where a number stands, or would. */
function placeOf(value: number, sorted: Numbers): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (sorted[middle]! < value) from = middle + 1;
    else to = middle;
  }
  return from;
}
