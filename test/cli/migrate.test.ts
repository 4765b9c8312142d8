import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { linesOf, main, runIn, runLineIn } from '../support/command.ts';
import { Bench, refusedOf, ruleOf, treeAt } from '../support/migration.ts';

let one: Bench;
beforeAll(() => {
  one = new Bench({ 'a.yml': ruleOf(1), 'sub/b.yml': refusedOf(2), 'c.md': 'Words.', 'd.yml': 'title: [\n' });
});
afterAll(() => one.end());

const migrate = (...args: readonly string[]) =>
  runIn(one.root, ['migrate', 'from', 'to', '--to', 'elastic', '--no-prove', ...args]);

test('tells machines of every file, people of what they have to look at, and CI whether it is up to date', () => {
  expect(migrate('--check')).toMatchObject({ status: 1, stdout: 'written a.toml\n' });
  const first = migrate('--json');
  expect(first.status).toBe(1);
  const lines = linesOf(first.stdout) as readonly (Record<string, unknown> & { summary?: object })[];
  expect(lines.map(({ path, state, out, reason }) => ({ path, state, out, reason }))).toEqual([
    { path: 'from/c.md', state: 'ignored', reason: 'its ending is none of a rule file' },
    { path: 'from/a.yml', state: 'written', out: 'to/a.toml' },
    { path: 'from/d.yml', state: 'failed' },
    { path: 'from/sub/b.yml', state: 'refused' },
    {},
  ]);
  expect(lines[1]).toMatchObject({ title: 'Rule 1', fidelity: 'equivalent', text: one.read('a.toml') });
  expect(lines[2]!['diagnostics']).toMatchObject([{ code: 'parse/unexpected', path: 'from/d.yml', line: 2 }]);
  expect(lines.at(-1)!.summary).toMatchObject({ rules: 3, refused: 1, failed: 1, targets: { written: 1 } });

  expect(migrate('--check')).toMatchObject({ status: 0, stdout: '' });
  const again = migrate();
  expect(again.status).toBe(1);
  expect(again.stderr).toContain('1 rule refused as before (--again tells why)');
  expect(migrate('--again').stderr).toContain('sub/b.yml:8');
  expect(migrate('--verbose').stderr).toContain('from/c.md: ignored (its ending is none of a rule file)\n');

  one.target('a.toml', one.read('a.toml').replace('"*thing 1*"', '"*mine 1*"'));
  one.source('a.yml', ruleOf(1, 'other'));
  const conflict = migrate('--on-conflict', 'ask');
  expect(conflict.status).toBe(1);
  expect(conflict.stderr).toMatch(
    /to\/a\.toml:\d+:1: error: Upstream now also matches .*; it stays .*\[migrate\/conflict\]\n +\d+ \| process where/,
  );
  expect(conflict.stderr).toContain('to/a.toml: error: The file was changed by hand, and so was its source;');
  expect(migrate('--check').status).toBe(1);
  expect(migrate('--on-conflict', 'theirs').stderr).toContain('1 written anew over changes by hand');
  expect(one.all()['a.toml.theirs']).toBeUndefined();
});

test('--changes tells people in words, machines rule by rule, and --check before anything is written', () => {
  const told = new Bench({ 'a.yml': ruleOf(1), 'b.yml': ruleOf(2) });
  const run = (...args: readonly string[]) =>
    runIn(told.root, ['migrate', 'from', 'to', '--to', 'elastic', '--changes', ...args]);
  expect(run('--json').stdout).toContain('"changes":[{"id":"00000000-0000-4000-8000-000000000001",');
  told.source('a.yml', ruleOf(1, 'other').replace('Rule 1', 'First'));
  told.source('b.yml');
  told.source('c.yml', ruleOf(3));
  const checked = run('--check', '--prune');
  expect([checked.status, checked.stdout]).toEqual([
    1,
    `updated a.toml: First
  now also matches where process.command_line contains "other 1"
  no longer matches where process.command_line contains "thing 1"
  name changed from Rule 1 to First
written c.toml: Rule 3 was added
pruned b.toml: Rule 2 was removed
`,
  ]);
  const done = run('--prune', '--json');
  expect(done.status).toBe(0);
  const lines = linesOf(done.stdout) as readonly {
    changes?: readonly { message: string }[];
    title: string;
  }[];
  expect(lines.map(({ title, changes }) => [title, changes?.length])).toEqual([
    ['First', 3],
    ['Rule 3', 1],
    ['', 1],
    [undefined, undefined],
  ]);
  told.end();
});

test('a report tells of all rules, also of those that have not changed', () => {
  migrate();
  const { status } = migrate('--report', 'losses.json');
  expect(status).toBe(1);
  const report = readFileSync(join(one.root, 'losses.json'), 'utf8');
  expect(report).toContain('Rule 1');
  expect(report).toContain('Rule 2');
});

