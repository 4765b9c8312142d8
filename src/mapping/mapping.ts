import type { Effect } from '../diagnostic/diagnostic.ts';
import type { LogSource } from '../rule/rule.ts';
import { inOrder } from './pipeline/apply.ts';
import { tableOf } from './pipeline/back.ts';
import { isPipeline, type Pipeline, pipedSource } from './pipeline/pipeline.ts';
import type {
  AbsorbedTest,
  FieldRow,
  ImpliedTest,
  LogSourceRow,
  Table,
  TagRow,
  UnnamedRow,
} from './table.ts';
import { saying } from './words.ts';

/** Tables made ready to be asked. Earlier tables win over later ones, row by row. */
export interface Mapping {
  /** The tables, the strongest first. */
  readonly tables: readonly Table[];
  /** The first row of each log source, for going to ECS. */
  readonly bySource: ReadonlyMap<string, LogSourceRow>;
  /** All rows, for coming back: those of a category of events under it, those of none under ''. In order. */
  readonly byCategory: ReadonlyMap<string, readonly ReadyRow[]>;
  readonly bySigma: ReadonlyMap<string, readonly FieldRow[]>;
  readonly byEcs: ReadonlyMap<string, readonly FieldRow[]>;
  /** The same, with the rows that are only read the other way. */
  readonly allBySigma: ReadonlyMap<string, readonly FieldRow[]>;
  readonly allByEcs: ReadonlyMap<string, readonly FieldRow[]>;
  /** Rows of the user's own tables, which leave no choice between them and others. */
  readonly own: ReadonlySet<FieldRow>;
  /** Names for which the other side has none. */
  readonly sigmaAlone: ReadonlyMap<string, readonly UnnamedRow[]>;
  readonly ecsAlone: ReadonlyMap<string, readonly UnnamedRow[]>;
  /** Rows of pipelines for names that begin alike, wherever the beginning ends; in order. */
  readonly prefixes: { readonly toEcs: readonly FieldRow[]; readonly toSigma: readonly FieldRow[] };
  /** What a user's pipelines do to rules of Sigma before these tables are asked, in the order they are applied. */
  readonly pipelines: readonly Pipeline[];
  /** Tags for the rules of log sources, in order. */
  readonly tags: readonly TagRow[];
  /** The index patterns of all log sources, as stems. */
  readonly stems: ReadonlySet<string>;
  /** Type of every ECS field that is no keyword. */
  readonly types: ReadonlyMap<string, string>;
}

/** A row of a log source, made ready to be recognised in a rule. */
export interface ReadyRow {
  readonly row: LogSourceRow;
  readonly where: readonly ReadyTest[];
  readonly absorb: readonly { readonly test: AbsorbedTest; readonly within: ReadonlySet<string> }[];
  /** Index patterns that say the source alone, cut to what two spellings of one have in common. */
  readonly stems: readonly string[] | undefined;
  /** The same of all its index patterns. */
  readonly searched: ReadonlySet<string>;
  /** The data sets that its index patterns name. */
  readonly datasets: ReadonlySet<string>;
}

export interface ReadyTest {
  readonly test: ImpliedTest;
  /** What a rule may say instead, by the key of its saying. */
  readonly spellings: readonly { readonly key: string; readonly effect?: Effect }[];
  /** Why it may be left out, as a clause. */
  readonly because: string;
}

/** Names of fields under their type: `{ long: ['process.pid', …], ip: […] }`. */
export type FieldTypes = { readonly [type: string]: readonly string[] };

/** Tables and pipelines, of which the names are read back as rows. `own` are those that the user lays over the others. */
export function compileMapping(
  given: readonly (Table | Pipeline)[],
  types: FieldTypes,
  own: readonly (Table | Pipeline)[] = [],
): Mapping {
  const pipelines = inOrder(given.filter(isPipeline));
  const plain = given.filter((one): one is Table => !isPipeline(one));
  const tables = pipelines.length > 0 ? [tableOf(pipelines), ...plain] : plain;
  const rows = tables.flatMap((table) => table.fields ?? []);
  const unnamed = tables.flatMap((table) => table.unnamed ?? []);
  const logSources = tables.flatMap((table) => table.logSources ?? []);
  const toEcs = logSources.filter((row) => row.direction !== 'to-sigma');
  return {
    tables,
    bySource: new Map(toEcs.map((row) => [sourceKey(row.sigma), row] as const).reverse()),
    byCategory: grouped(logSources.map((row) => [row.category ?? '', readyRow(row)])),
    bySigma: grouped(rows.filter((row) => row.direction !== 'to-sigma').map((row) => [row.sigma, row])),
    byEcs: grouped(rows.filter((row) => row.direction !== 'to-ecs').flatMap(ecsNames)),
    allBySigma: grouped(rows.map((row) => [row.sigma, row])),
    allByEcs: grouped(rows.flatMap(ecsNames)),
    own: new Set(own.flatMap((one) => (isPipeline(one) ? [] : (one.fields ?? [])))),
    sigmaAlone: grouped(unnamed.flatMap((row) => (row.sigma ?? []).map((name) => [name, row] as const))),
    ecsAlone: grouped(unnamed.flatMap((row) => (row.ecs ?? []).map((name) => [name, row] as const))),
    prefixes: {
      toEcs: rows.filter((row) => isPrefix(row) && row.direction !== 'to-sigma'),
      toSigma: rows.filter((row) => isPrefix(row) && row.direction !== 'to-ecs'),
    },
    pipelines,
    tags: tables.flatMap((table) => table.tags ?? []),
    stems: new Set(logSources.flatMap((row) => row.indices ?? []).map(stem)),
    types: new Map(Object.entries(types).flatMap(([type, fields]) => fields.map((field) => [field, type]))),
  };
}

/** Equal for log sources of the same category, product and service. */
export function sourceKey({ category, product, service }: LogSource): string {
  return JSON.stringify([category, product, service]);
}

function readyRow(row: LogSourceRow): ReadyRow {
  return {
    row,
    where: (row.where ?? []).map(readyTest),
    absorb: (row.absorb ?? []).map((test) => ({ test, within: new Set(test.within.map(String)) })),
    stems: row.saidByIndex ? (row.indices ?? []).map(stem) : undefined,
    searched: new Set((row.indices ?? []).map(stem)),
    datasets: new Set(
      (row.indices ?? []).flatMap((index) => /^logs-([a-z0-9_]+\.[a-z0-9_]+)[-*]/.exec(index)?.[1] ?? []),
    ),
  };
}

function readyTest(test: ImpliedTest): ReadyTest {
  const others = (test.also ?? []).map(({ field = test.field, is, isNot, effect }) => ({
    key: saying(field, is ?? isNot ?? [], isNot !== undefined),
    ...(effect && { effect }),
  }));
  return {
    test,
    spellings: [{ key: saying(test.field, test.is, false) }, ...others],
    because: `the log source stands for ${test.field} ${test.is.join(', ')}`,
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

/** Rows for the fields that begin alike: `aws.*` ↔ `cloud.aws.*`. */
function isPrefix({ sigma, ecs, source }: FieldRow): boolean {
  return source === pipedSource && sigma !== anyField && sigma.endsWith(anyField) && ecs.endsWith(anyField);
}

/** `logs-okta.system-*` and `logs-okta.system*` are one. */
export function stem(index: string): string {
  return index.replace(/[-*.]+$/, '');
}
