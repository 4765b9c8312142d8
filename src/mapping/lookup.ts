import type { And } from '../query/query.ts';
import { sameTree } from '../query/walk.ts';
import type { LogSource } from '../rule/rule.ts';
import { together } from './effect.ts';
import { anyField, type Mapping } from './mapping.ts';
import { pipedSource } from './pipeline/pipeline.ts';
import { inScope } from './scope.ts';
import type { FieldRow, UnnamedRow } from './table.ts';

export type Way = 'toEcs' | 'toSigma';

/** Where a name is looked up. */
export interface Asked {
  readonly mapping: Mapping;
  readonly logSource: LogSource;
  readonly way: Way;
  /** What the rule asks beside it, where that is known. */
  readonly around?: readonly And[];
  /** Names that a pipeline gave, which are those of the index by now. */
  readonly final?: ReadonlySet<string>;
  /** The log source that the rule was written for, where a pipeline has put another in its place. */
  readonly written?: LogSource;
}

/** What the tables have for a name: the rows that hold, in their order, or the row that says that there is none. */
export type Known =
  | { readonly rows: readonly FieldRow[]; readonly unnamed?: undefined }
  | { readonly rows?: undefined; readonly unnamed: UnnamedRow };

/**
 * What the tables say of a field of a log source: the rows of its own name, otherwise that the other side has no
 * name for it, otherwise the rows for every field of its kind (`requestParameters.*`), or that none of them has a name;
 * the narrowest kind first. Undefined where they say nothing.
 */
export function lookUp(field: string, asked: Asked): Known | undefined {
  if (asked.final?.has(field)) return { rows: [{ sigma: field, ecs: field, source: pipedSource }] };
  const known = lookUpIn(field, asked);
  if (known?.rows || asked.written === undefined) return known;
  return lookUpIn(field, { ...asked, logSource: asked.written }) ?? known;
}

function lookUpIn(field: string, asked: Asked): Known | undefined {
  const { mapping, way } = asked;
  const named = way === 'toEcs' ? rowsOf(mapping.bySigma, field, asked) : rowsComing(field, asked);
  if (named.length > 0) return { rows: named };
  const [index, without] = sidesOf(asked);
  const alone = rowOf(without, field, asked);
  if (alone) return { unnamed: alone };
  const begun = mapping.prefixes[way].filter((row) => field.startsWith(beginningOf(row, way)));
  if (begun.length > 0) return { rows: begun };
  for (const kind of kindsOf(field)) {
    // `*` alone stands for names of Sigma, which has no dots in those that it does not share with others.
    const rows = kind === anyField && field.includes('.') ? [] : rowsOf(index, kind, asked);
    if (rows.length > 0) return { rows };
    const row = rowOf(without, kind, asked);
    if (row) return { unnamed: row };
  }
  return undefined;
}

function beginningOf({ sigma, ecs }: FieldRow, way: Way): string {
  return (way === 'toEcs' ? sigma : ecs).slice(0, -1);
}

/** The row that says that the other side has no name for a field; there may be one for some of its values. */
export function unnamedRow(field: string, asked: Asked): UnnamedRow | undefined {
  const [, without] = sidesOf(asked);
  for (const name of [field, ...kindsOf(field)]) {
    const row = rowOf(without, name, asked);
    if (row) return row;
  }
  return undefined;
}

/** The rows of the names on the side that is come from, and those that say that there is no other name. */
function sidesOf({ mapping, way }: Asked): readonly [Mapping['bySigma'], Mapping['sigmaAlone']] {
  return way === 'toEcs' ? [mapping.bySigma, mapping.sigmaAlone] : [mapping.byEcs, mapping.ecsAlone];
}

/** The name that a row has for a field on the side that is gone to. What stands for `*` at its end is the same on both. */
export function nameIn({ sigma, ecs }: FieldRow, field: string, way: Way): string {
  const [from, to] = way === 'toEcs' ? [sigma, ecs] : [ecs, sigma];
  return sigma.endsWith(anyField) ? `${to.slice(0, -1)}${field.slice(from.length - 1)}` : to;
}

