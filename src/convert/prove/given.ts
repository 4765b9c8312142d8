import type { Effect } from '../../diagnostic/diagnostic.ts';
import type { Change, FieldRow, UnnamedRow } from '../../mapping/table.ts';
import { and, not, or } from '../../query/build.ts';
import { normalPredicate } from '../../query/normal.ts';
import { many } from '../../query/pattern.ts';
import type { Equals, Pattern, Predicate } from '../../query/query.ts';
import { fieldsOf, mapLeaves } from '../../query/walk.ts';
import { predicateBack, renamingBack, spelled as spelling, splitUp, type WayBack } from './back.ts';
import type { PartTrace, TestTrace } from './trace.ts';

/** What the tables declare of how tests stand to what they have become, in the names of what was read. */
export interface Given {
  /** They hold of every event. */
  readonly facts: readonly Predicate[];
  /** What tests have become that keeps its name on the way back. */
  readonly apart: ReadonlySet<string>;
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
  const facts: Predicate[] = [];
  const apart = new Set<string>();
  back.trace.parts.forEach((part, index) => {
    for (const test of part.tests) {
      facts.push(...ofValues(test));
      const home = homeOf(test, part, index, back, homes[index]);
      const isApart = !home.isSame || (test.effect !== undefined && hasSameFields(test.leaf, home.test));
      if (isApart) for (const leaf of leavesOf(test.became)) apart.add(leaf);
      if (isApart || test.effect !== undefined)
        facts.push(...standing(test.leaf, isApart ? test.became : home.test, test.effect));
      else facts.push(...ofSameTest(test, home.test));
    }
  });
  return { facts, apart };
}

function homeOf(
  { became }: TestTrace,
  part: PartTrace,
  index: number,
  back: WayBack,
  homes: Homes[number] = new Map(),
): Home {
  const renaming = renamingBack(back, part, index, became);
  let isSame = true;
  const home = (one: Predicate) => {
    const known = homes.get(spelling(one));
    if (known && !known.isSame) isSame = false;
    return known?.test ?? predicateBack(one, part, renaming);
  };
  const test = mapLeaves(normalPredicate(became), (leaf) => mapLeaves(splitUp(leaf), home));
  return { test, isSame };
}

function leavesOf(where: Predicate): readonly string[] {
  const found: string[] = [];
  mapLeaves(normalPredicate(where), (leaf) =>
    mapLeaves(splitUp(leaf), (one) => {
      found.push(spelling(one));
      return one;
    }),
  );
  return found;
}

/** Tests of the same field have to be the same without being told, unless a row says that its values have several spellings. */
function ofSameTest({ leaf, rows }: TestTrace, home: Predicate): readonly Predicate[] {
  if (spelling(home) === spelling(leaf)) return [];
  return hasSameFields(leaf, home) && !rows.some(hasSpellings) ? [] : same(leaf, home);
}

function hasSameFields(one: Predicate, other: Predicate): boolean {
  const [own, others] = [fieldsOf(one), fieldsOf(other)];
  return own.length === others.length && own.every((field) => others.includes(field));
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
