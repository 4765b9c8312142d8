import fc from 'fast-check';
import { expect, test } from 'vitest';

import { occurrenceOf, testOf } from '../../../src/match/predicate.ts';
import { and, not, or } from '../../../src/query/build.ts';
import { differences } from '../../../src/query/change/difference.ts';
import { mergePredicates } from '../../../src/query/change/merge-predicates.ts';
import { mergeQueries } from '../../../src/query/change/merge-queries.ts';
import { normal, normalPredicate, spell } from '../../../src/query/normal.ts';
import type { Predicate } from '../../../src/query/query.ts';
import { pairOfQueries } from '../../support/small-queries.ts';

function has(field: string, values: readonly string[]): Predicate {
  const patterns = values.map((value) => [value]);
  return { kind: 'equals', field, values: patterns, quantifier: 'any', caseSensitive: true };
}

const letters = ['a', 'b', 'c'];
const fields = ['f', 'g', 'h'];
const leaf = fc
  .tuple(fc.constantFrom(...fields), fc.subarray(letters, { minLength: 1 }), fc.boolean())
  .map(([field, values, isNegated]) => (isNegated ? not(has(field, values)) : has(field, values)));
const { where } = fc.letrec<{ where: Predicate }>((tie) => ({
  where: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.array(tie('where'), { minLength: 2, maxLength: 3 }).map(and),
    fc.array(tie('where'), { minLength: 2, maxLength: 3 }).map(or),
    tie('where').map(not),
  ),
}));

const runs = { numRuns: 700 };
const said = (tree: Predicate) => spell(normalPredicate(tree));
const merged = (base: Predicate, ours: Predicate, theirs: Predicate) => {
  const { where: tree, clashes } = mergePredicates({ base, ours, theirs });
  return { said: said(tree), clashes };
};

test('what one side alone changed is taken, and what both changed alike', () => {
  fc.assert(
    fc.property(where, where, (base, other) => {
      expect(merged(base, base, other)).toEqual({ said: said(other), clashes: [] });
      expect(merged(base, other, base)).toEqual({ said: said(other), clashes: [] });
      expect(merged(base, other, other)).toEqual({ said: said(other), clashes: [] });
    }),
    runs,
  );
});

test('where nothing clashes, it does not matter which side is which', () => {
  let clean = 0;
  fc.assert(
    fc.property(where, where, where, (base, ours, theirs) => {
      const [one, other] = [merged(base, ours, theirs), merged(base, theirs, ours)];
      expect(one.clashes.length === 0).toBe(other.clashes.length === 0);
      if (one.clashes.length > 0) return;
      clean += 1;
      expect(one.said).toBe(other.said);
    }),
    runs,
  );
  expect(clean).toBeGreaterThan(50);
});

const values = fc.subarray(letters, { minLength: 1 });
const lists = fc.record({ f: values, g: values, h: values });
type Lists = { readonly [field: string]: readonly string[] };
const treeOf = (all: Lists, excluded: readonly string[] = []) =>
  and([
    ...fields.slice(0, 2).map((field) => has(field, all[field]!)),
    ...(excluded.length > 0 ? [not(has('h', excluded))] : []),
  ]);
const events = letters.flatMap((f) => letters.flatMap((g) => letters.map((h) => ({ f, g, h }))));
const matched = (tree: Predicate, event: object) => testOf(tree)(occurrenceOf(event as never));

test('an event whose verdict one side alone changed gets that verdict, where the sides changed lists of different fields', () => {
  fc.assert(
    fc.property(lists, values, values, (all, here, there) => {
      const base = treeOf(all);
      const [ours, theirs] = [treeOf({ ...all, f: here }), treeOf({ ...all, g: there })];
      const both = mergePredicates({ base, ours, theirs });
      expect(both.clashes).toEqual([]);
      expect(said(both.where)).toBe(said(treeOf({ ...all, f: here, g: there })));
      for (const event of events) {
        const [b, o, t] = [base, ours, theirs].map((tree) => matched(tree, event));
        // What one side added within another field is asked for there as well.
        if (b === o && b === t) continue;
        if (o === b && t === false) expect(matched(both.where, event)).toBe(false);
        if (t === b && o === false) expect(matched(both.where, event)).toBe(false);
        if (o === t) expect(matched(both.where, event)).toBe(o);
        const isOwn = all['g']!.every((value) => there.includes(value));
        if (b === false && o === true && isOwn) expect(matched(both.where, event)).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});

test('what was added to one list on both sides is all there, and what was taken away on either is not', () => {
  fc.assert(
    fc.property(values, values, values, (was, here, there) => {
      const tree = (list: readonly string[]) => treeOf({ f: ['a'], g: ['a'] }, list);
      const { where: both, clashes } = mergePredicates({
        base: tree(was),
        ours: tree(here),
        theirs: tree(there),
      });
      if (clashes.length > 0) return;
      const stays = letters.filter((value) =>
        was.includes(value)
          ? here.includes(value) && there.includes(value)
          : here.includes(value) || there.includes(value),
      );
      expect(said(both)).toBe(said(tree(stays)));
    }),
    { numRuns: 500 },
  );
});

test('the same of queries of several events', () => {
  fc.assert(
    fc.property(pairOfQueries, ([base, other]) => {
      const spelled = (ours: typeof base, theirs: typeof base) => {
        const { query, clashes } = mergeQueries({ base, ours, theirs });
        return [spell(query), clashes];
      };
      const meant = [spell(normal(other)), []];
      expect(spelled(base, other)).toEqual(meant);
      expect(spelled(other, base)).toEqual(meant);
      expect(spelled(other, other)).toEqual(meant);
    }),
    { numRuns: 500 },
  );
});

test('two predicates differ in nothing, or in what is told', () => {
  fc.assert(
    fc.property(where, where, (a, b) => {
      expect(differences(a, b).length === 0).toBe(said(a) === said(b));
      expect(differences(a, a)).toEqual([]);
    }),
    runs,
  );
});
