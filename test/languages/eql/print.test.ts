import { describe, expect, test } from 'vitest';

import { eql } from '../../../src/languages/eql/index.ts';
import { and, filter, not, or } from '../../../src/query/build.ts';
import { sameMeaning } from '../../../src/query/normal.ts';
import { many, one } from '../../../src/query/pattern.ts';
import type { Equals, Operand, Predicate, Query, Step, Value } from '../../../src/query/query.ts';
import { must } from '../../support/laws.ts';

const is = (
  values: readonly Value[],
  caseSensitive = false,
  quantifier: Equals['quantifier'] = 'any',
): Equals => ({
  kind: 'equals',
  field: 'f',
  values,
  quantifier,
  caseSensitive,
});
const a: Predicate = { kind: 'exists', field: 'a' };
const regex = (patterns: readonly string[], quantifier: Equals['quantifier'] = 'any'): Predicate => ({
  kind: 'regex',
  field: 'f',
  patterns,
  quantifier,
  flavour: 'lucene',
  caseSensitive: true,
});

describe('a tree that EQL would build in another way means the same in EQL', () => {
  test.each<[string, Predicate]>([
    ['f : "x"', is([['x']])],
    ['f == "x"', is([['x']], true)],
    ['f == 5', is([5])],
    ['f in (5, true)', is([5, true])],
    ['f == -5 or f : "x*"', is([-5, ['x', many]])],
    ['f : ("x*", 5)', is([['x', many], 5])],
    ['f in~ ("x*")', is([['x*']])],
    ['f in~ ("x*", "y", 5)', is([['x*'], ['y'], 5])],
    ['f in~ ("x*") or f : ("y", "z*")', is([['x*'], ['y'], ['z', many]])],
    ['f in ("x*", "y")', is([['x*'], ['y']], true)],
    ['f == "x*" or f like ("y", "?z")', is([['x*'], ['y'], [one, 'z']], true)],
    ['startsWith~(f, "a*")', is([['a*', many]])],
    [
      'endsWith(f, "?") or stringContains(f, "*")',
      is(
        [
          [many, '?'],
          [many, '*', many],
        ],
        true,
      ),
    ],
    ['f regex~ """a\\*.b.*"""', is([['a*', one, 'b', many]])],
    ['f == null', is([null])],
    ['f == null or f : "x"', is([null, ['x']])],
    ['f : "x" and f : "y*" and f == 5', is([['x'], ['y', many], 5], false, 'all')],
    ['not (f : "x" and f : "y")', not(is([['x'], ['y']], false, 'all'))],
    ['not f : ("x", "y")', not(is([['x'], ['y']]))],
    ['not f : "x"', not(is([['x']]))],
    ['f != "x"', not(is([['x']], true))],
    ['f != null', not(is([null]))],
    ['not (f == null or f == 5)', not(is([null, 5]))],
    ['false', is([])],
    ['f regex "a+" and f regex "b+"', regex(['a+', 'b+'], 'all')],
    ['f regex ("a+", """b\\d""")', regex(['a+', 'b\\d'])],
    ['false', regex([])],
    ['false', { kind: 'cidr', field: 'f', networks: [] }],
    ['a != null and (f : "x" or f == 1 or f == null)', and([a, or([is([['x']]), is([1]), is([null])])])],
    ['a != null and (f == "*" or f like "?")', and([a, is([['*'], [one]], true)])],
  ])('%s', (text, where) => {
    expect(must(eql.print(filter(where)))).toBe(`any where ${text}`);
    expect(sameMeaning(must(eql.parse(`any where ${text}`)), filter(where))).toBe(true);
  });
});

