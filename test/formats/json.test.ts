import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { edits } from '../../src/formats/json-edit.ts';
import { deepest, endOfValue, placesIn } from '../../src/formats/json-scan.ts';
import { values } from '../../src/formats/json-values.ts';
import type { Json } from '../../src/rule/json.ts';
import { edit } from '../../src/source/edit.ts';

function read(text: string): { found: Json[]; places: string[]; codes: string[]; findings: Diagnostic[] } {
  const findings: Diagnostic[] = [];
  const found = [...values(text, (finding) => findings.push(finding))];
  return {
    found: found.map(({ value }) => value),
    places: found.map(({ span }) => text.slice(span.start, span.end)),
    codes: findings.map(({ code }) => code),
    findings,
  };
}

const json = fc.jsonValue({ noUnicodeString: false }) as fc.Arbitrary<Json>;
const object = fc.dictionary(fc.string(), json, { maxKeys: 5 }) as fc.Arbitrary<Json>;
const spaced = fc.constantFrom(undefined, 1, 4, '\t');

describe('where a value ends', () => {
  test('agrees with JSON.parse on what is JSON', () => {
    fc.assert(
      fc.property(json, spaced, fc.string(), (value, space, tail) => {
        const text = JSON.stringify(value, null, space);
        // Digits behind a number would be part of it.
        expect(endOfValue(`${text} ${tail}`, 0)).toBe(text.length);
      }),
    );
  });

  test('agrees with JSON.parse on what is not', () => {
    const nasty = fc.string({
      unit: fc.constantFrom(...'{}[]",:\\ntu0-1e.+ \n'.split(''), 'true', '\u0007'),
    });
    fc.assert(
      fc.property(nasty, (text) => {
        expect(scans(text)).toBe(parses(text));
      }),
      { numRuns: 20_000 },
    );
  });

  test('gives up on what is too deep, whole or broken', () => {
    for (const text of [
      `{"a":${'['.repeat(1e5)}`,
      `{"a":${'['.repeat(1e5)}${']'.repeat(1e5)}}`,
      '{"a":'.repeat(1e5),
    ]) {
      expect(read(text).codes).toEqual(['parse/too-deep']);
    }
    const fits = `${'{"a":'.repeat(deepest)}1${'}'.repeat(deepest)}`;
    expect(read(fits)).toMatchObject({ codes: [], places: [fits] });
  });
});

function scans(text: string): boolean {
  try {
    return text.slice(endOfValue(text, 0)).trim() === '';
  } catch {
    return false;
  }
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return !/^\s/.test(text); // The scan begins at a value.
  } catch {
    return false;
  }
}

