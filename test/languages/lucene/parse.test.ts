import { describe, expect, test } from 'vitest';

import { lucene } from '../../../src/languages/lucene/index.ts';
import { always, and, filter, not, or } from '../../../src/query/build.ts';
import { many, one } from '../../../src/query/pattern.ts';
import type { Equals, FreeText, Order, Predicate, Regex, Value } from '../../../src/query/query.ts';
import { failsWith, meaning, must } from '../../support/laws.ts';

const is = (field: string, ...values: Value[]): Equals => ({
  kind: 'equals',
  field,
  values,
  quantifier: 'any',
  caseSensitive: true,
});
const all = (field: string, ...values: Value[]): Equals => ({ ...is(field, ...values), quantifier: 'all' });
const free = (value: Value): FreeText => ({
  kind: 'free-text',
  values: [value],
  quantifier: 'any',
  caseSensitive: true,
});
const exists = (field: string): Predicate => ({ kind: 'exists', field });
const range = (field: string, operator: Order, value: number | string): Predicate => ({
  kind: 'range',
  field,
  operator,
  value,
});
const regex = (field: string, ...patterns: string[]): Regex => ({
  kind: 'regex',
  field,
  patterns,
  quantifier: 'any',
  flavour: 'lucene',
  caseSensitive: true,
});
const opaque = (text: string): Predicate => ({ kind: 'opaque', language: 'lucene', text });
const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((text) => free([text])) as [
  FreeText,
  FreeText,
  FreeText,
  FreeText,
];

const reads = (rows: readonly (readonly [string, Predicate])[]) =>
  test.each(rows.map((row) => [...row] as [string, Predicate]))('%s', (text, where) => {
    expect(meaning(lucene, text)).toEqual(filter(where));
  });

describe('joins as the classic parser joins', () => {
  reads([
    ['', always],
    [' \t\n\u3000\u00a0', always],
    ['a OR b', or([a, b])],
    ['a b', or([a, b])],
    ['a || b', or([a, b])],
    ['a AND b', and([a, b])],
    ['a && b', and([a, b])],
    ['a AND b OR c', and([a, b])],
    ['a OR b AND c', and([b, c])],
    ['a AND b OR c AND d', and([a, b, c, d])],
    ['a AND (b OR c)', and([a, or([b, c])])],
    ['+a b', a],
    ['+a -b c', and([a, not(b)])],
    ['a -b', and([a, not(b)])],
    ['a OR NOT b', and([a, not(b)])],
    ['a OR (NOT b)', or([a, not(b)])],
    ['NOT a', not(a)],
    ['!a', not(a)],
    ['NOT a OR b', and([b, not(a)])],
    ['NOT a AND NOT b', and([not(a), not(b)])],
    ['NOT a AND b', and([not(a), b])],
    ['NOT (NOT a)', not(not(a))],
    ['a OR +b', b],
    ['a and b', or([a, free(['and']), b])],
    ['a&&b', free(['a&&b'])],
    ['a - b', or([a, free(['-']), b])],
    ['a -b-c', and([a, not(free(['b-c']))])],
    ['((a))', a],
    ['(a)^2 AND b^0.5', and([a, b])],
  ]);
});

describe('asks fields', () => {
  reads([
    ['f:x', is('f', ['x'])],
    ['f : x', is('f', ['x'])],
    ['f:x y', or([is('f', ['x']), free(['y'])])],
    ['f:(x y)', is('f', ['x'], ['y'])],
    ['f:(x OR y)', is('f', ['x'], ['y'])],
    ['f:(x AND y)', all('f', ['x'], ['y'])],
    ['f:(x AND NOT y)', and([is('f', ['x']), not(is('f', ['y']))])],
    ['f:(x OR g:y OR z)', or([is('f', ['x'], ['z']), is('g', ['y'])])],
    ['f:((x OR y) AND z)', and([is('f', ['x'], ['y']), is('f', ['z'])])],
    ['f:(/a/ OR /b/ OR c)', or([regex('f', 'a', 'b'), is('f', ['c'])])],
    ['f:x OR f:y', or([is('f', ['x']), is('f', ['y'])])],
    ['a\\ b\\:c:x', is('a b:c', ['x'])],
    ['book.\\*:x', is('book.*', ['x'])],
    ['\\u0061:x', is('a', ['x'])],
    ['*:x', free(['x'])],
    ['*:*', always],
    ['*', always],
    ['f:*', exists('f')],
    ['f:**', is('f', [many, many])],
    ['_exists_:f', exists('f')],
    ['_exists_:"f g"', exists('f g')],
    ['_exists_:(f OR g)', or([exists('f'), exists('g')])],
    ['_exists_:f*', opaque('_exists_:f*')],
  ]);
});

