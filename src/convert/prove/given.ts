import type { Effect } from '../../diagnostic/diagnostic.ts';
import type { Change, FieldRow, UnnamedRow } from '../../mapping/table.ts';
import { and, not, or } from '../../query/build.ts';
import { normalPredicate } from '../../query/normal.ts';
import { many } from '../../query/pattern.ts';
import type { Equals, Pattern, Predicate } from '../../query/query.ts';
import { fieldsOf, isFieldTest, mapLeaves, predicates } from '../../query/walk.ts';
import { predicateBack, renamingBack, spelled as spelling, splitUp, type WayBack } from './back.ts';
import type { PartTrace, TestTrace } from './trace.ts';

/** What the tables declare of how tests stand to what they have become, in the names of what was read. */
export interface Given {
  /** They hold of every event. */
  readonly facts: readonly Predicate[];
  /** What tests have become that keeps its name on the way back. */
  readonly apart: ReadonlySet<string>;
  /** The fields of these. */
  readonly fields: ReadonlySet<string>;
  /** Tests that are the same as others, by their spelling. */
  readonly twins: ReadonlyMap<string, Predicate>;
}

/** What each test of what was written is called back, part by part, by its spelling. */
export type Homes = readonly ReadonlyMap<string, Home>[];

export interface Home {
  readonly test: Predicate;
  /** No row says that it comes only near. */
  readonly isSame: boolean;
}

/**
 * What is declared of the tests of a question: approximations, fields that are the same under two names, and what their
 * values are like.
 */
export function givenByTests(back: WayBack, homes: Homes): Given {
  const tests = back.trace.parts.flatMap((part, index) =>
    part.tests
      .filter((test) => !isOfNothing(test, part))
      .map((test): Followed => ({ test, leaves: leavesOf(test.became, part, index, back, homes[index]) })),
  );
  const near = tests.filter(comesNear).flatMap(({ leaves }) => [...leaves]);
  const strange = homes.flatMap((part) => [...part]).filter(([, { isSame }]) => !isSame);
  const apart = new Set([...near, ...strange].map(([key]) => key));
  const known = tests.map((one) => ({ one, twin: twinOf(one, apart) }));
  return {
    facts: known.flatMap(({ one, twin }) => [...ofValues(one.test), ...ofTest(one, twin)]),
    apart,
    fields: new Set(near.flatMap(([, { leaf }]) => fieldsOf(leaf))),
    twins: new Map(
      known.flatMap(({ one: { test }, twin }) =>
        twin.isSame ? [[spelling(test.leaf), twin.test] as const] : [],
      ),
    ),
  };
}

/** What no event of the other side has comes to nothing there, and nothing follows from that for what was read. */
function isOfNothing({ leaf }: TestTrace, { without }: PartTrace): boolean {
  return isFieldTest(leaf) && without.has(leaf.field);
}

/** A test with what it has become, test by test: by its spelling, with what that is called back. */
interface Followed {
  readonly test: TestTrace;
  readonly leaves: ReadonlyMap<string, Home & { readonly leaf: Predicate }>;
}

/** Whether what a test has become would come back as what it only comes near to. */
function comesNear({ test, leaves }: Followed): boolean {
  const homes = [...leaves.values()];
  if (homes.some(({ isSame }) => !isSame)) return true;
  return (
    test.effect !== undefined &&
    hasSameFields(
      [test.leaf],
      homes.map((home) => home.test),
    )
  );
}

/** What a test has become, by the names of what was read, and whether that is the same. */
function twinOf({ test, leaves }: Followed, apart: ReadonlySet<string>): Home {
  const { became, effect } = test;
  const isApart = [...leaves.keys()].some((key) => apart.has(key));
  const other = mapTests(became, (one, key) => (apart.has(key) ? one : leaves.get(key)!.test));
  return { test: other, isSame: effect === undefined && (isApart || isSameTest(test, other)) };
}

