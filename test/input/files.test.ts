import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';

import { linesOf, main, runIn } from '../support/command.ts';
import { ruleText } from '../support/templates.ts';

const top = mkdtempSync(join(tmpdir(), 'rulecast-files-'));
let folder = '';
let count = 0;
const at = (...names: readonly string[]) => join(folder, ...names);
const good = ruleText('elastic');

beforeEach(() => {
  count += 1;
  folder = join(top, String(count));
  mkdirSync(at('in'), { recursive: true });
  writeFileSync(at('in', 'good.toml'), good);
});
afterAll(() => rmSync(top, { recursive: true, force: true }));

/** Converts what is named into a folder `out`, where the good rule has to be then. */
function convert(...paths: readonly string[]) {
  const run = runIn(folder, ['convert', ...paths, '--to', 'elastic', '--out', 'out', '--json']);
  expect(run.stderr).not.toMatch(/^\s+at /m);
  expect(readFileSync(at('out', 'good.toml'), 'utf8')).toBe(good);
  return { ...run, lines: linesOf(run.stdout) };
}

/** Where Windows is, there are none of these. */
describe.skipIf(process.platform === 'win32')('paths that lead elsewhere', () => {
  test('a link to a file is followed if it is named, and not on the way through a folder', () => {
    writeFileSync(at('there.toml'), good.replace('A Rule', 'Another'));
    symlinkSync(at('there.toml'), at('in', 'link.toml'));
    expect(convert('in').status).toBe(0);
    expect(readdirSync(at('out'))).toEqual(['good.toml']);
    expect(convert('in', 'in/link.toml').status).toBe(0);
    expect(readFileSync(at('out', 'link.toml'), 'utf8')).toContain('Another');
  });

  test('a link to the folder above is not followed', () => {
    symlinkSync(at(), at('in', 'above'));
    symlinkSync('.', at('in', 'here'));
    expect(convert('in').status).toBe(0);
    expect(readdirSync(at('out'), { recursive: true })).toEqual(['good.toml']);
  });

  test('a link that leads nowhere is passed over in a folder, and told of if it is named', () => {
    symlinkSync('nowhere.toml', at('in', 'link.toml'));
    expect(convert('in').status).toBe(0);
    const { status, stderr } = runIn(folder, ['convert', 'in/link.toml', '--to', 'elastic']);
    expect({ status, stderr }).toEqual({ status: 2, stderr: 'There is nothing at in/link.toml.\n' });
  });

  test('links that go round in circles', () => {
    symlinkSync('b.toml', at('a.toml'));
    symlinkSync('a.toml', at('b.toml'));
    const { status, lines } = convert('in', 'a.toml');
    expect(status).toBe(1);
    expect(lines.find(({ path }) => path === 'a.toml')?.diagnostics).toMatchObject([
      { code: 'read/failed', line: 1, column: 1 },
    ]);
  });

  test('a name that is too long', () => {
    const { status, lines } = convert('in', `${'a'.repeat(300)}.toml`);
    expect(status).toBe(1);
    expect(lines.flatMap(({ diagnostics = [] }) => diagnostics)).toMatchObject([{ code: 'read/failed' }]);
  });

  test('a pipe into which nobody writes', () => {
    execFileSync('mkfifo', [at('in', 'pipe.toml')]);
    expect(convert('in').status).toBe(0);
    const { status, lines } = convert('in', 'in/pipe.toml');
    expect(status).toBe(1);
    expect(lines.flatMap(({ diagnostics = [] }) => diagnostics)).toMatchObject([{ code: 'read/empty' }]);
  });

  test('a pipe into which somebody writes, late and in pieces', () => {
    execFileSync('mkfifo', [at('pipe.toml')]);
    const half = Math.floor(good.length / 2);
    writeFileSync(at('one'), good.slice(0, half));
    writeFileSync(at('two'), good.slice(half));
    spawn('sh', ['-c', 'sleep 0.1; (cat one; sleep 0.3; cat two) > pipe.toml'], { cwd: folder });
    expect(convert('in', 'pipe.toml').status).toBe(0);
    expect(readFileSync(at('out', 'pipe.toml'), 'utf8')).toBe(good);
  });

  test('a device that never ends', () => {
    const { status, lines } = convert('in', '/dev/zero');
    expect(status).toBe(1);
    expect(lines.flatMap(({ diagnostics = [] }) => diagnostics)).toMatchObject([{ code: 'read/too-large' }]);
  });

  test('a folder named as a rule is', () => {
    mkdirSync(at('in', 'folder.toml'));
    writeFileSync(at('in', 'folder.toml', 'inner.toml'), good);
    expect(convert('in').status).toBe(0);
    expect(readFileSync(at('out', 'folder.toml', 'inner.toml'), 'utf8')).toBe(good);
  });

  test.skipIf(process.getuid?.() === 0)('a file and a folder that may not be read', () => {
    writeFileSync(at('in', 'closed.toml'), good);
    mkdirSync(at('in', 'shut'));
    chmodSync(at('in', 'closed.toml'), 0);
    chmodSync(at('in', 'shut'), 0);
    const { status, lines } = convert('in');
    chmodSync(at('in', 'shut'), 0o700);
    expect(status).toBe(1);
    const found = lines.flatMap(({ diagnostics = [] }) => diagnostics);
    expect(found.map(({ code }) => code)).toEqual(['read/failed', 'read/failed']);
  });
});

