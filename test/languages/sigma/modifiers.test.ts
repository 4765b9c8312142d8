import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { base64, base64Offsets, decode, encode } from '../../../src/languages/sigma/bytes.ts';
import { sigma } from '../../../src/languages/sigma/index.ts';
import { dashed, undashed } from '../../../src/languages/sigma/windash.ts';
import { and, not, or } from '../../../src/query/build.ts';
import { many, one } from '../../../src/query/pattern.ts';
import type { Predicate, Value } from '../../../src/query/query.ts';
import { failsWith, must, withoutSpans } from '../../support/laws.ts';

const is = (values: readonly Value[], more: object = {}): Predicate => ({
  kind: 'equals',
  field: 'f',
  values,
  quantifier: 'any',
  caseSensitive: false,
  ...more,
});
const expression = (patterns: readonly string[], more: object = {}): Predicate => ({
  kind: 'regex',
  field: 'f',
  patterns,
  quantifier: 'any',
  flavour: 'pcre',
  caseSensitive: true,
  ...more,
});
const field = { kind: 'field', field: 'f' } as const;
const other = { kind: 'field', field: 'g' } as const;
const hour = { kind: 'call', name: 'hour', caseSensitive: true, arguments: [field] } as const;

function search(item: string): Predicate {
  const { find } = withoutSpans(must(sigma.parse(`s:\n  ${item}\ncondition: s`)));
  if (find.kind !== 'filter') throw new Error('A detection is about single events.');
  return find.where;
}

describe('each modifier', () => {
  test.each<[string, Predicate]>([
    ['f|contains: x', is([[many, 'x', many]])],
    ["f|contains: '*x'", is([[many, 'x', many]])],
    ["f|contains: 'x\\'", is([[many, 'x\\', many]])],
    ["f|contains: ''", is([[many]])],
    ["f|contains: '\\*'", is([[many, '*', many]])],
    ['f|startswith: x', is([['x', many]])],
    ['f|endswith: x?', is([[many, 'x', one]])],
    [
      'f|contains|all: [x, y]',
      is(
        [
          [many, 'x', many],
          [many, 'y', many],
        ],
        { quantifier: 'all' },
      ),
    ],
    ['f|contains|all: x', is([[many, 'x', many]])],
    ['f|cased: [X, y]', is([['X'], ['y']], { caseSensitive: true })],
    ['f|cased|contains: X', is([[many, 'X', many]], { caseSensitive: true })],
    ['f|neq: [x, y]', not(is([['x'], ['y']]))],
    ['f|neq: 5', not(is([5]))],
    ["f|re: '^a.*\\d$'", expression(['^a.*\\d$'])],
    ['f|re|i: [a, b]', expression(['a', 'b'], { caseSensitive: false })],
    ['f|re|multiline|ignorecase|dotall: a', expression(['a'], { caseSensitive: false, flags: 'ms' })],
    ['f|re|all: [a, b]', expression(['a', 'b'], { quantifier: 'all' })],
    ['f|re|contains: a', expression(['a'])],
    ['f|re|startswith: a|b', expression(['^(?:a|b)'])],
    ["f|re|startswith: '^a'", expression(['^a'])],
    ["f|re|startswith: '(?i)a'", expression(['(?i)^a'])],
    ['f|re|endswith: a', expression(['a$'])],
    ["f|re|endswith: 'a\\$'", expression(['a\\$$'])],
    ['f|cidr: 10.0.0.0/8', { kind: 'cidr', field: 'f', networks: ['10.0.0.0/8'] }],
    [
      "f|cidr: [192.168.0.1, 'fe80::/10']",
      { kind: 'cidr', field: 'f', networks: ['192.168.0.1', 'fe80::/10'] },
    ],
    ['f|gt: 5', { kind: 'range', field: 'f', operator: '>', value: 5 }],
    ['f|lte: 1.5', { kind: 'range', field: 'f', operator: '<=', value: 1.5 }],
    ['f|lt: [1, 2]', or([range('<', 1), range('<', 2)])],
    ['f|gte|all: [1, 2]', and([range('>=', 1), range('>=', 2)])],
    ['f|exists: true', { kind: 'exists', field: 'f' }],
    ['f|exists: false', not({ kind: 'exists', field: 'f' })],
    ['f|exists: no', not({ kind: 'exists', field: 'f' })],
    ['f|fieldref: g', { kind: 'compare', left: field, operator: '==', right: other }],
    ['f|fieldref|neq: g', not({ kind: 'compare', left: field, operator: '==', right: other })],
    ['f|fieldref|startswith: g', call('startsWith')],
    ['f|fieldref|endswith: g', call('endsWith')],
    ['f|fieldref|contains: g', call('stringContains')],
    ['f|hour: 5', { kind: 'compare', left: hour, operator: '==', right: { kind: 'literal', value: 5 } }],
    [
      'f|hour|gte: 22',
      { kind: 'compare', left: hour, operator: '>=', right: { kind: 'literal', value: 22 } },
    ],
    ["f|expand: '%Admins%'", is([[{ placeholder: 'Admins' }]])],
    ["f|contains|expand: 'a%x-y%\\%b%'", is([[many, 'a', { placeholder: 'x-y' }, '%b%', many]])],
    ["f: '%Admins%'", is([['%Admins%']])],
    ['f|base64: foobar', is([['Zm9vYmFy']])],
    ['f|base64offset|contains: foobar', is(around('Zm9vYmFy', 'Zvb2Jhc', 'mb29iYX'))],
    ["f|base64: 'a\\*b'", is([['YSpi']])],
    ['f|base64: é1', is([['w6kx']])],
    ['f|wide|base64: foo', is([['ZgBvAG8A']])],
    ['f|utf16le|base64: foo', is([['ZgBvAG8A']])],
    ['f|utf16be|base64: foo', is([['AGYAbwBv']])],
    ['f|utf16|base64: foo', is([['//5mAG8AbwA=']])],
    ['f|wide|contains: ab*c', is([[many, 'a\0b\0', many, 'c\0', many]])],
    ['f|windash: -a b-c', is(['-', '/', '–', '—', '―'].map((dash) => [`${dash}a b-c`]))],
    [
      'f|windash|contains|all: [-a, b]',
      and([is(['-', '/', '–', '—', '―'].map((dash) => [many, `${dash}a`, many])), is([[many, 'b', many]])]),
    ],
    [
      "'|contains': x",
      { kind: 'free-text', values: [[many, 'x', many]], quantifier: 'any', caseSensitive: false },
    ],
    ["'|re': x", { kind: 'opaque', language: 'sigma', text: "'|re': 'x'" }],
    ["f|re|expand: '%x%'", { kind: 'opaque', language: 'sigma', text: "f|re|expand: '%x%'" }],
    ['f|re|expand: x', expression(['x'])],
  ])('%s', (item, tree) => {
    expect(search(item)).toEqual(tree);
  });

  function range(operator: '<' | '>=', value: number): Predicate {
    return { kind: 'range', field: 'f', operator, value };
  }

  function call(name: string): Predicate {
    return { kind: 'call', name, caseSensitive: false, arguments: [field, other] };
  }

  function around(...texts: readonly string[]): Value[] {
    return texts.map((text) => [many, text, many]);
  }
});

