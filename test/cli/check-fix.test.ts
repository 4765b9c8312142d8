import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runIn } from '../support/command.ts';

const pack = join(import.meta.dirname, '../../rules/certutil-download');
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rulecast-'));
  mkdirSync(join(folder, 'in'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function check(...args: readonly string[]) {
  return runIn(folder, ['check', ...args]);
}

const good = readFileSync(join(pack, 'elastic.toml'), 'utf8');
const untidy = good.replaceAll(' = ', '=').replace('severity=', '# how bad it is\nseverity=');
const put = (name: string, text: string) => writeFileSync(join(folder, 'in', name), text);
const textOf = (name: string) => readFileSync(join(folder, 'in', name), 'utf8');

test('lays out a file where it stands, and says which', () => {
  put('a.toml', untidy);
  put('b.toml', good);
  chmodSync(join(folder, 'in/a.toml'), 0o640);
  const { status, stderr } = check('in', '--fix');
  expect(status).toBe(0);
  expect(textOf('a.toml')).toBe(good.replace('severity =', '# how bad it is\nseverity ='));
  expect(stderr).toBe(
    'in/a.toml: laid out in house style.\n2 files: 1 laid out in house style, no faults.\n',
  );
  expect(statSync(join(folder, 'in/a.toml')).mode & 0o777).toBe(0o640);
  expect(readdirSync(join(folder, 'in'))).toEqual(['a.toml', 'b.toml']);
});

test('leaves alone what is in house style already', () => {
  put('a.toml', good);
  utimesSync(join(folder, 'in/a.toml'), 1e9, 1e9);
  expect(check('in', '--fix').status).toBe(0);
  expect(statSync(join(folder, 'in/a.toml')).mtimeMs).toBe(1e12);
});

test('without --fix nothing is written, and layout is no fault', () => {
  put('a.toml', untidy);
  const { status, stderr } = check('in');
  expect(status).toBe(0);
  expect(textOf('a.toml')).toBe(untidy);
  expect(stderr).toBe('1 file: no faults.\n');
});

test('faults that stay are told of where they stand now', () => {
  put('a.toml', untidy.replace(/severity=.*/, 'severity="dreadful"'));
  const { status, stderr } = check('in', '--fix');
  expect(status).toBe(1);
  const line = textOf('a.toml').split('\n').indexOf('severity = "dreadful"') + 1;
  expect(stderr).toContain(`in/a.toml:${line}:12: `);
});

test('a file that can not be read, or laid out, stays as it is and is a finding', () => {
  put('a.toml', '[rule]\nname="x\n');
  put('b.toml', untidy.replace('[rule]', '[rule]\nmeta=[[{ a=[1, # one\n2]}]]'));
  const before = [textOf('a.toml'), textOf('b.toml')];
  const { status, stderr } = check('in', '--fix');
  expect(status).toBe(1);
  expect([textOf('a.toml'), textOf('b.toml')]).toEqual(before);
  expect(stderr.match(/a\.toml.*/g)).toEqual([expect.stringContaining('[parse/unclosed-string]')]);
  expect(stderr).toMatch(
    /b\.toml:\d+:\d+: warning: House style has no place for this comment.*\[style\/not-relaid\]/,
  );
});

test('files of other formats are left alone, which is told of those that were named', () => {
  for (const name of ['sigma.yml', 'kibana.ndjson']) put(name, readFileSync(join(pack, name), 'utf8'));
  const before = readdirSync(join(folder, 'in')).map(textOf);
  expect(check('in', '--fix').stderr).toBe('2 files: 0 laid out in house style, no faults.\n');
  const { status, stderr } = check('in/sigma.yml', 'in/kibana.ndjson', '--fix');
  expect(status).toBe(0);
  expect(stderr.match(/note: .*\[style\/no-house-style\]/g)).toHaveLength(2);
  expect(readdirSync(join(folder, 'in')).map(textOf)).toEqual(before);
});

test('--json says of the rules of each file whether it was laid out, if that was asked for', () => {
  put('a.toml', untidy);
  const objects = (stdout: string) =>
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  const [rule] = objects(check('in', '--json').stdout);
  expect(rule).toMatchObject({ path: 'in/a.toml', diagnostics: [] });
  expect(rule).not.toHaveProperty('fixed');
  expect(objects(check('in', '--fix', '--json').stdout)).toMatchObject([
    { path: 'in/a.toml', fixed: true, diagnostics: [] },
    { summary: { files: 1, findings: 0, ignored: 0, fixed: 1 } },
  ]);
  expect(objects(check('in', '--fix', '--json').stdout)[0]).toMatchObject({ fixed: false });
});

test('a link that is named stays a link', () => {
  put('a.toml', untidy);
  symlinkSync('in/a.toml', join(folder, 'link.toml'));
  expect(check('link.toml', '--fix').status).toBe(0);
  expect(lstatSync(join(folder, 'link.toml')).isSymbolicLink()).toBe(true);
  expect(textOf('a.toml')).not.toBe(untidy);
});
