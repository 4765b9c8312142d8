import { Failure } from '../diagnostic/attempt.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { allOf } from '../query/bound.ts';
import type { Aggregate, Bound, Duration, Measure, Measured, Query } from '../query/query.ts';
import { isList, isObject } from '../rule/json.ts';
import type { CorrelationDetection, ThresholdDetection } from '../rule/rule.ts';
import { boundOf, conditionOf } from './bounds.ts';
import { printTimespan, readTimespan } from './duration.ts';

/** Counts: Elastic's threshold rules and Sigma's correlations that count or measure, both ways. */

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
  const { field, value } = cardinality;
  const keep = { operator: '>=', value } as const;
  // The number of events must be reached as well; where it is no greater than that of values it always is.
  const least = detection.value > value ? { least: detection.value } : {};
  return { kind: 'aggregate', measure: 'count-distinct', field, by, within, keep, ...least };
}

/** The way back. Undefined for counts that a threshold rule can not say. */
export function thresholdOfCount({
  measure,
  field,
  also = [],
  by,
  keep,
  least = 1,
}: Aggregate): Omit<ThresholdDetection, 'query'> | undefined {
  const value = keep && atLeast(keep);
  if (value === undefined || value < 1 || by.length > mostKeys) return undefined;
  if (measure === 'count') return { kind: 'threshold', fields: by, value };
  if (measure !== 'count-distinct' || field === undefined || also.length > 0 || by.includes(field))
    return undefined;
  return { kind: 'threshold', fields: by, value: least, cardinality: [{ field, value }] };
}

const mostKeys = 5;

/** Why a count is none that a threshold rule can say. Undefined for those that one can, and for what is no count. */
export function uncountable({ stages }: Query): Diagnostic | undefined {
  const [count] = stages;
  if (count?.kind !== 'aggregate' || thresholdOfCount(count)) return undefined;
  const message = `${whyUncountable(count)}; the rule was not written.`;
  return { code: 'loss/aggregation', message, ...(count.span && { span: count.span }) };
}

function whyUncountable({ measure, percentile, field = '', also, by, keep }: Aggregate): string {
  if (measure !== 'count' && measure !== 'count-distinct') {
    const said = measure === 'percentile' && percentile === 50 ? 'median' : measure;
    return `A threshold rule counts, and does not take the ${said} of ${field}`;
  }
  if (also)
    return 'A threshold rule counts the values of one field, and not how those of several come together';
  if (keep === undefined || atLeast(keep) === undefined)
    return 'A threshold rule asks for at least so many, and for no less, exact number or range';
  if (by.length > mostKeys) return `A threshold rule has at most ${mostKeys} keys`;
  return 'A threshold rule has no such count';
}

/** Whether it asks for enough of something, so that it holds of more events if it holds of some. */
export function asksForEnough({ measure, keep }: Aggregate): boolean {
  const isCount = measure === 'count' || measure === 'count-distinct';
  return isCount && keep !== undefined && allOf(keep).every(({ operator }) => /^>/.test(operator));
}

/** Enough within a time is found by a run that looks back over all of it; anything else is another question. */
export function measuredByRun({ span }: Aggregate): Diagnostic {
  return {
    code: 'loss/aggregation',
    effect: 'approximate',
    message:
      'ES|QL measures all that a run of the rule looks back over, and a correlation the time before each event.',
    ...(span && { span }),
  };
}

/** `>= n` as n, `> n` as n + 1. */
export function atLeast({ operator, value, and }: Bound): number | undefined {
  if (!Number.isInteger(value) || and !== undefined) return undefined;
  return operator === '>=' ? value : operator === '>' ? value + 1 : undefined;
}

/** Sigma's types of correlations that measure something. The median is a percentile. */
const measures = {
  event_count: 'count',
  value_count: 'count-distinct',
  value_sum: 'sum',
  value_avg: 'avg',
  value_percentile: 'percentile',
  value_median: 'percentile',
} as const satisfies Record<string, Measure['measure']>;

export function isMeasured(type: string): type is keyof typeof measures {
  return Object.hasOwn(measures, type);
}

/** What a Sigma correlation that counts or measures counts of its events. */
export function countOfCorrelation(correlation: CorrelationDetection): Aggregate {
  const { kind: _, keep, ...measure } = measureOfCorrelation(correlation);
  const { groupBy: by = [] } = correlation;
  // In this order: digests of what was written before are of it.
  return { kind: 'aggregate', by, within: timeOf(correlation), keep, ...measure };
}

export function measureOfCorrelation({ type, condition }: CorrelationDetection): Measured {
  if (!isMeasured(type)) return refuse(`A correlation of type "${type}" counts nothing`);
  const measure = measures[type];
  const said = { kind: 'measured', measure, keep: boundOf(condition) } as const;
  if (measure === 'count') return said;
  const [field, ...also] = fieldsIn(condition);
  if (field === undefined) return refuse('The correlation counts the values of no field');
  if (measure === 'count-distinct') return { ...said, field, ...(also.length > 0 && { also }) };
  if (also.length > 0) return refuse('The correlation measures several fields at once');
  if (measure !== 'percentile') return { ...said, field };
  return { ...said, field, percentile: type === 'value_median' ? 50 : percentileIn(condition) };
}

function fieldsIn(condition: CorrelationDetection['condition']): readonly string[] {
  const field = isObject(condition) ? condition['field'] : undefined;
  return (isList(field) ? field : [field]).filter((one) => typeof one === 'string');
}

function percentileIn(condition: CorrelationDetection['condition']): number {
  const said = isObject(condition) ? condition['percentile'] : undefined;
  if (typeof said === 'number' && said >= 0 && said <= 100) return said;
  return refuse('The correlation does not say which percentile it means');
}

/** The time within which the events of a correlation stand. */
export function timeOf({ timespan }: CorrelationDetection): Duration {
  const within = timespan === undefined ? undefined : readTimespan(timespan);
  return within ?? refuse(`"${timespan ?? ''}" is no timespan`);
}

/** The way back. */
export function correlationOfCount(count: Aggregate, rule: string): CorrelationDetection {
  const { field, also, percentile, by, within, keep } = count;
  const timespan = within === undefined ? undefined : printTimespan(within);
  const type = typeOfMeasure(count);
  const bounds = keep && conditionOf(keep);
  if (count.least !== undefined) refuse('The rule counts events and values at once, which are two counts');
  if (timespan === undefined || type === undefined || bounds === undefined) {
    return refuse('Sigma has no such count');
  }
  return {
    kind: 'correlation',
    type,
    rules: [rule],
    ...(by.length > 0 && { groupBy: by }),
    timespan,
    condition: {
      ...bounds,
      ...(field !== undefined && { field: also ? [field, ...also] : field }),
      ...(type === 'value_percentile' && percentile !== undefined && { percentile }),
    },
  };
}

function typeOfMeasure({ measure, percentile }: Aggregate): keyof typeof measures | undefined {
  if (measure === 'percentile') return percentile === 50 ? 'value_median' : 'value_percentile';
  return (Object.keys(measures) as (keyof typeof measures)[]).find((type) => measures[type] === measure);
}

function refuse(what: string): never {
  throw new Failure({ code: 'loss/aggregation', message: `${what}; the rule was not written.` });
}
