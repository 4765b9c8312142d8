import fc from 'fast-check';

import type { FieldFacts } from '../../../src/languages/language.ts';
import { and, not, or } from '../../../src/query/build.ts';
import { many, one, pattern } from '../../../src/query/pattern.ts';
import type { Predicate, Value } from '../../../src/query/query.ts';

const name = fc.constantFrom(
  'a',
  'process.name',
  'book.*',
  'a b',
  'AND',
  'x:y',
  'constructor',
  'plain',
  'low',
  'address',
);
const text = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'+-&|!(){}[]<>^"~*?:\\/ aBu5=.'), maxLength: 6 }),
  fc.constantFrom('AND', 'or', 'NOT', 'TO', 'true', '__proto__', 'C:\\Windows\\', 'ß', 'Ä', 'null'),
);
const value: fc.Arbitrary<Value> = fc.oneof(
  text.map((plain) => [plain]),
  fc.array(fc.oneof(text, fc.constantFrom(many, one)), { minLength: 1, maxLength: 4 }).map(pattern),
  fc.boolean(),
  fc.constant(null),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
);
const quantifier = fc.constantFrom('any' as const, 'all' as const);
const bound = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
  text.filter((one) => one !== '' && one !== '*'),
  fc.constantFrom('5', 'now-1d/d', '=x'),
);
const expression = fc.constantFrom(
  'a.*',
  '[a-z]+/x',
  'C:\\\\',
  'a|b',
  '.*\\\\cmd\\.exe',
  '\\d{3}',
  '(x|Y)',
  '"q r"',
);

/** What Lucene has words for; whether case counts is for the caller to say. */
const leaf = (caseSensitive: fc.Arbitrary<boolean>): fc.Arbitrary<Predicate> =>
  fc.oneof(
    fc.record({
      kind: fc.constant('equals' as const),
      field: name,
      values: fc.array(value, { maxLength: 4 }),
      quantifier,
      caseSensitive,
    }),
    fc.record({
      kind: fc.constant('free-text' as const),
      values: fc.array(
        value.filter((one) => one !== null),
        { maxLength: 3 },
      ),
      quantifier,
      caseSensitive,
    }),
    fc.record({
      kind: fc.constant('range' as const),
      field: name,
      operator: fc.constantFrom('<' as const, '<=' as const, '>' as const, '>=' as const),
      value: bound,
    }),
    fc.record({
      kind: fc.constant('regex' as const),
      field: name,
      patterns: fc.array(expression, { minLength: 1, maxLength: 2 }),
      quantifier,
      flavour: fc.constant('lucene' as const),
      caseSensitive: fc.constant(true),
    }),
    fc.record({ kind: fc.constant('exists' as const), field: name }),
    fc.record({
      kind: fc.constant('cidr' as const),
      field: name,
      networks: fc.array(fc.constantFrom('10.0.0.0/8', 'fe80::/10', '127.0.0.1'), { maxLength: 2 }),
    }),
    fc.boolean().map((truth) => ({ kind: 'constant' as const, value: truth })),
    fc
      .constantFrom('a~2', 'f:"a b"~3', 'f:a~AUTO', 'f:x AND g:y')
      .map((said) => ({ kind: 'opaque' as const, language: 'lucene', text: said })),
  );

const treeOf = (part: fc.Arbitrary<Predicate>): fc.Arbitrary<Predicate> =>
  fc.letrec<{ tree: Predicate }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      part,
      tie('tree').map(not),
      fc.array(tie('tree'), { minLength: 2, maxLength: 3 }).map(and),
      fc.array(tie('tree'), { minLength: 2, maxLength: 3 }).map(or),
    ),
  })).tree;

export const sayablePredicate = treeOf(leaf(fc.constant(true)));
export const anyCasePredicate = treeOf(leaf(fc.boolean()));

/** Fields that are not keywords. */
export function factsOf(field: string): FieldFacts {
  const known: Readonly<Record<string, FieldFacts>> = {
    plain: { caseless: true },
    low: { lowered: 'low.caseless' },
    address: { type: 'ip' },
  };
  return Object.hasOwn(known, field) ? known[field]! : {};
}