describe('what does not fit is refused, with its place', () => {
  test.each<[string, string, string]>([
    ['parse/bad-modifier', 'f|contain: x', 'contain'],
    ['parse/bad-modifier', 'f|lt|hour: 5', 'hour'],
    ['parse/bad-modifier', 'f|hour|contains: 5', 'contains'],
    ['parse/bad-modifier', 'f|cidr|contains: 10.0.0.0/8', 'contains'],
    ['parse/bad-value', "f|hour: '5'", "'5'"],
    ['parse/bad-value', 'f|contains: 5', '5'],
    ['parse/bad-value', 'f|contains: []', '[]'],
    ['parse/bad-value', 'f|base64offset|contains: a', 'a'],
    ['parse/bad-value', "f|fieldref: ''", "''"],
    ['parse/bad-modifier', 'f||contains: x', ''],
    ['parse/bad-modifier', 'f|: x', ''],
    ['parse/bad-modifier', 'f|CONTAINS: x', 'CONTAINS'],
    ['parse/bad-modifier', 'f|base64|re: x', 're'],
    ['parse/bad-modifier', 'f|contains|cidr: x', 'cidr'],
    ['parse/bad-modifier', 'f|expand|fieldref: x', 'fieldref'],
    ['parse/bad-modifier', 'f|exists|neq: true', 'exists'],
    ['parse/bad-modifier', 'f|all|exists: true', 'exists'],
    ['parse/bad-modifier', 'f|re|cased: x', 'cased'],
    ['parse/bad-modifier', 'f|re|base64: x', 'base64'],
    ['parse/bad-modifier', 'f|i: x', 'i'],
    ['parse/bad-modifier', 'f|wide|wide: x', 'wide'],
    ['parse/bad-modifier', 'f|gt|hour: 5', 'hour'],
    ['parse/bad-modifier', 'f|re|m|startswith: x', 'startswith'],
    ['parse/bad-modifier', 'f|cidr|contains: 10.0.0.0/8', 'contains'],
    ['parse/bad-modifier', "'|gt': 5", "'|gt': 5"],
    ['parse/bad-modifier', "'|cidr': 10.0.0.0/8", "'|cidr': 10.0.0.0/8"],
    ['parse/bad-modifier', "'|exists': true", "'|exists': true"],
    ['parse/bad-modifier', "'|fieldref': x", "'|fieldref': x"],
    ['parse/bad-value', 'f|contains: 5', '5'],
    ['parse/bad-value', 'f|contains: [x, null]', 'null'],
    ['parse/bad-value', 'f|cased: true', 'true'],
    ['parse/bad-value', "f|gt: '5'", "'5'"],
    ['parse/bad-value', 'f|minute: x', 'x'],
    ['parse/bad-value', "f|exists: 'true'", "'true'"],
    ['parse/bad-value', 'f|re: 5', '5'],
    ['parse/bad-value', "f|re: '(a'", "'(a'"],
    ['parse/bad-value', "f|re: 'a)'", "'a)'"],
    ['parse/bad-value', "f|re: '[a'", "'[a'"],
    ['parse/bad-value', "f|re: '*a'", "'*a'"],
    ['parse/bad-value', "f|re: 'a\\'", "'a\\'"],
    ['parse/bad-value', 'f|cidr: 10.0.0.1/8', '10.0.0.1/8'],
    ['parse/bad-value', 'f|cidr: here', 'here'],
    ['parse/bad-value', 'f|cidr: 5', '5'],
    ['parse/bad-value', 'f|fieldref: g*', 'g*'],
    ['parse/bad-value', 'f|base64: a*', 'a*'],
    ['parse/bad-value', "f|expand|base64: '%a%'", "'%a%'"],
    ['parse/bad-value', 'f|utf16: a', 'a'],
    ['parse/bad-value', "f|re: ''\n  g|re: '('", "'('"],
  ])('%s for %s', (code, item, place) => {
    const text = `s:\n  ${item}\ncondition: s`;
    const outcome = sigma.parse(text);
    expect(failsWith(outcome)).toEqual([code]);
    const span = outcome.diagnostics[0]?.span;
    expect(text.slice(span?.start, span?.end)).toBe(place);
  });

  test('a modifier that is nearly one is named', () => {
    expect(sigma.parse('s: {f|endwith: x}\ncondition: s').diagnostics[0]?.message).toContain('"endswith"');
  });
});

