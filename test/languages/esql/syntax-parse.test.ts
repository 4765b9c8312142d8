import { expect, test } from 'vitest';

import { Failure } from '../../../src/diagnostic/attempt.ts';
import { doubtsOf } from '../../../src/languages/esql/doubts.ts';
import { parseStatement } from '../../../src/languages/esql/parse-statement.ts';
import type { Expression, Statement } from '../../../src/languages/esql/syntax.ts';
import { partsOf } from '../../../src/languages/esql/walk.ts';
import { withoutSpans } from '../../support/laws.ts';

const read = (text: string): Statement => withoutSpans(parseStatement(text));

function condition(text: string): Expression {
  const command = read(`from a | where ${text}`).commands[1];
  if (command?.kind !== 'where') throw new Error('This is no condition.');
  return command.condition;
}

test.each([
  ['a or b and c', 'a or (b and c)'],
  ['not a and b', '(not a) and b'],
  ['not a == b', 'not (a == b)'],
  ['not a in (1)', 'not (a in (1))'],
  ['a and (b and c)', 'a and b and c'],
  ['a == b + c * d', 'a == (b + (c * d))'],
  ['a - b - c', '(a - b) - c'],
  ['-a * b', '(-a) * b'],
  ['-a::int', '-(a::int)'],
  ['-1::int', '(-1)::int'],
  ['a -1', 'a - 1'],
  ['a == b is null', '(a == b) is null'],
  ['a like "b" or c', '(a like "b") or c'],
  ['a LIKE ("b")', 'a like "b"'],
  ['A AND NOT b Is Null', 'A and (not (b is null))'],
  ['`a`.`b`', 'a.b'],
  ['+1', '1'],
])('%s is %s', (text, same) => {
  expect(condition(text)).toEqual(condition(same));
});

test.each([
  ['a and b', 'a or b'],
  ['a - (b - c)', 'a - b - c'],
  ['-(1)', '-1'],
  ['a.b', 'a.`b.c`'],
  ['a not in (1)', 'not a in (1)'],
  ['1.0', '1.00'],
  ['f(a)', 'F(a)'],
])('%s is not %s', (text, other) => {
  expect(condition(text)).not.toEqual(condition(other));
});

const a = { kind: 'column', name: 'a' };