/**
 * The names that a field may as well be taken for: those of rows with the same change, whichever way they are read.
 * Where a row is a copy, nothing depends on the choice; where it is taken for what stands beside, or is meant more closely
 * than others, there is none.
 */
export function othersThan(row: FieldRow, field: string, asked: Asked): readonly string[] {
  const { logSource, way, around } = asked;
  const rivals = rivalsOf(row, field, asked);
  if (rivals.length === 0) return [];
  const taken = nameIn(row, field, way);
  const others = rivals
    .filter((other) => inScope(other.scope, logSource, around) && isOfOne(other) >= isOfOne(row))
    .map((other) => nameIn(other, field, way));
  return [...new Set(others)].filter((name) => name !== taken && !name.startsWith(`${taken}.`));
}

/** Those of a row by its field: it has two at most. */
type Rivals = WeakMap<FieldRow, Map<string, readonly FieldRow[]>>;

const known = new WeakMap<Mapping, Record<Way, Rivals>>();

/** Rows that may be taken for another as far as the tables alone say so, which is looked up once. */
function rivalsOf(row: FieldRow, field: string, { mapping, way }: Asked): readonly FieldRow[] {
  if (row.sigma.endsWith(anyField) || row.copy || row.scope?.beside) return none;
  const ways = known.get(mapping) ?? { toEcs: new WeakMap(), toSigma: new WeakMap() };
  known.set(mapping, ways);
  const own = ways[way].get(row) ?? new Map<string, readonly FieldRow[]>();
  ways[way].set(row, own);
  const rivals = own.get(field) ?? rivalsIn(mapping, row, field, way);
  own.set(field, rivals);
  return rivals;
}

const none: readonly never[] = [];

function rivalsIn(mapping: Mapping, row: FieldRow, field: string, way: Way): readonly FieldRow[] {
  const rows = (way === 'toEcs' ? mapping.allBySigma : mapping.allByEcs).get(field) ?? none;
  return rows.filter(
    (other) =>
      other !== row &&
      !other.copy &&
      sameTree(other.change, row.change) &&
      (!mapping.own.has(row) || mapping.own.has(other)),
  );
}

/** Whether a row is meant for a service or a category, and so more closely than others. */
function isOfOne({ scope }: FieldRow): boolean {
  return scope?.category !== undefined || scope?.service !== undefined;
}

/**
 * The rows of a name of ECS. Some integrations keep a list as an object, under numbers: `target_resources.0.id` is one
 * place of what a row calls `target_resources.*.id`, and Sigma has the whole list, which is more.
 */
function rowsComing(field: string, asked: Asked): readonly FieldRow[] {
  const named = rowsOf(asked.mapping.byEcs, field, asked);
  const anywhere = field.replaceAll(/\.\d+(?=\.|$)/g, `.${anyField}`);
  if (named.length > 0 || anywhere === field) return named;
  return rowsOf(asked.mapping.byEcs, anywhere, asked).map((row) => ({
    ...row,
    effect: { ...row.effect, toSigma: together(row.effect?.toSigma, 'broader') ?? 'broader' },
  }));
}

function rowsOf(index: Mapping['bySigma'], field: string, { logSource, around }: Asked): readonly FieldRow[] {
  return index.get(field)?.filter((row) => inScope(row.scope, logSource, around)) ?? [];
}

function rowOf(
  index: Mapping['ecsAlone'],
  name: string,
  { logSource, around }: Asked,
): UnnamedRow | undefined {
  return index.get(name)?.find((row) => inScope(row.scope, logSource, around));
}

/** `a.b.*`, `a.*` and `*` for `a.b.c`. */
export function kindsOf(field: string): readonly string[] {
  const parts = field.split('.');
  return parts.map((_, index) => [...parts.slice(0, parts.length - 1 - index), anyField].join('.'));
}
