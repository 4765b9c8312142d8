import { describe, expect, test } from 'vitest';
import { isMap, parseDocument } from 'yaml';

import { sigma } from '../../../src/languages/sigma/index.ts';
import { and, not, or } from '../../../src/query/build.ts';
import { many, one } from '../../../src/query/pattern.ts';
import type { Predicate, Value } from '../../../src/query/query.ts';
import { failsWith, must, withoutSpans } from '../../support/laws.ts';

const is = (field: string, ...values: Value[]): Predicate => ({
  kind: 'equals',
  field,
  values,
  quantifier: 'any',
  caseSensitive: false,
});
const words = (...values: Value[]): Predicate => ({
  kind: 'free-text',
  values,
  quantifier: 'any',
  caseSensitive: false,
});

function where(text: string): Predicate {
  const { find } = withoutSpans(must(sigma.parse(text)));
  if (find.kind !== 'filter') throw new Error('A detection is about single events.');
  return find.where;
}

/** One search, named by the whole condition. */
const search = (text: string) => where(`s: ${text}\ncondition: s`);

describe('searches', () => {
  test.each<[string, string, Predicate]>([
    ['a map is all of its lines', '{a: x, b: y}', and([is('a', ['x']), is('b', ['y'])])],
    [
      'a list of maps is any of them',
      '[{a: x}, {b: y, c: z}]',
      or([is('a', ['x']), and([is('b', ['y']), is('c', ['z'])])]),
    ],
    ['a list of values is one test', '{a: [x, y*]}', is('a', ['x'], ['y', many])],
    ['all of the values', '{a|all: [x, y]}', { ...is('a', ['x'], ['y']), quantifier: 'all' } as Predicate],
    ['keywords', '[x, 5, true]', words(['x'], 5, true)],
    ['one keyword', 'x', words(['x'])],
    ['keywords beside maps', '[x, {a: y}]', or([words(['x']), is('a', ['y'])])],
    ['lists in lists', '[[x, y], [{a: z}]]', or([words(['x'], ['y']), is('a', ['z'])])],
    [
      'keywords that all stand there',
      "{'|all': [x, y]}",
      { ...words(['x'], ['y']), quantifier: 'all' } as Predicate,
    ],
    [
      'keywords that case counts for',
      "{'|cased': [x]}",
      { ...words(['x']), caseSensitive: true } as Predicate,
    ],
    ['an empty list is null', '{a: []}', is('a', null)],
    ['null and nothing', '{a: null, b: ~, c: }', and([is('a', null), is('b', null), is('c', null)])],
    ['null in a list', '{a: [x, null]}', is('a', ['x'], null)],
    ['an empty text', "{a: ''}", is('a', [''])],
    ['numbers', '{a: [1, -2, 1.5, 0x1F]}', is('a', 1, -2, 1.5, 31)],
    [
      'digits that a number would lose',
      '{a: [00050429, 12345678901234567890, "1"]}',
      is('a', ['00050429'], ['12345678901234567890'], ['1']),
    ],
    ['truth values', '{a: [true, "true"]}', is('a', true, ['true'])],
    ['keys that are no texts', '{1: x, true: y}', and([is('1', ['x']), is('true', ['y'])])],
    [
      'keys that are names elsewhere',
      '{__proto__: x, constructor: y}',
      and([is('__proto__', ['x']), is('constructor', ['y'])]),
    ],
    ['aliases', '{a: &one [x, y], b: *one}', and([is('a', ['x'], ['y']), is('b', ['x'], ['y'])])],
  ])('%s', (_, text, tree) => {
    expect(search(text)).toEqual(tree);
  });
});

describe('conditions', () => {
  const searches =
    'a: {f: 1}\nb: {f: 2}\nc: {f: 3}\nnotepad: {f: 4}\n_a: {f: 5}\nx.y_a: {f: 6}\nof: {f: 7}\n';
  const [a, b, c, notepad, hidden, odd, called] = [1, 2, 3, 4, 5, 6, 7].map((value) =>
    is('f', value),
  ) as Predicate[];
  test.each<[string, Predicate]>([
    ['a', a!],
    ['a or b and c', or([a!, and([b!, c!])])],
    ['(a or b) and c', and([or([a!, b!]), c!])],
    ['not a and b', and([not(a!), b!])],
    ['not (a or b)', not(or([a!, b!]))],
    ['not not a', not(not(a!))],
    ['notepad', notepad!],
    ['not notepad', not(notepad!)],
    ['1 of a*', a!],
    ['any of *a', or([a!, odd!])],
    ['all of x*y_a', odd!],
    ['all of _*', hidden!],
    ['1 of them', or([a!, b!, c!, notepad!, odd!, called!])],
    ['all of *', and([a!, b!, c!, notepad!, odd!, called!])],
    ['1 of a', a!],
    ['not 1 of a* and b', and([not(a!), b!])],
    ['x.y_a', odd!],
    ['of', called!],
    ['1 of of', called!],
    ['[a, not b]', or([a!, not(b!)])],
    ['a\n   and b', and([a!, b!])],
  ])('%s', (text, tree) => {
    expect(where(`${searches}condition: ${text}`)).toEqual(tree);
  });
});

