import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { dsl } from '../../../src/languages/dsl/index.ts';
import { always, and, filter, not, or } from '../../../src/query/build.ts';
import { sameMeaning } from '../../../src/query/normal.ts';
import { many, one } from '../../../src/query/pattern.ts';
import type { Equals, Predicate, Query, Value } from '../../../src/query/query.ts';
import { everyString, failsWith, keepsItsWord, must, withoutSpans } from '../../support/laws.ts';

const samples = readFileSync(join(import.meta.dirname, 'samples.jsonl'), 'utf8')
  .trimEnd()
  .split('\n');

describe('filters say the same after a round trip', () => {
  keepsItsWord(dsl, samples);
});

const is = (field: string, ...values: readonly Value[]): Equals => ({
  kind: 'equals',
  field,
  values,
  quantifier: 'any',
  caseSensitive: true,
});
const anyCase = (field: string, ...values: readonly Value[]): Equals => ({
  ...is(field, ...values),
  caseSensitive: false,
});
const exists = (field: string): Predicate => ({ kind: 'exists', field });
const free = (value: Value): Predicate => ({
  kind: 'free-text',
  values: [value],
  quantifier: 'any',
  caseSensitive: true,
});

function whereOf(text: string): Predicate {
  const { find } = must(dsl.parse(text));
  return find.kind === 'filter' ? withoutSpans(find.where) : expect.fail('Filters ask for single events.');
}

describe('a clause asks', () => {
  test.each<[string, Predicate]>([
    ['{"match_all":{}}', always],
    ['{"bool":{}}', always],
    ['[{"meta":{"disabled":true},"query":{"term":{"a":"x"}}}]', always],
    ['{"terms":{"a":[]}}', { kind: 'constant', value: false }],
    ['{"prefix":{"a":{"value":"x*"}}}', is('a', ['x*', many])],
    ['{"term":{"a":{"value":5,"case_insensitive":true}}}', is('a', 5)],
    [
      '{"range":{"a":{"from":1,"to":null,"include_lower":false}}}',
      { kind: 'range', field: 'a', operator: '>', value: 1 },
    ],
    ['{"range":{"a":{"format":"epoch_millis"}}}', exists('a')],
    ['{"query_string":{"query":"*","fields":["a"]}}', exists('a')],
    ['{"query_string":{"query":"x","default_field":"*"}}', free(['x'])],
    ['{"multi_match":{"query":"x","fields":["a","b"]}}', or([is('a', ['x']), is('b', ['x'])])],
    [
      '{"bool":{"should":[{"term":{"a":1}},{"term":{"b":1}}],"minimum_should_match":"100%"}}',
      and([is('a', 1), is('b', 1)]),
    ],
    [
      '{"bool":{"should":[{"term":{"a":1}},{"term":{"b":1}}],"minimum_should_match":-1}}',
      or([is('a', 1), is('b', 1)]),
    ],
    ['{"bool":{"should":[{"term":{"a":1}}],"minimum_should_match":2}}', { kind: 'constant', value: false }],
    ['{"bool":{"should":[{"term":{"a":1}}],"minimum_should_match":0}}', is('a', 1)],
    ['{"bool":{"filter":{"term":{"a":1}},"should":[{"term":{"b":1}}],"minimum_should_match":0}}', is('a', 1)],
    ['{"bool":{"must":{"term":{"a":1}},"should":[{"term":{"b":1}}]}}', is('a', 1)],
    [
      '{"bool":{"should":[{"term":{"a":1}},{"term":{"b":1}},{"term":{"c":1}}],"minimum_should_match":2}}',
      or([and([is('b', 1), is('c', 1)]), and([is('a', 1), is('c', 1)]), and([is('a', 1), is('b', 1)])]),
    ],
    ['{"query_string":{"query":"a b"}}', { kind: 'opaque', language: 'lucene', text: 'a b' }],
    ['{"kql":{"query":"a: b","boost":2}}', { kind: 'opaque', language: 'kuery', text: 'a: b' }],
    [
      '{"kql":{"query":"a: b","case_insensitive":true}}',
      { kind: 'opaque', language: 'dsl', text: '{"kql":{"query":"a: b","case_insensitive":true}}' },
    ],
    ['{"script":{"x":[1]}}', { kind: 'opaque', language: 'dsl', text: '{"script":{"x":[1]}}' }],
    ['{"term":{"a.*":"x"}}', { kind: 'opaque', language: 'dsl', text: '{"term":{"a.*":"x"}}' }],
  ])('%s', (text, where) => {
    expect(whereOf(text)).toEqual(where);
  });
});

