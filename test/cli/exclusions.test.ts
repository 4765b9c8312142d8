import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runIn } from '../support/command.ts';

const folder = mkdtempSync(join(tmpdir(), 'rulecast-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function rulecast(...args: readonly string[]) {
  return runIn(folder, args);
}

function put(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const rule = (digit: number) => `title: Rule ${digit}
id: 00000000-0000-4000-8000-00000000000${digit}
logsource:
    category: process_creation
    product: windows
detection:
    selection:
        CommandLine|contains: 'thing ${digit}'
    condition: selection
`;

const filter = (rules: string) => `title: Known good
id: 00000000-0000-4000-8000-00000000000f
logsource:
    category: process_creation
    product: windows
filter:
    rules: ${rules}
    selection:
        CommandLine|cased: 'x'
    condition: not selection
`;

const filesIn = (path: string): readonly string[] =>
  readdirSync(join(folder, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();
const linesIn = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

beforeAll(() => {
  put('sigma/rules/a.yml', rule(1));
  put('sigma/rules/b.yml', rule(2));
  put('sigma/filters/good.yml', filter('any'));
  put('sigma/filters/lone.yml', filter('[nobody]').replace('00f', '00e'));
});

test('a list stands in the file of each rule that it is for, and in one file once', () => {
  expect(rulecast('convert', 'sigma', '--to', 'kibana', '--out', 'each')).toMatchObject({ status: 0 });
  expect(filesIn('each')).toEqual(['a.ndjson', 'b.ndjson', 'lone.ndjson']);
  for (const path of ['each/rules/a.ndjson', 'each/rules/b.ndjson']) {
    const [line, list, item] = linesIn(readFileSync(join(folder, path), 'utf8'));
    expect(line.exceptions_list).toMatchObject([{ list_id: list.list_id }]);
    expect(item).toMatchObject({ list_id: list.list_id, entries: [{ type: 'match', value: 'x' }] });
  }
  rulecast('convert', 'sigma', '--to', 'kibana', '--out', 'all.ndjson');
  const details = linesIn(readFileSync(join(folder, 'all.ndjson'), 'utf8')).at(-1);
  expect(details).toMatchObject({ exported_rules_count: 2, exported_exception_list_count: 2 });
});

test('they come home to where their rules are, and nobody misses a rule', () => {
  rulecast('convert', 'sigma', '--to', 'kibana', '--out', 'there');
  const { status, stderr } = rulecast('convert', 'there', '--to', 'sigma', '--out', 'back');
  expect(status).toBe(0);
  expect(readFileSync(join(folder, 'back/filters/lone.yml'), 'utf8')).toContain('nobody');
  expect(readFileSync(join(folder, 'back/rules/a.yml'), 'utf8')).toContain('rules: any');
  expect(stderr).not.toContain('unknown-reference');
  const again = rulecast('convert', 'back', '--to', 'kibana', '--out', 'again');
  expect(again.stderr.match(/unknown-reference/g)).toHaveLength(1);
  for (const path of ['rules/a.ndjson', 'rules/b.ndjson', 'filters/lone.ndjson']) {
    expect(readFileSync(join(folder, 'again', path), 'utf8')).toBe(
      readFileSync(join(folder, 'there', path), 'utf8'),
    );
  }
});

test('a file without rules is counted by itself, never as failed, and one that is refused is told of', () => {
  const { status, stdout } = rulecast('convert', 'sigma', '--to', 'elastic', '--json');
  const lines = linesIn(stdout);
  expect(lines.at(-1).summary).toMatchObject({ rules: 2, equivalent: 2, refused: 0, failed: 0, exclusions: 2 });
  expect(lines.slice(2, 4)).toMatchObject([
    { path: 'sigma/filters/good.yml', fidelity: 'equivalent', text: '', diagnostics: [{ line: 1 }] },
    { path: 'sigma/filters/lone.yml', fidelity: 'refused', text: '' },
  ]);
  expect(status).toBe(1);
  const { stderr } = rulecast('convert', 'sigma', '--to', 'kibana', '--out', 'told');
  expect(stderr).toContain('2 rules: 2 equivalent. 2 files of filters or exceptions alone.');
});

test('with --json, a rule comes with the lists that are for it', () => {
  const lines = linesIn(rulecast('convert', 'sigma', '--to', 'kibana', '--json').stdout);
  const [rule, list, item, details] = linesIn(lines[0].text);
  expect(rule.exceptions_list).toMatchObject([{ list_id: list.list_id }]);
  expect(item.list_id).toBe(list.list_id);
  expect(details).toMatchObject({ exported_rules_count: 1, exported_exception_list_count: 1 });
});

test('a file of exclusions alone is written', () => {
  const { status, stdout } = rulecast(
    'convert',
    'sigma/filters/good.yml',
    '--to',
    'kibana',
    '--out',
    'alone',
  );
  expect([status, stdout]).toEqual([0, '']);
  put('list.ndjson', readFileSync(join(folder, 'alone/good.ndjson'), 'utf8'));
  const home = rulecast('convert', 'list.ndjson', '--to', 'sigma').stdout;
  expect(home).toBe(filter('any'));
  rulecast('convert', 'sigma/filters', '--to', 'sigma', '--out', 'same');
  expect(filesIn('same')).toEqual(['good.yml', 'lone.yml']);
});
