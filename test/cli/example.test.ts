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
const run = (...args: readonly string[]) => runIn(folder, ['match', '--example', ...args]);
const objects = (stdout: string) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

const id = '3f1c9a52-2b77-4f0e-9a4e-4b0f5d1a7c11';
const tool = `title: Tool
id: ${id}
logsource: {category: process_creation, product: windows}
detection:
  selection: {Image|endswith: '\\tool.exe'}
  condition: selection
`;
const many = `title: Part
name: part
logsource: {category: authentication}
detection:
  selection: {kind: login}
  condition: selection
---
title: Many
correlation:
  type: event_count
  rules: [part]
  group-by: [user]
  timespan: 1m
  condition: {gte: 3}
`;
const newTerms = `[metadata]
creation_date = "2026/01/01"
maturity = "production"
updated_date = "2026/01/01"
[rule]
author = ["x"]
description = "x"
language = "kuery"
license = "Elastic License v2"
name = "First Of Its Kind"
risk_score = 21
rule_id = "3f1c9a52-2b77-4f0e-9a4e-4b0f5d1a7c12"
severity = "low"
type = "new_terms"
query = "user.name: root"
[rule.new_terms]
field = "new_terms_fields"
value = ["host.id"]
[[rule.new_terms.history_window_start]]
field = "history_window_start"
value = "now-7d"
`;

test('tells of each rule what its examples show, and the events', () => {
  put('tool.yml', tool);
  const { status, stdout, stderr } = run('tool.yml');
  expect(status).toBe(0);
  expect(stdout.split('\n').slice(0, 7)).toEqual([
    'tool.yml: Tool',
    '  fires: the smallest event that fires',
    '    {"@timestamp":"2024-01-01T00:00:00.000Z","Image":"C:\\\\Windows\\\\System32\\\\tool.exe"}',
    '  misses: Image is "C:\\Windows\\System32\\toox.exe" instead of "C:\\Windows\\System32\\tool.exe"',
    '    {"@timestamp":"2024-01-01T00:00:00.000Z","Image":"C:\\\\Windows\\\\System32\\\\toox.exe"}',
    '  misses: Image is missing',
    '    {"@timestamp":"2024-01-01T00:00:00.000Z"}',
  ]);
  expect(stdout).toContain('\n  variant that fires: Image in upper case\n');
  expect(stdout).toContain('\n  variant that does not: Image with forward slashes\n');
  expect(stderr).toBe('1 rule: 1 that fires, 2 near misses, 4 variants.\n');
});

test('tells machines an object an example, and the totals; the same every time', () => {
  put('tool.yml', tool);
  const { status, stdout } = run('tool.yml', '--json', '--taxonomy', 'ecs');
  const [first, ...others] = objects(stdout);
  expect([status, first]).toEqual([
    0,
    {
      rule: id,
      title: 'Tool',
      path: 'tool.yml',
      kind: 'fires',
      shows: 'the smallest event that fires',
      events: [
        {
          '@timestamp': '2024-01-01T00:00:00.000Z',
          'event.category': 'process',
          'event.type': 'start',
          'host.os.type': 'windows',
          'process.name': 'tool.exe',
        },
      ],
      fires: true,
    },
  ]);
  expect(others.at(-1)).toEqual({
    summary: { rules: 1, refused: 0, unfired: 0, fires: 1, misses: 8, variants: 2 },
  });
  expect(run('tool.yml', '--json', '--taxonomy', 'ecs').stdout).toBe(stdout);
});

test('what is written fires the rule when it is read', () => {
  put('many.yml', many);
  const told = objects(run('many.yml', '--json').stdout).filter(({ kind }) => kind !== undefined);
  expect(new Set(told.map(({ title }) => title))).toEqual(new Set(['Many']));
  const byKind = new Map(told.map((one) => [one.kind, one]));
  expect(byKind.size).toBe(3);
  for (const { events, fires } of byKind.values()) {
    put('events.ndjson', events.map((event: unknown) => JSON.stringify(event)).join('\n'));
    const matched = runIn(folder, ['match', 'many.yml', '--events', 'events.ndjson']).stdout;
    expect(matched !== '').toBe(fires);
  }
});

describe('what has no examples', () => {
  test('is a finding, and the others have theirs', () => {
    put('tool.yml', tool);
    put('new.toml', newTerms);
    const { status, stdout, stderr } = run('.');
    expect(status).toBe(1);
    expect(stdout).toContain('tool.yml: Tool\n');
    expect(stderr).toContain('[match/unsupported]');
    expect(stderr).toContain('2 rules (1 could not be asked): 1 that fires');
  });

  test('as it contradicts itself, is one, too', () => {
    const { status, stdout, stderr } = run('--language', 'eql', '--query', 'any where a == 1 and a == null');
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain('which contradicts itself. [match/no-example]');
  });
});

test.each([
  [['--events', '-'], '--example makes events, and --events reads some; say one of them.\n'],
  [[], 'Name the rules to match, or say --language and --query.\n'],
  [['-'], 'Rules to match are read from files, and not from standard input; name them.\n'],
])('wrong usage: %j', (args, told) => {
  put('tool.yml', tool);
  const { status, stderr } = run(...(args.length > 1 ? ['tool.yml', ...args] : args));
  expect([status, stderr]).toEqual([2, told]);
});

test('events are asked for where none are to be made', () => {
  put('tool.yml', tool);
  const { status, stderr } = runIn(folder, ['match', 'tool.yml']);
  expect([status, stderr]).toEqual([
    2,
    'Say where the events are: --events events.ndjson, or --events - for standard input; --example makes some.\n',
  ]);
});

test('a query that can not be read is wrong usage', () => {
  expect(run('--language', 'eql', '--query', 'any where (').status).toBe(2);
});
