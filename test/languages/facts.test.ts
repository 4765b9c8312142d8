import { describe, expect, test } from 'vitest';

import { dsl } from '../../src/languages/dsl/index.ts';
import { eql } from '../../src/languages/eql/index.ts';
import { kql } from '../../src/languages/kql/index.ts';
import type { Language } from '../../src/languages/language.ts';
import { and, filter, not } from '../../src/query/build.ts';
import type { FieldFacts } from '../../src/query/facts.ts';
import { sameMeaning } from '../../src/query/normal.ts';
import { many } from '../../src/query/pattern.ts';
import type { Equals, Predicate, Query, Value } from '../../src/query/query.ts';
import { failsWith, must } from '../support/laws.ts';

const is = (values: readonly Value[], caseSensitive = false): Equals => ({
  kind: 'equals',
  field: 'f',
  values,
  quantifier: 'any',
  caseSensitive,
});
const asking = (facts: FieldFacts) => ({ factsOf: (field: string) => (field === 'f' ? facts : {}) });

/** The text, the effects of what it does not say, and the proof that it reads back as what was said. */
function printed(language: Language, query: Query, facts: FieldFacts): readonly unknown[] {
  const options = asking(facts);
  const outcome = language.print(query, options);
  const text = must(outcome);
  expect(sameMeaning(must(language.parse(text)), language.said!(query, options))).toBe(true);
  return [text, ...outcome.diagnostics.map(({ code, effect }) => `${code} ${effect}`)];
}

describe('KQL leaves it to the index whether case counts', () => {
  test.each<[FieldFacts, Predicate, readonly unknown[]]>([
    [{ caseless: true }, is([['X'], ['Y', many]]), ['f:(X or Y*)']],
    [{ caseless: true }, is([['X']], true), ['f:X', 'loss/case-folded broader']],
    [{ caseless: true }, not(is([['X']], true)), ['not f:X', 'loss/case-folded narrower']],
    [{ lowered: 'f.low' }, is([['X'], ['Y', many], 5, null]), ['f.low:(x or y* or 5 or not *)']],
    [{ lowered: 'f.low' }, is([['X']], true), ['f:X']],
    [{ words: 'f.text' }, is([['X y']]), ['f.text:"X y"', 'loss/words broader']],
    [{ words: 'f.text' }, not(is([['X y']])), ['not f.text:"X y"', 'loss/words narrower']],
    [{ words: 'f.text' }, is([[many, 'Xy', many]]), ['f.text:*Xy*']],
    [{ words: 'f.text' }, is([['5']]), ['f:5']],
    [{ type: 'text' }, is([[many, 'Xy', many]]), ['f:*Xy*']],
    [{ type: 'text' }, is([[many, 'Xy', many]], true), ['f:*Xy*', 'loss/case-folded broader']],
    [{ type: 'text' }, is([['X y']]), ['f:"X y"', 'loss/words broader']],
    [{ type: 'text' }, is([['X', many]]), ['f:X*', 'loss/words approximate']],
    [{ type: 'text' }, is([['!']]), ['f:!', 'loss/words approximate']],
    [{ type: 'text' }, is([null]), ['not f:*']],
    [{}, is([['X']], true), ['f:X']],
  ])('%j %j', (facts, where, expected) => {
    expect(printed(kql, filter(where), facts)).toEqual(expected);
  });

  test.each<[FieldFacts, Equals]>([
    [{}, is([['X']])],
    [{ words: 'f.text' }, is([['X', many]])],
    [{ words: 'f.text' }, is([['X'], ['!']])],
  ])('and what no field can say is a loss: %j %j', (facts, where) => {
    expect(failsWith(kql.print(filter(where), asking(facts)))).toEqual(['loss/case-sensitivity']);
  });
});

describe('A filter tells what the index does to an expression', () => {
  const regex = (caseSensitive: boolean): Predicate => ({
    kind: 'regex',
    field: 'f',
    patterns: ['X.*'],
    quantifier: 'any',
    flavour: 'lucene',
    caseSensitive,
  });
  test.each<[FieldFacts, Predicate, readonly string[]]>([
    [{}, regex(true), []],
    [{ caseless: true }, regex(false), []],
    [{ caseless: true }, regex(true), ['loss/case-folded broader']],
    [{ caseless: true }, not(regex(true)), ['loss/case-folded narrower']],
    [{ type: 'text' }, regex(true), ['loss/words approximate']],
  ])('%j %j', (facts, where, told) => {
    expect(printed(dsl, filter(where), facts).slice(1)).toEqual(told);
  });
});

describe('EQL wants values of the type of their field', () => {
  test.each<[FieldFacts, Predicate, string]>([
    [{ type: 'number' }, is([['5'], ['-1.5']], true), 'f in (5, -1.5)'],
    [{ type: 'boolean' }, is([['true']], true), 'f == true'],
    [{ type: 'keyword' }, is([5, ['x']], true), 'f in ("5", "x")'],
    [{ type: 'ip' }, is([['10.0.0.0/8'], ['::1']], true), 'f == "::1" or cidrMatch(f, "10.0.0.0/8")'],
    [{ type: 'ip' }, { ...is([['10.0.0.0/8']], true), quantifier: 'all' }, 'cidrMatch(f, "10.0.0.0/8")'],
    [
      { type: 'ip' },
      { ...is([['10.0.0.0/8'], ['10.1.0.0/16']], true), quantifier: 'all' },
      'cidrMatch(f, "10.0.0.0/8") and cidrMatch(f, "10.1.0.0/16")',
    ],
    [{ type: 'date' }, is([['2024-01-31T00:00:00Z']]), 'f == "2024-01-31T00:00:00Z"'],
    [{ type: 'ip' }, is([['fe80::A']]), 'f == "fe80::A"'],
    [{ type: 'text' }, { kind: 'exists', field: 'f' }, 'f != null'],
    [{ type: 'text' }, is([null]), 'f == null'],
  ])('%j %j', (facts, where, expected) => {
    expect(printed(eql, filter(where), facts)).toEqual([`any where ${expected}`]);
  });

  test.each<[string, FieldFacts, Predicate]>([
    ['loss/words', { type: 'text' }, is([['x']])],
    ['loss/words', { type: 'text' }, { kind: 'range', field: 'f', operator: '<', value: 'x' }],
    [
      'loss/words',
      { type: 'text' },
      {
        kind: 'call',
        name: 'endsWith',
        caseSensitive: true,
        arguments: [
          { kind: 'field', field: 'f' },
          { kind: 'literal', value: 'x' },
        ],
      },
    ],
    ['loss/value-type', { type: 'number' }, is([['x']])],
    ['loss/value-type', { type: 'number' }, is([['5', many]])],
    ['loss/value-type', { type: 'ip' }, is([['192.168.0.256']])],
    ['loss/value-type', { type: 'ip' }, is([['10.', many]])],
    ['loss/value-type', { type: 'boolean' }, is([5])],
  ])('%s %j %j', (code, facts, where) => {
    const found = { ...where, span: { start: 3, end: 7 } } as Predicate;
    const outcome = eql.print(filter(and([found, { kind: 'exists', field: 'g' }])), asking(facts));
    expect(outcome).toMatchObject({ ok: false, diagnostics: [{ code, span: { start: 3, end: 7 } }] });
  });

  test('and joins events by whole values alone', () => {
    const query = must(eql.parse('sequence by f [any where true] [any where true]'));
    expect(failsWith(eql.print(query, asking({ type: 'text' })))).toEqual(['loss/join-key']);
  });
});