test.each<[string, object]>([
  [
    'from a, b:c, "d,e", f::data metadata _id, _index',
    {
      kind: 'from',
      series: false,
      sources: ['a', 'b:c', 'd,e', 'f::data'].map((pattern) => ({ kind: 'source', pattern })),
      metadata: ['_id', '_index'],
    },
  ],
  ['from a [metadata _id]', { metadata: ['_id'] }],
  ['ts a', { kind: 'from', series: true }],
  ['show info', { kind: 'show', what: 'info' }],
  [
    'row a | stats count(*) where b > 1, c = max(d) by a, e = f',
    {
      kind: 'stats',
      inline: false,
      aggregates: [{ value: { kind: 'call' }, where: { kind: 'compare' } }, { name: { name: 'c' } }],
      by: [{ value: a }, { name: { name: 'e' } }],
    },
  ],
  ['row a | inline stats b by a', { kind: 'stats', inline: true }],
  ['row a | INLINESTATS b by a', { kind: 'stats', inline: true }],
  ['row a | stats by a', { aggregates: [], by: [{ value: a }] }],
  [
    'row a | rename a as b, c = a',
    {
      pairs: [
        { from: a, to: { name: 'b' } },
        { from: a, to: { name: 'c' } },
      ],
    },
  ],
  [
    'row a | sort a desc nulls first, a',
    { keys: [{ value: a, order: 'desc', nulls: 'first' }, { value: a }] },
  ],
  ['row a | keep *', { patterns: [{ kind: 'wild-name', texts: ['', ''] }] }],
  ['row a | keep a.*', { patterns: [{ kind: 'wild-name', texts: ['a.', ''] }] }],
  ['row a | keep `a*`', { patterns: [{ kind: 'column', name: 'a*' }] }],
  ['row a | limit 1 by a', { kind: 'limit', count: { text: '1' }, by: [a] }],
  [
    'row a | enrich p on a with b, c = d',
    {
      policy: 'p',
      on: a,
      with: [{ field: { name: 'b' } }, { name: { name: 'c' }, field: { name: 'd' } }],
    },
  ],
  ['row a | lookup join b as c on a, d', { source: { pattern: 'b' }, alias: 'c', on: [a, { name: 'd' }] }],
  ['row a | lookup join b on a == d and e > 1', { on: [{ kind: 'and' }] }],
  [
    'row a | completion b = a with { "inference_id": "m" }',
    {
      name: { name: 'b' },
      prompt: a,
      options: { entries: [{ key: 'inference_id', value: { value: 'm' } }] },
    },
  ],
  [
    'row a | rerank b = "q" on a, c = d with { "inference_id": "m" }',
    { query: { value: 'q' }, on: [{ value: a }, {}] },
  ],
  [
    'row a | change_point a on b as c, d',
    { value: a, on: { name: 'b' }, as: [{ name: 'c' }, { name: 'd' }] },
  ],
  [
    'row a | fuse linear score by a key by b, c with { "weights": { "x": 0.5 } }',
    {
      method: 'linear',
      score: a,
      key: [{}, {}],
      options: { entries: [{ value: { kind: 'options' } }] },
    },
  ],
  ['row a | fork (where a | limit 1) (drop a)', { branches: [{ commands: [{}, {}] }, { commands: [{}] }] }],
  ['row a | dissect a "%{b}" append_separator = ","', { options: [{ name: 'append_separator' }] }],
  ['row a | grok a "x", "y"', { patterns: [{ value: 'x' }, { value: 'y' }] }],
  ['row a | Dedup a, /* b */ c', { kind: 'other', word: 'dedup', text: 'a,   c' }],
  ['row a | where a in (from b | keep c)', { condition: { kind: 'in-subquery' } }],
  ['row a | where a::text : "b"', { condition: { kind: 'match', field: a, type: 'text' } }],
  [
    'row a | where match(a, "b", {"c": 1})',
    { condition: { arguments: [a, {}], options: { entries: [{}] } } },
  ],
  [
    'row a | where a > now() - 5minutes',
    {
      condition: { right: { right: { kind: 'timespan', count: '5', unit: 'minutes' } } },
    },
  ],
  [
    'row ?x = ?y, ??z(1), a.?b',
    {
      fields: [
        { name: { kind: 'dynamic-name' }, value: { kind: 'parameter' } },
        { value: { kind: 'dynamic-call' } },
        { value: { kind: 'dynamic-name', parts: ['a', { text: '?b' }] } },
      ],
    },
  ],
])('%s', (text, tree) => {
  expect(read(text).commands.at(-1)).toMatchObject(tree);
});

test('settings stand before the first command', () => {
  const { settings, commands } = read('set time_zone = "+02:00"; set b = {"c": 1}; row 1');
  expect(settings.map(({ name }) => name)).toEqual(['time_zone', 'b']);
  expect(commands).toHaveLength(1);
});

test('every node has its place', () => {
  const text = 'from a | where (b == 1) and c';
  const where = parseStatement(text).commands[1];
  if (where?.kind !== 'where' || where.condition.kind !== 'and') throw new Error('This is another tree.');
  const shown = (node: { span?: { start: number; end: number } }) =>
    text.slice(node.span?.start, node.span?.end);
  expect(shown(where)).toBe('where (b == 1) and c');
  expect(where.condition.of.map(shown)).toEqual(['b == 1', 'c']);
});

