import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { linesOf, runIn } from '../support/command.ts';
import { tomlRule } from '../support/runs.ts';

const plain = tomlRule('Plain', 'process.name : "nc"', '00000000-0000-4000-8000-000000000001');
const widened = tomlRule('Widened', 'process.args : "-l"', '00000000-0000-4000-8000-000000000002');
const refused = tomlRule(
  'Refused',
  'stringContains(process.command_line, process.name)',
  '00000000-0000-4000-8000-000000000003',
);

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rulecast-'));
  mkdirSync(join(folder, 'rules'));
  put('plain', plain);
  put('widened', widened);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, text: string) => writeFileSync(join(folder, 'rules', `${name}.toml`), text);
const run = (...args: readonly string[]) =>
  runIn(folder, ['convert', 'rules', '--to', 'sigma', '--out', 'out', ...args]);
const there = (name: string) => readFileSync(join(folder, name), 'utf8');

describe('--report', () => {
  test('writes each form that the names say', () => {
    const names = ['a.txt', 'a.json', 'a.md', 'a.sarif', 'a.xml'];
    const { status } = run(...names.flatMap((name) => ['--report', name]), '--report', 'markdown=summary');
    expect(status).toBe(0);
    expect(there('a.txt')).toContain('2 rules to sigma');
    expect(JSON.parse(there('a.json')).files.map(({ path }: { path: string }) => path)).toEqual([
      'rules/plain.toml',
      'rules/widened.toml',
    ]);
    expect(there('a.md')).toBe(there('summary'));
    expect(JSON.parse(there('a.sarif')).version).toBe('2.1.0');
    expect(there('a.xml')).toContain('<testsuites');
  });

  test('says where a rule was written', () => {
    run('--report', 'a.json');
    const [{ rules }] = JSON.parse(there('a.json')).files;
    expect(rules[0].out).toBe(join('out', 'plain.yml'));
  });

  test('github prints annotations to standard error', () => {
    const { stderr } = run('--report', 'github');
    expect(stderr).toMatch(/^::warning file=rules\/widened\.toml,line=19,col=3,title=loss\/mapping::/m);
  });

  test('a file that can not be read is told of', () => {
    put('broken', '[rule]\nname = "x\n');
    run('--report', 'a.json');
    const [broken] = JSON.parse(there('a.json')).files;
    expect(broken).toMatchObject({ path: 'rules/broken.toml', fidelity: 'failed', rules: [] });
    expect(broken.findings[0].code).toBe('parse/unclosed-string');
  });

  test('a name that says no form is wrong usage', () => {
    const { status, stderr } = run('--report', 'losses.docx');
    expect([status, stderr]).toEqual([2, expect.stringContaining('markdown=losses.docx')]);
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });

  test.each([
    ['a misspelt form', ['--report', 'markdwon=a'], 'did you mean markdown=a?'],
    ['no report at all', ['--no-report'], 'There is no option --no-report.'],
    ['no gate at all', ['--no-max-loss'], 'There is no option --no-max-loss.'],
    ['a misspelt option', ['--update-baselin'], 'did you mean --update-baseline?'],
    [
      'a file that is read',
      ['--placeholders', 'a.txt', '--report', 'a.txt'],
      'a.txt is a file of this run already',
    ],
  ])('%s is wrong usage', (_, args, told) => {
    writeFileSync(join(folder, 'a.txt'), 'admins: [root]\n');
    const { status, stderr } = run(...args);
    expect([status, stderr]).toEqual([2, expect.stringContaining(told)]);
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });

  test.each([
    ['--report', 'text=out/plain.yml'],
    ['--baseline', './out/plain.yml', '--update-baseline'],
  ])('%s %s does not take the place of a rule that was just written', (...args) => {
    const { status, stderr } = run(...args);
    expect([status, stderr]).toEqual([1, expect.stringContaining('a rule of this run was written there')]);
    expect(there('out/plain.yml')).toMatch(/^title: Plain/);
  });

  test('takes the place of no rule, no other report and no baseline', () => {
    const json = ['convert', 'rules/plain.toml', '--to', 'kibana', '--out', 'a.json', '--report'];
    for (const args of [
      [...json, 'a.json'],
      [...json, 'b.json', '--report', './b.json'],
    ]) {
      const { status, stderr } = runIn(folder, args);
      expect([status, stderr]).toEqual([2, expect.stringContaining('already')]);
    }
    expect(run('--report', 'a.json', '--baseline', 'a.json', '--update-baseline').status).toBe(2);
    expect(readdirSync(folder)).toEqual(['rules']);
  });

  test('a report that can not be written is told of, and costs nothing else', () => {
    const { status, stderr } = run('--report', 'rules/plain.toml/a.json', '--report', 'b.json');
    expect(status).toBe(1);
    expect(stderr).toContain('could not be written');
    expect(JSON.parse(there('b.json')).summary.rules).toBe(2);
    expect(readdirSync(join(folder, 'out'))).toEqual(['plain.yml', 'widened.yml']);
  });

  test('the same run writes the same report, and leaves it alone', () => {
    run('--report', 'a.json');
    const [text, { mtimeMs }] = [there('a.json'), statSync(join(folder, 'a.json'))];
    run('--report', 'a.json');
    expect(there('a.json')).toBe(text);
    expect(statSync(join(folder, 'a.json')).mtimeMs).toBe(mtimeMs);
  });

  test('rules that refer to rules of other files have their ledger, too', () => {
    const base =
      'title: Base\nname: base\nid: 00000000-0000-4000-8000-00000000000a\nlogsource:\n  product: linux\n  category: process_creation\ndetection:\n  s:\n    Image: /bin/nc\n  condition: s\n';
    const counted =
      'title: Counted\nid: 00000000-0000-4000-8000-00000000000b\ncorrelation:\n  type: event_count\n  rules:\n    - base\n  group-by:\n    - User\n  timespan: 5m\n  condition:\n    gte: 3\n';
    writeFileSync(join(folder, 'a.yml'), counted);
    writeFileSync(join(folder, 'b.yml'), base);
    runIn(folder, ['convert', 'a.yml', 'b.yml', '--to', 'elastic', '--out', 'out', '--report', 'a.json']);
    const [{ rules }] = JSON.parse(there('a.json')).files;
    const kinds = rules[0].ledger.map(({ kind, source }: never) => [
      kind,
      (source as { words: string } | undefined)?.words,
    ]);
    expect(kinds).toContainEqual(['test', 'Image: /bin/nc']);
    expect(kinds).toContainEqual(['key', 'User']);
  });
});

