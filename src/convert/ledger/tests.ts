import type { Use } from '../../mapping/telling.ts';
import { isFieldTest, sameTree } from '../../query/walk.ts';
import type { Files } from '../seen-rows.ts';
import { rowIn } from '../seen-rows.ts';
import type { Journey } from './journey.ts';
import type { Leaf } from './leaves.ts';
import type { AppliedRow, Becoming, Construct, LedgerEntry } from './ledger.ts';
import type { LocatedLeaf } from './located.ts';
import { takenBySource } from './sources.ts';
import { twinsOf } from './twins.ts';

/** How the tests of a rule came to stand in what was written. */
export interface Crossing {
  readonly journey: Journey;
  readonly written: readonly LocatedLeaf[];
  readonly files: Files;
}

/** A line for each test of the rule that was read. */
export function testEntries(read: readonly LocatedLeaf[], crossing: Crossing): readonly LedgerEntry[] {
  return read.map((leaf) => testEntry(leaf, crossing));
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

function testEntry(leaf: LocatedLeaf, { journey, written, files }: Crossing): LedgerEntry {
  const uses = journey.uses.filter((use) => isAbout(use, leaf));
  const meant = journey.renamed.filter((one) => isMadeOf(one, leaf, uses));
  const names = new Set(uses.length > 0 ? uses.map(({ name }) => name) : leaf.fields);
  for (const { fields } of meant) for (const field of fields) names.add(field);
  const twins = twinsOf(leaf, meant, names, written);
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

/** A row may have been applied to some of the values of a list: the place is that of the whole test. */
function isAbout({ field, test }: Use, leaf: Leaf): boolean {
  if (!leaf.fields.includes(field)) return false;
  if (test === undefined) return !isFieldTest(leaf.test);
  if (!isFieldTest(leaf.test)) return false;
  if (leaf.span && test.span) return isSameSpan(leaf, test);
  return test.kind === leaf.test.kind && asksWithin(test, leaf);
}

function asksWithin(test: NonNullable<Use['test']>, leaf: Leaf): boolean {
  if (test.kind !== 'equals' || leaf.test.kind !== 'equals') return sameTree(test, leaf.test);
  const { values } = leaf.test;
  return test.values.every((value) => values.some((one) => sameTree(one, value)));
}

function isMadeOf(renamed: Leaf, leaf: Leaf, uses: readonly Use[]): boolean {
  if (!renamed.fields.some((field) => uses.some(({ name }) => name === field))) return false;
  return leaf.span !== undefined && renamed.span !== undefined && isSameSpan(leaf, renamed);
}

function isSameSpan({ span: a }: Pick<Leaf, 'span'>, { span: b }: { readonly span?: Leaf['span'] }): boolean {
  return a !== undefined && b !== undefined && a.start === b.start && a.end === b.end;
}

/** The row of a table that was applied to a name. */
export function appliedRow({ row }: Use, files: Files): readonly AppliedRow[] {
  if (row === undefined) return [];
  const { file } = rowIn(row, files);
  const names = 'because' in row ? 'a name of one side alone' : `${row.sigma} <-> ${row.ecs}`;
  return [{ names, source: row.source, ...(file !== undefined && { file }) }];
}
