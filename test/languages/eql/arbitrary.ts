import fc from 'fast-check';

import { and, not, or } from '../../../src/query/build.ts';
import { many, one, pattern } from '../../../src/query/pattern.ts';
import type {
  Equals,
  FieldOperand,
  LiteralOperand,
  Operand,
  Pattern,
  Predicate,
  Query,
  Step,
  Value,
} from '../../../src/query/query.ts';

const name = fc.constantFrom('a', 'process.name', 'event.by', 'my-field', '@timestamp', 'odd`name', 'x.y z');
const named = fc.oneof(
  name.map((field) => ({ field })),
  name.map((field) => ({ field, optional: true as const })),
);
const text = fc.string({
  unit: fc.constantFrom('a', 'B', '*', '?', '"', '\\', ' ', '\n', 'é', '.'),
  maxLength: 6,
});
const starless = text.map((value) => value.replaceAll(/[*?]/g, ''));
const number = fc
  .oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))
  .map((value) => value + 0);
const count = fc.nat();
const truth = fc.boolean();

/** Wildcards between texts: `[text, many, text]`. */
const patternOf = (inner: fc.Arbitrary<string>): fc.Arbitrary<Pattern> =>
  fc.array(fc.oneof(inner, fc.constantFrom(many, one)), { minLength: 1, maxLength: 5 }).map(pattern);
const listOf = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc.array(value, { minLength: 1, maxLength: 4 });

const equals = (
  values: fc.Arbitrary<readonly Value[]>,
  caseSensitive: fc.Arbitrary<boolean>,
): fc.Arbitrary<Equals> =>
  fc.record({ named, values, caseSensitive }).map(({ named, values, caseSensitive }) => ({
    kind: 'equals',
    ...named,
    values,
    quantifier: 'any',
    caseSensitive,
  }));

/** Lists that one word says: all literal, all with wildcards or without stars, or numbers and truth alone. */
const plainEquals = fc.oneof(
  equals(listOf(fc.oneof(number, truth)), fc.constant(true)),
  equals(
    listOf(
      fc.oneof(
        text.map((value) => [value]),
        number,
        truth,
      ),
    ),
    fc.constant(true),
  ),
  equals(listOf(starless.map((value) => [value])), truth),
  equals(listOf(text.map((value) => [`*${value}`])), truth),
  equals(
    text.map((value) => [[`*${value}`, many]]),
    truth,
  ),
  equals(
    text.map((value) => [[many, `${value}?`, many]]),
    truth,
  ),
  equals(
    listOf(patternOf(starless)).map((values) => [[many], ...values]),
    truth,
  ),
);

const literal = fc
  .oneof(text, number, truth, fc.constant(null))
  .map((value): LiteralOperand => ({ kind: 'literal', value }));
const field = named.map((one): FieldOperand => ({ kind: 'field', ...one }));
const call = (name: string, caseSensitive: boolean, all: readonly Operand[]) => ({
  kind: 'call' as const,
  name,
  caseSensitive,
  arguments: all,
});

const { operand, tree } = fc.letrec<{ operand: Operand; tree: Predicate; leaf: Predicate }>((tie) => ({
  operand: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    field,
    literal,
    tie('operand').map((value) => call('length', true, [value])),
    fc.tuple(tie('operand'), tie('operand')).map((all) => call('concat', true, all)),
    fc
      .tuple(
        fc.constantFrom('add', 'subtract', 'multiply', 'divide', 'modulo'),
        tie('operand'),
        tie('operand'),
      )
      .map(([sign, left, right]) => call(sign, true, [left, right])),
    field.map((value) => call('negate', true, [value])),
    tie('leaf').map((of): Operand => (of.kind === 'call' ? of : { kind: 'test', of })),
    fc
      .tuple(tie('tree'), tie('tree'))
      .map(([one, other]): Operand => ({ kind: 'test', of: and([one, other]) })),
  ),
  leaf: fc.oneof(
    { depthSize: 'small' },
    plainEquals,
    fc
      .record({
        named,
        operator: fc.constantFrom('<' as const, '<=' as const, '>' as const, '>=' as const),
        value: fc.oneof(number, text),
      })
      .map(({ named, ...rest }) => ({ kind: 'range' as const, ...named, ...rest })),
    named.map((one) => ({ kind: 'exists' as const, ...one })),
    fc
      .record({ named, networks: listOf(text) })
      .map(({ named, networks }) => ({ kind: 'cidr' as const, ...named, networks })),
    fc.record({ named, caseSensitive: truth, patterns: listOf(text.map((value) => `[x]${value}`)) }).map(
      ({ named, caseSensitive, patterns }) =>
        ({
          kind: 'regex',
          ...named,
          patterns,
          quantifier: 'any',
          flavour: 'lucene',
          caseSensitive,
        }) as const,
    ),
    fc
      .tuple(field, fc.constantFrom('==' as const, '!=' as const, '<' as const), field)
      .map(([left, operator, right]) => ({ kind: 'compare' as const, left, operator, right })),
    fc
      .tuple(tie('operand'), fc.constantFrom('==' as const, '!=' as const, '>=' as const), count)
      .map(([value, operator, right]) => ({
        kind: 'compare' as const,
        left: call('length', true, [value]),
        operator,
        right: { kind: 'literal' as const, value: right },
      })),
    fc
      .tuple(fc.constantFrom('startsWith', 'endsWith', 'stringContains', 'indexOf'), truth, field, field)
      .map(([fn, caseSensitive, left, right]) => call(fn, caseSensitive, [left, right])),
    fc
      .tuple(truth, tie('operand'), listOf(tie('operand')))
      .map(([caseSensitive, value, values]) =>
        call('in', caseSensitive, [
          call('substring', true, [value, { kind: 'literal', value: 1 }]),
          ...values,
        ]),
      ),
    fc
      .tuple(fc.constantFrom('like', 'regex'), truth, field, listOf(text))
      .map(([word, caseSensitive, value, texts]) =>
        call(word, caseSensitive, [
          call('string', true, [value]),
          ...texts.map((one): LiteralOperand => ({ kind: 'literal', value: one })),
        ]),
      ),
  ),
  tree: fc.oneof(
    { depthSize: 'small' },
    tie('leaf'),
    tie('tree').map(not),
    fc.tuple(tie('tree'), tie('tree'), tie('tree')).map(and),
    fc.tuple(tie('tree'), tie('tree')).map(or),
    truth.map((value) => ({ kind: 'constant' as const, value })),
  ),
}));

