import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { esql } from '../../../src/languages/esql/index.ts';
import { asked } from '../../../src/languages/esql/meaning/asked.ts';
import { said } from '../../../src/languages/esql/meaning/said.ts';
import { simplify } from '../../../src/languages/esql/meaning/simplify.ts';
import { parseStatement } from '../../../src/languages/esql/parse-statement.ts';
import { printInLine } from '../../../src/languages/esql/print-statement.ts';
import type { Expression } from '../../../src/languages/esql/syntax.ts';
import { occurrenceOf, testOf } from '../../../src/match/predicate.ts';
import { and, filter, not, or } from '../../../src/query/build.ts';
import { normal, spell } from '../../../src/query/normal.ts';
import { many, one, pattern } from '../../../src/query/pattern.ts';
import type { Operand, Predicate, Query } from '../../../src/query/query.ts';
import { must } from '../../support/laws.ts';
import { type Row, valueOf } from './three-valued.ts';

/** Fields of texts, of numbers, of truth values. ES|QL refuses what does not go together. */
const field = fc.constantFrom('a', 'b', 'process.name');
const number = fc.constantFrom('m', 'n');
const text = fc.constantFrom('', 'a', 'A', 'ab', 'aB', 'b', '5', '*', 'a*', '\\', '"', 'a?b\\');
const part = fc.oneof(text, fc.constantFrom(many, one));
const pattern1 = fc.oneof(
  text.map((plain) => [plain]),
  fc.array(part, { maxLength: 3 }).map(pattern),
);
const regex = fc.constantFrom('a.*', '[a-c]+', '.', '(a|B)b?', 'A', '[^a]', '[A-C]*');
const call = (name: string, ...given: readonly Operand[]): Operand => ({
  kind: 'call',
  name,
  caseSensitive: true,
  arguments: given,
});
const literal = (value: string | number): Operand => ({ kind: 'literal', value });
const fieldOperand = field.map((name): Operand => ({ kind: 'field', field: name }));
const numberOperand = number.map((name): Operand => ({ kind: 'field', field: name }));
const small = fc.integer({ min: 0, max: 3 });
const textOperand: fc.Arbitrary<Operand> = fc.oneof(
  fieldOperand,
  fc.tuple(fieldOperand, fieldOperand).map(([first, second]) => call('concat', first, second)),
  fc
    .tuple(fieldOperand, small, small)
    .map(([of, from, more]) => call('substring', of, literal(from), literal(from + more))),
  fieldOperand.map((of) => call('substring', of, literal(-2))),
);
const countOperand: fc.Arbitrary<Operand> = fc.oneof(
  numberOperand,
  textOperand.map((of) => call('length', of)),
  fc
    .tuple(
      fc.constantFrom('add', 'subtract', 'multiply'),
      numberOperand,
      fc.oneof(numberOperand, small.map(literal)),
    )
    .map(([name, left, right]) => call(name, left, right)),
  numberOperand.map((of) => call('negate', of)),
);
const comparison = fc.constantFrom(
  '==' as const,
  '!=' as const,
  '<' as const,
  '<=' as const,
  '>' as const,
  '>=' as const,
);
const sameness = fc.constantFrom('==' as const, '!=' as const);
const quantifier = fc.constantFrom('any' as const, 'all' as const);
const listOf = <T>(of: fc.Arbitrary<T>) => fc.array(of, { minLength: 1, maxLength: 3 });
const orNull = <T>(of: fc.Arbitrary<T>) => fc.oneof({ weight: 6, arbitrary: of }, fc.constant(null));

const kind = <const K extends string>(name: K) => fc.constant(name);
const leaf: fc.Arbitrary<Predicate> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: kind('equals'),
      field,
      values: listOf(orNull(pattern1)),
      quantifier,
      caseSensitive: fc.boolean(),
    }),
  },
  fc.record({
    kind: kind('equals'),
    field: number,
    values: listOf(orNull(small)),
    quantifier,
    caseSensitive: fc.boolean(),
  }),
  fc.record({
    kind: kind('equals'),
    field: kind('t'),
    values: listOf(orNull(fc.boolean())),
    quantifier,
    caseSensitive: fc.boolean(),
  }),
  {
    weight: 3,
    arbitrary: fc.oneof(field, number).map((name): Predicate => ({ kind: 'exists', field: name })),
  },
  fc.record({
    kind: kind('range'),
    field: number,
    operator: fc.constantFrom('<' as const, '<=' as const, '>' as const, '>=' as const),
    value: small,
  }),
  fc.record({
    kind: kind('regex'),
    field,
    patterns: fc.array(regex, { minLength: 1, maxLength: 2 }),
    quantifier,
    flavour: kind('lucene'),
    caseSensitive: fc.boolean(),
  }),
  fc.record({ kind: kind('compare'), left: textOperand, operator: sameness, right: textOperand }),
  fc.record({
    kind: kind('compare'),
    left: countOperand,
    operator: comparison,
    right: fc.oneof(countOperand, small.map(literal)),
  }),
  fc.record({
    kind: kind('call'),
    name: fc.constantFrom('startsWith', 'endsWith'),
    caseSensitive: fc.boolean(),
    arguments: fc.tuple(textOperand, textOperand),
  }),
  fc.record({
    kind: kind('call'),
    name: kind('in'),
    caseSensitive: fc.boolean(),
    arguments: fc
      .tuple(textOperand, fc.array(fc.oneof(text.map(literal), textOperand), { minLength: 1, maxLength: 3 }))
      .map(([first, others]) => [first, ...others]),
  }),
  fc.boolean().map((truth): Predicate => ({ kind: 'constant', value: truth })),
);

const predicate = (depth: number): fc.Arbitrary<Predicate> => {
  if (depth === 0) return leaf;
  const deeper = predicate(depth - 1);
  const several = fc.array(deeper, { minLength: 1, maxLength: 3 });
  return fc.oneof(leaf, several.map(and), several.map(or), deeper.map(not));
};

/** Each field is missing, or has one value. */
const event = fc.record(
  { a: text, b: text, 'process.name': text, m: small, n: small, t: fc.boolean() },
  { requiredKeys: [] },
);

function rowOf(of: object): Row {
  return new Map(Object.entries(of));
}

function conditionsOf(printed: string): readonly Expression[] {
  return parseStatement(printed).commands.flatMap((command) =>
    command.kind === 'where' ? [command.condition] : [],
  );
}

const runs = { numRuns: 40000 };

describe('what is printed', () => {
  test('reads back with its meaning', () => {
    fc.assert(
      fc.property(
        predicate(3),
        fc.option(fc.constantFrom('process'), { nil: undefined }),
        (where, category) => {
          const query = filter(where, category);
          const printed = must(esql.print(query));
          const again = normal(must(esql.parse(printed)));
          expect(spell(again), printed).toEqual(spell(normal(said(query))));
        },
      ),
      runs,
    );
  });

  test('finds the same events in three values as the tree in two', () => {
    fc.assert(
      fc.property(predicate(3), fc.array(event, { minLength: 8, maxLength: 8 }), (where, events) => {
        const printed = must(esql.print(filter(where)));
        const conditions = conditionsOf(printed);
        const holds = testOf(where);
        for (const one of events) {
          const found = conditions.every((condition) => valueOf(condition, rowOf(one)) === true);
          expect(found, `${printed}\n${JSON.stringify(one)}`).toBe(holds(occurrenceOf(one)));
        }
      }),
      runs,
    );
  });
});
