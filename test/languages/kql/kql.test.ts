import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { kql } from '../../../src/languages/kql/index.ts';
import { always, and, filter, not, or } from '../../../src/query/build.ts';
import { many, one } from '../../../src/query/pattern.ts';
import type { Equals, FreeText, Predicate, Value } from '../../../src/query/query.ts';
import { failsWith, keepsItsWord, meaning, must, reprint } from '../../support/laws.ts';

const is = (field: string, ...values: Value[]): Equals => ({
  kind: 'equals',
  field,
  values,
  quantifier: 'any',
  caseSensitive: true,
});
const all = (field: string, ...values: Value[]): Equals => ({ ...is(field, ...values), quantifier: 'all' });
const exists = (field: string): Predicate => ({ kind: 'exists', field });
const free = (value: Value): FreeText => ({
  kind: 'free-text',
  values: [value],
  quantifier: 'any',
  caseSensitive: true,
});
const print = (where: Predicate) => must(kql.print(filter(where)));

describe('says the same after a round trip', () => {
  const samples = readFileSync(join(import.meta.dirname, 'samples.kql'), 'utf8');
  keepsItsWord(
    kql,
    samples.split('\n').filter((line) => line !== ''),
  );
});

describe('reads as Kibana reads', () => {
  test.each<[string, Predicate]>([
    ['', always],
    [' \t\n\u00a0', always],
    ['*:*', always],
    ['foo bar', free(['foo bar'])],
    ['*', free([many])],
    ['a:b c', is('a', ['b c'])],
    ['a:b\n  c', is('a', ['b\n  c'])],
    ['a:b or c', or([is('a', ['b']), free(['c'])])],
    ['a:rock and roll', and([is('a', ['rock']), free(['roll'])])],
    ['a:rock \\and roll', is('a', ['rock and roll'])],
    ['a:(b c or d)', is('a', ['b c'], ['d'])],
    ['a:(b and c)', all('a', ['b'], ['c'])],
    ['a:(b or (c or (d)))', is('a', ['b'], ['c'], ['d'])],
    ['a:(b or c and d or e)', or([is('a', ['b'], ['e']), all('a', ['c'], ['d'])])],
    ['a:(x or (y and not z))', or([is('a', ['x']), and([is('a', ['y']), not(is('a', ['z']))])])],
    ['a:(not (b or c))', not(is('a', ['b'], ['c']))],
    ['a:(\n  b\n  or c\n)', is('a', ['b'], ['c'])],
    ['not a and b', and([not(free(['a'])), free(['b'])])],
    ['not a:b or c:d', or([not(is('a', ['b'])), is('c', ['d'])])],
    ['a:1 or b:2 and c:3', or([is('a', ['1']), and([is('b', ['2']), is('c', ['3'])])])],
    ['not (not a)', not(not(free(['a'])))],
    ['nOt a:b AND c:d', and([not(is('a', ['b'])), is('c', ['d'])])],
    ['a:or', is('a', ['or'])],
    ['a:or b', is('a', ['or b'])],
    ['a: or b', is('a', ['or b'])],
    ['a:b or', is('a', ['b or'])],
    ['a:b and not', and([is('a', ['b']), free(['not'])])],
    ['a:nothing', is('a', ['nothing'])],
    ['a:*', exists('a')],
    ['a:(*)', exists('a')],
    ['a:(* or b)', is('a', [many], ['b'])],
    ['a:**', is('a', [many, many])],
    ['a:b*c?', is('a', ['b', many, 'c?'])],
    ['a:"b*"', is('a', ['b*'])],
    ['a:b\\*', is('a', ['b*'])],
    ['a:C\\:\\\\Windows\\\\*', is('a', ['C:\\Windows\\', many])],
    ['a:"C:\\\\Windows"', is('a', ['C:\\Windows'])],
    ['a:"C:\\Windows"', is('a', ['C:\\Windows'])],
    ['a:"C:\\temp"', is('a', ['C:\temp'])],
    ['a:"\\u0041\\u00g1"', is('a', ['A\\u00g1'])],
    ['a:\\u0041', is('a', ['A'])],
    ['a:\\tb\\t', is('a', ['b'])],
    ['a:"\\tb"', is('a', ['\tb'])],
    ['a:b \\not c', is('a', ['b \not c'])],
    ['a:b \\Not c', is('a', ['b Not c'])],
    ['a:true', is('a', true)],
    ['a:"true"', is('a', ['true'])],
    ['a:True', is('a', ['True'])],
    ['a:5', is('a', ['5'])],
    ['a:null', not(exists('a'))],
    ['a:"null"', is('a', ['null'])],
    ['null:a', free(['a'])],
    ['a.*:b', is('a.*', ['b'])],
    ['a.*:*', exists('a.*')],
    ['"a b":c', is('a b', ['c'])],
    ['a b:c', is('a b', ['c'])],
    ['"*":*', exists('*')],
    ['a : b', is('a', ['b'])],
    ['a:-5', is('a', ['-5'])],
    ['a:192.168.0.0/16', is('a', ['192.168.0.0/16'])],
    ['a:now-1d', is('a', ['now-1d'])],
    ["a:x'y", is('a', ["x'y"])],
    ['a > 5', { kind: 'range', field: 'a', operator: '>', value: 5 }],
    ['a<=10', { kind: 'range', field: 'a', operator: '<=', value: 10 }],
    ['a >= "10"', { kind: 'range', field: 'a', operator: '>=', value: '10' }],
    ['a < 010', { kind: 'range', field: 'a', operator: '<', value: '010' }],
    ['a < now-1d/d', { kind: 'range', field: 'a', operator: '<', value: 'now-1d/d' }],
    ['a < 1*', { kind: 'range', field: 'a', operator: '<', value: '1*' }],
    ['a < null', exists('a')],
    [
      'a:{b:c and d:{e:f}}',
      {
        kind: 'nested',
        path: 'a',
        where: and([is('a.b', ['c']), { kind: 'nested', path: 'a.d', where: is('a.d.e', ['f']) }]),
      },
    ],
  ])('%s', (text, where) => {
    expect(meaning(kql, text)).toEqual(filter(where));
  });

  test('keeps the place of every test', () => {
    const { find } = must(kql.parse('a:x and not b:(y or (z and\n w)) or "free"'));
    const texts: string[] = [];
    JSON.stringify(find, (key, value) => {
      if (key === 'span')
        texts.push('a:x and not b:(y or (z and\n w)) or "free"'.slice(value.start, value.end));
      return value;
    });
    expect(texts).toEqual(['a:x', 'y', '(z and\n w)', '"free"']);
  });
});