describe('--max-loss', () => {
  test.each([
    ['broader', 0],
    ['approximate', 0],
    ['equivalent', 1],
    ['1', 0],
    ['0', 1],
  ])('%s gives exit code %d', (most, code) => {
    const { status, stderr } = run('--max-loss', most);
    expect(status).toBe(code);
    expect(stderr.includes(`--max-loss ${most} is not met`)).toBe(code === 1);
  });

  test('says which rule, and writes all the same', () => {
    const { stderr } = run('--max-loss', 'equivalent');
    expect(stderr).toContain(
      'rules/widened.toml: Widened: The rule came to broader, and equivalent is the worst',
    );
    expect(existsSync(join(folder, 'out/widened.yml'))).toBe(true);
  });

  test('a word that is no grade is wrong usage', () => {
    const { status, stderr } = run('--max-loss', 'equivalen');
    expect([status, stderr]).toEqual([2, expect.stringContaining('Did you mean equivalent?')]);
  });

  test('machines are told, too', () => {
    const last = linesOf(run('--max-loss', '0', '--json').stdout).at(-1) as never;
    expect(last).toMatchObject({
      gates: [{ asked: '--max-loss 0', stops: [{ message: expect.any(String) }] }],
    });
  });
});

describe('--baseline', () => {
  const baseline = ['--baseline', 'losses.json'];

  test('knows what it was written from; what is new fails, and is named', () => {
    put('refused', refused);
    expect(run(...baseline, '--update-baseline').status).toBe(0);
    const known = run(...baseline);
    expect(known.status).toBe(0);
    put('widened', `# A comment\n\n${widened}`);
    expect(run(...baseline).status).toBe(0);
    put('plain', plain.replace('process.name : "nc"', 'process.args : "x"'));
    const { status, stderr } = run(...baseline);
    expect(status).toBe(1);
    expect(stderr).toContain(
      '--baseline losses.json is not met:\n  rules/plain.toml: Plain: The rule has the loss "loss/mapping broader"',
    );
    expect(stderr).not.toContain('rules/widened.toml: Widened:');
  });

  test('is written the same each time, and says what is out of date', () => {
    run(...baseline, '--update-baseline');
    const text = there('losses.json');
    run(...baseline, '--update-baseline');
    expect(there('losses.json')).toBe(text);
    put('widened', plain.replace('0001', '0002'));
    const { status, stderr } = run(...baseline);
    expect(status).toBe(0);
    expect(stderr).toContain('losses.json has 1 loss that is no more');
  });

  test('a missing baseline, one of another target and a file that is none are wrong usage', () => {
    expect(run(...baseline).stderr).toContain('--update-baseline writes one');
    expect(run('--update-baseline').status).toBe(2);
    run(...baseline, '--update-baseline');
    const other = runIn(folder, ['convert', 'rules', '--to', 'kibana', '--out', 'o', ...baseline]);
    expect([other.status, other.stderr]).toEqual([
      2,
      expect.stringContaining('--to sigma, and not --to kibana'),
    ]);
    writeFileSync(join(folder, 'losses.json'), '[]');
    expect(run(...baseline).stderr).toContain('no baseline');
  });
});
