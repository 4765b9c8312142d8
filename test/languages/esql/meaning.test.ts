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
import type { Operand, Predicate } from '../../../src/query/query.ts';
import { must } from '../../support/laws.ts';
import { type Row, worth } from './three-valued.ts';

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

const runs = { numRuns: 2000 };

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
          const found = conditions.every((condition) => worth(condition, rowOf(one)) === true);
          expect(found, `${printed}\n${JSON.stringify(one)}`).toBe(holds(occurrenceOf(one)));
        }
      }),
      runs,
    );
  });
});

/** Conditions as people write them, with their idioms for what is missing. */
const string = (plain: string): Expression => ({ kind: 'string', value: plain });
const column = (name: string): Expression => ({ kind: 'column', name });
const textual: fc.Arbitrary<Expression> = fc.oneof(
  { weight: 4, arbitrary: field.map(column) },
  fc.tuple(fc.constantFrom('to_lower', 'to_upper'), field).map(([name, of]) => called(name, column(of))),
  fc.tuple(field, field).map(([first, second]) => called('concat', column(first), column(second))),
  fc
    .tuple(field, fc.integer({ min: -2, max: 3 }), fc.option(small, { nil: undefined }))
    .map(([of, start, more]) =>
      called('substring', column(of), integer(start), ...(more === undefined ? [] : [integer(more)])),
    ),
);
const numeric: fc.Arbitrary<Expression> = fc.oneof(
  { weight: 3, arbitrary: number.map(column) },
  textual.map((of) => called('length', of)),
  fc
    .tuple(
      fc.constantFrom('+' as const, '-' as const, '*' as const, '/' as const),
      number.map(column),
      small.map(integer),
    )
    .map(([operator, left, right]): Expression => ({ kind: 'arithmetic', left, operator, right })),
);
const like = fc.constantFrom('a*', '*b', 'A?', 'a\\*', '*', 'ab', 'a\\?b\\\\', 'A*');

function called(name: string, ...given: readonly Expression[]): Expression {
  return { kind: 'call', name, arguments: given };
}

function integer(value: number): Expression {
  return { kind: 'integer', text: String(value) };
}

const orNone = (of: fc.Arbitrary<Expression>) =>
  fc.oneof({ weight: 8, arbitrary: of }, fc.constant<Expression>({ kind: 'null' }));
const negated = fc.boolean();
const atom: fc.Arbitrary<Expression> = fc.oneof(
  fc.record({
    kind: kind('compare'),
    left: textual,
    operator: sameness,
    right: orNone(fc.oneof(text.map(string), textual)),
  }),
  fc.record({
    kind: kind('compare'),
    left: numeric,
    operator: comparison,
    right: orNone(fc.oneof(small.map(integer), numeric)),
  }),
  fc.record({ kind: kind('compare'), left: small.map(integer), operator: comparison, right: numeric }),
  fc.record({
    kind: kind('in'),
    value: textual,
    of: fc.array(orNone(fc.oneof(text.map(string), textual)), { minLength: 1, maxLength: 3 }),
    negated,
  }),
  fc.record({ kind: kind('is-null'), value: fc.oneof(textual, number.map(column)), negated }),
  fc.record({
    kind: kind('like'),
    value: textual,
    patterns: fc.array(like.map(string), { minLength: 1, maxLength: 2 }),
    negated,
  }),
  fc.record({
    kind: kind('rlike'),
    value: textual,
    patterns: fc.array(regex.map(string), { minLength: 1, maxLength: 2 }),
    negated,
  }),
  fc
    .tuple(fc.constantFrom('starts_with', 'ends_with'), textual, fc.oneof(text.map(string), textual))
    .map(([name, ...given]) => called(name, ...given)),
  fc.constant(column('t')),
  fc.record({
    kind: kind('compare'),
    left: fc.constant(column('t')),
    operator: sameness,
    right: fc.boolean().map(truth),
  }),
  fc.tuple(field, text).map(([of, plain]) => called('mv_contains', column(of), string(plain))),
);

function truth(value: boolean): Expression {
  return { kind: 'boolean', value };
}

const condition = (depth: number): fc.Arbitrary<Expression> => {
  if (depth === 0) return atom;
  const deeper = condition(depth - 1);
  const several = fc.array(deeper, { minLength: 2, maxLength: 3 });
  return fc.oneof(
    atom,
    fc
      .tuple(fc.constantFrom('and' as const, 'or' as const), several)
      .map(([join, of]): Expression => ({ kind: join, of })),
    deeper.map((of): Expression => ({ kind: 'not', of })),
    deeper.map((of): Expression => ({ kind: 'is-null', value: of, negated: false })),
    fc.tuple(deeper, fc.boolean()).map(([of, answer]) => called('coalesce', of, truth(answer))),
    fc
      .tuple(deeper, sameness, fc.boolean())
      .map(
        ([left, operator, answer]): Expression => ({ kind: 'compare', left, operator, right: truth(answer) }),
      ),
    // The idioms that keep events without the field.
    field.chain((name) =>
      fc.tuple(text, negated).map(([plain, isNot]): Expression => {
        const test: Expression = {
          kind: 'compare',
          left: column(name),
          operator: isNot ? '!=' : '==',
          right: string(plain),
        };
        const missing: Expression = { kind: 'is-null', value: column(name), negated: false };
        return { kind: 'or', of: [missing, isNot ? test : { kind: 'not', of: test }] };
      }),
    ),
  );
};

function isUnderstood(where: Predicate): boolean {
  return !JSON.stringify(where).includes('"opaque"');
}

describe('what is read', () => {
  test('holds, and does not hold, where it does in three values', () => {
    let understood = 0;
    fc.assert(
      fc.property(condition(3), fc.array(event, { minLength: 8, maxLength: 8 }), (node, events) => {
        for (const wanted of [true, false]) {
          const where = asked(node, wanted);
          if (!isUnderstood(where)) continue;
          understood += 1;
          const [holds, simple] = [testOf(where), testOf(simplify(where))];
          for (const one of events) {
            const found = worth(node, rowOf(one)) === wanted;
            const shown = `${wanted} ${printInLine(node)}\n${JSON.stringify(one)}`;
            expect(holds(occurrenceOf(one)), shown).toBe(found);
            expect(simple(occurrenceOf(one)), `simply ${shown}`).toBe(found);
          }
        }
      }),
      runs,
    );
    expect(understood).toBeGreaterThan(runs.numRuns / 2);
  });

  test('is printed, and keeps its meaning from then on', () => {
    fc.assert(
      fc.property(condition(3), (node) => {
        const read = must(esql.parse(`from logs-* | where ${printInLine(node)}`));
        const printed = must(esql.print(read));
        const again = must(esql.parse(printed));
        expect(spell(normal(again)), printed).toBe(spell(normal(read)));
        expect(spell(normal(must(esql.parse(must(esql.print(again))))))).toBe(spell(normal(read)));
      }),
      runs,
    );
  });
});