test.each([
  [['from', 'from', '--to', 'elastic'], 'The source from is the target as well'],
  [['none', 'to', '--to', 'elastic'], 'There is nothing at none'],
  [['from', 'to', '--to', 'sigma'], 'The target was written --to elastic'],
  [['from', 'to', '--to', 'elastic', '--bundle'], 'A file of elastic is not one that rules are bundled in'],
  [['from', 'to', '--to', 'elastic', '--jobs', '0'], '--jobs is a number of threads'],
  [['from', 'to', '--to', 'elastic', '--watch', '--check'], '--watch writes what has changed'],
  [['from', 'to', '--to', 'elastic', '--id', 'new'], '--id knows keep, derive, and not "new"'],
  [['from', '--to', 'elastic'], 'It takes 2 names, and not 1'],
])('wrong usage: %j', (args, says) => {
  const { status, stderr } = runIn(one.root, ['migrate', ...args]);
  expect([status, stderr]).toEqual([2, expect.stringContaining(says)]);
});

test.skipIf(process.platform === 'win32')(
  'a disk that is full, or files that may not grow, lose nothing',
  () => {
    const full = new Bench({ 'a.yml': ruleOf(1), 'b.yml': ruleOf(2).replace('thing', 'x'.repeat(20_000)) });
    const command = 'rulecast migrate from to --to elastic --no-prove';
    // Sixteen blocks of 512 bytes: the second rule does not fit, and the first one does.
    const { stderr } = runLineIn(full.root, `trap '' XFSZ; (ulimit -f 16; ${command})`);
    expect(stderr).toMatch(/b\.toml: error: The file could not be written: EFBIG/);
    expect(Object.keys(full.all(true))).toEqual([
      '.rulecast/base/a.toml.base',
      '.rulecast/manifest.json',
      'a.toml',
    ]);
    expect(runLineIn(full.root, command).status).toBe(0);
    expect(Object.keys(full.all())).toEqual(['a.toml', 'b.toml']);
    full.end();
  },
);

test.skipIf(process.platform === 'win32')('--watch follows the source, and ends well', async () => {
  const watched = new Bench({ 'a.yml': ruleOf(1) });
  const args = ['migrate', 'from', 'to', '--to', 'elastic', '--no-prove', '--watch'];
  const child = spawn(process.execPath, [main, ...args], {
    cwd: watched.root,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const until = async (isSo: () => boolean) => {
    const end = performance.now() + 60_000;
    while (!isSo() && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(isSo()).toBe(true);
  };
  let said = '';
  child.stderr.on('data', (piece: Buffer) => {
    said += piece;
  });
  const says = (path: string, words: string) =>
    existsSync(join(watched.to, path)) && watched.read(path).includes(words);
  await until(() => said.includes('Watching from'));
  watched.source('a.yml', ruleOf(1, 'other'));
  await until(() => says('a.toml', 'other 1'));
  watched.source('sub/b.yml', ruleOf(2));
  await until(() => says('sub/b.toml', 'thing 2'));
  child.kill('SIGINT');
  const [code] = await once(child, 'exit');
  expect(code).toBe(0);
  expect(Object.keys(watched.all(true))).not.toContain('.rulecast/lock');
  watched.end();
});

test('in several threads it comes to the same, in the same order', () => {
  const many = new Bench(
    Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`${at}.yml`, ruleOf(at)])),
  );
  many.source('broken.yml', 'title: [\n');
  many.source(
    'count.yml',
    "title: C\ncorrelation:\n  type: event_count\n  rules: ['00000000-0000-4000-8000-000000000001']\n  group-by: [user.name]\n  timespan: 5m\n  condition: {gte: 3}\n",
  );
  const run = (to: string, jobs: string) =>
    runIn(many.root, ['migrate', 'from', to, '--to', 'elastic', '--json', '--jobs', jobs]);
  const [alone, apart] = [run('one', '1'), run('two', '3')];
  expect(apart.stdout).toBe(alone.stdout.replaceAll('"one/', '"two/'));
  expect(treeAt(join(many.root, 'two'), true)).toEqual(treeAt(join(many.root, 'one'), true));
  many.end();
});

test('what can not be read as its name says is told of by other commands, too', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rulecast-'));
  writeFileSync(join(folder, 'a.yml'), ruleOf(1));
  writeFileSync(join(folder, 'b.yml'), 'title: [\n');
  writeFileSync(join(folder, 'package.json'), '{"name": "x"}');
  const checked = runIn(folder, ['check', '.']);
  expect([checked.status, checked.stderr]).toEqual([1, expect.stringContaining('b.yml:2:1: error:')]);
  expect(checked.stderr).toContain('1 file of no known format passed over.');
  const converted = runIn(folder, ['convert', '.', '--to', 'elastic', '--out', 'out', '--verbose']);
  expect([converted.status, converted.stderr]).toEqual([1, expect.stringContaining('b.yml:2:1: error:')]);
  expect(converted.stderr).toContain(
    'package.json: note: The file holds no rule of a format that is known here',
  );
  rmSync(folder, { recursive: true });
});
