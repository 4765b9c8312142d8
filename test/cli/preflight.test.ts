import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { linesOf, runIn } from '../support/command.ts';
import { kitchen, tomlOf } from '../support/mappings.ts';

let folder = '';
const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const run = (...args: string[]) => runIn(folder, ['check', ...args]);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rulecast-'));
  write('good.toml', tomlOf('kuery', 'process.name: a'));
  write('bad.toml', tomlOf('kuery', 'process.nam: a'));
  write('stove.json', JSON.stringify({ 'kitchen-stove': { mappings: kitchen } }));
  write(
    'shelf.json',
    JSON.stringify({
      'kitchen-shelf': {
        mappings: { properties: { process: { properties: { nam: { type: 'keyword' } } } } },
      },
    }),
  );
  write('list.json', '[\n1]');
  write('torn.json', '{"properties":\n  {');
  const meta = (name: string, rest: string) =>
    `title: Stove\nid: 3b2f3a3e-5f0a-4d5c-8f59-6a3a1a6b9c0${name}\nstatus: test\ndescription: Looks.\nauthor: rulecast\ndate: 2026-01-02\n${rest}level: low\n`;
  write(
    'part.yml',
    meta(
      '4',
      "name: part\nlogsource: {category: process_creation, product: windows}\ndetection:\n    a: {CommandLine|contains: 'x'}\n    condition: a\n",
    ),
  );
  write(
    'whole.yml',
    meta(
      '5',
      'correlation:\n    type: event_count\n    rules: [part]\n    group-by: [User]\n    timespan: 5m\n    condition: {gte: 5}\n',
    ),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a rule that finds what it asks for has no fault, and one that does not has', () => {
  expect(run('good.toml', '--fields', 'stove.json')).toMatchObject({
    status: 0,
    stderr: '1 file: no faults.\n',
  });
  expect(run('bad.toml', '--fields', 'stove.json').status).toBe(1);
  expect(run('bad.toml', '--fields', 'stove.json', '--fields', 'shelf.json').status).toBe(0);
});

test('notes are told and are no faults', () => {
  const { status, stderr } = run('bad.toml', '--fields', 'ecs');
  expect(status).toBe(0);
  expect(stderr).toContain('note: process.nam is no field of ECS');
});

test('machines are told the field', () => {
  const [rule] = linesOf(run('bad.toml', '--fields', 'stove.json', '--json').stdout);
  expect(rule?.diagnostics).toEqual([
    {
      code: 'fields/unknown',
      level: 'warning',
      message: 'process.nam is not in kitchen-stove, so the rule finds nothing; process.name may be meant.',
      path: 'bad.toml',
      line: 19,
      column: 1,
      field: 'process.nam',
    },
  ]);
});

test('a correlation is asked with the rules of other files', () => {
  const lines = linesOf(run('whole.yml', 'part.yml', '--fields', 'stove.json', '--whole', '--json').stdout);
  const codes = lines.flatMap(({ path, diagnostics = [] }) =>
    diagnostics.map(({ code }) => `${path} ${code}`),
  );
  expect(codes).toEqual(['whole.yml fields/nowhere', 'part.yml fields/nowhere']);
});

test.each([
  [['good.toml', '--fields', 'none.json'], /none\.json/],
  [['good.toml', '--fields', 'list.json'], /^list\.json: The file should be an object/],
  [['good.toml', '--fields', 'torn.json'], /^torn\.json:2:4: /],
  [['good.toml', '--fields', 'ecs', '--fields', 'stove.json'], /either ecs or files/],
  [['good.toml', '--whole'], /--whole says something about --fields/],
  [['good.toml', '--fields', 'ecs', '--language', 'sql'], /no query language/],
])('%j is wrong usage', (args, said) => {
  const { status, stderr } = run(...args);
  expect(status).toBe(2);
  expect(stderr.replace(/^rulecast: /, '')).toMatch(said);
});
