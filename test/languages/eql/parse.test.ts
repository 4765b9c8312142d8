import { describe, expect, test } from 'vitest';

import { eql } from '../../../src/languages/eql/index.ts';
import { isComparison } from '../../../src/languages/eql/operators.ts';
import { mirrored } from '../../../src/languages/mirrored.ts';
import { not } from '../../../src/query/build.ts';
import { many, one } from '../../../src/query/pattern.ts';
import type { Comparison, Equals, Operand, Predicate, Value } from '../../../src/query/query.ts';
import { meaning, must } from '../../support/laws.ts';

const is = (values: readonly Value[], caseSensitive: boolean): Equals => ({
  kind: 'equals',
  field: 'f',
  values,
  quantifier: 'any',
  caseSensitive,
});
const exists: Predicate = { kind: 'exists', field: 'f' };
const f: Operand = { kind: 'field', field: 'f' };
const g: Operand = { kind: 'field', field: 'g' };
const literal = (value: string | number | boolean | null): Operand => ({ kind: 'literal', value });
const call = (name: string, caseSensitive: boolean, ...all: Operand[]) => ({
  kind: 'call' as const,
  name,
  caseSensitive,
  arguments: all,
});
const compare = (left: Operand, operator: Comparison, right: Operand): Predicate => ({
  kind: 'compare',
  left,
  operator,
  right,
});
const ofTest = (of: Predicate): Operand => ({ kind: 'test', of });

const condition = (text: string): unknown => {
  const { find } = meaning(eql, `any where ${text}`);
  return find.kind === 'filter' ? find.where : find;
};

describe('a test of a field against literals is a plain test', () => {
  test.each<[string, Predicate]>([
    ['f == "x*"', is([['x*']], true)],
    ['f : "x*"', is([['x', many]], false)],
    ['f like~ "x?"', is([['x', one]], false)],
    ['f like ("x", "*y")', is([['x'], [many, 'y']], true)],
    ['f in ("x*", 5, true)', is([['x*'], 5, true], true)],
    ['f in~ ("x*")', is([['x*']], false)],
    ['f not in ("x")', not(is([['x']], true))],
    ['f != "x"', not(is([['x']], true))],
    ['f == 5', is([5], true)],
    ['f : 5', is([5], true)],
    ['f == -5.5', is([-5.5], true)],
    ['f == 5.0', is([5], true)],
    ['f != false', not(is([false], true))],
    ['f == null', not(exists)],
    ['f != null', exists],
    ['?f == null', not({ ...exists, optional: true })],
    ['not ?f : ("x", "y")', not({ ...is([['x'], ['y']], false), optional: true })],
    ['f', is([true], true)],
    ['f > 5', { kind: 'range', field: 'f', operator: '>', value: 5 }],
    ['5 > f', { kind: 'range', field: 'f', operator: '<', value: 5 }],
    ['"2024" <= f', { kind: 'range', field: 'f', operator: '>=', value: '2024' }],
    ['null != f', exists],
    ['cidrmatch(f, "10.0.0.0/8", "::1")', { kind: 'cidr', field: 'f', networks: ['10.0.0.0/8', '::1'] }],
    ['startsWith(f, "x*")', is([['x*', many]], true)],
    ['ENDSWITH~ (f, "x")', is([[many, 'x']], false)],
    ['stringContains(?f, "x")', { ...is([[many, 'x', many]], true), optional: true }],
    ['stringContains(f, "")', is([[many]], true)],
    [
      'f regex~ ("a+", """\\d""")',
      {
        kind: 'regex',
        field: 'f',
        patterns: ['a+', '\\d'],
        quantifier: 'any',
        flavour: 'lucene',
        caseSensitive: false,
      },
    ],
    ['true', { kind: 'constant', value: true }],
  ])('%s', (text, where) => {
    expect(condition(text)).toEqual(where);
  });
});

