import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { dsl } from '../../src/languages/dsl/index.ts';
import { eql } from '../../src/languages/eql/index.ts';
import { kql } from '../../src/languages/kql/index.ts';
import type { Event } from '../../src/match/event.ts';
import { match } from '../../src/match/match.ts';
import { and, filter, not, or } from '../../src/query/build.ts';
import { many, one, pattern } from '../../src/query/pattern.ts';
import type { Predicate, Query, Value } from '../../src/query/query.ts';
import { must } from '../support/laws.ts';
import { existenceOf, listOf, rangeOf } from '../support/small-tests.ts';
import { witnesses } from '../support/witnesses.ts';

/** Few fields and few values, so that events meet the tests of a tree often. */
const field = fc.constantFrom('a', 'b', 'c.d', '__proto__');
const text = fc.oneof(
  fc.constantFrom(
    'x',
    'X',
    'x y',
    '*',
    '?',
    'x*',
    '\\',
    '"',
    '5',
    'true',
    'not',
    '',
    ' x',
    "x'",
    'é',
    'İ',
    '10.0.0.0/8',
  ),
  fc.string({ unit: fc.constantFrom('x', 'Y', '*', '?', '\\', '"', ' ', '/', '('), maxLength: 4 }),
);
const withWildcards = fc
  .array(fc.oneof(text, fc.constantFrom(many, one)), { minLength: 1, maxLength: 3 })
  .map((parts): Value => pattern(parts));
const value: fc.Arbitrary<Value> = fc.oneof(
  { weight: 4, arbitrary: text.map((plain): Value => [plain]) },
  { weight: 3, arbitrary: withWildcards },
  { weight: 2, arbitrary: fc.constantFrom<Value>(5, -1.5, true, false, null) },
);
const leaf: fc.Arbitrary<Predicate> = fc.oneof(
  {
    weight: 6,
    arbitrary: listOf(field, value),
  },
  { weight: 1, arbitrary: existenceOf(field) },
  {
    weight: 2,
    arbitrary: rangeOf(field, 5, -1, '5', 'x', '2024-01-31'),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('regex' as const),
      field,
      patterns: fc.array(fc.constantFrom('x+', 'x|Y', '[xY].*', '\\*'), { minLength: 1, maxLength: 2 }),
      quantifier: fc.constantFrom('any' as const, 'all' as const),
      flavour: fc.constant('lucene' as const),
      caseSensitive: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.boolean().map((truth): Predicate => ({ kind: 'constant', value: truth })) },
);
const tree: fc.Arbitrary<Predicate> = fc.letrec<{ tree: Predicate }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    tie('tree').map(not),
    fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map(and),
    fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map(or),
  ),
})).tree;
const query = fc
  .tuple(tree, fc.option(fc.constantFrom('process', 'a b'), { nil: undefined }))
  .map(([where, category]) => filter(where, category));

const found = (asked: Query, events: readonly Event[]) => match(asked, events).map(({ events: [at] }) => at);

/** A language, and how many of 1000 trees it has words for, at the least. */
describe.each([
  ['eql', eql, 950],
  ['kql', kql, 250],
  ['dsl', dsl, 950],
] as const)('what %s has said', (_, language, least) => {
  test('finds the events that were meant, and no others', () => {
    let printed = 0;
    fc.assert(
      fc.property(query, (asked) => {
        const outcome = language.print(asked);
        if (!outcome.ok) return;
        printed += 1;
        const events = witnesses(asked);
        const again = must(language.parse(outcome.value));
        expect(found(again, events), outcome.value).toEqual(found(asked, events));
      }),
      { numRuns: 1000, seed: 11 },
    );
    expect(printed).toBeGreaterThanOrEqual(least);
  });
});
