import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { runIn } from '../support/command.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rulecast-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, text: string) => writeFileSync(join(folder, name), text);
const run = (args: readonly string[], input = '') => runIn(folder, ['match', ...args], input);
const objects = (stdout: string) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

const rules = `title: Login
name: login
logsource:
  category: authentication
detection:
  selection:
    kind: login
  condition: selection
---
title: Many logins
id: 3f1c9a52-2b77-4f0e-9a4e-4b0f5d1a7c11
correlation:
  type: event_count
  rules: [login]
  group-by: [user]
  timespan: 1m
  condition:
    gte: 2
`;
const login = (second: number, user: string) =>
  JSON.stringify({ '@timestamp': `2024-01-01T00:00:0${second}Z`, kind: 'login', user });
const events = [login(1, 'a'), login(2, 'b'), login(3, 'a')].join('\n');

test('tells of each match by the lines of its events, and of all in the end', () => {
  put('rules.yml', rules);
  put('events.ndjson', events);
  expect(run(['rules.yml', '--events', 'events.ndjson'])).toEqual({
    status: 0,
    stdout: 'events.ndjson:1,3: Many logins\n',
    stderr: '1 rule, 3 events: 1 match.\n',
  });
});

test('tells machines by the positions of the events', () => {
  put('rules.yml', rules);
  const { status, stdout } = run(['rules.yml', '--events', '-', '--json'], events);
  const rule = { rule: '3f1c9a52-2b77-4f0e-9a4e-4b0f5d1a7c11', title: 'Many logins', path: 'rules.yml' };
  expect([status, objects(stdout)]).toEqual([
    0,
    [
      { ...rule, events: [0, 2], lines: [1, 3], matched: true },
      { summary: { rules: 1, refused: 0, events: 3, unread: 0, matches: 1 } },
    ],
  ]);
});

describe('a query', () => {
  const kql = (text: string, ...more: readonly string[]) => [
    '--language',
    'kuery',
    '--query',
    text,
    '--events',
    '-',
    ...more,
  ];

  test('finds events of their own', () => {
    const { stdout } = run(kql('user: a', '--json'), events);
    const found = { rule: 'user: a', title: 'user: a', path: '--query', matched: true };
    expect(objects(stdout).slice(0, -1)).toEqual([
      { ...found, event: 0, line: 1 },
      { ...found, event: 2, line: 3 },
    ]);
  });

  test('that finds nothing is no fault', () => {
    expect(run(kql('user: c'), events)).toEqual({
      status: 0,
      stdout: '',
      stderr: '1 rule, 3 events: no matches.\n',
    });
  });

  test.each([
    ['a list', '[{"a": 1},\n {"a": 2}]', 2],
    ['one printed over lines', '{\n  "a": 2\n}', 1],
    ['several printed one after another', '{\n  "a": 1\n}\n{\n  "a": 2\n}\n', 4],
    ['lines that end as in Windows', '\uFEFF{"a": 1}\r\n\r\n{"a": 2}\r\n', 3],
  ])('reads %s', (_, input, line) => {
    expect(run(kql('a: 2'), input).stdout).toBe(`-:${line}: a: 2\n`);
  });

  test('goes by the types that are said, in a file or beside one another', () => {
    put('types.json', '{"ip": "ip", "m": "text"}');
    const input = '{"ip": "0:0::1", "m": "The Fox"}';
    expect(run(kql('ip: "::1" and m: fox'), input).stdout).toBe('');
    expect(run(kql('ip: "::1" and m: fox', '--types', 'ip=ip,m=text'), input).stdout).not.toBe('');
    expect(run(kql('ip: "::1" and m: fox', '--types', 'types.json'), input).stdout).not.toBe('');
  });

  test('goes by the fields that are said', () => {
    const eql = 'sequence [file where true] [process where true]';
    const input = '{"k": "process", "t": 2, "n": 2}\n{"k": "file", "t": 2, "n": 1}';
    const fields = ['--category-field', 'k', '--timestamp-field', 't', '--tiebreaker-field', 'n'];
    expect(run(['--language', 'eql', '--query', eql, '--events', '-', ...fields], input).stdout).toBe(
      `-:2,1: ${eql}\n`,
    );
  });
});

test('lines that are no events are told of with their places, and cost nothing but themselves', () => {
  const lines = [login(1, 'a'), '{"user": a}', login(2, 'a'), '"text"', '{"user": "a"', login(3, 'a')];
  const { status, stdout, stderr } = run(
    ['--language', 'kuery', '--query', 'user: *', '--events', '-'],
    lines.join('\n'),
  );
  expect([status, stdout]).toEqual([1, '-:1: user: *\n-:3: user: *\n-:6: user: *\n']);
  expect(stderr).toMatch(/^-:2:10: error: .*\n-:4:1: error: .*\n-:6:1: error: .*\n/);
  expect(stderr).toContain('3 events (3 could not be read)');
});

test('a rule that can not be asked is told of, and the others are', () => {
  put('a.yml', rules.split('---')[0]!.replace('kind: login', 'kind|re: (?=a)'));
  put('b.yml', rules.split('---')[0]!);
  put('note.txt', 'no rule');
  const { status, stdout, stderr } = run(['.', '--events', '-'], events);
  expect([status, stdout.split('\n').length]).toEqual([1, 4]);
  expect(stderr).toContain('[match/unsupported]');
  expect(stderr).toContain('2 rules (1 could not be asked), 3 events: 3 matches.');
  const json = objects(run(['.', '--events', '-', '--json'], events).stdout);
  expect(json[0]).toMatchObject({ path: 'a.yml', diagnostics: [{ code: 'match/unsupported' }] });
});

test.each([
  [['rules.yml'], 'where the events are'],
  [['--events', '-'], 'Name the rules'],
  [['--query', 'a: 1', '--events', '-'], 'in which language'],
  [['rules.yml', '--query', 'a: 1', '--language', 'kuery', '--events', '-'], 'not both'],
  [['rules.yml', '--language', 'kuery', '--events', '-'], 'say --query'],
  [['nowhere', '--events', '-'], 'nothing at nowhere'],
  [['rules.yml', '--events', 'nowhere.ndjson'], 'no event to read'],
  [['rules.yml', '--events', '-', '--types', 'a=colour'], '--types knows'],
  [['rules.yml', '--events', '-', '--types', 'rules.yml'], 'JSON object'],
  [['rules.yml', '--events', '-', '--events', '-'], 'say it once'],
])('what is asked wrongly is exit code 2: %j', (args, why) => {
  put('rules.yml', rules);
  const { status, stderr } = run(args, events);
  expect(stderr).toContain(why);
  expect(status).toBe(2);
});

test('many events are read in pieces, and keep their lines', () => {
  const filler = 'x'.repeat(1000);
  const line = (n: number) => JSON.stringify({ n, filler });
  put('many.ndjson', Array.from({ length: 20_000 }, (_, n) => `${line(n)}\n`).join(''));
  const { stdout } = run([
    '--language',
    'kuery',
    '--query',
    'n: (0 or 10000 or 19999)',
    '--events',
    'many.ndjson',
  ]);
  expect(stdout.match(/:\d+:/g)).toEqual([':1:', ':10001:', ':20000:']);
});