describe('what is no plain test keeps its operands', () => {
  test.each<[string, Predicate]>([
    ['f == g', compare(f, '==', g)],
    ['f < true', compare(f, '<', literal(true))],
    ['5 < length(f)', compare(call('length', true, f), '>', literal(5))],
    ['1 == "a"', compare(literal(1), '==', literal('a'))],
    ['startsWith~(f, g)', call('startsWith', false, f, g)],
    ['(f == "x") == true', compare(ofTest(is([['x']], true)), '==', literal(true))],
    [
      'null == (f > 1)',
      compare(ofTest({ kind: 'range', field: 'f', operator: '>', value: 1 }), '==', literal(null)),
    ],
    ['f in (g, "x")', call('in', true, f, g, literal('x'))],
    ['f in (null, "x")', call('in', true, f, literal(null), literal('x'))],
    ['f : null', call('like', false, f, literal(null))],
    [
      'substring(f, 1) like~ "x*"',
      call('like', false, call('substring', true, f, literal(1)), literal('x*')),
    ],
    [
      'f + 1 * g == 2',
      compare(call('add', true, f, call('multiply', true, literal(1), g)), '==', literal(2)),
    ],
    [
      'f - 1 - g == 2',
      compare(call('subtract', true, call('subtract', true, f, literal(1)), g), '==', literal(2)),
    ],
    ['add(f, 1) == -g', compare(call('add', true, f, literal(1)), '==', call('negate', true, g))],
    [
      'f / 2.0 > 1.0',
      compare(call('divide', true, f, call('number', true, literal('2.0'))), '>', literal(1)),
    ],
    [
      'f * -3.0 > 1',
      compare(call('multiply', true, f, call('number', true, literal('-3.0'))), '>', literal(1)),
    ],
    ['1', compare(literal(1), '==', literal(true))],
    ['length(f)', call('length', true, f)],
  ])('%s', (text, where) => {
    expect(condition(text)).toEqual(where);
  });
});

describe('joins', () => {
  test.each<[string, string]>([
    ['a or b and not c', 'a or (b and (not c))'],
    ['a and b and c', '(a and b) and c'],
    ['not a == b', 'not (a == b)'],
    ['not a and b', '(not a) and b'],
    ['((a)) or (((b)))', 'a or b'],
    ['a : "x" == true', '(a : "x") == true'],
    ['/* a /* nested */ comment */ a // and this\n and b', 'a and b'],
    ['`a.b`', 'a.b'],
    ['a.`b`', 'a . b'],
  ])('%s', (text, same) => {
    expect(condition(text)).toEqual(condition(same));
  });
});

describe('the text of a string', () => {
  test.each([
    ['"a\\"b\\\\c\\\'"', 'a"b\\c\''],
    ['"\\b\\t\\n\\f\\r"', '\b\t\n\f\r'],
    ['"\\u{e9}\\u{1f525}\\u00e9"', 'é🔥é'],
    ['"""a\\n"b"""', 'a\\n"b'],
    ['"""a"""""', 'a""'],
    ['""""""', ''],
    ['""', ''],
  ])('%s', (text, value) => {
    expect(condition(`f == ${text}`)).toEqual(is([[value]], true));
  });
});

describe('events in a row', () => {
  test('a sequence with everything', () => {
    const text = `sequence by a, ?b with maxspan=1h [x where true] by c with runs=2 ![any where true] by d
      until ["y z" where false] by e | tail 2 | head 3-1`;
    const yes = { kind: 'constant', value: true };
    const keys = (field: string) => [{ kind: 'field', field }];
    expect(meaning(eql, text)).toEqual({
      from: [],
      find: {
        kind: 'sequence',
        by: [
          { kind: 'field', field: 'a' },
          { kind: 'field', field: 'b', optional: true },
        ],
        within: 3_600_000,
        steps: [
          { category: 'x', where: yes, by: keys('c'), runs: 2, missing: false },
          { where: yes, by: keys('d'), runs: 1, missing: true },
        ],
        until: { category: 'y z', where: { ...yes, value: false }, by: keys('e'), runs: 1, missing: false },
      },
      stages: [
        { kind: 'limit', end: 'last', count: 2 },
        { kind: 'limit', end: 'first', count: 2 },
      ],
    });
  });

  test.each([
    ['ms', 1],
    ['s', 1_000],
    ['m', 60_000],
    ['h', 3_600_000],
    ['d', 86_400_000],
  ])('a maxspan in %s', (unit, length) => {
    const { find } = meaning(eql, `sequence with maxspan=7${unit} [any where true] [any where true]`);
    expect(find).toMatchObject({ within: 7 * length });
  });
});

