import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { Automaton } from '../../../src/match/automaton.ts';
import { expressionTest } from '../../../src/match/expression.ts';
import { canonical } from '../../../src/query/expression/canonical.ts';
import { foldCase } from '../../../src/query/expression/case.ts';
import type { Expression } from '../../../src/query/expression/expression.ts';
import { parseLucene } from '../../../src/query/expression/parse-lucene.ts';
import { parsePcre } from '../../../src/query/expression/parse-pcre.ts';
import { printLucene } from '../../../src/query/expression/print-lucene.ts';
import { printPcre } from '../../../src/query/expression/print-pcre.ts';
import { searchOf } from '../../../src/query/expression/search.ts';
import { writtenLucene } from '../../../src/query/regex.ts';
import { luceneTrees, pcreTrees, plainTrees, texts } from './trees.ts';

const shape = (tree: Expression) => printLucene(canonical(tree, true));
const matches = (tree: Expression, text: string) => new Automaton(tree).test(text);

describe('a tree that was printed is that tree again', () => {
  test('in Lucene', () => {
    fc.assert(
      fc.property(luceneTrees, (tree) => {
        expect(shape(parseLucene(printLucene(tree)))).toBe(shape(tree));
      }),
      { numRuns: 2000 },
    );
  });

  test('in PCRE', () => {
    fc.assert(
      fc.property(plainTrees, (tree) => {
        expect(shape(parsePcre(printPcre(tree), 's'))).toBe(shape(tree));
      }),
      { numRuns: 2000 },
    );
  });
});

test('the canonical shape matches the same texts, and is its own', () => {
  fc.assert(
    fc.property(luceneTrees, fc.array(texts, { maxLength: 8 }), (tree, values) => {
      const one = canonical(tree, true);
      expect(shape(one)).toBe(shape(tree));
      for (const value of values) expect([value, matches(one, value)]).toEqual([value, matches(tree, value)]);
    }),
    { numRuns: 2000 },
  );
});

test('where case does not count, so does the shape with small letters', () => {
  fc.assert(
    fc.property(luceneTrees, fc.array(texts, { maxLength: 8 }), (tree, values) => {
      const [one, other] = [foldCase(canonical(tree, false)), foldCase(tree)];
      for (const value of values)
        expect([value, matches(one, value)]).toEqual([value, matches(other, value)]);
    }),
    { numRuns: 2000 },
  );
});

/** What JavaScript makes of an expression of PCRE: the same, for what the trees have. */
const judged = (pcre: string, flags: string) => new RegExp(pcre, `s${flags}`);

test('a search means the same as an expression for the whole value, if it can be said', () => {
  let said = 0;
  fc.assert(
    fc.property(pcreTrees, fc.boolean(), fc.array(texts, { maxLength: 12 }), (tree, cased, values) => {
      const pcre = printPcre(tree);
      const search = judged(pcre, cased ? '' : 'i');
      const whole = writtenLucene(pcre, { flavour: 'pcre', caseSensitive: cased, flags: 's' });
      if (!whole.ok) {
        expect(whole.diagnostics.map(({ code }) => code)).toEqual(['loss/regex-flavour']);
        return;
      }
      said += 1;
      const { text, caseSensitive } = whole.value;
      const read = parseLucene(text);
      for (const value of values)
        expect([pcre, text, value, matches(caseSensitive ? read : foldCase(read), value)]).toEqual([
          pcre,
          text,
          value,
          search.test(value),
        ]);
    }),
    { numRuns: 2000 },
  );
  expect(said).toBeGreaterThan(1200);
});

test('there, back and there again finds the same', () => {
  fc.assert(
    fc.property(plainTrees, fc.array(texts, { maxLength: 12 }), (tree, values) => {
      const search = judged(printPcre(searchOf(tree)), '');
      for (const value of values) expect([value, search.test(value)]).toEqual([value, matches(tree, value)]);
    }),
    { numRuns: 2000 },
  );
});

test('a folded expression is what JavaScript finds without regard to case', () => {
  fc.assert(
    fc.property(plainTrees, fc.array(texts, { maxLength: 12 }), (tree, values) => {
      const search = judged(printPcre(searchOf(tree)), 'i');
      for (const value of values)
        expect([value, matches(foldCase(tree), value)]).toEqual([value, search.test(value)]);
    }),
    { numRuns: 2000 },
  );
});

test('the matcher finds what the automaton finds, by whatever way', () => {
  fc.assert(
    fc.property(
      luceneTrees,
      fc.boolean(),
      fc.array(texts, { maxLength: 8 }),
      (tree, caseSensitive, values) => {
        const text = printLucene(tree);
        const found = expressionTest(text, { flavour: 'lucene', caseSensitive });
        const own = new Automaton(caseSensitive ? tree : foldCase(tree));
        for (const value of values)
          expect([text, value, found(value)]).toEqual([text, value, own.test(value)]);
      },
    ),
    { numRuns: 2000 },
  );
});