describe.skipIf(process.platform === 'win32')('places that can not be written to', () => {
  test('a way up and down again leads where it leads', () => {
    const { status } = runIn(folder, ['convert', 'in', '--to', 'elastic', '--out', 'in/../x/../out']);
    expect(status).toBe(0);
    expect(readFileSync(at('out', 'good.toml'), 'utf8')).toBe(good);
  });

  test('a folder that stands where the file is to be', () => {
    mkdirSync(at('all.ndjson', 'in the way'), { recursive: true });
    const { status, stderr } = runIn(folder, ['convert', 'in', '--to', 'kibana', '--out', 'all.ndjson']);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^all\.ndjson: error: The file could not be written: .*\[write\/failed\]$/m);
    expect(readdirSync(folder).sort()).toEqual(['all.ndjson', 'in']);
  });

  test('a file that stands where the folder is to be', () => {
    writeFileSync(at('out'), 'mine');
    const { status, stderr } = runIn(folder, ['convert', 'in', '--to', 'elastic', '--out', 'out']);
    expect(status).toBe(1);
    expect(stderr).toContain('[write/failed]');
    expect(readFileSync(at('out'), 'utf8')).toBe('mine');
  });

  test.skipIf(!existsSync('/dev/full'))('a disk that is full', () => {
    symlinkSync('/dev/full', at('all.ndjson'));
    const { status, stderr } = runIn(folder, ['convert', 'in', '--to', 'kibana', '--out', 'all.ndjson']);
    expect(status).toBe(1);
    expect(stderr).toMatch(/could not be written: ENOSPC.*\[write\/failed\]/);
    expect(existsSync('/dev/full')).toBe(true);
  });

  test.skipIf(!existsSync('/dev/full'))('standard output that is full', () => {
    const command = `"${process.execPath}" "${main}" convert in --to kibana > /dev/full 2> told; echo $? >> told`;
    execFileSync('sh', ['-c', command], { cwd: folder });
    expect(readFileSync(at('told'), 'utf8')).toMatch(/^Standard output could not be written: .*\n1\n$/m);
  });
});

test('a run that is killed leaves no half file', async () => {
  const long = 'x'.repeat(100_000);
  for (let index = 0; index < 300; index += 1) {
    writeFileSync(at('in', `${index}.toml`), ruleText('elastic', { description: `"${long}"` }));
  }
  const run = spawn(process.execPath, [main, 'convert', 'in', '--to', 'kibana', '--out', 'out'], {
    cwd: folder,
  });
  const ended = new Promise((resolve) => run.on('exit', (_, signal) => resolve(signal)));
  while (!existsSync(at('out')) || readdirSync(at('out')).length < 20) {
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  run.kill('SIGKILL');
  expect(await ended).toBe('SIGKILL');
  const written = readdirSync(at('out')).filter((name) => !name.endsWith('.tmp'));
  expect(written.length).toBeLessThan(301);
  for (const name of written) {
    const [line = ''] = readFileSync(at('out', name), 'utf8').split('\n');
    expect(JSON.parse(line)).toMatchObject({ name: 'A Rule' });
  }
});