describe('places', () => {
  const text = 'process where a == 1 and not (b : "x" or length(c) > 2)';
  const at = (part: string) => ({ start: text.indexOf(part), end: text.indexOf(part) + part.length });

  test('every test says where it stands', () => {
    expect(must(eql.parse(text)).find).toMatchObject({
      span: at(text),
      where: {
        of: [
          { span: at('a == 1') },
          { of: { of: [{ span: at('b : "x"') }, { span: at('length(c) > 2') }] } },
        ],
      },
    });
  });

  test('so do bare fields, calls, steps, sequences and pipes', () => {
    const sequence = 'sequence [any where ok and startsWith(a, b)] by c [any where true] by c | head 1';
    const span = (part: string) => ({
      start: sequence.indexOf(part),
      end: sequence.indexOf(part) + part.length,
    });
    expect(must(eql.parse(sequence))).toMatchObject({
      find: {
        span: span('sequence [any where ok and startsWith(a, b)] by c [any where true] by c'),
        steps: [
          {
            span: span('[any where ok and startsWith(a, b)] by c'),
            where: { of: [{ span: span('ok') }, { span: span('startsWith(a, b)') }] },
          },
          { span: span('[any where true] by c') },
        ],
      },
      stages: [{ span: span('head 1') }],
    });
  });
});

/** The text, the code, what is marked in it, and a part of the message. */
const refused: readonly (readonly [string, string, string, string])[] = [
  ['any where a == "x', 'parse/unclosed-string', '"x', 'never closed'],
  ['any where a == """x\n"""', 'parse/unclosed-string', '"""x', 'never closed'],
  ['any where `a', 'parse/unclosed-string', '`a', 'never closed'],
  ['any where a /* b /* /* c */ d */ e', 'parse/unclosed-string', '/*', 'comment'],
  ['any where a /* b /* c */ d', 'parse/unexpected', 'd', 'the end'],
  ['any where a == "\\w"', 'parse/bad-escape', '\\w', 'no escape "\\w"'],
  ['any where a == "\\u{0}"', 'parse/bad-escape', '\\u{0}', 'no escape'],
  ["any where a == 'x'", 'parse/legacy', "'", 'double quotes'],
  ['any where a == ?"x"', 'parse/legacy', '?', '"""'],
  ['any where a = 1', 'parse/legacy', '=', '"=="'],
  ['any where a[0] == 1', 'parse/legacy', '0', 'all values'],
  ['any where child of [any where true]', 'parse/legacy', 'of', 'kin'],
  ['any where é == 1', 'parse/unexpected', 'é', 'no "é"'],
  ['any where a == 1 and', 'parse/unexpected', '', 'found the end'],
  ['any where a == b == c', 'parse/unexpected', '==', 'the end'],
  ['any where a.in == 1', 'parse/unexpected', 'in', 'back-quotes'],
  ['any where a : -1', 'parse/unexpected', '-', 'a value'],
  ['any where a in ()', 'parse/unexpected', ')', 'a value'],
  ['any where a : (b)', 'parse/unexpected', 'b', 'a value'],
  ['any where A and B OR C', 'parse/unexpected', 'OR', 'the end'],
  ['`any` where true', 'parse/unexpected', '`any`', 'an event category'],
  ['42 where true', 'parse/unexpected', '42', 'an event category'],
  ['', 'parse/unexpected', '', 'an event category'],
  ['any where a regex ("x", 5)', 'parse/bad-value', 'a regex ("x", 5)', 'regular expression'],
  ['any where a == 9007199254740993', 'parse/bad-value', '9007199254740993', 'digits'],
  ['any where nothing(a)', 'parse/unknown-function', 'nothing', 'no function'],
  ['any where __proto__(a)', 'parse/unknown-function', '__proto__', 'no function'],
  ['any where length~(a)', 'parse/unknown-function', 'length~', 'no function'],
  ['any where length()', 'parse/bad-arguments', 'length', '0 values'],
  ['any where startsWith(a, b, c)', 'parse/bad-arguments', 'startsWith', '3 values'],
  ['any where true | count', 'parse/unknown-pipe', 'count', 'head and tail'],
  ['any where true | head -1', 'parse/bad-value', '-1', 'whole number'],
  ['any where true | head a', 'parse/bad-value', 'a', ''],
  ['sequence [any where true]', 'parse/bad-sequence', 'sequence [any where true]', 'two events'],
  [
    'sequence [any where true] by a [any where true]',
    'parse/bad-sequence',
    '[any where true]',
    'equally many',
  ],
  [
    'sequence [any where a] [any where b] until [any where c] by d',
    'parse/bad-sequence',
    '[any where c] by d',
    'equally',
  ],
  ['sequence with maxspan=1m by a [any where a] [any where b]', 'parse/bad-sequence', 'by', 'before'],
  ['sequence [any where a] ![any where b]', 'parse/bad-sequence', '![any where b]', 'maxspan'],
  [
    'sequence with maxspan=1m ![any where a] ![any where b]',
    'parse/bad-sequence',
    '![any where a]',
    'is there',
  ],
  ['sequence [any where a] with runs=101', 'parse/bad-sequence', '[any where a] with runs=101', '1 to 100'],
  ['sequence [any where a] [any where b] fork=true', 'parse/unexpected', 'fork', ''],
  ['sequence by a + 1 [any where a] [any where b]', 'parse/unexpected', '+', '"["'],
  ['sequence with maxspan=1.5m [any where a] [any where b]', 'parse/unexpected', '1.5', 'whole number'],
  ['sequence with maxspan=0m [any where a] [any where b]', 'parse/bad-value', '0m', 'length of time'],
  ['sequence with maxspan=1w [any where a] [any where b]', 'parse/bad-value', '1w', 'length of time'],
  ['sequence [any where a] with loops=2', 'parse/unexpected', 'loops', '"runs"'],
  [
    'sample [any where a] [any where b]',
    'parse/bad-sequence',
    'sample [any where a] [any where b]',
    'a field',
  ],
  ['sample by a [any where a]', 'parse/bad-sequence', 'sample by a [any where a]', 'two events'],
  ['sample by a [any where a] [any where b] with runs=2', 'parse/unexpected', 'with', ''],
  ['join [any where a]', 'parse/bad-sequence', 'join [any where a]', 'two events'],
  [`any where ${'('.repeat(600)}a`, 'parse/too-deep', '(', '500'],
  [`any where ${'not '.repeat(600)}a`, 'parse/too-deep', 'not', '500'],
  [`any where 1${'+1'.repeat(600)}`, 'parse/too-deep', '+', '500'],
];

