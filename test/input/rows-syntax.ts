import { ruleText } from '../support/templates.ts';
import { all, of, type Row, type Rows, sound } from './rows.ts';

const yaml = (end: 'read' | 'told' | 'either', more: string): Row =>
  of(['sigma'], end, () => ruleText('sigma', { more }));
const toml = (end: 'read' | 'told' | 'either', more: string): Row =>
  of(['elastic'], end, () => ruleText('elastic', { more }));
const tomlBehind = (end: 'read' | 'told' | 'either', behind: string): Row =>
  of(['elastic'], end, () => ruleText('elastic', { behind }));

/** Each line ten of the line before. */
const laughs = (join: (names: string) => string) =>
  [
    'a0: &a0 [lol]',
    ...Array.from({ length: 9 }, (_, index) => `a${index + 1}: &a${index + 1} ${join(`*a${index}`)}`),
  ].join('\n');

const searching = (line: string) =>
  ruleText('sigma', { query: `selection:\n        ${line}\n    condition: selection` });
const eqlRegex = (pattern: string) => (format: string) => {
  const query = `process where process.name regex~ "${pattern}"`;
  return format === 'elastic' ? query : JSON.stringify(query);
};

const explosive: Readonly<Record<string, string>> = {
  'a repeat of a repeat': '(a+)+$',
  'repeats of repeats of repeats': '((((((a+)+)+)+)+)+)+b',
  'alternatives that overlap': `(${'a|a?|'.repeat(50)}a)*b`,
  'deep alternatives': `${'(a|'.repeat(400)}b${')'.repeat(400)}`,
  'deeper groups than are read': `${'('.repeat(10_000)}a${')'.repeat(10_000)}`,
  'a repeat of a hundred thousand': 'a{0,100000}',
  'repeats of a thousand, of a thousand': '((a{0,1000}){0,1000}){0,1000}',
  'a pattern of 100 KB': '[a-c]+x?'.repeat(12_500),
  'many stars': '.*a'.repeat(5_000),
  'a set that is never closed': '[a-',
  'a group that is never closed': '(a',
  'a repeat of nothing': '*a',
  'a look ahead': '(?=a)(?!b)(?<=c)(?<!d)\\\\1',
};

const regexRows: Rows = Object.fromEntries(
  Object.entries(explosive).flatMap(([name, pattern]): [string, Row][] => [
    [
      `a regular expression: ${name}`,
      all('either', (format) =>
        format === 'sigma'
          ? searching(`Image|re: '${pattern.replaceAll('\\\\', '\\')}'`)
          : ruleText(format, { query: eqlRegex(pattern)(format) }),
      ),
    ],
  ]),
);

const correlation = (name: string, rules: string) => `title: ${name}
name: ${name}
correlation:
    type: event_count
    rules: [${rules}]
    group-by: [User]
    timespan: 5m
    condition:
        gte: 3
level: low
`;