describe('bytes', () => {
  const text = fc.string({ unit: 'binary' });

  test('are those of every other encoder', () => {
    fc.assert(
      fc.property(text, (sample) => {
        expect(encode(sample, 'utf8')).toEqual([...Buffer.from(sample, 'utf8')]);
        expect(encode(sample, 'utf16le')).toEqual([...Buffer.from(sample, 'utf16le')]);
        expect(encode(sample, 'utf16be')).toEqual([...Buffer.from(sample, 'utf16le').swap16()]);
        expect(base64(encode(sample, 'utf8'))).toBe(Buffer.from(sample).toString('base64'));
        expect(decode(encode(sample, 'utf8'))).toBe(sample);
      }),
    );
  });

  test('stand in the Base64 of whatever is around them, in one of three spellings', () => {
    fc.assert(
      fc.property(fc.uint8Array(), text, fc.uint8Array(), (before, sample, after) => {
        const whole = Buffer.concat([before, Buffer.from(sample), after]).toString('base64');
        expect(whole).toContain(base64Offsets(encode(sample, 'utf8'))[before.length % 3]);
      }),
    );
  });
});

describe('dashes', () => {
  test.each<[string, number]>([
    ['-a', 5],
    ['/a -b', 25],
    ['a-b', 1],
    ['--a', 5],
    ['- a', 1],
    ['–a', 5],
    ['é-a', 1],
    [' -é', 5],
    ['-', 1],
  ])('%s has %i spellings', (text, count) => {
    expect(dashed([text])).toHaveLength(count);
    expect(new Set(dashed([text]).map(String)).size).toBe(count);
  });

  test('all spellings together are one again, some of them are not', () => {
    const all = [...dashed(['/a -b']), ['x'], ...dashed([many, '-c'])];
    expect(undashed(all)).toEqual([['-a -b'], ['x'], [many, '-c']]);
    expect(undashed(all.slice(1))).toBeUndefined();
    expect(undashed([['x'], ['x']])).toBeUndefined();
  });
});
