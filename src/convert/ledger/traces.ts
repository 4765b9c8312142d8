import type { Use } from '../../mapping/telling.ts';
import { isFieldTest, sameTree } from '../../query/walk.ts';
import type { Span } from '../../source/source.ts';
import type { Journey } from './journey.ts';
import type { Leaf } from './leaves.ts';

/** What the tables did to a test: the rows, and what became of it in the other names. */
export interface Trace {
  readonly uses: readonly Use[];
  readonly renamed: readonly Leaf[];
}

/** Of what has no place, so many are looked through. */
const looked = 200;

/** Looks over a journey once, and finds the traces of each test. */
export function tracesOf({ uses, renamed }: Journey): (leaf: Leaf) => Trace {
  const [placed, loose] = [new Map<string, Use[]>(), new Map<string, Use[]>()];
  for (const use of uses) {
    const span = use.test?.span;
    if (span) put(placed, `${use.field} ${keyOf(span)}`, use);
    else put(loose, use.field, use);
    if (span) put(loose, `${use.field} anywhere`, use);
  }
  const bySpan = new Map<string, Leaf[]>();
  for (const leaf of renamed) if (leaf.span) put(bySpan, keyOf(leaf.span), leaf);
  return (leaf) => {
    const own = leaf.fields.flatMap((field) => usesOf(leaf, field, placed, loose));
    const names = new Set(own.map(({ name }) => name));
    const there = leaf.span ? (bySpan.get(keyOf(leaf.span)) ?? []) : [];
    return { uses: own, renamed: there.filter(({ fields }) => fields.some((field) => names.has(field))) };
  };
}

function usesOf(
  leaf: Leaf,
  field: string,
  placed: ReadonlyMap<string, readonly Use[]>,
  loose: ReadonlyMap<string, readonly Use[]>,
): readonly Use[] {
  const here = leaf.span ? (placed.get(`${field} ${keyOf(leaf.span)}`) ?? []) : [];
  const others = leaf.span ? [] : (loose.get(`${field} anywhere`) ?? []);
  const free = [...(loose.get(field) ?? []), ...others].slice(0, looked);
  return [...(isFieldTest(leaf.test) ? here : []), ...free.filter((use) => isAbout(use, leaf))];
}

/** A row may have been applied to some of the values of a list: the place is that of the whole test. */
function isAbout({ test }: Use, leaf: Leaf): boolean {
  if (test === undefined) return !isFieldTest(leaf.test);
  if (!isFieldTest(leaf.test) || test.kind !== leaf.test.kind) return false;
  if (test.kind !== 'equals' || leaf.test.kind !== 'equals') return sameTree(test, leaf.test);
  const { values } = leaf.test;
  return test.values.every((value) => values.some((one) => sameTree(one, value)));
}

function keyOf({ start, end }: Span): string {
  return `${start}-${end}`;
}

function put<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
