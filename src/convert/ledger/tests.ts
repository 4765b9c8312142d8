import type { Use } from '../../mapping/telling.ts';
import { sameTree } from '../../query/walk.ts';
import type { Files } from '../seen-rows.ts';
import { rowIn } from '../seen-rows.ts';
import type { Journey } from './journey.ts';
import type { Leaf } from './leaves.ts';
import type { AppliedRow, Becoming, Construct, LedgerEntry } from './ledger.ts';
import type { LocatedLeaf } from './located.ts';
import { takenBySource } from './sources.ts';
import { tracesOf } from './traces.ts';
import { twinsAmong } from './twins.ts';

/** How the tests of a rule came to stand in what was written. */
export interface Crossing {
  readonly journey: Journey;
  readonly written: readonly LocatedLeaf[];
  readonly files: Files;
}

/** A line for each test of the rule that was read. */
export function testEntries(
  read: readonly LocatedLeaf[],
  { journey, written, files }: Crossing,
): readonly LedgerEntry[] {
  const [traceOf, twinsOf] = [tracesOf(journey), twinsAmong(written)];
  return read.map((leaf) => {
    const { uses, renamed } = traceOf(leaf);
    const names = new Set(uses.length > 0 ? uses.map(({ name }) => name) : leaf.fields);
    for (const { fields } of renamed) for (const field of fields) names.add(field);
    const twins = twinsOf(leaf, renamed, names);
    const bySource = twins.length === 0 ? takenBySource(leaf, journey.sources) : undefined;
    const target = twins.length > 0 ? asOne(twins) : bySource?.target;
    return {
      kind: 'test',
      became: becameOf(leaf, twins),
      source: constructOf(leaf),
      ...(target && { target }),
      rows: [...uses.flatMap((use) => appliedRow(use, files)), ...(bySource?.rows ?? [])],
      findings: [],
    };
  });
}

/** The same of a query that was not touched: each test stands where it stood. */
export function sameTestEntries(
  read: readonly LocatedLeaf[],
  written: readonly LocatedLeaf[],
): readonly LedgerEntry[] {
  return read.map((leaf, index) => {
    const twin = written[index] ?? leaf;
    const [source, target] = [constructOf(leaf), asOne([twin])];
    return { kind: 'test', became: 'kept', source, target, rows: [], findings: [] };
  });
}

function becameOf({ test }: Leaf, twins: readonly Leaf[]): Becoming {
  const [twin, ...more] = twins;
  return twin && more.length === 0 && sameTree(test, twin.test) ? 'kept' : 'changed';
}

function constructOf({ words, place, fields }: LocatedLeaf): Construct {
  const [path] = fields;
  return { words, places: place ? [place] : [], ...(path !== undefined && { path }) };
}

function asOne(leaves: readonly LocatedLeaf[]): Construct {
  const [first] = leaves;
  const path = first?.fields[0];
  return {
    words: [...new Set(leaves.map(({ words }) => words))].join('; '),
    places: leaves.flatMap(({ place }) => place ?? []),
    ...(path !== undefined && { path }),
  };
}

/** The row of a table that was applied to a name. */
export function appliedRow({ row }: Use, files: Files): readonly AppliedRow[] {
  if (row === undefined) return [];
  const { file } = rowIn(row, files);
  const names = 'because' in row ? 'a name of one side alone' : `${row.sigma} <-> ${row.ecs}`;
  return [{ names, source: row.source, ...(file !== undefined && { file }) }];
}
