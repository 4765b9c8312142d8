import type { FieldRow, LogSourceRow, Table } from './table.ts';

/** Tables made ready to be asked. Earlier tables win over later ones, row by row. */
export interface Mapping {
  readonly logSources: readonly LogSourceRow[];
  /** The rows that name a category of events, under it; those that name none, under ''. In order. */
  readonly byCategory: ReadonlyMap<string, readonly LogSourceRow[]>;
  /** The index patterns of each row, cut to what two spellings of one have in common. */
  readonly stems: ReadonlyMap<LogSourceRow, readonly string[]>;
  readonly bySigma: ReadonlyMap<string, readonly FieldRow[]>;
  readonly byEcs: ReadonlyMap<string, readonly FieldRow[]>;
  /** Type of every ECS field that is no keyword. */
  readonly types: ReadonlyMap<string, string>;
}

/** Names of fields under their type: `{ long: ['process.pid', …], ip: […] }`. */
export type FieldTypes = { readonly [type: string]: readonly string[] };

export function compileMapping(tables: readonly Table[], types: FieldTypes): Mapping {
  const rows = tables.flatMap((table) => table.fields ?? []);
  const logSources = tables.flatMap((table) => table.logSources ?? []);
  return {
    logSources,
    byCategory: grouped(logSources.map((row) => [row.category ?? '', row])),
    stems: new Map(logSources.map((row) => [row, (row.indices ?? []).map(stem)])),
    bySigma: grouped(rows.filter((row) => row.direction !== 'to-sigma').map((row) => [row.sigma, row])),
    byEcs: grouped(rows.filter((row) => row.direction !== 'to-ecs').flatMap(ecsNames)),
    types: new Map(Object.entries(types).flatMap(([type, fields]) => fields.map((field) => [field, type]))),
  };
}

/** The fields that lead to a row, coming from ECS: an account stands in two. */
function ecsNames(row: FieldRow): readonly (readonly [string, FieldRow])[] {
  const name = [row.ecs, row] as const;
  return row.change?.kind === 'account' ? [name, [row.change.domain, row]] : [name];
}

function grouped<Row>(entries: readonly (readonly [string, Row])[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const [key, row] of entries) {
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

/** Rows for every field of a source: `*` ↔ `winlog.event_data.*`. */
export const anyField = '*';

/** `logs-okta.system-*` and `logs-okta.system*` are one. */
export function stem(index: string): string {
  return index.replace(/[-*.]+$/, '');
}
