import { expect, test } from 'vitest';

import {
  printName,
  printPattern,
  printPolicy,
  printSource,
  quote,
  readString,
} from '../../../src/languages/esql/literal.ts';
import { parseStatement } from '../../../src/languages/esql/parse-statement.ts';
import type { Command } from '../../../src/languages/esql/syntax.ts';
import { everyString, withoutSpans } from '../../support/laws.ts';

const last = (text: string): Command | undefined => withoutSpans(parseStatement(text).commands.at(-1)!);

test('reads back every short string that it quotes', () => {
  for (const text of everyString('a"\\ \n\t\r', 5)) {
    const quoted = quote(text);
    expect(readString(quoted, 0)).toBe(text);
    expect(last(`row ${quoted}`)).toEqual({
      kind: 'row',
      fields: [{ value: { kind: 'string', value: text } }],
    });
  }
});

test('reads back every short name that it writes', () => {
  for (const name of everyString('a1.`_@ *', 4)) {
    if (name === '') continue;
    const printed = printName(name);
    const column = { kind: 'column', name };
    expect(last(`row ${printed} == 1`)).toMatchObject({ fields: [{ value: { left: column } }] });
    expect(last(`from a | keep ${printed}`)).toEqual({ kind: 'keep', patterns: [column] });
  }
});

test('reads back every short name with stars that it writes', () => {
  for (const name of everyString('a1.`_|', 4)) {
    for (const stars of everyString('a.|', 2)) {
      const texts = [...name.split('|'), ...stars.split('|')];
      const pattern = { kind: 'wild-name', texts };
      expect(last(`from a | keep ${printPattern(texts)}`)).toEqual({ kind: 'keep', patterns: [pattern] });
    }
  }
});

test('reads back every short index pattern and policy', () => {
  for (const text of everyString('a:-"* /,', 4)) {
    if (text.trim() !== '') {
      expect(last(`from ${printSource(text)}`)).toMatchObject({
        sources: [{ kind: 'source', pattern: text }],
      });
    }
    if (!text.includes(':')) {
      expect(last(`from a | enrich ${printPolicy(text)}`)).toMatchObject({ policy: text });
    }
  }
});

test.each([
  ['C:\\Windows', '"C:\\\\Windows"'],
  ['C:\\Windows\\', '"""C:\\Windows\\"""'],
  ['"a" or "b', '"""'.concat('"a" or "b', '"""')],
  ['say "a"', '"say \\"a\\""'],
  ['tab\t', '"tab\\t"'],
  ['"""', '"\\"\\"\\""'],
])('%j is written as %s', (text, quoted) => {
  expect(quote(text)).toBe(quoted);
});

test.each([
  ['process.name', 'process.name'],
  ['@timestamp', '@timestamp'],
  ['source.as.number', 'source.as.number'],
  ['event.by', 'event.`by`'],
  ['a b.c', '`a b`.c'],
  ['roles.0.name', 'roles.`0`.name'],
  ['tick`s', '`tick``s`'],
  ['a..b', '`a..b`'],
  ['_', '`_`'],
])('the name %s is written %s', (name, printed) => {
  expect(printName(name)).toBe(printed);
});

test('there is no empty name', () => {
  expect(() => printName('')).toThrow('no empty names');
});

test('a string in raw quotes may end in quotes of its own', () => {
  expect(readString('"""""a""\\n"""""', 0)).toBe('""a""\\n""');
});

test.each(['"\\d"', '"\\u0041"', '"\\\'"'])('%s has an escape that is none, and is told where', (text) => {
  expect(() => parseStatement(`row ${text}`)).toThrow('has no escape');
});
