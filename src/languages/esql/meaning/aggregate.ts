import { satisfies } from '../../../query/bound.ts';
import type { Aggregate, Bound, Opaque } from '../../../query/query.ts';
import { mirrored } from '../../mirrored.ts';
import type * as syntax from '../syntax.ts';
import type { Columns } from './columns.ts';
import { constantOf } from './constant.ts';
import { aggregatesText, expressionText } from './text.ts';

const measures: ReadonlyMap<string, Aggregate['measure']> = new Map([
  ['count', 'count'],
  ['count_distinct', 'count-distinct'],
  ['sum', 'sum'],
  ['avg', 'avg'],
  ['min', 'min'],
  ['max', 'max'],
  ['percentile', 'percentile'],
]);

export const measureNames: ReadonlyMap<Aggregate['measure'], string> = new Map(
  [...measures].map(([name, measure]) => [measure, name]),
);

/** What is asked of the groups after they are made: `where n >= 5`. */
export interface Asked {
  readonly column: string;
  readonly keep: NonNullable<Aggregate['keep']>;
}

export function askedOf(condition: syntax.Expression): Asked | undefined {
  if (condition.kind === 'and') return severalOf(condition.of);
  if (condition.kind !== 'compare') return undefined;
  const { left, operator, right } = condition;
  const [column, constant, sign] =
    left.kind === 'column' ? [left, right, operator] : [right, left, mirrored[operator]];
  const value = constantOf(constant)?.value;
  if (column.kind !== 'column' || typeof value !== 'number') return undefined;
  return { column: column.name, keep: { operator: sign, value } };
}

/** `where n >= 5 and n < 9` */
function severalOf(of: readonly syntax.Expression[]): Asked | undefined {
  const parts = of.map((part) => (part.kind === 'and' ? undefined : askedOf(part)));
  const keep = parts.reduceRight<Bound | undefined>(
    (and, part) => part && { ...part.keep, ...(and && { and }) },
    undefined,
  );
  const column = parts[0]?.column;
  if (!keep || column === undefined || parts.some((part) => part?.column !== column)) return undefined;
  return { column, keep };
}

/** Whether what is asked of a count holds where there is no event at all: without keys, ES|QL counts none then. */
export function holdsForNone({ by, measure, keep }: Aggregate): boolean {
  return by.length === 0 && /^count/.test(measure) && keep !== undefined && satisfies(0, keep);
}

/**
 * `stats n = count(*), u = values(user.name) by host.id`: the measure is what the groups are asked for, the rest is
 * given beside it. Undefined where the tree has no words, or takes events into account that have no such group: a
 * field that groups must be known to be there, since ES|QL makes a group of what has none.
 */
export function aggregateOf(
  stats: syntax.Stats,
  wanted: Asked | undefined,
  columns: Columns,
  isThere: (field: string) => boolean,
): Aggregate | undefined {
  const by = stats.by.map(({ name, value }) =>
    name === undefined && value.kind === 'column' ? value.name : undefined,
  );
  if (stats.inline || !by.every((field) => field !== undefined && !columns.isMade(field) && isThere(field)))
    return undefined;
  const names = stats.aggregates.map(columnOf);
  const at = stats.aggregates.length === 1 ? 0 : names.indexOf(wanted?.column ?? '');
  const chosen = stats.aggregates[at];
  const measured = chosen && measureOf(chosen, columns, isThere);
  const isNamed = names.every((name) => name !== undefined && !by.includes(name));
  if (!measured || !isNamed) return undefined;
  const others = stats.aggregates.filter((one) => one !== chosen);
  const beside: Opaque | undefined =
    others.length === 0 ? undefined : { kind: 'opaque', language: 'esql', text: aggregatesText(others) };
  return {
    kind: 'aggregate',
    ...measured,
    by: by as readonly string[],
    as: names[at]!,
    ...(beside && { beside }),
    ...(stats.span && { span: stats.span }),
  };
}

function columnOf({ name, value }: syntax.Aggregate): string | undefined {
  if (name === undefined) return expressionText(value);
  return name.kind === 'column' ? name.name : undefined;
}

function measureOf(
  { value, where }: syntax.Aggregate,
  columns: Columns,
  isThere: (field: string) => boolean,
) {
  if (where || value.kind !== 'call' || value.options) return undefined;
  const name = value.name.toLowerCase();
  if (name === 'percentile' || name === 'median') return percentileOf(name, value.arguments, columns);
  const measure = measures.get(name);
  const [of, ...more] = value.arguments;
  if (measure === undefined || more.length > 0) return undefined;
  const isAll = of === undefined || of.kind === 'star' || (constantOf(of)?.value ?? null) !== null;
  if (measure === 'count' && isAll) return { measure };
  const field = of && columns.fieldOf(of);
  if (field === undefined) return undefined;
  // As many as the field has values, which is as many as there are events only if each has one.
  if (measure === 'count') return isThere(field) ? { measure } : undefined;
  return { measure, field };
}

/** `percentile(f, 95)`; `median(f)` is the fiftieth. */
function percentileOf(name: string, [of, rank]: readonly syntax.Expression[], columns: Columns) {
  const field = of && columns.fieldOf(of);
  const percentile = name === 'median' ? 50 : rank && constantOf(rank)?.value;
  if (field === undefined || typeof percentile !== 'number') return undefined;
  return { measure: 'percentile', field, percentile } as const;
}