describe('says what is wrong, and where', () => {
  test.each<[string, string, string, string]>([
    ['a:b c:d', 'parse/unexpected', ':', '"b c" was read as one value'],
    ['a:"b" c:d', 'parse/unexpected', 'c', 'no "and" or "or" joins the two'],
    ['a:"b" not c:d', 'parse/unexpected', 'not', 'no "and" or "or" joins the two'],
    ['a:b not c:d', 'parse/unexpected', 'not', 'no "and" or "or" joins the two'],
    ['a:(b "c")', 'parse/unexpected', '"c"', 'no "and" or "or" joins the two'],
    ['(a:b) (c:d)', 'parse/unexpected', '(', 'no "and" or "or" joins the two'],
    ['msg:cannot open', 'parse/unexpected', 'not', 'the end of "cannot " for the word "not"'],
    ['a:not b', 'parse/unexpected', 'not', 'in parentheses only'],
    ['not not a', 'parse/unexpected', 'not', 'one "not" at a time'],
    ['a:(not not b)', 'parse/unexpected', 'not', 'one "not" at a time'],
    ['a:>5', 'parse/unexpected', '>', 'without the colon, as in "field > value"'],
    ['(a:b)and c:d', 'parse/unexpected', 'and c', 'knows "and" only by the white space'],
    ['(a:b) and(c:d)', 'parse/unexpected', 'and', 'knows "and" only by the white space'],
    ['a:b or(c:d)', 'parse/unexpected', '(', 'knows "or" only by the white space'],
    ['not(a:b)', 'parse/unexpected', '(', 'knows "not" only by the white space'],
    ['a:C:\\Windows', 'parse/unexpected', ':', 'Expected "and", "or" or the end, found ":"'],
    ['a:\\Windows', 'parse/bad-escape', '\\W', 'no escape "\\W"'],
    ['a:b\\q', 'parse/bad-escape', '\\q', 'no escape "\\q"'],
    ['a:\\', 'parse/bad-escape', '\\', 'no escape "\\"'],
    ['a:"b', 'parse/unclosed-string', '"b', 'This string is never closed, so'],
    ['a:"b\\"', 'parse/unclosed-string', '"b\\"', 'A backslash before a quote'],
    ['a:', 'parse/unexpected', '', 'Expected a value, found the end.'],
    ['a:b and ', 'parse/unexpected', '', 'Expected a field or a value, found the end.'],
    ['a:(b', 'parse/unexpected', '', 'Expected "and", "or" or ")", found the end.'],
    ['a:b)', 'parse/unexpected', ')', 'Expected "and", "or" or the end, found ")".'],
    ['a:{b:c', 'parse/unexpected', '', 'Expected "and", "or" or "}", found the end.'],
    ['a {b:c}', 'parse/unexpected', '{', 'found "{"'],
    ['()', 'parse/unexpected', ')', 'Expected a field or a value, found ")".'],
    ['a:()', 'parse/unexpected', ')', 'Expected a value, found ")".'],
    [`${'('.repeat(501)}a${')'.repeat(501)}`, 'parse/too-deep', 'a', 'more than 500 levels deep'],
  ])('%.30s', (text, code, place, message) => {
    const outcome = kql.parse(text);
    expect(failsWith(outcome)).toEqual([code]);
    const [found] = outcome.diagnostics;
    expect(text.slice(found?.span?.start, found?.span?.end)).toBe(place);
    expect(found?.message).toContain(message);
    expect(found?.message).toMatch(/^[^\n]*\.$/);
  });

  test('takes no longer than the text, however strange it is', () => {
    const pieces = [
      '(',
      'a:{',
      'not ',
      'cannot ',
      'a or ',
      'a:(b and ',
      '"',
      '\\',
      '\\"',
      ' ',
      'n',
      '*',
      'a:* or ',
    ];
    const long = pieces.map((piece) => piece.repeat(300_000 / piece.length));
    for (const text of [...long, `"${long[7]}"`, `a:"${long[8]}"`, `${long[9]}x`, `a:(x${long[9]}y)`]) {
      const outcome = kql.parse(text);
      if (outcome.ok) expect(must(kql.print(outcome.value))).not.toBe('');
    }
  }, 5_000);
});