describe('what is wrong is said, with its place', () => {
  test.each<[string, string, string]>([
    ['parse/unexpected', 's: {a: x}\ncondition: s and', ''],
    ['parse/unexpected', 's: {a: x}\ncondition: s AND s', 'AND'],
    ['parse/unexpected', 's: {a: x}\ncondition: (s', ''],
    ['parse/unexpected', 's: {a: x}\ncondition: s s', 's'],
    ['parse/unexpected', 's: {a: x}\ncondition: "2 of s*"', '2'],
    ['parse/unexpected', 's: [a', ''],
    ['parse/unclosed-string', 's: {a: "x}\ncondition: s', ''],
    ['parse/unexpected', '- a', '- a'],
    ['parse/unexpected', 's: {a: *b}\ncondition: s', '*b'],
    ['parse/duplicate-key', 's:\n  a: x\n  a: y\ncondition: s', 'a'],
    ['parse/duplicate-key', 's: x\ns: y\ncondition: s', 's'],
    ['parse/unknown-identifier', "select: x\ncondition: 'not selekt'", 'selekt'],
    ['parse/unknown-identifier', 'select: x\ncondition: select and 1 of zz*', 'zz*'],
    ['parse/unknown-identifier', '_s: x\ncondition: all of them', 'them'],
    ['parse/legacy', 's: x\ncondition: (s | near b)', '|'],
    ['parse/legacy', 's: x\ncondition: count(a) per b > 2', 'count'],
    ['schema/missing-field', 'condition: s', 'condition: s'],
    ['schema/missing-field', 's: x', 's: x'],
    ['parse/bad-value', 's: x\ncondition: {a: b}', '{a: b}'],
    ['parse/bad-value', 's: x\ncondition: []', '[]'],
    ['parse/bad-value', 's: {}\ncondition: s', '{}'],
    ['parse/bad-value', 's: []\ncondition: s', '[]'],
    ['parse/bad-value', 's:\ncondition: s', ''],
    ['parse/bad-value', 's: [x, null]\ncondition: s', 'null'],
    ['parse/bad-value', 's: {a: {b: c}}\ncondition: s', '{b: c}'],
    ['parse/bad-value', 's: {a: [[b]]}\ncondition: s', '[b]'],
  ])('%s in %j', (code, text, place) => {
    const outcome = sigma.parse(text);
    expect(failsWith(outcome)).toEqual([code]);
    const span = outcome.diagnostics[0]?.span;
    expect(text.slice(span?.start, span?.end)).toBe(place);
  });

  test('with the name that was probably meant', () => {
    const outcome = sigma.parse('selection_img: x\ncondition: selection_image');
    expect(outcome.diagnostics[0]?.message).toContain('"selection_img"');
  });

  test.each([
    ['parse/too-deep', '- '.repeat(5000)],
    ['parse/too-deep', '['.repeat(5000)],
    ['parse/too-deep', 's: &s [*s]\ncondition: s'],
    ['parse/too-deep', `s: x\ncondition: ${'('.repeat(5000)}s${')'.repeat(5000)}`],
    ['parse/alias-bomb', bomb()],
    ['parse/too-large', `${names(1000)}\ncondition: ${Array(1000).fill('1 of them').join(' and ')}`],
    ['parse/too-large', `s: {a|${Array(16).fill('base64offset').join('|')}: text}\ncondition: s`],
    ['parse/bad-value', `s: {a|windash: '${'-a '.repeat(20)}'}\ncondition: s`],
  ])('%s where a short text stands for a long one', (code, text) => {
    expect(failsWith(sigma.parse(text))).toEqual([code]);
  });

  function bomb(): string {
    const lists = [...'bcdef'].map(
      (name, index) => `${name}: &${name} [${Array(10).fill(`*${'abcde'[index]}`)}]`,
    );
    return `a: &a [${Array(10).fill('x')}]\n${lists.join('\n')}\ncondition: f`;
  }

  function names(count: number): string {
    return Array.from({ length: count }, (_, index) => `s${index}: x`).join('\n');
  }
});

describe('a node that a reader has made already', () => {
  const file =
    'title: A\ndetection:\n    s:\n        a|contains: x # why\n        b: [1, 2]\n    condition: s\nlevel: low\n';
  const node = parseDocument(file).get('detection', true);
  const start = file.indexOf('    s:');
  const text = file.slice(start, file.indexOf('level:'));

  test('says the same as its text, at the same places', () => {
    expect(isMap(node)).toBe(true);
    expect(sigma.parse(text, { node, offset: start })).toEqual(sigma.parse(text));
  });

  test('is taken instead of the text', () => {
    expect(sigma.parse('', { node, offset: start }).ok).toBe(true);
  });

  test.each([[undefined], [{}], [{ node: 'x', offset: 0 }], [{ node }], [null]])('is not %j', (parsed) => {
    expect(sigma.parse(text, parsed)).toEqual(sigma.parse(text));
  });
});

test('a pattern cuts its text at the wildcards only', () => {
  expect(search("{a: 'C:\\*\\\\?x\\y?'}")).toEqual(is('a', ['C:*\\', one, 'x\\y', one]));
});
