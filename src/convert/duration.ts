import type { Duration, Query } from '../query/query.ts';
import type { Rule } from '../rule/rule.ts';

const second = 1000;
/** Units of Sigma's timespan and of date math, the largest first. Months and years as pySigma has them. */
const units = {
  y: 31_557_600 * second,
  M: 2_629_746 * second,
  w: 604_800 * second,
  d: 86_400 * second,
  h: 3_600 * second,
  m: 60 * second,
  s: second,
} as const;

/** `5m` in milliseconds; undefined for anything else (Sigma has no `1h30m`). */
export function readTimespan(text: string): Duration | undefined {
  const [, count, unit] = /^(\d{1,9})([smhdwMy])$/.exec(text) ?? [];
  return count === undefined ? undefined : Number(count) * units[unit as keyof typeof units];
}

/** The way back, in the largest of the units that the specification names; undefined below a second. */
export function printTimespan(duration: Duration): string | undefined {
  const unit = (['d', 'h', 'm', 's'] as const).find((name) => duration % units[name] === 0);
  return unit && duration > 0 ? `${duration / units[unit]}${unit}` : undefined;
}

/** How far back a rule looks: `now-9m` is nine minutes. Kibana's own default is six. */
export function lookback(from: unknown): Duration {
  const [, span] = /^now-(\d+[smhdwMy])$/.exec(typeof from === 'string' ? from : 'now-6m') ?? [];
  return (span === undefined ? undefined : readTimespan(span)) ?? 6 * units.m;
}

/** A sequence or sample that sets no time for its events finds what a run of its rule looks back over. */
export function withinRun(query: Query, { engine }: Rule): Query {
  const { find } = query;
  if ((find.kind !== 'sequence' && find.kind !== 'sample') || find.within !== undefined) return query;
  return { ...query, find: { ...find, within: lookback(engine?.['from']) } };
}