describe('what Elasticsearch does not read is refused, at its place', () => {
  test.each(refused)('%s', (text, code, marked, message) => {
    const outcome = eql.parse(text);
    expect(outcome).toMatchObject({ ok: false, diagnostics: [{ code }] });
    const [found] = outcome.diagnostics;
    const { start, end } = found!.span!;
    expect(text.slice(start, end)).toBe(marked);
    expect(found!.message).toContain(message);
  });
});

test('a comparison says the same with its sides exchanged', () => {
  const holds: Record<Comparison, (a: number, b: number) => boolean> = {
    '==': (a, b) => a === b,
    '!=': (a, b) => a !== b,
    '<': (a, b) => a < b,
    '<=': (a, b) => a <= b,
    '>': (a, b) => a > b,
    '>=': (a, b) => a >= b,
  };
  for (const sign of Object.keys(mirrored).filter((key) => isComparison(key as Comparison)) as Comparison[]) {
    expect(mirrored[mirrored[sign]]).toBe(sign);
    for (const [a, b] of [
      [1, 2],
      [2, 1],
      [2, 2],
    ] as const) {
      expect(holds[mirrored[sign]](b, a)).toBe(holds[sign](a, b));
    }
  }
});

test('text that nests as deep as it may is read and printed', () => {
  for (const text of [
    `${'('.repeat(499)}a == 1${')'.repeat(499)}`,
    `${'not '.repeat(499)}a == b`,
    `${'length('.repeat(499)}a${')'.repeat(499)}`,
    `${'(a or (b and '.repeat(240)}c == 1${'))'.repeat(240)}`,
    `1${' + a'.repeat(499)} == 2`,
    `${'a in ('.repeat(499)}b${')'.repeat(499)}`,
  ]) {
    const tree = must(eql.parse(`any where ${text}`));
    expect(eql.parse(must(eql.print(tree))).ok).toBe(true);
  }
});
