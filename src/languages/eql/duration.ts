import type { Duration } from '../../query/query.ts';

/** The units of `maxspan`, the largest first. */
const units: ReadonlyMap<string, Duration> = new Map([
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
]);

/** Undefined for a unit that is none, and for what is longer than can be counted. */
export function readDuration(count: number, unit: string): Duration | undefined {
  const length = units.get(unit);
  const duration = length === undefined ? 0 : count * length;
  return duration > 0 && Number.isSafeInteger(duration) ? duration : undefined;
}

/** The way back, in the largest unit that gives a whole number: `90s`, `2m`. */
export function printDuration(duration: Duration): string | undefined {
  if (!Number.isSafeInteger(duration) || duration <= 0) return undefined;
  for (const [unit, length] of units) if (duration % length === 0) return `${duration / length}${unit}`;
  return undefined;
}
