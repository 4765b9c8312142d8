import { sameTree } from '../../query/walk.ts';
import type { Leaf } from './leaves.ts';
import type { LocatedLeaf } from './located.ts';

/**
 * The tests of the written query that stand for one that was read: for each thing it asks for, the first that asks
 * for the same, or for what comes nearest to it, of one of these fields. `meant` is the test as the tables left it.
 */
export type FindTwins = (
  read: Leaf,
  meant: readonly Leaf[],
  names: ReadonlySet<string>,
) => readonly LocatedLeaf[];

/** So many values of a field are looked through for one that comes near. */
const looked = 500;

/** Looks over a written query once; rules may have tests by the thousand. */
export function twinsAmong(written: readonly LocatedLeaf[]): FindTwins {
  const fields = new Map<string, FieldTests>();
  written.forEach((leaf, order) => {
    for (const name of namesOf(leaf)) add(leaf, order, name, fields);
  });
  return (read, meant, names) => {
    const among = [...(names.size === 0 ? [none] : names)].flatMap((name) => fields.get(name) ?? []);
    const sought = meant.length > 0 ? meant : [read];
    const exact = sought.flatMap((one) => sameIn(among, one) ?? []);
    if (exact.length > 0) return [...new Set(exact)];
    const asked = sought.flatMap(({ asks }) => asks);
    const found = asked.flatMap((ask) => nearestIn(among, core(ask)) ?? []);
    if (found.length > 0) return inOrder(found);
    const all = new Set(among.flatMap(({ tests }) => tests));
    return all.size === 1 ? [...all] : [];
  };
}

/** The tests of one field, or those of none. */
interface FieldTests {
  readonly tests: LocatedLeaf[];
  readonly bySpelling: Map<string, LocatedLeaf[]>;
  readonly byValue: Map<string, Ordered>;
  /** The first values, to be looked through. */
  readonly values: (readonly [value: string, test: Ordered])[];
}

interface Ordered {
  readonly leaf: LocatedLeaf;
  readonly order: number;
}

/** Searches of no field are twins of each other. */
const none = '';

/** A sub-field stands for its field. */
function namesOf({ fields }: LocatedLeaf): ReadonlySet<string> {
  if (fields.length === 0) return new Set([none]);
  return new Set(fields.flatMap((field) => [field, field.replace(/\.(?:caseless|text)$/, '')]));
}

function add(leaf: LocatedLeaf, order: number, name: string, fields: Map<string, FieldTests>): void {
  const own: FieldTests = fields.get(name) ?? {
    tests: [],
    bySpelling: new Map(),
    byValue: new Map(),
    values: [],
  };
  fields.set(name, own);
  own.tests.push(leaf);
  const spelling = spellingOf(leaf);
  const same = own.bySpelling.get(spelling);
  if (same) same.push(leaf);
  else own.bySpelling.set(spelling, [leaf]);
  for (const ask of leaf.asks) {
    const value = core(ask);
    if (!own.byValue.has(value)) own.byValue.set(value, { leaf, order });
    if (value !== '' && own.values.length < looked) own.values.push([value, { leaf, order }]);
  }
}

/** What two tests have in common that are the same tree. */
function spellingOf({ test: { kind }, fields, asks }: Leaf): string {
  return JSON.stringify([kind, fields, asks]);
}

/** A rule may make one test several times over; the first will do. */
function sameIn(among: readonly FieldTests[], sought: Leaf): LocatedLeaf | undefined {
  const spelling = spellingOf(sought);
  for (const { bySpelling } of among) {
    const found = bySpelling.get(spelling)?.find(({ test }) => sameTree(test, sought.test));
    if (found) return found;
  }
  return undefined;
}

function nearestIn(among: readonly FieldTests[], wanted: string): Ordered | undefined {
  for (const { byValue } of among) {
    const same = byValue.get(wanted);
    if (same) return same;
  }
  if (wanted === '') return undefined;
  const values = among.flatMap((one) => one.values);
  return values.find(([value]) => value.includes(wanted) || wanted.includes(value))?.[1];
}

function inOrder(found: readonly Ordered[]): readonly LocatedLeaf[] {
  return [...new Set([...found].sort((a, b) => a.order - b.order).map(({ leaf }) => leaf))];
}

/** What is left of a value once case, wildcards and the signs around a name do not count. */
function core(ask: string): string {
  return ask.toLowerCase().replace(/[*?\\/."'^$|:@ ]/g, '');
}