describe('a part of a query is a filter of its own, of the kind that Kibana can edit', () => {
  test.each<[string, Predicate, unknown, unknown]>([
    ['phrase', is('a', ['x']), { key: 'a', params: { query: 'x' } }, { match_phrase: { a: 'x' } }],
    [
      'phrases',
      is('a', ['x'], 5),
      { key: 'a', params: ['x', 5] },
      {
        bool: { should: [{ match_phrase: { a: 'x' } }, { match_phrase: { a: 5 } }], minimum_should_match: 1 },
      },
    ],
    ['exists', exists('a'), { key: 'a', value: 'exists' }, { exists: { field: 'a' } }],
    [
      'range',
      { kind: 'range', field: 'a', operator: '<=', value: 5 },
      { key: 'a', params: { lte: 5 } },
      { range: { a: { lte: 5 } } },
    ],
    [
      'custom',
      anyCase('a', ['x']),
      { key: 'query' },
      { term: { a: { value: 'x', case_insensitive: true } } },
    ],
    [
      'custom',
      anyCase('a', ['*x', one, many]),
      { key: 'query' },
      { wildcard: { a: { value: '\\*x?*', case_insensitive: true } } },
    ],
    ['custom', is('a', ['']), { key: 'query' }, { term: { a: { value: '' } } }],
    [
      'custom',
      { kind: 'cidr', field: 'a', networks: ['10.0.0.0/8'] },
      { key: 'query' },
      { match_phrase: { a: '10.0.0.0/8' } },
    ],
  ])('%s %j', (type, where, meta, query) => {
    const [filterObject, ...more] = JSON.parse(must(dsl.print(filter(where))));
    expect(more).toEqual([]);
    expect(filterObject).toEqual({
      meta: { alias: null, disabled: false, negate: false, type, ...(meta as object) },
      query,
    });
    const [negated] = JSON.parse(must(dsl.print(filter(not(where)))));
    expect(negated).toEqual({ meta: { ...filterObject.meta, negate: true }, query });
  });

  test('alternatives are a combined filter, from which Kibana makes the query', () => {
    const where = and([exists('a'), or([is('b', ['x']), not(and([exists('c'), exists('d')]))])]);
    const printed = JSON.parse(must(dsl.print(filter(where))));
    expect(printed).toHaveLength(2);
    expect(printed[1]).toMatchObject({ meta: { type: 'combined', relation: 'OR', negate: false } });
    expect(printed[1].query).toBeUndefined();
    expect(printed[1].meta.params[1]).toMatchObject({
      meta: { type: 'combined', relation: 'AND', negate: true },
    });
  });

  test('what is always true is no filter, and the category a field like others', () => {
    expect(must(dsl.print(filter(always)))).toBe('[]');
    const query = filter(exists('a'), 'process');
    const again = must(dsl.parse(must(dsl.print(query))));
    expect(sameMeaning(again, dsl.said!(query))).toBe(true);
    expect(sameMeaning(again, filter(and([is('event.category', ['process']), exists('a')])))).toBe(true);
  });
});

test('every short nasty text is a value that reads back, with wildcards or without', () => {
  for (const text of everyString('a*?\\" MO', 3)) {
    const parts = [...text].map((char) => (char === 'M' ? many : char === 'O' ? one : char));
    const value = parts.length === 0 ? [''] : parts;
    for (const where of [is('a', value), anyCase('a', value), is('a.*', value), free(value)]) {
      const printed = dsl.print(filter(where));
      if (printed.ok)
        expect(sameMeaning(must(dsl.parse(printed.value)), filter(where)), printed.value).toBe(true);
    }
  }
});

test('every short text of Lucene is one word, or text of its own, and reads back as that', () => {
  for (const text of everyString('a*\\" :-', 4)) {
    const query = filter({ kind: 'opaque', language: 'lucene', text });
    const again = must(dsl.parse(must(dsl.print(query))));
    expect(sameMeaning(again, dsl.said!(query)), text).toBe(true);
  }
});

