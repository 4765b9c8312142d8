import type { And } from '../query/query.ts';
import { sameTree } from '../query/walk.ts';
import type { LogSource } from '../rule/rule.ts';
import { anyField, type Mapping } from './mapping.ts';
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
}

/** What the tables have for a name: the rows that hold, in their order, or the row that says that there is none. */
export type Known =
  | { readonly rows: readonly FieldRow[]; readonly unnamed?: undefined }
  | { readonly rows?: undefined; readonly unnamed: UnnamedRow };

/**
 * What the tables say of a field of a log source: the rows of its own name, otherwise that the other side has no
 * name for it, otherwise the rows for every field of the source, otherwise that of its kind none has a name.
 * Undefined where they say nothing.
 */
export function lookUp(field: string, asked: Asked): Known | undefined {
  const { mapping, way } = asked;
  const named = rowsOf(way === 'toEcs' ? mapping.bySigma : mapping.byEcs, field, asked);
  if (named.length > 0) return { rows: named };
  const without = way === 'toEcs' ? mapping.sigmaAlone : mapping.ecsAlone;
  const alone = rowOf(without, field, asked);
  if (alone) return { unnamed: alone };
  const all = catchAll(field, asked);
  if (all.length > 0) return { rows: all };
  for (const kind of kindsOf(field)) {
    const row = rowOf(without, kind, asked);
    if (row) return { unnamed: row };
  }
  return undefined;
}

/** The row that says that the other side has no name for a field: of its name, or of its kind. */
export function namelessRow(field: string, asked: Asked): UnnamedRow | undefined {
  const without = asked.way === 'toEcs' ? asked.mapping.sigmaAlone : asked.mapping.ecsAlone;
  for (const name of [field, ...kindsOf(field)]) {
    const row = rowOf(without, name, asked);
    if (row) return row;
  }
  return undefined;
}

/** The name that a row has for a field on the side that is gone to. */
export function nameIn({ sigma, ecs }: FieldRow, field: string, way: Way): string {
  if (sigma !== anyField) return way === 'toEcs' ? ecs : sigma;
  return way === 'toEcs' ? ecs.replace(anyField, field) : field.slice(field.lastIndexOf('.') + 1);
}

/**
 * The names that a field may as well be taken for: those of rows with the same change, whichever way they are read.
 * Where a row is a copy, nothing depends on the choice; nor is one made where a row is meant more closely than others.
 */
export function othersThan(
  row: FieldRow,
  field: string,
  { mapping, logSource, way, around }: Asked,
): readonly string[] {
  if (row.sigma === anyField || row.copy) return [];
  const rows = (way === 'toEcs' ? mapping.allBySigma : mapping.allByEcs).get(field) ?? [];
  const taken = nameIn(row, field, way);
  const others = rows
    .filter((other) => !other.copy && sameTree(other.change, row.change))
    .filter((other) => inScope(other.scope, logSource, around) && reach(other, around) >= reach(row, around))
    .map((other) => nameIn(other, field, way));
  return [...new Set(others)].filter((name) => name !== taken && !name.startsWith(`${taken}.`));
}

/** How closely a row is meant: for a service or a category, and beside what the rule asks. Wider ones are no choice. */
function reach({ scope }: FieldRow, around: Asked['around']): number {
  const isOfOne = scope?.category !== undefined || scope?.service !== undefined;
  return Number(isOfOne) + Number(around !== undefined && scope?.beside !== undefined);
}

/** Rows like `*` ↔ `winlog.event_data.*`. */
function catchAll(field: string, asked: Asked): readonly FieldRow[] {
  const { mapping, way } = asked;
  if (way === 'toEcs') return field.includes('.') ? [] : rowsOf(mapping.bySigma, anyField, asked);
  return rowsOf(mapping.byEcs, `${field.slice(0, field.lastIndexOf('.') + 1)}${anyField}`, asked);
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
function kindsOf(field: string): readonly string[] {
  const parts = field.split('.');
  return parts.map((_, index) => [...parts.slice(0, parts.length - 1 - index), anyField].join('.'));
}