describe('writes as Elastic’s rule files are written', () => {
  test.each<[string, string]>([
    ['a : "b"', 'a:b'],
    ['a: ("b" OR "c d")', 'a:(b or "c d")'],
    ['((a: 1) AND (b: 2))', 'a:1 and b:2'],
    ['NOT (a: 1 and (b: 2 or c: 3))', 'not (a:1 and (b:2 or c:3))'],
    ['(a:1 and b:2) or c:3', 'a:1 and b:2 or c:3'],
    ['a:(not b)', 'not a:b'],
    ['a:(not (b or c))', 'not a:(b or c)'],
    ['a:(* and not (b or c))', 'a:(* and not (b or c))'],
    ['a:* and not a:b', 'a:(* and not b)'],
    ['not a:b and not a:c', 'not a:b and not a:c'],
    ['not a:(b and not c)', 'not a:(b and not c)'],
    ['x:y and a:(* and not b) and z:w', 'x:y and a:(* and not b) and z:w'],
    ['a:(b or not c)', 'a:(b or not c)'],
    ['*:(b and not c)', '*:b and not *:c'],
    ['a:null', 'not a:*'],
    ['a:{ b : c }', 'a:{ b:c }'],
    ['a:C\\:\\\\x', 'a:"C:\\\\x"'],
    ['a:"x and y"', 'a:"x and y"'],
    ['a:"and"', 'a:"and"'],
    ['a>=5', 'a >= 5'],
  ])('%s', (text, wanted) => {
    expect(reprint(kql, text)).toBe(wanted);
  });

  test('breaks lines after "and" and "or" at 120 columns, and lists inside their brackets', () => {
    const names = Array.from({ length: 14 }, (_, index) => `program-${index}.exe`);
    const text = print(
      and([
        is('event.category', ['process']),
        not(is('process.name', ...names.map((name) => [name]))),
        or([is('user.id', ['S-1-5-18']), and([exists('host.os.type'), is('host.os.family', ['windows'])])]),
        is('process.executable', ['/opt/a-rather-long-folder/and-another-one/and-the-program-itself', many]),
      ]),
    );
    expect(text).toBe(
      [
        'event.category:process and',
        'not process.name:(',
        '  program-0.exe or program-1.exe or program-2.exe or program-3.exe or program-4.exe or program-5.exe or program-6.exe or',
        '  program-7.exe or program-8.exe or program-9.exe or program-10.exe or program-11.exe or program-12.exe or',
        '  program-13.exe',
        ') and',
        '(user.id:S-1-5-18 or host.os.type:* and host.os.family:windows) and',
        'process.executable:/opt/a-rather-long-folder/and-another-one/and-the-program-itself*',
      ].join('\n'),
    );
    expect(meaning(kql, text).find).toMatchObject({ where: { kind: 'and' } });
    expect(reprint(kql, text)).toBe(text);
  });

  test('keeps to 120 columns wherever a part is shorter', () => {
    const deep = Array.from({ length: 6 }).reduce<Predicate>(
      (inner, _, depth) => {
        const own = is(`field.number-${depth}`, ['some value'], [many, 'another'], ['third']);
        return depth % 2 === 0 ? or([own, not(and([own, inner]))]) : and([own, or([inner, own])]);
      },
      is('innermost', ['x']),
    );
    const text = print(deep);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
    expect(text.split('\n').length).toBeGreaterThan(5);
  });

  test('puts the event category among the tests', () => {
    expect(must(kql.print(filter(is('a', ['b']), 'process')))).toBe('event.category:process and a:b');
    expect(must(kql.print(filter(or([is('a', ['b']), free(['c'])]), 'file')))).toBe(
      'event.category:file and (a:b or c)',
    );
    expect(must(kql.print(filter(always, 'network')))).toBe('event.category:network');
  });

  test.each<[string, Predicate, string]>([
    ['numbers', is('a', 5, -1.5), 'a:(5 or -1.5)'],
    ['null among values', is('a', ['b'], null), 'a:(b or not *)'],
    ['null alone', is('a', null), 'not a:*'],
    ['each of nothing and something', all('a', ['b'], null), 'a:(b and not *)'],
    ['no values', is('a'), 'not *:*'],
    [
      'networks',
      { kind: 'cidr', field: 'ip', networks: ['10.0.0.0/8', 'fe80::/10'] },
      'ip:(10.0.0.0/8 or "fe80::/10")',
    ],
    ['a search for several words', { ...free(['x']), values: [['x'], ['y z']] }, 'x or "y z"'],
    [
      'a search for all of several words',
      { ...free(['x']), values: [['x'], ['y']], quantifier: 'all' },
      'x and y',
    ],
    ['case where there are no letters', { ...is('a', ['4624', many]), caseSensitive: false }, 'a:4624*'],
    ['false', not(always), 'not *:*'],
    ['false as a constant', { kind: 'constant', value: false }, 'not *:*'],
    ['its own text', { kind: 'opaque', language: 'kuery', text: 'a:b or c' }, '(a:b or c)'],
    ['any field with any value', is('*', [many]), '"*":*'],
  ])('%s', (_, where, wanted) => {
    expect(print(where)).toBe(wanted);
  });
});

