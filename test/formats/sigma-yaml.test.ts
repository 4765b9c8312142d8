import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

import { sigma } from '../../src/formats/sigma/index.ts';
import { printEntries } from '../../src/formats/sigma/print.ts';
import { documents } from '../../src/formats/sigma/yaml.ts';
import { type Json, type JsonObject, objectOf } from '../../src/rule/json.ts';
import { everyString } from '../support/laws.ts';

const folder = join(import.meta.dirname, 'sigma');
const fixtures = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));

function read(text: string): { values: Json[]; codes: string[]; places: string[] } {
  const findings: { code: string; place: string }[] = [];
  const found = [
    ...documents(text, ({ code, span }) =>
      findings.push({ code, place: text.slice(span?.start, span?.end) }),
    ),
  ];
  return {
    values: found.map(({ value }) => value),
    codes: findings.map(({ code }) => code),
    places: findings.map(({ place }) => place),
  };
}

describe('what is printed', () => {
  const char = fc.constantFrom(
    ...'019_.:eExXobBaAnNyY+-~ #?\'"\\|>[]{},&*!%@`=<tT\n\r\tä',
    '\u0085',
    '\u2028',
    '\ufeff',
    '\ud800',
    '---',
    'true',
    '😀',
  );
  const text = fc.oneof(fc.string({ unit: char }), fc.string());
  const key = fc.oneof(text, fc.constantFrom('__proto__', 'constructor', 'k'.repeat(1200)));
  const { json } = fc.letrec((tie) => ({
    json: fc.oneof(
      { depthSize: 'small' },
      text,
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.maxSafeInteger(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('json'), { maxLength: 3 }),
      tie('map'),
    ),
    map: fc
      .array(fc.tuple(key, tie('json')), { maxLength: 3 })
      .map((entries) => objectOf(entries as [string, Json][])),
  }));

  test('reads back as the same data, by our reader and by others of YAML 1.1 and 1.2', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(key, json), { minLength: 1, maxLength: 3 }), (entries) => {
        const map = objectOf(entries as [string, Json][]);
        const text = printEntries(map);
        expect(read(text)).toEqual({ values: [map], codes: [], places: [] });
        expect(told(parse(text, { logLevel: 'silent' }))).toBe(told(map));
        expect(told(parse(text, { logLevel: 'silent', version: '1.1' }))).toBe(told(map));
      }),
      { numRuns: 2000 },
    );
  });

  test('has quotes around every short text that needs them', () => {
    for (const text of everyString("1.-: #'~", 4)) {
      const line = printEntries({ key: text, [text]: [text] });
      for (const version of ['1.1', '1.2'] as const) {
        expect(parse(line, { version }), line).toEqual({ key: text, [text]: [text] });
      }
    }
  });

  test('is as people write it where that is safe', () => {
    const said = printEntries({
      a: 'Plain - text, (with) marks#!',
      b: "it's",
      c: ': x',
      d: "'s",
      e: 'one\n\n  two\n',
      f: [{ g: 1, h: [[2], []] }],
    });
    expect(said).toBe(
      "a: Plain - text, (with) marks#!\nb: it's\nc: ': x'\nd: \"'s\"\ne: |\n    one\n\n      two\nf:\n    - g: 1\n      h:\n          - - 2\n          - []\n",
    );
  });
});

/** Negative zero is a number of its own. */
function told(value: unknown): string {
  return JSON.stringify(value, (_, part) => (Object.is(part, -0) ? '-0' : part));
}

describe('what is read', () => {
  test.each<[string, JsonObject]>([
    ['a: 007\nb: 0o17\nc: 0x1f\nd: 1e3\ne: -0.5\n', { a: '007', b: 15, c: 31, d: 1000, e: -0.5 }],
    [
      'a: yes\nb: 2024-01-01\nc: 1:30\nd: 1_000\ne: True\n',
      { a: 'yes', b: '2024-01-01', c: '1:30', d: '1_000', e: true },
    ],
    ['%YAML 1.1\n---\na: yes\nb: 012\n', { a: 'yes', b: '012' }],
    ['a: .inf\nb: .nan\nc:\nd: ~\n', { a: '.inf', b: '.nan', c: null, d: null }],
    ['1: a\nnull: b\n~: c\n', { 1: 'a', null: 'b', '~': 'c' }],
    ['a: &x {b: 1}\nc: *x\n*x2 : 1\n'.replace('*x2 : 1\n', ''), { a: { b: 1 }, c: { b: 1 } }],
    ['a: &x b\n*x : c\n', { a: 'b', b: 'c' }],
    ['a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  b: 3\n', { a: { b: 1, c: 2 }, d: { b: 3, c: 2 } }],
    ['a: &x {b: 1}\nd: {<<: [*x, {e: 1}]}\n', { a: { b: 1 }, d: { b: 1, e: 1 } }],
    ['a: &x 1\nb: &x 2\nc: *x\n', { a: 1, b: 2, c: 2 }],
    ['a: !!str 1\n', { a: '1' }],
  ])('%j', (text, value) => {
    expect(read(text)).toEqual({ values: [value], codes: [], places: [] });
  });

  test('several documents, each with its directives', () => {
    const text = 'a: 1\n...\n%TAG ! tag:x,2000:\n# why\n---\nb: 2\n---\n--- # empty\n...\n---\nc: 3\n';
    expect(read(text)).toEqual({ values: [{ a: 1 }, { b: 2 }, { c: 3 }], codes: [], places: [] });
  });

  test('a number that is too long is rounded, and that is said', () => {
    expect(read('a: 12345678901234567890\nb: 9007199254740994\n')).toEqual({
      values: [{ a: 12345678901234567000, b: 9007199254740994 }],
      codes: ['read/rounded'],
      places: ['12345678901234567890'],
    });
  });

  test.each([
    ['a: 1\nb: 2\na: 3\n', 'parse/duplicate-key', 'a'],
    ['1: a\n"1": b\n', 'parse/duplicate-key', '"1"'],
    ['a:\n\tb: c\n', 'parse/unexpected', '\t'],
    ['a:\n    b: 1\n  c: 2\n', 'parse/unexpected', undefined],
    ['a: b: c\n', 'parse/unexpected', 'b'],
    ['a: @b\n', 'parse/unexpected', '@'],
    ['a: "\\q"\n', 'parse/bad-escape', '\\'],
    ["b: 1\na: 'it\nis\n", 'parse/unclosed-string', "'"],
    ['a: [b, "c\n', 'parse/unclosed-string', '"'],
    ['a: [b\n', 'parse/unexpected', undefined],
    ['a: *b\n', 'parse/unexpected', '*b'],
    ['a: &x [*x]\n', 'parse/too-deep', '*'],
    ['? [a]\n: b\n', 'parse/bad-value', '[a]'],
    ['a: {<<: 1}\n', 'parse/bad-value', '<<'],
    ['a: !!python/object:os.system x\n', 'parse/bad-value', undefined],
    ['a: !!int 007\n', 'parse/bad-value', undefined],
    [`a: ${'['.repeat(201)}${']'.repeat(201)}\n`, 'parse/too-deep', undefined],
  ])('not %j', (text, code, place) => {
    const found = read(text);
    expect(found).toMatchObject({ values: [], codes: [code] });
    if (place !== undefined) expect(found.places).toEqual([place]);
  });
});