describe('the values of a text', () => {
  const layouts: Record<string, (texts: readonly string[]) => string> = {
    'a line each': (texts) => texts.map((text) => `${text}\n`).join(''),
    'a line each, blank lines between, no last newline': (texts) => texts.join('\n\n \n'),
    'a line each, as Windows ends them': (texts) => texts.map((text) => `${text}\r\n`).join(''),
    'after a byte order mark': (texts) => `\uFEFF${texts.join('\n')}`,
    'one behind the other': (texts) => texts.join(' '),
    'in a list': (texts) => `[${texts.join(',')}]`,
    'in a list, a line each': (texts) => `[\n  ${texts.join(',\n  ')}\n]\n`,
  };

  test.each(Object.entries(layouts))('%s', (_, layout) => {
    fc.assert(
      fc.property(fc.array(object, { maxLength: 4 }), spaced, (objects, space) => {
        const texts = objects.map((value) => JSON.stringify(value, null, space));
        const { found, places, findings } = read(layout(texts));
        expect(found).toEqual(texts.map((text) => JSON.parse(text)));
        expect(places).toEqual(texts);
        expect(findings).toEqual([]);
      }),
    );
  });

  test('any text at all has an end', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void read(text)));
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",:\\n1 \n') }), (text) => void read(text)),
      {
        numRuns: 5_000,
      },
    );
  });

  test.each([
    ['{"a":1}\n{"a":2\n{"a":3}\n', 'cut off'],
    ['{"a":1}\n{"a":\n{"a":3}\n', 'cut off before a value'],
    ['{"a":1}\n{"a":[1,\n{"a":3}\n', 'cut off in a list'],
    ['{"a":1}\n{"a":"2}\n{"a":3}\n', 'a string left open'],
    ['{"a":1}\n{"a":"\\x"}\n{"a":3}\n', 'an escape that is none'],
    ['{"a":1}\nhello\n{"a":3}\n', 'something else'],
    ['[\n{"a":1},\n{"a":!},\n{"a":3}\n]\n', 'in a list'],
    ['{\n  "a": 1\n}\n{\n  "a": {\n}\n{\n  "a": 3\n}\n', 'over several lines'],
    ['{\n  "a": 1\n}\n{\n  "a": [\n    {"b": 1}\n  ]]\n}\n{\n  "a": 3\n}\n', 'with objects in it'],
  ])('a bad object costs itself: %j (%s)', (text) => {
    const { found, findings } = read(text);
    expect(found).toEqual([{ a: 1 }, { a: 3 }]);
    expect(findings).toHaveLength(1);
    expect(findings[0]?.code).toMatch(/^parse\//);
    expect(findings[0]?.span?.start).toBeGreaterThanOrEqual(2);
  });

  test('stays fast on texts made to be slow', () => {
    const started = performance.now();
    for (const bad of ['{', '{}', '{"a":', '{"a\n', '{"a":[\n', '[{}', '{"a":"\\\\"}', '\n', '{x\n\n\n']) {
      read(bad.repeat(500_000 / bad.length));
      read(`[${bad.repeat(100_000 / bad.length)}`);
      read(`!${bad.repeat(100_000 / bad.length)}`);
    }
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('what JSON.parse passes over', () => {
  test('a key that stands twice is reported where it stands', () => {
    const text = '{"a": {"b": 1, "c": "\\"b\\": ", "b": 2}}';
    const { found, findings } = read(text);
    expect(found).toEqual([{ a: { b: 2, c: '"b": ' } }]);
    expect(findings).toMatchObject([{ code: 'read/duplicate-key', path: 'a.b' }]);
    expect(text.slice(findings[0]!.span!.start, findings[0]!.span!.end)).toBe('"b": 2');
  });

  test('no key of a text without doubles is reported', () => {
    const keys = fc.string({ unit: fc.constantFrom('"', '\\', ':', 'a') });
    fc.assert(
      fc.property(fc.dictionary(keys, fc.oneof(keys, fc.dictionary(keys, keys))), (value) => {
        expect(read(JSON.stringify(value)).codes).toEqual([]);
      }),
    );
  });

  test('a number with more digits than are kept is reported, one that comes out even is not', () => {
    expect(read('{"a":9007199254740993}').codes).toEqual(['read/rounded']);
    expect(read('{"a":9007199254740992, "b": 1e20, "c": 100000000000000000000}').codes).toEqual([]);
  });

  test('a number beyond all others costs its object', () => {
    expect(read('{"a":[1e999]}\n{"a":1}')).toMatchObject({ found: [{ a: 1 }], codes: ['parse/bad-value'] });
  });

  test('__proto__ is a key', () => {
    const [found] = read('{"__proto__":{"a":1}}').found;
    expect(Object.keys(found as object)).toEqual(['__proto__']);
  });
});

test('a path leads to its place, or as near as there is one', () => {
  const text = ' {"a": [1, {"b": "c"}]} ';
  const whole = { start: 1, end: text.length - 1 };
  const at = (...path: (string | number)[]) => {
    const { start, end } = placesIn(text, whole)(path);
    return text.slice(start, end);
  };
  expect(at('a', 1, 'b')).toBe('"c"');
  expect(at('a', '0')).toBe('1');
  expect(at('a', 7)).toBe('[1, {"b": "c"}]');
  expect(at('x')).toBe(text.trim());
});

describe('edits', () => {
  const print = (value: Json, indent: string) => JSON.stringify(value, null, indent);
  const change = (text: string, before: Json, after: Json) =>
    edit(text, edits(text, { start: 0, end: text.length }, { before, after }, { print, indent: '' }));
  const small = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), json, { maxKeys: 4 });
  const nested = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.oneof(json, small), { maxKeys: 4 });

  test('make the change, whatever it is', () => {
    fc.assert(
      fc.property(nested, nested, spaced, (before, after, space) => {
        const text = JSON.stringify(before, null, space);
        const [was, is] = [JSON.parse(text), JSON.parse(JSON.stringify(after))];
        expect(JSON.parse(change(text, was, is))).toEqual(is);
      }),
      { numRuns: 5_000 },
    );
  });

  test('make none where nothing changed', () => {
    fc.assert(
      fc.property(nested, spaced, (value, space) => {
        const text = JSON.stringify(value, null, space);
        expect(change(text, JSON.parse(text), JSON.parse(text))).toBe(text);
      }),
    );
  });

  test('touch the bytes of the changed value and no others', () => {
    const text = '{ "a" :1,\t"b": {"c" : "x", "d":[1, 2 ]}, "e":null }';
    const before = { a: 1, b: { c: 'x', d: [1, 2] } };
    expect(change(text, before, { ...before, b: { c: 'y', d: [1, 3] } })).toBe(
      '{ "a" :1,\t"b": {"c" : "y", "d":[1, 3 ]}, "e":null }',
    );
    expect(change(text, before, { b: before.b })).toBe('{ "b": {"c" : "x", "d":[1, 2 ]}, "e":null }');
    expect(change(text, before, { a: 1 })).toBe('{ "a" :1, "e":null }');
  });

  test('spell what is new as its neighbours are spelled', () => {
    const text = '{\r\n    "a": 1,\r\n    "c": 3\r\n}\r\n';
    expect(change(text, { a: 1, c: 3 }, { a: 1, b: ['x'], c: 3 })).toBe(
      '{\r\n    "a": 1,\r\n    "b": [\r\n        "x"\r\n    ],\r\n    "c": 3\r\n}\r\n',
    );
    expect(change('{"a":1}', { a: 1 }, { b: { c: 2 }, a: 1 })).toBe('{"b":{"c":2},"a":1}');
  });
});