describe('reads values', () => {
  reads([
    ['f:"a \\"b\\" c"', is('f', ['a "b" c'])],
    ['f:"a*b"', is('f', ['a*b'])],
    ['f:""', is('f', [''])],
    ['f:a\\ b', is('f', ['a b'])],
    ['f:C\\:\\\\x', is('f', ['C:\\x'])],
    ['f:\\u0041\\a', is('f', ['Aa'])],
    ['f:a*b?', is('f', ['a', many, 'b', one])],
    ['f:\\**', is('f', ['*', many])],
    ['f:\\u0041*', is('f', ['A', many])],
    // Beside other wildcards Lucene undoes no codes.
    ['f:\\u0041*b', is('f', ['u0041', many, 'b'])],
    ['f:*\\\\users', is('f', [many, '\\users'])],
    ['f:\\-5', is('f', ['-5'])],
    ['f:5', is('f', ['5'])],
    ['f:true', is('f', true)],
    ['f:"true"', is('f', ['true'])],
    ['f:10.0.0.0\\/8', is('f', ['10.0.0.0/8'])],
    ['f:/a.*\\/b/', regex('f', 'a.*/b')],
    ['f:/a\\\\/', regex('f', 'a[\\\\]')],
    ['/a.*/', regex('*', 'a.*')],
    ['f://', regex('f', '')],
    ['f:=5', is('f', ['=5'])],
    ['f:a~', opaque('f:a~')],
    ['f:(a~2 OR b)', or([opaque('f:a~2'), is('f', ['b'])])],
    ['a\\:b~0.5', opaque('a\\:b~0.5')],
    ['f:"a b"~3', opaque('f:"a b"~3')],
    ['f:"a b"~0', is('f', ['a b'])],
    ['f:"a b"~x', is('f', ['a b'])],
    ['f:a*~2', is('f', ['a', many])],
  ]);

  test('an expression reaches to the last slash that can end it', () => {
    expect(failsWith(lucene.parse('f:/a\\/ OR g:/b/'))).toEqual(['parse/unclosed-string']);
    expect(meaning(lucene, 'f:/a\\/ OR g:/')).toEqual(filter(regex('f', 'a/ OR g:')));
  });
});

describe('reads ranges', () => {
  reads([
    ['f:[1 TO 5]', and([range('f', '>=', 1), range('f', '<=', 5)])],
    ['f:{1 TO 5]', and([range('f', '>', 1), range('f', '<=', 5)])],
    ['f:{1 TO 5}', and([range('f', '>', 1), range('f', '<', 5)])],
    ['f:[a TO "b c"}', and([range('f', '>=', 'a'), range('f', '<', 'b c')])],
    ['f:["1" TO *]', range('f', '>=', '1')],
    ['f:[* TO 5}', range('f', '<', 5)],
    ['f:["*" TO \\*]', exists('f')],
    ['f:[TO TO TO]', and([range('f', '>=', 'TO'), range('f', '<=', 'TO')])],
    ['f:[now-1d/d TO now]', and([range('f', '>=', 'now-1d/d'), range('f', '<=', 'now')])],
    ['[1 TO 5]', and([range('*', '>=', 1), range('*', '<=', 5)])],
    ['f:>=10', range('f', '>=', 10)],
    ['f:>now-1h', range('f', '>', 'now-1h')],
    ['f:\\>5', range('f', '>', 5)],
    ['f:">5"', is('f', ['>5'])],
    ['f:>', is('f', ['>'])],
    ['f:>=', range('f', '>', '=')],
    ['f:>*', is('f', ['>', many])],
    ['f:>\\*', exists('f')],
    ['f:(>=10 AND <20)', and([range('f', '>=', 10), range('f', '<', 20)])],
    ['>5', opaque('>5')],
  ]);
});

