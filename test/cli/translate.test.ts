import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runIn } from '../support/command.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rulecast-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const cast = (args: readonly string[], input = '') => runIn(folder, ['translate', ...args], input);

test('a query goes to standard output, and there is nothing to say of it', () => {
  expect(cast(['--from', 'kql', '--to', 'eql', 'a:(x or y)'])).toEqual({
    status: 0,
    stdout: 'any where a in ("x", "y")\n',
    stderr: '',
  });
});

test('a query comes from standard input or a file, too', () => {
  writeFileSync(join(folder, 'q.eql'), 'any where a == "x"\n');
  for (const source of [[], ['-'], ['--file', 'q.eql']]) {
    const { status, stdout } = cast(['--from', 'eql', '--to', 'kuery', ...source], 'any where a == "x"\n');
    expect([status, stdout]).toEqual([0, 'a:x\n']);
  }
});

test('what can not be said is refused with its place, and exit code 1', () => {
  const { status, stdout, stderr } = cast(['--from', 'eql', '--to', 'kql', 'any where a : "x"']);
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(
    /^query:1:11: warning: .* \[loss\/case-sensitivity\]\n {4}1 \| any where a : "x"\n {6}\| {11}\^{7}\n/,
  );
  expect(stderr).toContain('1 query: refused.');
});

test('--allow lets it be left out', () => {
  const args = ['--from', 'eql', '--to', 'kql', '--allow', 'broader', 'any where a : "x" and b == "y"'];
  expect(cast(args)).toMatchObject({ status: 0, stdout: 'b:y\n' });
});

test('--json is one object, whatever became of the query', () => {
  const json = (...args: readonly string[]) => JSON.parse(cast(['--json', ...args]).stdout);
  expect(json('--from', 'kql', '--to', 'eql', 'a:x')).toEqual({
    path: 'query',
    from: 'kql',
    to: 'eql',
    fidelity: 'equivalent',
    text: 'any where a == "x"',
    diagnostics: [],
  });
  expect(json('--from', 'kql', '--to', 'eql', 'x')).toMatchObject({
    fidelity: 'refused',
    diagnostics: [{ code: 'loss/free-text', line: 1, column: 1 }],
  });
  expect(json('--from', 'kql', '--to', 'eql', 'a:(')).toMatchObject({ fidelity: 'failed', text: '' });
});

test.each<[string, readonly string[]]>([
  ['did you mean eql?', ['--from', 'kql', '--to', 'eqll', 'a:x']],
  ['did you mean kql?', ['--from', 'kqll', '--to', 'eql', 'a:x']],
  ['Say into which language', ['--from', 'kql', 'a:x']],
  ['one of them is enough', ['--from', 'kql', '--to', 'eql', '--file', 'x', 'a:x']],
  ['--to is said 2 times', ['--from', 'kql', '--to', 'eql', '--to', 'dsl', 'a:x']],
  ['no option --alow; did you mean --allow?', ['--from', 'kql', '--to', 'eql', '--alow', 'x', 'a:x']],
  ['not "bigger"', ['--from', 'kql', '--to', 'eql', '--allow', 'bigger', 'a:x']],
  ['nothing.kql: ', ['--from', 'kql', '--to', 'eql', '--file', 'nothing.kql']],
  ['query:1:4: error: Expected a value', ['--from', 'kql', '--to', 'eql', 'a:(']],
])('what can not be done is exit code 2: %s', (message, args) => {
  const { status, stdout, stderr } = cast(args);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
});

test.each([
  ['eql', 'any where a == "x"'],
  ['lucene', 'a:x'],
  ['esql', 'from * | where a == "x"'],
  ['sigma', 's:\n  a|cased: x\ncondition: s'],
  ['dsl', '{"match_phrase": {"a": "x"}}'],
])('a file of %s may begin with a byte-order mark and end lines as in Windows', (from, text) => {
  writeFileSync(join(folder, 'q'), `\uFEFF${text}\n`.replaceAll('\n', '\r\n'));
  expect(cast(['--from', from, '--to', 'kql', '--file', 'q'])).toMatchObject({ status: 0, stdout: 'a:x\n' });
});

test('the index says how it keeps fields, and how they ignore case', () => {
  const written = (...args: readonly string[]) => cast(['--from', 'eql', '--to', 'kql', ...args]);
  expect(written('any where message == "x"').stderr).toContain('loss/words');
  expect(written('any where message == "x"', '--types', 'message=keyword')).toMatchObject({
    stdout: 'message:x\n',
    stderr: '',
  });
  expect(written('any where a : "x"', '--caseless', '.caseless').stdout).toBe('a.caseless:x\n');
  expect(written('any where a : "x"', '--caseless', 'caseless').status).toBe(2);
});

test('nothing at all is no query, unless it is said to be', () => {
  expect(cast(['--from', 'kql', '--to', 'eql'])).toMatchObject({ status: 2, stdout: '' });
  expect(cast(['--from', 'kql', '--to', 'eql', ''])).toMatchObject({ status: 0, stdout: 'any where true\n' });
});

test('the help has examples', () => {
  const { status, stdout } = cast(['--help']);
  expect(status).toBe(0);
  expect(stdout).toContain('Examples:\n  rulecast translate --from kql --to eql');
});