describe('what filters have no words for is a loss', () => {
  const span = { start: 3, end: 7 };
  test.each<[string, Predicate]>([
    [
      'loss/comparison',
      {
        kind: 'compare',
        left: { kind: 'field', field: 'a' },
        operator: '<',
        right: { kind: 'field', field: 'b' },
        span,
      },
    ],
    ['loss/function', { kind: 'call', name: 'f', caseSensitive: true, arguments: [], span }],
    ['loss/placeholder', { ...is('a', [{ placeholder: 'x' }]), span }],
    ['loss/field-name', { ...is('', ['x']), span }],
    ['loss/field-name', { ...anyCase('a.*', ['x']), span }],
    ['loss/value-type', { ...is('a', Number.NaN), span }],
    ['loss/case-sensitivity', { ...free(['x']), caseSensitive: false, span } as Predicate],
    ['loss/null', { ...free(null), span } as Predicate],
    [
      'loss/regex-flavour',
      {
        kind: 'regex',
        field: 'a',
        patterns: ['x'],
        quantifier: 'any',
        flavour: 'pcre',
        caseSensitive: true,
        span,
      },
    ],
    ['loss/language', { kind: 'opaque', language: 'esql', text: 'x', span }],
    [
      'loss/language',
      { kind: 'opaque', language: 'dsl', text: '{"field":"a","list":{"id":"b","type":"ip"}}', span },
    ],
  ])('%s %j', (code, where) => {
    expect(dsl.print(filter(where))).toMatchObject({ ok: false, diagnostics: [{ code, span }] });
  });

  test.each<[string, Partial<Query>]>([
    ['loss/log-source', { from: ['logs-*'] }],
    ['loss/pipe', { stages: [{ kind: 'limit', end: 'first', count: 1 }] }],
    ['loss/aggregation', { stages: [{ kind: 'aggregate', measure: 'count', by: [] }] }],
    ['loss/sequence', { find: { kind: 'sequence', by: [], steps: [] } }],
    ['loss/sample', { find: { kind: 'sample', by: [], steps: [] } }],
  ])('%s %j', (code, change) => {
    expect(failsWith(dsl.print({ ...filter(always), ...change }))).toEqual([code]);
  });

  test('what nests deeper than Elasticsearch reads', () => {
    let where: Predicate = exists('a');
    for (let level = 0; level < 120; level += 1) where = not(or([where, exists('b')]));
    expect(failsWith(dsl.print(filter(where)))).toEqual(['loss/filter']);
  });
});

describe('what is no filter is refused, at its place', () => {
  test.each([
    ['', 'parse/unexpected', ''],
    ['[', 'parse/unexpected', ''],
    ['[] x', 'parse/unexpected', 'x'],
    ['{"term":{"a":"x}', 'parse/unclosed-string', '"x}'],
    ['{"term":{"a":"\\x"}}', 'parse/bad-escape', '\\'],
    ['{"term":{"a":"\t"}}', 'parse/bad-escape', '\t'],
    ['{"term":{"a":01}}', 'parse/unexpected', '1'],
    ['{"term":{"a":9007199254740993}}', 'parse/bad-value', '9007199254740993'],
    ['{"term":{"a":1e999}}', 'parse/bad-value', '1e999'],
    ['{"term":{"a":1},"term":{"a":2}}', 'parse/duplicate-key', '"term"'],
    ['{"term":{"a":1},"match":{"a":2}}', 'parse/unexpected', '{"term":{"a":1},"match":{"a":2}}'],
    ['[{"query":{"term":{"a":1,"b":2}}}]', 'parse/unexpected', '{"term":{"a":1,"b":2}}'],
    ['{"term":{"a":null}}', 'parse/unexpected', '{"term":{"a":null}}'],
    ['[{"meta":{"type":"combined"},"query":{}}]', 'parse/unexpected', '{"type":"combined"}'],
    ['"x"', 'parse/unexpected', ''],
    ['[5]', 'parse/unexpected', ''],
    [`${'['.repeat(600)}`, 'parse/too-deep', '['],
  ])('%s', (text, code, marked) => {
    const outcome = dsl.parse(text);
    expect(outcome).toMatchObject({ ok: false, diagnostics: [{ code }] });
    const { span } = outcome.diagnostics[0]!;
    expect(span ? text.slice(span.start, span.end) : '').toBe(marked);
  });
});

test('a whole query that is text of Lucene is a filter', () => {
  for (const text of ['a AND b', 'a']) {
    const query: Query = { from: [], find: { kind: 'opaque', language: 'lucene', text }, stages: [] };
    expect(sameMeaning(must(dsl.parse(must(dsl.print(query)))), dsl.said!(query))).toBe(true);
  }
});

test('a test has the place of its clause', () => {
  const text = ' [ {"meta":{}, "query":{"term":{"a":"x"}}} ]';
  const { find } = must(dsl.parse(text));
  const { start, end } = (find.kind === 'filter' && find.where.kind === 'equals' && find.where.span) || {
    start: 0,
    end: 0,
  };
  expect(text.slice(start, end)).toBe('{"term":{"a":"x"}}');
});

describe('the index decides what a value is', () => {
  const factsOf = () => ({ type: 'text' as const });
  test.each<[string, Predicate, string]>([
    ['words are found anywhere', is('a', ['x y']), 'broader'],
    ['and are not found fewer times', not(is('a', ['x y'])), 'narrower'],
    ['wildcards are of words', is('a', ['x', many]), 'approximate'],
  ])('%s', (_, where, effect) => {
    const outcome = dsl.print(filter(where), { factsOf });
    expect(outcome).toMatchObject({ ok: true, diagnostics: [{ code: 'loss/words', effect }] });
    const again = must(dsl.parse(must(outcome)));
    expect(sameMeaning(again, dsl.said!(filter(where), { factsOf }))).toBe(true);
  });
});
