import { expect, test } from 'vitest';
import { parseDocument } from 'yaml';

import { printPattern, readPattern } from '../../../src/languages/sigma/literal.ts';
import { printKey, printScalar } from '../../../src/languages/sigma/scalar.ts';
import { many, one, pattern } from '../../../src/query/pattern.ts';
import { everyString } from '../../support/laws.ts';

const yaml = { schema: 'core', version: '1.2', prettyErrors: false } as const;

test('every short text is read back from the pattern that is written for it', () => {
  for (const text of everyString('a*?\\%', 6)) {
    expect(readPattern(printPattern([text]))).toEqual([text]);
    expect(readPattern(printPattern([text], true), true)).toEqual([text]);
  }
});

test('so is every short pattern with wildcards and a placeholder', () => {
  const parts = new Map<string, object>([
    ['M', many],
    ['O', one],
    ['P', { placeholder: 'x' }],
  ]);
  for (const spelled of everyString('a*\\%MOP', 5)) {
    const value = pattern([...spelled].map((char) => (parts.get(char) as typeof many | undefined) ?? char));
    expect(readPattern(printPattern(value, true), true)).toEqual(value);
    if (!spelled.includes('P')) expect(readPattern(printPattern(value))).toEqual(value);
  }
});

test('what is read is written in the same letters, where it is written as most are', () => {
  for (const text of ['C:\\Windows\\*', 'a\\\\*', '\\*', '\\\\\\*', '\\\\\\\\server', 'x\\']) {
    expect(printPattern(readPattern(text))).toBe(text);
  }
});

test.each<[string, unknown[]]>([
  ['\\\\\\\\', ['\\\\']],
  ['\\\\\\', ['\\\\']],
  ['\\\\*', ['\\', many]],
  ['\\\\\\*', ['\\*']],
  ['\\x', ['\\x']],
  ['%x%', ['%x%']],
  ['', ['']],
])('%s', (text, value) => {
  expect(readPattern(text)).toEqual(value);
});

test('every short text is read back from YAML, as a value, in a list, and as a key', () => {
  for (const text of everyString('a\'"\\: #-\n\t{,', 4)) {
    const written = `v: ${printScalar(text)}\nl:\n    - ${printScalar(text)}\n${printKey(`k${text}`)}: 1`;
    expect(parseDocument(written, yaml).toJS()).toEqual({ v: text, l: [text], [`k${text}`]: 1 });
  }
});

test('every short key is a text when it is read back', () => {
  for (const text of everyString('a-?:0~<=!&*@ nully', 3)) {
    const document = parseDocument(`${printKey(text)}: 1`, yaml);
    expect(document.errors).toEqual([]);
    expect((document.toJS({ mapAsMap: true }) as Map<unknown, unknown>).get(text)).toBe(1);
  }
});

test('every character below U+3100, and some above, is read back from YAML', () => {
  for (let code = 0; code < 0x3100; code += 1) roundTrip(String.fromCharCode(code));
  for (const text of ['\ud800', '\udfff', '\ufeff', '\uffff', '\ue000', '😀', '👩‍💻']) roundTrip(text);

  function roundTrip(text: string): void {
    expect(parseDocument(printScalar(`a${text}b`), yaml).toJS()).toBe(`a${text}b`);
  }
});

test.each<[string | number | boolean | null, string]>([
  ['plain', "'plain'"],
  ["it's", '"it\'s"'],
  ["C:\\it's", '"C:\\\\it\'s"'],
  ['a\tb', '"a\\tb"'],
  ['\u200b', '"\\u200b"'],
  ['é', "'é'"],
  [5, '5'],
  [true, 'true'],
  [null, 'null'],
])('%j', (value, text) => {
  expect(printScalar(value)).toBe(text);
});

test.each(['Image|endswith', 'gcp.audit.method_name', 'cs-uri-query', 'field A', 'a{}.b[0]', 'aws:x'])(
  '%s needs no quotes',
  (key) => {
    expect(printKey(key)).toBe(key);
  },
);

test.each(['|all', '@timestamp', 'null', 'No', '1a', 'a: b', 'a #b', 'a ', '', '<<', '- a'])(
  '%j needs quotes',
  (key) => {
    expect(printKey(key)).toBe(`'${key}'`);
  },
);
