import fc from 'fast-check';
import { expect, test } from 'vitest';

import { kql } from '../../../src/languages/kql/index.ts';
import { said } from '../../../src/languages/kql/said.ts';
import { and, filter, not, or } from '../../../src/query/build.ts';
import { normal } from '../../../src/query/normal.ts';
import { many, pattern } from '../../../src/query/pattern.ts';
import type { Predicate, Query, Value } from '../../../src/query/query.ts';
import { must, withoutSpans } from '../../support/laws.ts';

const text = fc.oneof(
  fc.string({ unit: fc.constantFrom(...`ab*?"\\ :(){}<>`), maxLength: 5 }),
  fc.string({ unit: 'binary', maxLength: 5 }),
  fc.constantFrom('and', 'or ', ' not x', 'cannot ', 'null', 'true', '__proto__', 'C:\\Windows\\', '\ud800'),
);
const field = fc.constantFrom(
  'a',
  'a',
  'b',
  'a.b',
  'a.*',
  '*',
  'not',
  'null',
  'a b',
  'constructor',
  'x:y',
  '',
);
const parts = fc.array(fc.oneof(text, fc.constant(many)), { maxLength: 4 });
/** KQL trims white space at the ends of a value with wildcards; that it says so is tested elsewhere. */
const sayable = parts.map((value) => {
  const whole = pattern(value);
  return whole.length === 1 ? whole : pattern([many, ...whole, many]);
});
const value: fc.Arbitrary<Value> = fc.oneof(
  sayable,
  fc.boolean(),
  fc.constant(null),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
);
const values = fc.array(value, { maxLength: 4 });
const quantifier = fc.constantFrom('any', 'all');
const caseSensitive = fc.constant(true);

const leaf = (prefix: string): fc.Arbitrary<Predicate> =>
  fc.oneof(
    fc.record({
      kind: fc.constant('equals'),
      field: field.map((name) => prefix + name),
      values,
      quantifier,
      caseSensitive,
    }),
    fc.record({ kind: fc.constant('exists'), field: field.map((name) => prefix + name) }),
    fc.record({
      kind: fc.constant('range'),
      field: field.map((name) => prefix + name),
      operator: fc.constantFrom('<', '<=', '>', '>='),
      value: fc.oneof(text, fc.integer()),
    }),
    fc.record({
      kind: fc.constant('cidr'),
      field: field.map((name) => prefix + name),
      networks: fc.array(fc.constantFrom('10.0.0.0/8', 'fe80::/10', '::1/128'), {
        minLength: 1,
        maxLength: 3,
      }),
    }),
    fc.record({
      kind: fc.constant('free-text'),
      values,
      quantifier,
      caseSensitive,
    }),
    fc.record({ kind: fc.constant('constant'), value: fc.boolean() }),
  );

const predicate = (prefix: string, depth: number): fc.Arbitrary<Predicate> => {
  if (depth === 0) return leaf(prefix);
  const deeper = predicate(prefix, depth - 1);
  const several = fc.array(deeper, { minLength: 1, maxLength: 4 });
  return fc.oneof(
    leaf(prefix),
    several.map(and),
    several.map(or),
    deeper.map(not),
    fc
      .constantFrom('p', 'p.q', 'a b')
      .chain((path) =>
        predicate(`${prefix}${path}.`, depth - 1).map(
          (where): Predicate => ({ kind: 'nested', path: prefix + path, where }),
        ),
      ),
  );
};
const query: fc.Arbitrary<Query> = fc
  .tuple(predicate('', 4), fc.option(fc.constantFrom('process', 'any thing'), { nil: undefined }))
  .map(([where, category]) => filter(where, category));

test('a tree is printed, and read back with its meaning', () => {
  fc.assert(
    fc.property(query, (tree) => {
      const printed = must(kql.print(tree));
      expect(normal(must(kql.parse(printed)))).toEqual(normal(said(tree)));
    }),
    { numRuns: 3000 },
  );
});

test('what was read once is printed and read as the same tree from then on', () => {
  fc.assert(
    fc.property(query, (tree) => {
      const read = withoutSpans(must(kql.parse(must(kql.print(tree)))));
      const printed = must(kql.print(read));
      const again = must(kql.parse(printed));
      expect(withoutSpans(again)).toEqual(read);
      expect(must(kql.print(again))).toBe(printed);
    }),
    { numRuns: 3000 },
  );
});

test('any text at all is read or refused', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (strange) => {
      const outcome = kql.parse(strange);
      if (outcome.ok) must(kql.print(outcome.value));
      else expect(outcome.diagnostics[0]?.span).toBeDefined();
    }),
    { numRuns: 3000 },
  );
});