describe('tells of everything it has no words for', () => {
  const span = { start: 3, end: 7 };
  const step = { where: always, by: [], runs: 1, missing: false };
  test.each<[string, Predicate]>([
    ['loss/case-sensitivity', { ...is('a', ['b']), caseSensitive: false, span }],
    ['loss/case-sensitivity', { ...free(['b']), caseSensitive: false, span }],
    ['loss/wildcard', { ...is('a', [one, 'b']), span }],
    ['loss/wildcard', { ...is('a', [' b', many]), span }],
    ['loss/wildcard', { ...is('a', [many, 'b\n']), span }],
    ['loss/placeholder', { ...is('a', [{ placeholder: 'admins' }]), span }],
    ['loss/value-type', { ...is('a', Number.NaN), span }],
    ['loss/value-type', { kind: 'range', field: 'a', operator: '<', value: Number.POSITIVE_INFINITY, span }],
    [
      'loss/regex-flavour',
      {
        kind: 'regex',
        field: 'a',
        patterns: ['b.'],
        quantifier: 'any',
        flavour: 'lucene',
        caseSensitive: true,
        span,
      },
    ],
    [
      'loss/comparison',
      {
        kind: 'compare',
        left: { kind: 'field', field: 'a' },
        operator: '==',
        right: { kind: 'field', field: 'b' },
        span,
      },
    ],
    ['loss/function', { kind: 'call', name: 'endsWith', caseSensitive: true, arguments: [], span }],
    ['loss/language', { kind: 'opaque', language: 'eql', text: 'any where true', span }],
    ['loss/nested', { kind: 'nested', path: 'a', where: { ...is('b', ['c']), span } }],
  ])('%s', (code, where) => {
    const outcome = kql.print(filter(not(and([exists('x'), where]))));
    expect(outcome.diagnostics).toMatchObject([{ code, span }]);
    expect(outcome.diagnostics[0]?.message).toMatch(/^[A-Z].*, so it can not be said in KQL\.$/);
    expect(outcome.ok).toBe(false);
  });

  test('all at once', () => {
    const folded = (field: string): Predicate => ({ ...is(field, ['b']), caseSensitive: false });
    const outcome = kql.print(
      filter(or([folded('a'), and([folded('b'), is('c', [one])]), not(folded('d'))])),
    );
    expect(failsWith(outcome)).toEqual([
      'loss/case-sensitivity',
      'loss/case-sensitivity',
      'loss/wildcard',
      'loss/case-sensitivity',
    ]);
    expect(outcome.diagnostics.map(({ message }) => message.slice(0, 16))).toEqual([
      'The test of a ta',
      'The test of b ta',
      'The test of c ha',
      'The test of d ta',
    ]);
  });

  test('what is more than a filter', () => {
    const { find } = filter(always);
    expect(
      failsWith(kql.print({ from: [], find: { kind: 'sequence', by: [], steps: [step] }, stages: [] })),
    ).toEqual(['loss/sequence']);
    expect(
      failsWith(kql.print({ from: [], find: { kind: 'sample', by: [], steps: [step] }, stages: [] })),
    ).toEqual(['loss/sample']);
    expect(
      failsWith(
        kql.print({
          from: ['logs-*'],
          find,
          stages: [
            { kind: 'limit', end: 'first', count: 1 },
            { kind: 'aggregate', measure: 'count', by: [] },
          ],
        }),
      ),
    ).toEqual(['loss/log-source', 'loss/pipe', 'loss/aggregation']);
  });
});