describe('what is spelled otherwise is printed in house style', () => {
  test.each([
    ['process where ((a) and (b : "x"))', 'process where a == true and b : "x"'],
    [
      'any where cidrmatch(a, "::1") and startswith~(b, c)',
      'any where cidrMatch(a, "::1") and startsWith~(b, c)',
    ],
    ['any where a like~ "x" and b : ("y")', 'any where a : "x" and b : "y"'],
    ['any where add(a, 1) > multiply(b, 2)', 'any where a + 1 > b * 2'],
    ['any where (a == 1) == true', 'any where (a == 1) == true'],
    ['any where (a : "x") == true', 'any where a : "x" == true'],
    ['any where 1 < a and "b" == c', 'any where a > 1 and c == "b"'],
    ['"process" where true', 'process where true'],
    [
      'sequence with maxspan=3600s [any where a] [any where b]',
      'sequence with maxspan=1h\n  [any where a == true]\n  [any where b == true]',
    ],
    ['any where true /* all */ | head 2*3', 'any where true | head 6'],
    ['any where `a`.`b` == "\\u{41}"', 'any where a.b == "A"'],
  ])('%s', (text, printed) => {
    expect(must(eql.print(must(eql.parse(text))))).toBe(printed);
  });
});

const yes: Predicate = { kind: 'constant', value: true };
const step: Step = { where: yes, by: [], runs: 1, missing: false };
const key: Operand = { kind: 'field', field: 'k' };
const sequence = (change: object): Query['find'] => ({
  kind: 'sequence',
  by: [],
  steps: [step, step],
  ...change,
});
const sample = (change: object): Query['find'] => ({
  kind: 'sample',
  by: [key],
  steps: [step, step],
  ...change,
});
const span = { start: 3, end: 7 };

describe('what EQL has no words for is a loss at its place', () => {
  test.each<[string, Predicate]>([
    ['loss/free-text', { kind: 'free-text', values: [['x']], quantifier: 'any', caseSensitive: false, span }],
    ['loss/nested', { kind: 'nested', path: 'p', where: yes, span }],
    ['loss/language', { kind: 'opaque', language: 'kuery', text: 'a: b', span }],
    ['loss/placeholder', { ...is([['x', { placeholder: 'hosts' }]]), span }],
    ['loss/placeholder', { ...is([['x*', { placeholder: 'hosts' }, many]]), span }],
    ['loss/regex-flavour', { ...regex(['x']), kind: 'regex', flavour: 'pcre', span } as Predicate],
    ['loss/regex-flavour', { ...regex(['x']), kind: 'regex', flags: 's', span } as Predicate],
    ['loss/field-name', { kind: 'exists', field: 'a.*', span }],
    ['loss/field-name', { kind: 'exists', field: '', span }],
    ['loss/value-type', { kind: 'range', field: 'f', operator: '<', value: Number.NaN, span }],
    ['loss/function', { kind: 'call', name: 'soundex', caseSensitive: true, arguments: [key], span }],
    ['loss/function', { kind: 'call', name: 'length', caseSensitive: true, arguments: [], span }],
    ['loss/function', { kind: 'call', name: 'length', caseSensitive: false, arguments: [key], span }],
    ['loss/function', { kind: 'call', name: 'like', caseSensitive: true, arguments: [key, key], span }],
  ])('%s %j', (code, where) => {
    expect(eql.print(filter(where))).toMatchObject({ ok: false, diagnostics: [{ code, span }] });
    expect(eql.print(filter(not(where)))).toMatchObject({ ok: false, diagnostics: [{ code, span }] });
  });

  test.each<[string, Query['find']]>([
    ['loss/sequence', sequence({ steps: [step] })],
    ['loss/sequence', sequence({ within: 0.5 })],
    ['loss/runs', sequence({ steps: [step, { ...step, runs: 0 }, step] })],
    ['loss/join-key', sequence({ steps: [step, { ...step, by: [key] }] })],
    [
      'loss/join-key',
      sequence({ by: [{ kind: 'call', name: 'length', caseSensitive: true, arguments: [key] }] }),
    ],
    ['loss/field-name', sequence({ by: [{ kind: 'field', field: 'a.*' }] })],
    ['loss/missing-event', sequence({ steps: [step, { ...step, missing: true }] })],
    ['loss/missing-event', sequence({ within: 1, steps: [{ ...step, runs: 2, missing: true }] })],
    ['loss/until', sequence({ until: { ...step, runs: 2 } })],
    ['loss/sample', sample({ within: 1000 })],
    ['loss/sample', sample({ steps: [step] })],
    ['loss/runs', sample({ steps: [step, { ...step, runs: 2 }] })],
    ['loss/missing-event', sample({ steps: [step, { ...step, missing: true }] })],
    ['loss/join-key', sample({ by: [] })],
    ['loss/language', { kind: 'opaque', language: 'esql', text: 'FROM a' }],
  ])('%s %j', (code, find) => {
    expect(eql.print({ from: [], find, stages: [] })).toMatchObject({ ok: false, diagnostics: [{ code }] });
  });

  test.each<[string, Partial<Query>]>([
    ['loss/log-source', { from: ['logs-*'] }],
    ['loss/aggregation', { stages: [{ kind: 'aggregate', measure: 'count', by: [] }] }],
    ['loss/pipe', { stages: [{ kind: 'limit', end: 'first', count: -1 }] }],
    ['loss/language', { stages: [{ kind: 'opaque', language: 'esql', text: 'KEEP a' }] }],
  ])('%s %j', (code, change) => {
    expect(eql.print({ ...filter(yes), ...change })).toMatchObject({ ok: false, diagnostics: [{ code }] });
  });

  test('all of them at once', () => {
    const words: Predicate = { kind: 'free-text', values: [['x']], quantifier: 'any', caseSensitive: false };
    const where = and([{ ...words, span }, or([a, not({ kind: 'nested', path: 'p', where: yes })]), words]);
    const query: Query = {
      from: [],
      find: sequence({ within: 0.5, steps: [{ ...step, where }, step] }),
      stages: [],
    };
    const outcome = eql.print(query);
    expect(outcome.diagnostics.map((found) => found.code)).toEqual([
      'loss/sequence',
      'loss/free-text',
      'loss/nested',
      'loss/free-text',
    ]);
  });
});