describe('hostile texts end soon, and in an outcome', () => {
  const lines = Array.from(
    { length: 9 },
    (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at},`.repeat(9)}]`,
  ).join('\n');
  test.each([
    ['aliases of aliases', `a0: &a0 x\n${lines}\n`, 'parse/alias-bomb'],
    ['lists in lists', '['.repeat(50_000), 'parse/too-deep'],
    ['dashes', '- '.repeat(50_000), 'parse/too-deep'],
    [
      'maps in maps',
      Array.from({ length: 1000 }, (_, at) => `${' '.repeat(at)}a:`).join('\n'),
      'parse/too-deep',
    ],
    ['questions', '? '.repeat(50_000), 'parse/too-deep'],
    ['anchors', '&a '.repeat(20_000), 'parse/unexpected'],
    ['quotes', '"a'.repeat(50_000), 'parse/unexpected'],
    ['keys', Array.from({ length: 30_000 }, (_, at) => `k${at}: 1`).join('\n'), 'read/not-a-rule'],
    ['documents', '---\na: 1\n'.repeat(5_000), 'read/not-a-rule'],
    ['digits', `a: ${'1'.repeat(200_000)}x\n`, 'read/not-a-rule'],
    ['directives', '%A\n'.repeat(20_000), 'read/empty'],
    ['blanks', ' \n'.repeat(50_000), 'read/empty'],
  ])('%s', (_, text, code) => {
    const start = performance.now();
    expect(sigma.read(text).diagnostics[0]?.code).toBe(code);
    sigma.detect(text);
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  test('a text that was cut, doubled or spoiled', () => {
    const piece = fc.constantFrom(
      '\n',
      ' ',
      '\t',
      '    ',
      '- ',
      ': ',
      '&a ',
      '*a',
      '"',
      "'",
      '|',
      '>',
      '{',
      '}',
      '[',
      ']',
      '#',
      '---\n',
      '!',
      '? ',
      '<<: ',
      '\r',
      '\0',
      'null',
      'action: global\n',
      'correlation:\n',
    );
    const spoiled = fc
      .tuple(
        fc.constantFrom(...fixtures),
        fc.array(fc.tuple(fc.nat(), fc.nat({ max: 12 }), piece), { minLength: 1, maxLength: 4 }),
      )
      .map(([text, wounds]) =>
        wounds.reduce((text, [at, length, piece]) => {
          const start = at % (text.length + 1);
          return text.slice(0, start) + piece + text.slice(start + length);
        }, text),
      );
    fc.assert(
      fc.property(spoiled, (text) => {
        const outcome = sigma.read(text);
        sigma.detect(text);
        if (!outcome.ok) {
          expect(outcome.diagnostics).not.toHaveLength(0);
          return;
        }
        expect(sigma.write(outcome.value, { onto: text })).toMatchObject({ ok: true, value: text });
        const rules = outcome.value.rules.map((rule) => ({
          ...rule,
          title: 'New',
          tags: ['a.b'],
          fields: ['c'],
          logSource: { product: 'x' },
        }));
        const changed = sigma.write({ ...outcome.value, rules }, { onto: text });
        if (changed.ok && rules.length > 0) expect(sigma.read(changed.value)).toMatchObject({ ok: true });
      }),
      { numRuns: 2000 },
    );
  });
});

describe('what looks like Sigma', () => {
  test.each(fixtures)('%#', (text) => {
    expect(sigma.detect(text)).toBe(true);
  });

  test.each([
    ['JSON', '{"title": "x",\n"detection": {}}\n'],
    ['TOML', '[rule]\nname = "x"\nnote = """\ntitle: x\ndetection:\n"""\n'],
    ['a pipeline', 'title: x\nname: y\ntransformations:\n  detection:\n    a: b\n'],
    ['a list', '- title: x\n  detection: y\n'],
    ['prose', 'This is it.\ntitle: x\ndetection: y\n'],
    ['nothing', ''],
  ])('not %s', (_, text) => {
    expect(sigma.detect(text)).toBe(false);
  });
});