describe('refuses, with the reason and the place', () => {
  test.each<[string, string, number, RegExp]>([
    ['a AND', 'parse/unexpected', 5, /After "AND"/],
    ['AND a', 'parse/unexpected', 0, /none stands before/],
    ['a OR OR b', 'parse/unexpected', 5, /After "OR"/],
    ['NOT NOT a', 'parse/unexpected', 4, /negated twice/],
    ['+-a', 'parse/unexpected', 1, /After "\+"/],
    ['f:-5', 'parse/unexpected', 2, /between the field and its value/],
    ['f:NOT b', 'parse/unexpected', 2, /between the field and its value/],
    ['f:a:b', 'parse/unexpected', 3, /colon in a value/],
    ['win*:b', 'parse/unexpected', 4, /wildcard in the name/],
    ['()', 'parse/unexpected', 1, /a value/],
    ['(a', 'parse/unexpected', 2, /"\)"/],
    ['a)', 'parse/unexpected', 1, /the end/],
    ['f:', 'parse/unexpected', 2, /a value/],
    ['f:[1 5]', 'parse/unexpected', 5, /"TO" between/],
    ['f:[1 TO]', 'parse/unexpected', 7, /"TO" between/],
    ['f:[1 TO 5', 'parse/unexpected', 9, /"TO" between|"\]"/],
    ['f:]', 'parse/unexpected', 2, /a value/],
    ['a^b', 'parse/unexpected', 2, /a number/],
    ['"some phrase', 'parse/unclosed-string', 0, /never closed/],
    ['"a\\"', 'parse/unclosed-string', 0, /backslash before a quote/],
    ['path:/usr', 'parse/unclosed-string', 5, /regular expression/],
    ['a:b\\', 'parse/bad-escape', 3, /escapes nothing|nothing to escape/],
    ['f:*\\users*', 'parse/bad-escape', 2, /\\u/],
    ['f:"C:\\users"', 'parse/bad-escape', 2, /\\u/],
    ['a~1.5', 'parse/bad-value', 1, /distance/],
  ])('%s', (text, code, start, message) => {
    const { diagnostics } = lucene.parse(text);
    expect(diagnostics[0]).toMatchObject({ code, span: { start } });
    expect(diagnostics[0]?.message).toMatch(message);
  });

  test('what is nested too deep', () => {
    expect(failsWith(lucene.parse('('.repeat(1000)))).toEqual(['parse/too-deep']);
    const deep = `${'(NOT '.repeat(400)}a${')'.repeat(400)}`;
    expect(must(lucene.print(must(lucene.parse(deep)))).length).toBeGreaterThan(1000);
  });
});

describe('tells', () => {
  test('of clauses that find nothing more', () => {
    const { diagnostics } = lucene.parse('x:1 AND y:2 OR z:3');
    expect(diagnostics).toMatchObject([{ code: 'parse/no-effect', span: { start: 15, end: 18 } }]);
  });

  test('of words that nothing joins', () => {
    const { diagnostics } = lucene.parse('event.type:(start or started) OR "a" b');
    expect(diagnostics).toMatchObject([{ code: 'mapping/assumption', span: { start: 12, end: 28 } }]);
    expect(diagnostics[0]?.message).toContain('"start", "or", "started"');
  });

  test('of nothing else', () => {
    expect(failsWith(lucene.parse('a b ) c'))).toEqual(['parse/unexpected']);
    expect(lucene.parse('a OR b^2 OR c AND d:(e OR f)').diagnostics).toHaveLength(2);
    expect(lucene.parse('a OR b^2 OR NOT c').diagnostics).toEqual([]);
  });
});

test('Places are those of the text', () => {
  const text = 'x:1 AND host.name:(a OR "b c") AND f:[1 TO 2]';
  const found = lucene.parse(text);
  const spans: string[] = [];
  JSON.stringify(found, (key, value) => {
    if (key === 'span') spans.push(text.slice(value.start, value.end));
    return value;
  });
  expect(spans).toEqual(['x:1', 'a OR "b c"', 'f:[1 TO 2]', 'f:[1 TO 2]']);
});
