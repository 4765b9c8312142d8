import { describe, expect, test } from 'vitest';

import type { Diagnostic } from '../../../src/diagnostic/diagnostic.ts';
import { foldedLucene, inLucene, writtenLucene, writtenPcre } from '../../../src/query/regex.ts';

/** The code, and the piece of the text that it is about. */
const placed = (text: string, found: readonly Diagnostic[]) =>
  found.map(({ code, span }) => [code, span && text.slice(span.start, span.end)]);

const pcre = { flavour: 'pcre', caseSensitive: true } as const;
const lucene = { flavour: 'lucene', caseSensitive: true } as const;

const refused = 'loss/regex-flavour';

describe('what Lucene has no words for is refused at its place', () => {
  test.each([
    ['a(?=b)c', refused, '(?='],
    ['a(?!b)c', refused, '(?!'],
    ['(?<=a)b', refused, '(?<='],
    ['(?<!a)b', refused, '(?<!'],
    ['a(?>bc)', refused, '(?>'],
    ['(?|a|b)', refused, '(?|'],
    ['(a)\\1', refused, '\\1'],
    ['(a)\\g{1}', refused, '\\g'],
    ['(?<n>a)\\k<n>', refused, '\\k'],
    ['(?P<n>a)(?P=n)', refused, '(?P='],
    ['a(?R)', refused, '(?R'],
    ['(a)(?(1)b|c)', refused, '(?('],
    ['(*FAIL)a', refused, '(*'],
    ['ab++', refused, 'b++'],
    ['a{2}+', refused, 'a{2}+'],
    ['a(?x) b', refused, '(?x)'],
    ['\\pL', refused, '\\p'],
    ['a\\X', refused, '\\X'],
    ['a\\h', refused, '\\h'],
    ['[[:vowel:]]', refused, '[:vowel:]'],
    ['x(\\ba)+', refused, '(\\ba)+'],
    ['x(^a)*', refused, '(^a)*'],
    ['x(a?b?)\\b.', refused, '\\b'],
    ['(?m)a.^b', refused, '^'],
    ['(a', 'parse/unexpected', ''],
    ['a)', 'parse/unexpected', ')'],
    ['a|*', 'parse/unexpected', '*'],
    ['a**', 'parse/unexpected', '*'],
    ['^*', 'parse/unexpected', '*'],
    ['[a', 'parse/unexpected', '[a'],
    ['[b-a]', 'parse/unexpected', 'b-a'],
    ['a{3,2}', 'parse/unexpected', ''],
    ['(?Pa)', 'parse/unexpected', '?'],
    ['\\', 'parse/unexpected', ''],
    ['\\x{110000}', 'parse/bad-escape', '\\x{110000}'],
  ])('%s', (text, code, place) => {
    const outcome = writtenLucene(text, pcre);
    expect(outcome.ok).toBe(false);
    expect(placed(text, outcome.diagnostics)).toEqual([[code, place]]);
  });
});

describe('what PCRE has no words for is refused at its place', () => {
  test.each([
    ['a~b', refused, '~b'],
    ['(a&b)c', refused, 'a&b'],
    ['a#', refused, '#'],
    ['"a', 'parse/unexpected', '"'],
    ['[a', 'parse/unexpected', ''],
    ['[_-]', 'parse/unexpected', ''],
    ['(a', 'parse/unexpected', ''],
    ['a)', 'parse/unexpected', ')'],
    ['<1>', 'parse/unexpected', '<'],
    ['a{,2}', 'parse/unexpected', '{'],
  ])('%s', (text, code, place) => {
    expect(placed(text, writtenPcre(text, lucene).diagnostics)).toEqual([[code, place]]);
  });
});

describe('anchors and boundaries of words go where they can be said', () => {
  test.each([
    ['\\bfoo\\b', '(.*[^A-Za-z0-9_])?foo([^A-Za-z0-9_].*)?'],
    ['(^a|b$)c?', 'ac?.*|.*b'],
    ['(^|\\s)foo', '(.*[ \t\n\r\f\v])?foo.*'],
    ['foo(/|$)', '.*foo(/.*)?'],
    ['(?:^a$|^b$)', 'a|b'],
    ['a\\Bb', '.*ab.*'],
    ['a\\bb', '#'],
    ['a^b', '#'],
    ['(?i)foo', '.*foo.*'],
    ['(?m)^a$', '(.*\n)?a(\n.*)?'],
    ['(?:1(?:\\.|\\b)){3}:', '.*1\\.1\\.1\\.:.*|.*1\\.1\\.1:.*'],
    ['[[:alpha:]_]', '.*[A-Za-z_].*'],
    ['\\Aa\\z', 'a'],
    ['(?<n>a)(?#why)b', '.*(a)b.*'],
    ['\\Qa.b\\E', '.*"a.b".*'],
    ['(a|)b', '.*(a|())b.*'],
    ['a(?i:b)c', '.*a([bB])c.*'],
  ])('%s', (text, whole) => {
    const outcome = writtenLucene(text, pcre);
    expect(outcome.ok ? outcome.value.text : outcome.diagnostics).toBe(whole);
  });
});

test('a list has one kind of case, and keeps it by classes where its expressions differ', () => {
  const rest = { kind: 'regex', field: 'f', quantifier: 'any', ...pcre } as const;
  const outcome = inLucene({ ...rest, patterns: ['^(?i)ab$', '^c$'] });
  expect(outcome).toMatchObject({ ok: true, value: { patterns: ['[aA][bB]', 'c'], caseSensitive: true } });
  expect(foldedLucene('a[b-c]', { ...lucene, caseSensitive: false })).toMatchObject({
    ok: true,
    value: '[aA][b-cB-C]',
  });
});

describe('no text takes long, or leaves by another way than an outcome', () => {
  test.each([
    '('.repeat(100_000),
    '(?:'.repeat(6000),
    `${'(?:'.repeat(240)}a${')'.repeat(240)}`,
    `a${'{1}'.repeat(6000)}`,
    `a${'?'.repeat(19_000)}`,
    '~'.repeat(19_000),
    'a?'.repeat(9000),
    '\\b'.repeat(9000),
    'a\\b'.repeat(6000),
    'a\\B'.repeat(6000),
    '(?:a?\\b)?'.repeat(2000),
    '(^|a)'.repeat(3000),
    `${'('.repeat(200)}\\ba${'){5}'.repeat(200)}`,
    `(?:\\b${'a?'.repeat(3000)}){5}`,
    '[a-z]'.repeat(4000),
    '|'.repeat(19_000),
    '(?i)a|'.repeat(3000),
    '\\Q'.repeat(9000),
    '(?'.repeat(9000),
    '<'.repeat(19_000),
    '[['.repeat(9000),
  ])('%#', (text) => {
    const start = performance.now();
    writtenLucene(text, pcre);
    writtenPcre(text, lucene);
    foldedLucene(text, { ...pcre, caseSensitive: false });
    expect(performance.now() - start).toBeLessThan(2500);
  });
});