/** What TOML and YAML allow, or half allow, and what a query and rules that refer to rules can do. */
export const syntaxRows: Rows = {
  'aliases that multiply': yaml(
    'told',
    laughs((name) => `[${Array(10).fill(name).join()}]`),
  ),
  'maps of aliases that multiply': yaml(
    'told',
    laughs((name) => `{${Array.from({ length: 10 }, (_, index) => `k${index}: ${name}`).join()}}`),
  ),
  'merge keys that multiply': yaml(
    'told',
    [
      'm0: &m0 {a: 1}',
      ...Array.from(
        { length: 30 },
        (_, index) => `m${index + 1}: &m${index + 1} {<<: [*m${index}, *m${index}], k${index}: 1}`,
      ),
    ].join('\n'),
  ),
  'an anchor that refers to itself': yaml('told', 'more: &a [*a]'),
  'a map that is merged into itself': yaml('told', 'more: &a\n    <<: *a\n    b: 1'),
  'a key that is an alias to its own map': yaml('told', 'more: &a {*a : 1}'),
  'an alias of nothing': yaml('told', 'more: *nothing'),
  'an alias in a search': of(['sigma'], 'either', () => `more: &x ['a', 'b']\n${searching('Image: *x')}`),
  'an anchor on everything': of(['sigma'], 'read', () =>
    sound('sigma').replaceAll(/: (?=[a-zA-Z])/g, ': &a '),
  ),
  'a tag of JavaScript': yaml('told', "more: !!js/function 'function () { return 1 }'"),
  'a tag of Python': yaml('told', "more: !!python/object/apply:os.system ['true']"),
  'a tag for bytes': yaml('told', 'more: !!binary aGVsbG8='),
  'a tag for a set': yaml('told', 'more: !!set {a, b}'),
  'a tag of our own': yaml('told', 'more: !own 1'),
  'tags of the core': yaml('either', 'more: !!str 1\nother: !!int "2"\nmap: !!map {a: 1}'),
  'a key that is a map': yaml('told', 'more: {? {a: 1} : 2}'),
  'keys that are no texts': yaml('either', 'more: {1: a, true: b, null: c, 1.5: d, 2001-01-01: e}'),
  'a key of two thousand letters': yaml('told', `more: {${'k'.repeat(2_000)}: 1}`),
  'numbers of every kind': yaml(
    'read',
    'more: [0o17, 0x1F, 017, 1_000, .inf, -.INF, .nan, 1e400, -0, +1, 1e3]',
  ),
  'a directive for another YAML': of(['sigma'], 'either', () => `%YAML 1.1\n---\n${sound('sigma')}`),
  'a directive that is none': of(['sigma'], 'told', () => `%NONE a b\n---\n${sound('sigma')}`),
  'a tab that indents': yaml('told', 'more:\n\ta: 1'),
  'one document of three that is none': of(
    ['sigma'],
    'told',
    () => `${sound('sigma')}---\na: [\n---\n${sound('sigma')}`,
  ),
  'a document that is a list': of(['sigma'], 'told', () => `${sound('sigma')}---\n- a\n`),
  'a global document alone': of(['sigma'], 'either', () => `action: global\n${sound('sigma')}`),
  'a reset and a repeat': of(
    ['sigma'],
    'either',
    () => `${sound('sigma')}---\naction: reset\n---\naction: repeat\n`,
  ),

  'a table twice': tomlBehind('told', '[metadata]\nmore = 1\n'),
  'a table that is a value': tomlBehind('told', '[rule.name]\na = 1\n'),
  'a list of tables that is a table': tomlBehind('told', '[[metadata]]\na = 1\n'),
  'a table within a list of values': toml('told', 'more = [1]\n[[rule.more]]\na = 1'),
  'a dotted key through a value': toml('told', 'more.a = 1\nmore.a.b = 2'),
  'a dotted key into an inline table': toml('told', 'more = { a = 1 }\nmore.b = 2'),
  'a header for what dotted keys have made': toml('told', 'more.a = 1\n[rule.more]\nb = 2\n[rule]'),
  'a list of many kinds': toml('either', 'more = [1, "a", 2.5, true, 1979-05-27, [1], { a = 1 }]'),
  'days and times as values': toml(
    'either',
    'more = [1979-05-27T07:32:00Z, 1979-05-27, 07:32:00, 1979-05-27 07:32:00.5-07:00]',
  ),
  'a day for a name': of(['elastic'], 'told', () => ruleText('elastic', { title: '1979-05-27' })),
  'days that are none': toml('told', 'more = 2024-13-45'),
  'numbers that TOML alone has': toml(
    'either',
    'more = [0xff, 0o7, 0b1, 1_000, inf, -inf, nan, 1e400, -0.0, 9223372036854775807]',
  ),
  'a number with a leading zero': toml('told', 'more = 007'),
  'a value that is missing': toml('told', 'more ='),
  'a key that is missing': toml('told', '= 1'),
  'an empty key': toml('either', '"" = 1'),
  'two pairs on a line': toml('told', 'a = 1 b = 2'),
  'a lone surrogate as an escape': toml('told', 'more = "\\ud800"'),

  ...regexRows,

  'a rule that refers to itself': of(['sigma'], 'loss/rule-type', () => correlation('a', 'a')),
  'rules that refer to each other': of(
    ['sigma'],
    'loss/rule-type',
    () => `${correlation('a', 'b')}---\n${correlation('b', 'a')}`,
  ),
  'rules that refer to each other in a ring of a hundred': of(['sigma'], 'loss/rule-type', () =>
    Array.from({ length: 100 }, (_, index) => correlation(`r${index}`, `r${(index + 1) % 100}`)).join(
      '---\n',
    ),
  ),
  'a ladder of correlations, each of the next two times': of(['sigma'], 'loss/rule-type', () =>
    Array.from({ length: 40 }, (_, index) => correlation(`r${index}`, `r${index + 1}, r${index + 1}`)).join(
      '---\n',
    ),
  ),
  'a rule that refers to nothing': of(['sigma'], 'schema/unknown-reference', () =>
    correlation('a', 'nowhere'),
  ),
  'a filter of itself': of(
    ['sigma'],
    'either',
    () =>
      `${sound('sigma')}---\ntitle: f\nid: 00000000-0000-4000-8000-00000000000f\nlogsource:\n    product: windows\nfilter:\n    rules: [00000000-0000-4000-8000-00000000000f]\n    selection:\n        User: x\n    condition: not selection\n`,
  ),
  'a filter that is its own search': of(['sigma'], 'told', () =>
    ruleText('sigma', { query: 'selection:\n        a: b\n    condition: condition' }),
  ),
  'a condition without an end': of(['sigma'], 'told', () =>
    ruleText('sigma', { query: 'selection:\n        a: b\n    condition: selection and' }),
  ),
  'a condition that is a map': of(['sigma'], 'told', () =>
    ruleText('sigma', { query: 'selection:\n        a: b\n    condition: {a: b}' }),
  ),
  'a detection without a condition': of(['sigma'], 'told', () =>
    ruleText('sigma', { query: 'selection:\n        a: b' }),
  ),
  'a detection that is a text': of(['sigma'], 'told', () =>
    sound('sigma').replace(/detection:\n[^]*(?=level)/, 'detection: none\n'),
  ),
};
