import { impliedTests } from '../mapping/log-source.ts';
import { nameIn, type Way } from '../mapping/lookup.ts';
import { anyField, type Mapping } from '../mapping/mapping.ts';
import { reasonsOf } from '../mapping/reasons.ts';
import { nameOf, spellPredicate, spellTest } from '../mapping/spell.ts';
import type { FieldRow, LogSourceRow, UnnamedRow } from '../mapping/table.ts';
import { knownNames, type Use } from '../mapping/telling.ts';
import { sameTree } from '../query/walk.ts';
import type { LogSource } from '../rule/rule.ts';
import { nearby, nearest } from '../source/near.ts';
import type { FieldSeen, LogSourceSeen } from './mapping-seen.ts';
import type { SourceUse } from './taxonomy.ts';

type Row = FieldRow | UnnamedRow | LogSourceRow;
export type Files = ReadonlyMap<Row, string>;

/** A run has one mapping, which is asked for each of its rules. */
const known = new WeakMap<Mapping, Files>();

/** The file of each row. */
export function filesOf(mapping: Mapping): Files {
  const files = known.get(mapping) ?? filesIn(mapping);
  known.set(mapping, files);
  return files;
}

function filesIn({ tables }: Mapping): Files {
  return new Map(
    tables.flatMap(({ file, title, logSources = [], fields = [], unnamed = [] }) =>
      [...logSources, ...fields, ...unnamed].map((row): [Row, string] => [row, file ?? title]),
    ),
  );
}

/** A row with the file that it stands in. */
export function rowIn<R extends Row>(
  row: R | undefined,
  files: Files,
): { readonly row?: R; readonly file?: string } {
  if (row === undefined) return {};
  const file = files.get(row) ?? files.get(originalOf(row, files));
  return { row, ...(file !== undefined && { file }) };
}

/** A row that was taken with another effect than it has by itself stands where it was made from. */
function originalOf(row: Row, files: Files): Row {
  const same = (one: Row) =>
    one.source === row.source && sameTree({ ...one, effect: 0 }, { ...row, effect: 0 });
  return [...files.keys()].find(same) ?? row;
}

export function sourceToEcs({ source, row }: SourceUse, mapping: Mapping, files: Files): LogSourceSeen {
  const names = [...mapping.bySource.values()].map(({ sigma }) => nameOf(sigma));
  return {
    source,
    ...rowIn(row, files),
    ...(row && { adds: [...categoryOf(row), ...impliedTests(row).map(spellPredicate)] }),
    indices: row?.indices ?? [],
    near: row ? [] : nearby(nameOf(source), names),
  };
}

function categoryOf({ category }: LogSourceRow): readonly string[] {
  return category === undefined ? [] : [`event.category: ${category}`];
}

export function sourceToSigma(
  { source, row, found, events }: SourceUse,
  indices: readonly string[],
  mapping: Mapping,
  files: Files,
): LogSourceSeen {
  const reasons = found && events && reasonsOf(found, events, mapping);
  return { source, ...rowIn(row, files), ...(reasons && { reasons }), indices, near: [] };
}

/** What became of each field, by which row. */
export function fieldsSeen(uses: readonly Use[], to: Asked, files: Files): readonly FieldSeen[] {
  const names = knownNames(to);
  return merged(uses).map((use, index) => fieldSeen(use, to, files, index < guessed ? names : []));
}

/** For so many fields it is told which names come near; nobody reads more, and each takes a look at all names. */
const guessed = 200;

type Merged = Use & { readonly asked: ReadonlySet<string> };

/** The tests of one field by one row with one effect, as one. */
function merged(uses: readonly Use[]): readonly Merged[] {
  const rows = new Map<unknown, number>();
  const known = new Map<string, Use & { readonly asked: Set<string> }>();
  for (const use of uses) {
    const row = use.row ?? use.without?.[0];
    const number = rows.get(row) ?? rows.size;
    rows.set(row, number);
    const key = JSON.stringify([use.field, use.name, number, use.effect]);
    const one = known.get(key) ?? { ...use, asked: new Set<string>() };
    known.set(key, one);
    for (const text of use.test ? spellTest(use.test) : []) one.asked.add(text);
  }
  return [...known.values()];
}

interface Asked {
  readonly mapping: Mapping;
  readonly logSource: LogSource;
  readonly way: Way;
}

function fieldSeen(
  { field, name, row, without, others, effect, asked }: Merged,
  to: Asked,
  files: Files,
  names: readonly string[],
): FieldSeen {
  const known = { field, name, asked: [...asked], others, ...rowIn(row, files), ...(effect && { effect }) };
  if (row && 'because' in row) return { ...known, found: 'unnamed', near: [], elsewhere: [] };
  if (without) return { ...known, found: 'unsayable', near: [], elsewhere: namesFrom(without, field, to) };
  if (row && row.sigma !== anyField) return { ...known, found: 'named', near: [], elsewhere: [] };
  const rows = (to.way === 'toEcs' ? to.mapping.bySigma : to.mapping.byEcs).get(field) ?? [];
  const elsewhere = namesFrom(rows, field, to);
  // A row for any name takes misspelt ones, too.
  if (row) return { ...known, found: 'named', near: [nearest(field, names) ?? []].flat(), elsewhere };
  return { ...known, found: 'unknown', near: nearby(field, names), elsewhere };
}

function namesFrom(rows: readonly FieldRow[], field: string, { way }: Asked): FieldSeen['elsewhere'] {
  return rows.map((row) => ({ name: nameIn(row, field, way), ...(row.scope && { scope: row.scope }) }));
}
