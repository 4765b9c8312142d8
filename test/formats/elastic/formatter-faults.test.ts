import { parse } from 'smol-toml';
import { describe, expect, test } from 'vitest';

import { elastic } from '../../../src/formats/elastic/index.ts';
import { parseToml } from '../../../src/formats/elastic/toml.ts';
import { joinLines } from '../../../src/formats/engine/index.ts';
import type { Rule } from '../../../src/rule/rule.ts';
import { must, withoutSpans } from '../../support/laws.ts';

/** What the formatter of elastic/detection-rules is known to spoil, and this writer must not. */
const bare: Rule = { detection: { kind: 'query' }, carry: {} };
const write = (rule: Rule) => must(elastic.write({ rules: [rule], filters: [], rest: [] }));
const read = (text: string) => withoutSpans(must(elastic.read(text)).rules[0]!);
const asked = (text: string): Rule => ({ ...bare, detection: { kind: 'query', query: { text } } });
const long = String.raw`C:\new\table\x41 and \q or "C:\bin" `.repeat(6).trim();

/** Whose value, where it stands in the file, and the value there. */
const kept: readonly (readonly [string, Rule, string, string])[] = [
  ['an emoji in a short text stays one character', { ...bare, title: 'a 😀 b é' }, 'name', 'a 😀 b é'],
  [
    'backslashes of a long text that is not wrapped stay backslashes',
    { ...bare, engine: { rule_name_override: long } },
    'rule_name_override',
    long,
  ],
  [
    'a quote and a backslash in a short text stay what they are',
    { ...bare, title: String.raw`say "\b" and \t` },
    'name',
    String.raw`say "\b" and \t`,
  ],
  ['a text with a quote gains no line end', { ...bare, title: 'a "b" c' }, 'name', 'a "b" c'],
  [
    'three quotes in a guide of many lines stay three quotes',
    { ...bare, engine: { note: 'a\n"""b"""\n""""""\nc\\n"' } },
    'note',
    'a\n"""b"""\n""""""\nc\\n"',
  ],
  [
    'three quotes in a long text stay three quotes',
    { ...bare, title: `${'word '.repeat(40)}"""x"""` },
    'name',
    `${'word '.repeat(40)}"""x"""`,
  ],
  [
    'a quote and a backslash in a guide of one line stay what they are',
    { ...bare, engine: { note: 'run "C:\\tools\\n.exe"' } },
    'note',
    'run "C:\\tools\\n.exe"',
  ],
  [
    'a guide that begins with a line end keeps it',
    { ...bare, engine: { note: '\n# A\n', setup: '\n\nB' } },
    'note',
    '\n# A\n',
  ],
  [
    'three apostrophes in a query stay, and so does the one at its end',
    asked("process.name : ''' or a\\b:'"),
    'query',
    "process.name : ''' or a\\b:'",
  ],
  ['a carriage return in a query stays', asked('a:b\r\nor c:d\r'), 'query', 'a:b\r\nor c:d\r'],
  ['a carriage return in a guide stays', { ...bare, engine: { note: 'a\r\nb\r\n' } }, 'note', 'a\r\nb\r\n'],
  ['a query keeps the blanks around it', asked('\n  a:b  \n\n'), 'query', '\n  a:b  \n\n'],
  [
    'what a machine reads in a filter is not wrapped',
    { ...bare, engine: { actions: [{ params: { body: `${'word '.repeat(60)}\n\\` } }] } },
    'actions.0.params.body',
    `${'word '.repeat(60)}\n\\`,
  ],
];

/** The same for texts that are wrapped: the words, with layout between them. */
const wrapped: readonly (readonly [string, Rule, string, string])[] = [
  [
    'a backslash in a short description stays one, however often it is written',
    { ...bare, description: String.raw`runs C:\new\table` },
    'description',
    String.raw`runs C:\new\table`,
  ],
  ['backslashes of a long description stay', { ...bare, description: long }, 'description', long],
  [
    'backslashes of a long false positive stay',
    { ...bare, falsePositives: [long, 'short'] },
    'false_positives.0',
    long,
  ],
  [
    'three quotes in a long description stay three quotes',
    { ...bare, description: `${'word '.repeat(40)}"""x""" '''y'''` },
    'description',
    `${'word '.repeat(40)}"""x""" '''y'''`,
  ],
];

/** As the TOML library reads it, past all that is ours. */
function valueIn(text: string, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], parse(text)['rule']);
}

describe.each(kept)('%s', (_, rule, path, value) => {
  const text = write(rule);

  test('to the byte', () => expect(valueIn(text, path)).toBe(value));
  test('for our reader', () => expect(read(text)).toEqual(rule));
  test('and twice is once', () => expect(write(read(text))).toBe(text));
});

describe.each(wrapped)('%s', (_, rule, path, value) => {
  const text = write(rule);

  test('to the byte, but for line ends', () => expect(joinLines(valueIn(text, path) as string)).toBe(value));
  test('for our reader', () => expect(read(text)).toEqual(rule));
  test('and twice is once', () => expect(write(read(text))).toBe(text));
});

test('a null in a list stands as an empty text, and is a null again', () => {
  const rule: Rule = { ...bare, engine: { actions: [{ params: { to: ['a', null, ''] } }] } };
  const text = write(rule);
  expect(valueIn(text, 'actions.0.params.to')).toEqual(['a', '', '']);
  expect(parseToml(text).table['metadata']).toEqual({
    extended: { rulecast: { nulls: ['/rule/actions/0/params/to/1'] } },
  });
  expect(read(text)).toEqual(rule);
  expect(write(read(text))).toBe(text);
});

test('nothing within a list is sorted', () => {
  const technique = (id: string) => ({ id, name: id, reference: `https://example.org/${id}/` });
  const rule: Rule = {
    ...bare,
    threat: [{ framework: 'F', techniques: [technique('T2'), technique('T1')] }],
    engine: { actions: [{ params: { to: ['b', 'a'] } }] },
  };
  expect(read(write(rule))).toEqual(rule);
});
