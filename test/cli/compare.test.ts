import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { runIn, runLineIn } from '../support/command.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rulecast-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, text: string) => writeFileSync(join(folder, name), text);
const run = (...args: readonly string[]) => runIn(folder, ['compare', ...args]);
const objects = (stdout: string) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

const rule = (title: string, selection: string) => `title: ${title}
logsource: {category: process_creation, product: windows}
detection:
  selection: ${selection}
  condition: selection
`;
const certutil = "{Image|endswith: '\\certutil.exe', CommandLine|contains: urlcache}";
const shadows = '{CommandLine|contains|all: [vssadmin, delete, shadows]}';

test('tells of two rules how they stand to one another, and shows it', () => {
  put('a.yml', rule('Root', '{User: root}'));
  put('b.yml', rule('Root in a shell', "{User: root, Image|endswith: '\\sh.exe'}"));
  const { status, stdout, stderr } = run('a.yml', 'b.yml');
  expect([status, stderr]).toEqual([1, '']);
  expect(stdout).toContain('narrower: The second matches less');
  expect(stdout).toContain('  also asks that Image ends with "\\sh.exe"');
  expect(stdout).toContain('{\n  "User": "root"\n}');
  expect(stdout).toContain('  title\n    first   "Root"\n    second  "Root in a shell"');
});

test('tells machines in one line', () => {
  put('a.yml', rule('Root', '{User: root}'));
  put('b.yml', rule('Root', '{User: [root, admin]}'));
  const { status, stdout } = run('a.yml', 'b.yml', '--json');
  expect([status, objects(stdout)]).toMatchObject([
    1,
    [{ relation: 'broader', event: { User: 'admin' }, taxonomy: 'sigma', differences: [] }],
  ]);
  expect(stdout.startsWith('{"relation":"broader","event":{"User":"admin"},')).toBe(true);
  const same = run('a.yml', 'a.yml', '--json');
  expect([same.status, same.stdout.startsWith('{"relation":"equal",')]).toEqual([0, true]);
});

test('finds in two packs of any formats what belongs together, and loses nothing to a bad rule', () => {
  cpSync(join(import.meta.dirname, '../../rules/certutil-download'), join(folder, 'ours'), {
    recursive: true,
  });
  mkdirSync(join(folder, 'theirs'));
  put('theirs/broken.yml', `${rule('Broken', certutil)}more: [`);
  put('theirs/strange.yml', rule('Strange', '{User|strange: x}'));
  put('theirs/two.yml', `${rule('Shadows', shadows)}---\n${rule('Admins', '{User: admin}')}`);
  cpSync(join(folder, 'ours/elastic.toml'), join(folder, 'theirs/same.toml'));
  const { status, stdout } = run('ours', 'theirs', '--json');
  const [broken, ...found] = objects(stdout);
  expect(broken.path).toBe('theirs/broken.yml');
  const { summary, alone, unread } = found.pop();
  expect(found.map(({ relation, first, second }) => [relation, first.path, second.path])).toEqual([
    ['equal', 'ours/elastic.toml', 'theirs/same.toml'],
    ['equal', 'ours/kibana.ndjson', 'theirs/same.toml'],
    ['equal', 'ours/sigma.yml', 'theirs/same.toml'],
  ]);
  expect(summary).toMatchObject({
    rules: { first: 3, second: 4 },
    pairs: 3,
    equal: 3,
    alone: { first: 0, second: 3 },
  });
  expect(alone.second.map(({ title }: { title: string }) => title)).toEqual(['Strange', 'Shadows', 'Admins']);
  expect(unread).toMatchObject([{ title: 'Strange', path: 'theirs/strange.yml' }]);
  expect(status).toBe(1);
});

test('tells people of packs in groups', () => {
  put('a.yml', `${rule('Shadows', shadows)}---\n${rule('Certutil', certutil)}`);
  const both = "{Image|endswith: ['\\certutil.exe', '\\bitsadmin.exe'], CommandLine|contains: urlcache}";
  put('b.yml', rule('Certutil and bitsadmin', both));
  const { status, stdout, stderr } = run('a.yml', 'b.yml');
  expect(stdout).toContain(
    'The second is broader, and covers the first: 1\n  a.yml: Certutil\n  | b.yml: Certutil and bitsadmin',
  );
  expect(stdout).toContain('    also matches where Image ends with "\\bitsadmin.exe"');
  expect(stdout).toContain('Of the first, without a partner: 1\n  a.yml: Shadows\n');
  expect([status, stderr]).toEqual([1, '2 and 1 rules: 1 broader.\n']);
});

test.each<[string, readonly string[], string]>([
  ['one name', ['a.yml'], 'It takes 2 names, and not 1; --help tells what they are.'],
  ['standard input', ['a.yml', '-'], 'are read from files, and not from standard input.'],
  ['a name of nothing', ['a.yml', 'x.yml'], 'There is nothing at x.yml.'],
  ['no rule', ['a.yml', 'empty'], 'There is no rule to compare at empty.'],
  ['a misspelt option', ['a.yml', 'a.yml', '--jsn'], '--json'],
])('takes %s for wrong usage', (_, args, message) => {
  put('a.yml', rule('Root', '{User: root}'));
  mkdirSync(join(folder, 'empty'));
  const { status, stderr } = run(...args);
  expect(status).toBe(2);
  expect(stderr).toContain(message);
});

test.skipIf(!existsSync('/dev/full'))('says so where there is no room for what is told', () => {
  put('a.yml', rule('Root', '{User: root}'));
  const { status, stderr } = runLineIn(folder, 'rulecast compare a.yml a.yml >/dev/full');
  expect([status, stderr]).toEqual([
    1,
    expect.stringMatching(/^Standard output could not be written: [^\n]*\n$/),
  ]);
});

test('what a rule is called neither moves the cursor of a terminal nor ends a line', () => {
  const wild = 'Wild \\e[31m\\x9b2J\\u202e\\r\\n::error::x';
  put('a.yml', rule(`"${wild}"`, `{User: "${wild}"}`));
  put('b.yml', `${rule('Two', '{User: two}')}---\n${rule(`"${wild}"`, `{User: "${wild} too"}`)}`);
  const { stdout, stderr } = run('a.yml', 'a.yml');
  const pack = run('a.yml', 'b.yml');
  const made = runIn(folder, ['match', 'b.yml', '--example']);
  const all = [stdout, stderr, pack.stdout, pack.stderr, made.stdout, made.stderr].join('\n');
  expect(all).not.toMatch(/[^\n\P{Cc}]|\u202e|^::/mu);
  expect(all.match(/: Wild /g)!.length).toBeGreaterThan(3);
});
