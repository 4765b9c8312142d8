import { describe, expect, test } from 'vitest';

import { parseFilters } from '../../../src/languages/dsl/parse.ts';
import { many } from '../../../src/query/pattern.ts';
import { failsWith, must } from '../../support/laws.ts';

const exists = { kind: 'exists', field: 'a' };
const is = (value: unknown, caseSensitive = true) => ({
  kind: 'equals',
  field: 'a',
  values: [value],
  quantifier: 'any',
  caseSensitive,
});

describe('a filter beside a query is part of its meaning', () => {
  test.each<[string, unknown, unknown]>([
    ['exists', { meta: {}, query: { exists: { field: 'a' } } }, exists],
    [
      'the older form',
      { meta: { alias: null }, exists: { field: 'a' }, $state: { store: 'appState' } },
      exists,
    ],
    ['negated', { meta: { negate: true }, query: { exists: { field: 'a' } } }, { kind: 'not', of: exists }],
    ['a phrase', { query: { match_phrase: { a: 'x*' } } }, is(['x*'])],
    ['a phrase of old', { query: { match: { a: { query: 'x', type: 'phrase' } } } }, is(['x'])],
    ['a phrase with options', { query: { match_phrase: { a: { query: 5 } } } }, is(5)],
    [
      'wildcards without case',
      { query: { wildcard: { a: { value: 'C:\\\\*\\*', case_insensitive: true } } } },
      is(['C:\\', many, '*'], false),
    ],
    ['terms', { query: { terms: { a: ['x', 'y'] } } }, { ...is(['x']), values: [['x'], ['y']] }],
    [
      'a range',
      { query: { range: { a: { gte: 5 } } } },
      { kind: 'range', field: 'a', operator: '>=', value: 5 },
    ],
    [
      'alternatives',
      { query: { bool: { should: [{ term: { a: 'x' } }, { exists: { field: 'a' } }] } } },
      { kind: 'or', of: [is(['x']), exists] },
    ],
    [
      'alternatives that only add to the score',
      { query: { bool: { must: [{ exists: { field: 'a' } }], should: [{ term: { a: 'x' } }] } } },
      exists,
    ],
    [
      'switched off',
      { meta: { disabled: true }, query: { anything: {} } },
      { kind: 'constant', value: true },
    ],
  ])('%s', (_, filter, where) => {
    expect(must(parseFilters([filter]))).toEqual(where);
  });

  test('all filters of a list hold', () => {
    const filter = { query: { exists: { field: 'a' } } };
    expect(must(parseFilters([filter, { meta: { negate: true }, ...filter }]))).toEqual({
      kind: 'and',
      of: [exists, { kind: 'not', of: exists }],
    });
  });

  test.each([
    [{ query: { script: { source: '1' } } }],
    [null],
    [{ query: { term: { a: 1, b: 2 } } }],
    [{ query: { match: { a: [] } } }],
    [{ query: { match: { a: { query: 'x', fuzziness: 'AUTO' } } } }],
    [{ query: { match: { a: { query: 'x', type: 'phrase_prefix' } } } }],
    [{ meta: { type: 'combined' }, query: {} }],
  ])('what has no neutral form is refused: %j', (filter) => {
    expect(failsWith(parseFilters([filter]))).toEqual(['loss/filter']);
  });
});
