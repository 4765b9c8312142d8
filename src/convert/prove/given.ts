import type { Effect } from '../../diagnostic/diagnostic.ts';
import type { Change, FieldRow, UnnamedRow } from '../../mapping/table.ts';
import { and, not, or } from '../../query/build.ts';
import type { Predicate } from '../../query/query.ts';
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

type Way = Omit<WayBack, 'apart'>;

/** What is declared of the tests of a question: approximations, and fields that are the same under two names. */
export function givenByTests(back: Way): Given {
  const facts: Predicate[] = [];
  const apart = new Set<string>();
  back.trace.parts.forEach((part, index) => {
    for (const test of part.tests) {
      const home = homeOf(test, part, index, back);
      const isHome = spelling(home) === spelling(test.leaf);
      if (isHome && test.effect === undefined) continue;
      if (isHome) for (const leaf of leavesOf(test.became)) apart.add(leaf);
      facts.push(...factsOf(test, isHome ? test.became : home));
    }
  });
  return { facts, apart };
}

function homeOf({ became }: TestTrace, part: PartTrace, index: number, back: Way): Predicate {
  return predicateBack(became, part, renamingBack({ ...back, apart: new Set() }, part, index, became));
}

function leavesOf(where: Predicate): readonly string[] {
  const found: string[] = [];
  mapLeaves(where, (leaf) =>
    mapLeaves(splitUp(leaf), (one) => {
      found.push(spelling(one));
      return one;
    }),
  );
  return found;
}

/**
 * What is known of a test that comes back as another. One of the same field has to be the same without being told, unless a
 * row says that its values have several spellings.
 */
function factsOf({ leaf, effect, rows }: TestTrace, home: Predicate): readonly Predicate[] {
  if (effect !== undefined) return standing(leaf, home, effect);
  const [own, others] = [fieldsOf(leaf), fieldsOf(home)];
  const isOne = own.length === others.length && own.every((field) => others.includes(field));
  return isOne && !rows.some(hasSpellings) ? [] : same(leaf, home);
}

/** Changes of which one side has several values for one of the other. */
const spelled: ReadonlySet<string> = new Set<Change['kind']>([
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