test.each([
  ['from a | where b = 1', '=', 'ES|QL compares with "=="'],
  ["from a | where b == 'c'", "'", 'double quotes'],
  ['from a | where b =~ "c"', '=~', 'to_lower'],
  ['from a where b == 1', 'where', 'pipe in front, as in "| where"'],
  ['from a | where b == 1 limit 5', 'limit', 'pipe in front'],
  ['from a | keep b sort c', 'sort', 'pipe in front'],
  ['from a | where b || c', '|', 'no "||"'],
  ['from a | | limit 1', '|', 'a command is missing'],
  ['from a | where b && c', '&', 'joined by "and"'],
  ['from a | where !b', '!', 'negated by "not"'],
  ['from a | where b === 1', '=', 'ES|QL'],
  ['from a | where 1 < b < 2', '<', 'two sides'],
  ['from a | where b.in == 1', 'in', 'back-quotes'],
  ['from a | where b in ()', ')', 'one value at least'],
  ['from a | where b contains "c"', 'contains', 'like "*text*"'],
  ['from a | filter b', 'filter', 'called "where"'],
  ['from a | nonsense b', 'nonsense', 'no command "nonsense"'],
  ['from a | row b', 'row', 'stands first'],
  ['where a', 'where', 'begins with "from"'],
  ['from a | where b == "c', '"c', 'never closed'],
  ['from a | where b == """c\n"""', '"""c', 'never closed'],
  ['from a | where `b', '`b', 'never closed'],
  ['from a /* b', '/*', 'never closed'],
  ['from a | where b like "C:\\\\Users"', '"C:\\\\Users"', 'backslash stands before'],
  ['from a | limit -1', '-1', 'not negative'],
  ['from a | sample 2', '2', 'between 0 and 1'],
  ['from a | stats', '', 'found the end'],
  ['from a | drop *', '*', 'not all can be dropped'],
  ['from a | rename b* as c', 'b*', 'takes one'],
  ['from a | enrich p on b*', 'b*', 'takes one'],
  ['from a | enrich _some:p', '_some:p', '_any:'],
  ['from a | dissect b "c"', '"c"', 'names what it takes out'],
  ['from a | dissect b "%{*c}"', '"%{*c}"', 'reference keys'],
  ['from a | dissect b "%{c}" d = ","', 'd', 'append_separator'],
  ['from a metadata b', 'b', 'begin with "_"'],
  ['from ""', '""', 'never blank'],
  ['row [1, "a"]', '[1, "a"]', 'one type'],
  ['row [null]', 'null', 'strings, numbers'],
  ['row 1 fortnight', 'fortnight', 'unit of time'],
  ['row 1 #', '#', 'no "#" here'],
  ['', '', 'Expected a command, found the end.'],
])('%s is refused at %s, and told why', (text, place, why) => {
  const found = failureOf(text)?.diagnostics[0];
  expect(found?.message).toContain(why);
  expect(text.slice(found?.span?.start, found?.span?.end)).toBe(place);
});

test.each([
  ['parentheses', `${'('.repeat(201)}a`],
  ['negations', `${'not '.repeat(201)}a`],
  ['sums', `a${' + a'.repeat(501)}`],
  ['calls', 'f('.repeat(201)],
  ['maps', `f(a, ${'{"a": '.repeat(201)}`],
  ['casts', `a${'::int'.repeat(501)}`],
])('%s that go too deep are refused', (_, text) => {
  expect(failureOf(`from a | where ${text}`)?.diagnostics[0]?.code).toBe('parse/too-deep');
});

test('a condition has any number of parts', () => {
  const tree = condition(`a${' and a'.repeat(5000)}`);
  expect(partsOf(tree)).toHaveLength(5001);
});

function failureOf(text: string): Failure | undefined {
  try {
    parseStatement(text);
    return undefined;
  } catch (error) {
    return error instanceof Failure ? error : undefined;
  }
}

test('a wildcard of another language is pointed at', () => {
  const text = 'from a | where b like "%c%" or not d like ("*%", "e%") | where f rlike "%"';
  const places = doubtsOf(parseStatement(text)).map(({ span }) => text.slice(span?.start, span?.end));
  expect(places).toEqual(['"%c%"', '"e%"']);
});
