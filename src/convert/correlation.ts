import { Failure } from '../diagnostic/attempt.ts';
import { or } from '../query/build.ts';
import type {
  Correlation,
  FieldOperand,
  Filter,
  Presence,
  Query,
  Sample,
  Sequence,
  Step,
} from '../query/query.ts';
import { sameJson } from '../rule/json.ts';
import type { CorrelationDetection, LogSource } from '../rule/rule.ts';
import { countOfCorrelation, isMeasured, measureOfCorrelation, timeOf } from './counts.ts';
import { asksForAll, presenceOf } from './part-test.ts';

/** Several events: sequences, samples, counts and correlations here, Sigma's correlations there; `steps.ts` goes back. */

/** A rule of a correlation, as the correlation calls it, and what it asks. */
export interface CorrelatedPart {
  readonly name: string;
  /** What else it may be called where keys have other names in it. */
  readonly also?: readonly string[];
  readonly query: Query;
  readonly source: LogSource;
}

/**
 * What a correlation asks, given what its rules ask in turn: a count, a sequence or a sample, where these can say it.
 * Rules of one log source that are counted together are one filter that asks for any of them.
 */
export function queryOfCorrelation(detection: CorrelationDetection, parts: readonly CorrelatedPart[]): Query {
  const isAlone = parts.every(({ query }) => query.find.kind === 'filter' && query.stages.length === 0);
  const asked = correlationOf(detection, parts);
  const { asks } = asked.find;
  if (!isAlone) return asked;
  if (asks.kind === 'measured') return countOfOne(detection, parts) ?? asked;
  const names = parts.map(({ name }) => name);
  return asksForAll(asks.where, names) ? stepsOf(detection, asks, parts) : asked;
}

/** The form that says every correlation, and is all that a correlation of correlations can take its finds from. */
export function correlationOf(
  detection: CorrelationDetection,
  parts: readonly CorrelatedPart[],
): Query & { readonly find: Correlation } {
  const { groupBy = [] } = detection;
  const find: Correlation = {
    kind: 'correlation',
    of: parts.map((part) => ({ name: part.name, query: part.query, by: fieldsOf(part, detection) })),
    by: groupBy,
    within: timeOf(detection),
    asks: asksOf(detection, parts),
  };
  return { from: [], find, stages: [] };
}

function asksOf(detection: CorrelationDetection, parts: readonly CorrelatedPart[]): Correlation['asks'] {
  const { type } = detection;
  if (isMeasured(type)) return measureOfCorrelation(detection);
  if (type !== 'temporal' && type !== 'temporal_ordered') {
    const message = `The rule is a correlation of type ${type}, which is not known here; it was not written.`;
    throw new Failure({ code: 'loss/rule-type', message });
  }
  const names = parts.map(({ name }) => name);
  return {
    kind: 'presence',
    ordered: type === 'temporal_ordered',
    where: presenceOf(detection, names),
  };
}

/** The field of a part for each key. */
function fieldsOf({ name, also = [] }: CorrelatedPart, { groupBy = [], aliases = {} }: CorrelationDetection) {
  return groupBy.map((key) => {
    const fields = Object.hasOwn(aliases, key) ? aliases[key]! : {};
    const called = [name, ...also].find((one) => Object.hasOwn(fields, one));
    return called === undefined ? key : fields[called]!;
  });
}

/** One rule, or several of one log source that call their keys the same. */
function countOfOne(detection: CorrelationDetection, parts: readonly CorrelatedPart[]): Query | undefined {
  const [first, ...others] = parts;
  if (first === undefined || first.query.find.kind !== 'filter') return undefined;
  const { category } = first.query.find;
  const by = fieldsOf(first, detection);
  const isLike = (part: CorrelatedPart) =>
    isFilter(part.query.find, category) &&
    isSource(part.source, first.source) &&
    fieldsOf(part, detection).every((field, index) => field === by[index]);
  if (!others.every(isLike)) return undefined;
  const where = or(parts.map(({ query }) => (query.find as Filter).where));
  const find: Filter =
    others.length === 0 ? first.query.find : { kind: 'filter', ...categoryOf({ category }), where };
  return { ...first.query, find, stages: [{ ...countOfCorrelation(detection), by }] };
}

function isFilter(find: Query['find'], category: string | undefined): boolean {
  return find.kind === 'filter' && find.category === category;
}

/** A definition is words for people. */
function isSource(a: LogSource, b: LogSource): boolean {
  const keys = ['category', 'product', 'service'] as const;
  return keys.every((key) => a[key] === b[key]) && sameJson(a.rest ?? {}, b.rest ?? {});
}

function stepsOf(
  detection: CorrelationDetection,
  { ordered }: Presence,
  parts: readonly CorrelatedPart[],
): Query {
  const { groupBy = [], aliases = {} } = detection;
  const fields = parts.map((part) => fieldsOf(part, detection));
  const isApart = groupBy.map((key) => Object.hasOwn(aliases, key));
  const steps = parts.map(({ query }, index): Step => {
    const { category, where } = query.find as Filter;
    const by = fields[index]!.filter((_, at) => isApart[at]).map(fieldOf);
    return { where, ...categoryOf({ category }), by, runs: 1, missing: false };
  });
  const find: Sequence | Sample = {
    kind: ordered ? 'sequence' : 'sample',
    by: groupBy.filter((_, at) => !isApart[at]).map(fieldOf),
    within: timeOf(detection),
    steps,
  };
  return { from: [], find, stages: [] };
}

function categoryOf({ category }: { readonly category: string | undefined }): {
  readonly category?: string;
} {
  return category === undefined ? {} : { category };
}

function fieldOf(field: string): FieldOperand {
  return { kind: 'field', field };
}