/** Trees as the parser builds them. */
export const plainPredicate: fc.Arbitrary<Predicate> = tree;

/** Trees as other languages build them: lists of everything, `all`, null, patterns in one list of both kinds. */
export const anyPredicate: fc.Arbitrary<Predicate> = fc.letrec<{ tree: Predicate }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    fc
      .record({
        named,
        values: fc.array(fc.oneof(patternOf(text), number, truth, fc.constant(null)), { maxLength: 5 }),
        quantifier: fc.constantFrom('any' as const, 'all' as const),
        caseSensitive: truth,
      })
      .map(({ named, ...rest }): Predicate => ({ kind: 'equals', ...named, ...rest })),
    fc
      .record({
        named,
        patterns: fc.array(text, { maxLength: 3 }),
        quantifier: fc.constantFrom('any' as const, 'all' as const),
      })
      .map(
        ({ named, ...rest }): Predicate => ({
          kind: 'regex',
          ...named,
          ...rest,
          flavour: 'lucene',
          caseSensitive: true,
        }),
      ),
    plainEquals,
    tie('tree').map(not),
    fc.array(tie('tree'), { minLength: 2, maxLength: 3 }).map((of): Predicate => ({ kind: 'and', of })),
    fc.array(tie('tree'), { minLength: 2, maxLength: 3 }).map((of): Predicate => ({ kind: 'or', of })),
  ),
})).tree;

const category = fc.constantFrom('process', 'my-events', 'sequence');
const event = fc.oneof(
  plainPredicate.map((where) => ({ where })),
  fc.record({ category, where: plainPredicate }),
);
const within = fc.integer({ min: 1, max: 10_000_000 });

/** As many keys in every step, and two steps or more. */
const steps: fc.Arbitrary<readonly Step[]> = fc.nat({ max: 2 }).chain((keys) =>
  fc.array(
    fc
      .record({ event, by: fc.array(field, { minLength: keys, maxLength: keys }) })
      .map(({ event, by }): Step => ({ ...event, by, runs: 1, missing: false })),
    { minLength: 2, maxLength: 4 },
  ),
);

const sequence = fc
  .record({
    by: fc.array(field, { maxLength: 2 }),
    within,
    steps,
    runs: fc.integer({ min: 1, max: 100 }),
    ends: truth,
    gap: truth,
  })
  .map(({ by, within, steps: [first, ...rest], runs, ends, gap }): Query['find'] => {
    const [last] = rest;
    const all = [{ ...first!, runs }, ...rest.map((step) => ({ ...step, missing: gap }))];
    return { kind: 'sequence', by, within, steps: all, ...(ends && last && { until: last }) };
  });

const sample = fc
  .record({ by: listOf(field), steps })
  .map(({ by, steps }): Query['find'] => ({ kind: 'sample', by, steps }));

const stages = fc.array(
  fc.record({
    kind: fc.constant('limit' as const),
    end: fc.constantFrom('first' as const, 'last' as const),
    count,
  }),
  { maxLength: 2 },
);

/** Whole queries as the parser builds them. */
export const plainQuery: fc.Arbitrary<Query> = fc
  .record({
    find: fc.oneof(
      event.map((one): Query['find'] => ({ kind: 'filter', ...one })),
      sequence,
      sample,
    ),
    stages,
  })
  .map(({ find, stages }) => ({ from: [], find, stages }));

/** An operand of any depth. */
export const plainOperand: fc.Arbitrary<Operand> = operand;