test('text of its own goes through unread', () => {
  const opaque = { kind: 'opaque', language: 'eql', text: 'a ==  1 or b' } as const;
  expect(must(eql.print(filter(and([a, opaque]))))).toBe('any where a != null and (a ==  1 or b)');
  expect(must(eql.print({ ...filter(a), stages: [{ ...opaque, text: 'head  3' }] }))).toBe(
    'any where a != null | head  3',
  );
});

describe('lines', () => {
  const long = (letter: string, length: number) => is([[letter.repeat(length)]]);

  test('a condition breaks after "and" where it would pass 120 columns, and no sooner', () => {
    // "any where " and `f : "…" and f : "…"` come to 27 columns beside the texts.
    expect(must(eql.print(filter(and([long('a', 47), long('b', 46)]))))).toHaveLength(120);
    expect(must(eql.print(filter(and([long('a', 47), long('b', 47)]))))).toBe(
      `any where f : "${'a'.repeat(47)}" and\n  f : "${'b'.repeat(47)}"`,
    );
  });

  test('what is longer than a line stands on one of its own', () => {
    expect(must(eql.print(filter(and([long('a', 150), long('b', 1)]))))).toBe(
      `any where\n  f : "${'a'.repeat(150)}" and\n  f : "b"`,
    );
  });

  test('a step has room for what follows its bracket', () => {
    const where = and([long('a', 45), long('b', 43)]);
    const fits = must(
      eql.print({ from: [], find: sequence({ steps: [{ ...step, where }, step] }), stages: [] }),
    );
    expect(fits.split('\n')[1]).toHaveLength(119);
    const runs = { ...step, where, runs: 2 };
    const breaks = must(eql.print({ from: [], find: sequence({ steps: [runs, step] }), stages: [] }));
    expect(breaks.split('\n')).toHaveLength(4);
  });
});
