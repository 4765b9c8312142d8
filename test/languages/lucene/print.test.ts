import { describe, expect, test } from 'vitest';

import { lucene } from '../../../src/languages/lucene/index.ts';
import { always, and, filter, never, not, or } from '../../../src/query/build.ts';
import { many, one } from '../../../src/query/pattern.ts';
import type { Equals, Predicate, Query, Value } from '../../../src/query/query.ts';
import { failsWith, must, reprint } from '../../support/laws.ts';

const is = (field: string, ...values: Value[]): Equals => ({
  kind: 'equals',
  field,
  values,
  quantifier: 'any',
  caseSensitive: true,
});
const print = (where: Predicate) => must(lucene.print(filter(where)));
const [x, y, z] = [is('x', ['1']), is('y', ['2']), is('z', ['3'])];

describe('prints in the idiom of rule files', () => {
  test.each<[string, Predicate]>([
    ['x:1 AND y:2', and([x, y])],
    ['x:1 OR y:2', or([x, y])],
    ['x:1 AND (y:2 OR z:3)', and([x, or([y, z])])],
    ['(x:1 AND y:2) OR z:3', or([and([x, y]), z])],
    ['x:1 AND NOT y:2', and([x, not(y)])],
    ['x:1 OR (NOT y:2)', or([x, not(y)])],
    ['NOT (x:1 OR y:2)', not(or([x, y]))],
    ['NOT (NOT x:1)', not(not(x))],
    ['x:1 AND NOT (y:2 AND z:3)', and([x, not(and([y, z]))])],
    ['NOT x:1 AND NOT y:2', and([not(x), not(y)])],
    ['*:*', always],
    ['NOT *:*', never],
    ['x:1 OR (NOT *:*)', or([x, never])],
    ['f:(a OR "b c" OR d*)', is('f', ['a'], ['b c'], ['d', many])],
    ['f:(a AND b)', { ...is('f', ['a'], ['b']), quantifier: 'all' }],
    ['NOT f:(a OR b)', not(is('f', ['a'], ['b']))],
    ['f:a OR (NOT _exists_:f)', is('f', ['a'], null)],
    ['NOT _exists_:f', is('f', null)],
    ['NOT *:*', is('f')],
    ['f:(5 OR "-5" OR true OR "true")', is('f', 5, -5, true, ['true'])],
    ['f:a?b*', is('f', ['a', one, 'b', many])],
    ['f:**', is('f', [many])],
    ['f:*\\ \\-x\\:\\/\\\\<>*'.replace('\\-', '-'), is('f', [many, ' -x:/\\<>', many])],
    ['f:\\-x*', is('f', ['-x', many])],
    ['f:">5"', is('f', ['>5'])],
    ['f:"or"', is('f', ['or'])],
    ['f:"a\\u000ab"', is('f', ['a\nb'])],
    ['f:"\\ud800"', is('f', ['\ud800'])],
    ['book.\\*:a', is('book.*', ['a'])],
    ['a\\ b\\:c:a', is('a b:c', ['a'])],
    ['\\AND:a', is('AND', ['a'])],
    ['/a\\*b\\/c/', is('*', ['a*b/c'])],
    ['_exists_:\\*', { kind: 'exists', field: '*' }],
    ['f:("10.0.0.0/8" OR "fe80::/10")', { kind: 'cidr', field: 'f', networks: ['10.0.0.0/8', 'fe80::/10'] }],
    ['f:>=10', { kind: 'range', field: 'f', operator: '>=', value: 10 }],
    ['f:>=-1.5', { kind: 'range', field: 'f', operator: '>=', value: -1.5 }],
    ['f:<now-1d\\/d', { kind: 'range', field: 'f', operator: '<', value: 'now-1d/d' }],
    ['f:{"10" TO *]', { kind: 'range', field: 'f', operator: '>', value: '10' }],
    ['f:[* TO "=a\\u0022\\u005c"]', { kind: 'range', field: 'f', operator: '<=', value: '=a"\\' }],
    ['f:x AND g:y', { kind: 'opaque', language: 'lucene', text: 'f:x && g:y' }],
  ])('%s', (text, where) => {
    expect(print(where)).toBe(text);
  });

  test('a category', () => {
    expect(must(lucene.print(filter(x, 'process')))).toBe('event.category:process AND x:1');
    expect(must(lucene.print(filter(always, 'process')))).toBe('event.category:process');
  });

  test('long lists in lines of 120 columns', () => {
    const names = Array.from({ length: 30 }, (_, at) => [`program-${at}.exe`]);
    const text = print(and([x, is('process.name', ...names)]));
    expect(text.split('\n').length).toBeGreaterThan(3);
    expect(text.split('\n').every((line) => line.length <= 120)).toBe(true);
    expect(reprint(lucene, text)).toBe(text);
  });
});

describe('refuses what has no words, and tells all of it', () => {
  test.each<[string[], Predicate]>([
    [['loss/nested'], { kind: 'nested', path: 'a', where: x }],
    [['loss/function'], { kind: 'call', name: 'length', caseSensitive: true, arguments: [] }],
    [
      ['loss/comparison'],
      {
        kind: 'compare',
        left: { kind: 'field', field: 'a' },
        operator: '==',
        right: { kind: 'field', field: 'b' },
      },
    ],
    [['loss/language'], { kind: 'opaque', language: 'esql', text: 'x' }],
    [['loss/language'], { kind: 'opaque', language: 'lucene', text: '((' }],
    [['loss/field-name'], is('', ['a'])],
    [['loss/field-name'], is('_exists_', ['a'])],
    [['loss/field-name'], is('*', true)],
    [['loss/value-type'], is('f', Number.NaN)],
    [['loss/value-type'], { kind: 'range', field: 'f', operator: '<', value: '*' }],
    [['loss/value-type'], { kind: 'range', field: 'f', operator: '<', value: '' }],
    [['loss/wildcard'], is('f', ['\ud800', many])],
    [['loss/placeholder'], is('f', [{ placeholder: 'admins' }])],
    [
      ['loss/regex-flavour'],
      {
        kind: 'regex',
        field: 'f',
        patterns: ['a'],
        quantifier: 'any',
        flavour: 'pcre',
        caseSensitive: true,
      },
    ],
    [
      ['loss/nested', 'loss/placeholder'],
      and([{ kind: 'nested', path: 'a', where: x }, is('f', [{ placeholder: 'p' }])]),
    ],
  ])('%s', (found, where) => {
    expect(failsWith(lucene.print(filter(where)))).toEqual(found);
  });

  test('queries for several events', () => {
    const step = { where: x, by: [], runs: 1, missing: false };
    const finds: readonly [string, Query['find']][] = [
      ['loss/sequence', { kind: 'sequence', by: [], steps: [step, step] }],
      ['loss/sample', { kind: 'sample', by: [], steps: [step, step] }],
      ['loss/language', { kind: 'opaque', language: 'esql', text: 'ROW a = 1' }],
    ];
    for (const [code, find] of finds) {
      expect(failsWith(lucene.print({ from: [], find, stages: [] }))).toEqual([code]);
    }
    const stages = [{ kind: 'limit', end: 'first', count: 1 }] as const;
    const query: Query = { ...filter(x), from: ['logs-*'], stages };
    expect(failsWith(lucene.print(query))).toEqual(['loss/log-source', 'loss/pipe']);
  });
});
