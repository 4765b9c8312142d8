import { Failure } from '../diagnostic/attempt.ts';
import type { Aggregate, Comparison } from '../query/query.ts';
import { isObject, type Json, type JsonObject } from '../rule/json.ts';
import type { CorrelationDetection, ThresholdDetection } from '../rule/rule.ts';
import { printTimespan, readTimespan } from './duration.ts';

/** Counts: Elastic's threshold rules and Sigma's `event_count` and `value_count`, both ways. */

/** A threshold rule counts all events it finds in one run, or the different values of one field. */
export function countOfThreshold(detection: ThresholdDetection, within: number): Aggregate {
  const fields = typeof detection.fields === 'string' ? [detection.fields] : detection.fields;
  const by = fields.filter((field) => field !== '');
  const [cardinality, ...more] = detection.cardinality ?? [];
  if (more.length > 0) refuse('The rule counts the values of several fields, which is one count too many');
  if (cardinality === undefined) {
    return {
      kind: 'aggregate',
      measure: 'count',
      by,
      within,
      keep: { operator: '>=', value: detection.value },
    };
  }
  // The number of events must be reached as well; with fewer events than values it always is.
  if (detection.value > cardinality.value)
    refuse('The rule counts events and values at once, which are two counts');
  const { field, value } = cardinality;
  return { kind: 'aggregate', measure: 'count-distinct', field, by, within, keep: { operator: '>=', value } };
}

/** The way back. Undefined for counts that a threshold rule can not say. */
export function thresholdOfCount({
  measure,
  field,
  by,
  keep,
}: Aggregate): Omit<ThresholdDetection, 'query'> | undefined {
  const value = keep && atLeast(keep);
  if (value === undefined || value < 1 || by.length > 5) return undefined;
  if (measure === 'count') return { kind: 'threshold', fields: by, value };
  if (measure !== 'count-distinct' || field === undefined || by.includes(field)) return undefined;
  return { kind: 'threshold', fields: by, value: 1, cardinality: [{ field, value }] };
}

/** `>= n` as n, `> n` as n + 1. */
export function atLeast({ operator, value }: NonNullable<Aggregate['keep']>): number | undefined {
  if (!Number.isInteger(value)) return undefined;
  return operator === '>=' ? value : operator === '>' ? value + 1 : undefined;
}

const operators = { gt: '>', gte: '>=', lt: '<', lte: '<=', eq: '==', neq: '!=' } as const;
type Bounded = Aggregate & { readonly keep: { readonly operator: Comparison; readonly value: number } };

/** What a Sigma correlation of type `event_count` or `value_count` counts. */
export function countOfCorrelation(correlation: CorrelationDetection): Aggregate {
  const { condition, timespan, groupBy: by = [] } = correlation;
  const within = timespan === undefined ? undefined : readTimespan(timespan);
  if (!isObject(condition as Json)) refuse('The condition of the correlation is no map');
  const { field, ...bounds } = condition as JsonObject;
  const [[name, value] = ['', undefined], ...more] = Object.entries(bounds);
  const operator = Object.hasOwn(operators, name) ? operators[name as keyof typeof operators] : undefined;
  if (more.length > 0 || operator === undefined || typeof value !== 'number' || within === undefined) {
    return refuse('The condition or the timespan of the correlation is of a kind that only Sigma has');
  }
  if (operator === '==' || operator === '!=') return refuse('The correlation asks for an exact count');
  const base = { kind: 'aggregate', by, within, keep: { operator, value } } as const;
  if (correlation.type === 'event_count') return { ...base, measure: 'count' };
  if (typeof field !== 'string') return refuse('The correlation counts the values of no one field');
  return { ...base, measure: 'count-distinct', field };
}

/** The way back. */
export function correlationOfCount(count: Aggregate, rule: string): CorrelationDetection {
  const { measure, field, by, within, keep } = count as Bounded;
  const name = Object.entries(operators).find(([, operator]) => operator === keep.operator)![0];
  const timespan = within === undefined ? undefined : printTimespan(within);
  if (timespan === undefined || (measure !== 'count' && measure !== 'count-distinct')) {
    return refuse('Sigma has no such count');
  }
  return {
    kind: 'correlation',
    type: measure === 'count' ? 'event_count' : 'value_count',
    rules: [rule],
    ...(by.length > 0 && { groupBy: by }),
    timespan,
    condition: { [name]: keep.value, ...(field !== undefined && { field }) },
  };
}

function refuse(what: string): never {
  throw new Failure({ code: 'loss/aggregation', message: `${what}; the rule was not written.` });
}