function ofTest({ test: { leaf, effect } }: Followed, twin: Home): readonly Predicate[] {
  if (effect !== undefined) return standing(leaf, twin.test, effect);
  return twin.isSame && spelling(leaf) !== spelling(twin.test) ? same(leaf, twin.test) : [];
}

function leavesOf(
  became: Predicate,
  part: PartTrace,
  index: number,
  back: WayBack,
  homes: Homes[number] = new Map(),
): Followed['leaves'] {
  const renaming = renamingBack(back, part, index, became);
  const leaves = new Map<string, Home & { readonly leaf: Predicate }>();
  mapTests(became, (leaf, key) => {
    const home = homes.get(key) ?? { test: predicateBack(leaf, part, renaming), isSame: true };
    leaves.set(key, { ...home, leaf });
    return leaf;
  });
  return leaves;
}

/** Every test of a predicate in its normal form, of one value each, with its spelling. */
function mapTests(where: Predicate, change: (test: Predicate, key: string) => Predicate): Predicate {
  return mapLeaves(normalPredicate(where), (leaf) =>
    mapLeaves(splitUp(leaf), (one) => change(one, spelling(one))),
  );
}

/**
 * Tests of the same field have to be the same without being told, unless a row says that its values have several spellings, or
 * they are addresses, whose beginnings are networks.
 */
function isSameTest({ leaf, became, rows }: TestTrace, home: Predicate): boolean {
  const isTold = rows.some(hasSpellings) || (leaf.kind !== 'cidr' && asksForNetworks(became));
  return isTold || !hasSameFields([leaf], [home]);
}

function asksForNetworks(where: Predicate): boolean {
  for (const part of predicates(where)) if (part.kind === 'cidr') return true;
  return false;
}

function hasSameFields(some: readonly Predicate[], others: readonly Predicate[]): boolean {
  const [own, theirs] = [some, others].map((wheres) => new Set(wheres.flatMap(fieldsOf)));
  return own!.size === theirs!.size && [...own!].every((field) => theirs!.has(field));
}

/** An account has one backslash, between domain and name, which have none; a truth value has one spelling. */
function ofValues({ leaf, rows }: TestTrace): readonly Predicate[] {
  const accounts = rows.flatMap((row) => ('change' in row && row.change?.kind === 'account' ? [row] : []));
  const facts = accounts.flatMap(({ sigma, ecs, change }) => [
    not(holding(sigma, [many, '\\', many, '\\', many])),
    ...[ecs, ...(change?.kind === 'account' ? [change.domain] : [])].map((field) =>
      not(holding(field, [many, '\\', many])),
    ),
  ]);
  return [...facts, ...ofTruth(leaf)];
}

function ofTruth(leaf: Predicate): readonly Predicate[] {
  if (leaf.kind !== 'equals') return [];
  const truths = leaf.values.filter((value) => typeof value === 'boolean');
  return truths.map((value) => {
    const text = holding(leaf.field, [String(value)]);
    return implies(text, { ...text, caseSensitive: true });
  });
}

function holding(field: string, value: Pattern): Equals {
  return { kind: 'equals', field, values: [value], quantifier: 'any', caseSensitive: false };
}

/** Changes of which one side has several values for one of the other. */
const spelled: ReadonlySet<string> = new Set<Change['kind']>([
  'account',
  'empty',
  'otherwise',
  'presence',
  'registry-number',
  'registry-path',
  'words',
]);

function hasSpellings(row: FieldRow | UnnamedRow): boolean {
  return 'change' in row && row.change !== undefined && spelled.has(row.change.kind);
}

/** What an effect says of a test and what stands for it. */
export function standing(
  test: Predicate,
  other: Predicate,
  effect: Effect | undefined,
): readonly Predicate[] {
  if (effect === undefined) return same(test, other);
  if (effect === 'broader') return [implies(test, other)];
  return effect === 'narrower' ? [implies(other, test)] : [];
}

export function implies(one: Predicate, other: Predicate): Predicate {
  return or([not(one), other]);
}

function same(one: Predicate, other: Predicate): readonly Predicate[] {
  return [and([implies(one, other), implies(other, one)])];
}
