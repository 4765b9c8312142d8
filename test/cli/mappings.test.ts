import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { runIn } from '../support/command.ts';

let folder = '';
const rulecast = (...args: readonly string[]) => runIn(folder, args);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rulecast-'));
  const rule = (tests: string) =>
    `title: A\nlogsource: {category: process_creation, product: windows}\ndetection:\n  s: {${tests}}\n  condition: s\n`;
  writeFileSync(join(folder, 'rule.yml'), `${rule('Image: x, Kettle: y')}---\n${rule('CommandLine: z')}`);
  writeFileSync(
    join(folder, 'own.yaml'),
    'title: Ours\nversion: 1\nfields: [{sigma: Image, ecs: acme.image, source: Acme}]\n',
  );
  writeFileSync(
    join(folder, 'twice.yaml'),
    'title: Twice\nversion: 1\nfields:\n  - {sigma: A, ecs: b, source: s}\n  - {sigma: A, ecs: b, source: s}\n',
  );
  writeFileSync(join(folder, 'bad.yaml'), 'title: Bad\nversion: 1\nfields:\n  - {sigma: A, ecs: b}\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('inspect mapping', () => {
  test('prints a line a field and no colours, where nobody sees them', () => {
    const { status, stdout } = rulecast('inspect', 'mapping', 'rule.yml');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ {2}Image +-> process\.executable +x$/m);
    expect(stdout).toMatch(/^ {2}CommandLine +-> process\.command_line +z$/m);
    expect(stdout).not.toContain('\u001b');
  });

  test('gives machines an object a rule', () => {
    const lines = rulecast('inspect', 'mapping', 'rule.yml', '--json').stdout.trim().split('\n');
    const fields = lines.map((line) => JSON.parse(line).parts[0].fields);
    expect(fields.map(([first]) => [first.field, first.name, first.file])).toEqual([
      ['Image', 'process.executable', 'mappings/fields/20-windows.yaml'],
      ['CommandLine', 'process.command_line', 'mappings/fields/20-windows.yaml'],
    ]);
  });

  test('counts the tables of the user, the first before the others', () => {
    const { stdout } = rulecast(
      'inspect',
      'mapping',
      'rule.yml',
      '--mapping',
      'own.yaml',
      '--mapping',
      'twice.yaml',
    );
    expect(stdout).toMatch(/^ {2}Image +-> acme\.image +x$/m);
    expect(stdout).toMatch(/^ {6}row +own\.yaml: Acme$/m);
  });

  test('is what --mapping is for, among the stages', () => {
    const { status, stderr } = rulecast('inspect', 'query', 'rule.yml', '--mapping', 'own.yaml');
    expect([status, stderr]).toEqual([2, '--mapping is for `inspect mapping`.\n']);
  });
});

describe('list mappings', () => {
  const rowsOf = (...args: readonly string[]) => {
    const { status, stdout, stderr } = rulecast('list', 'mappings', '--json', ...args);
    return {
      status,
      stderr,
      rows: JSON.parse(stdout) as readonly { kind: string; [key: string]: unknown }[],
    };
  };

  test('finds a field by its name on either side, in any case', () => {
    const bySigma = rowsOf('--field', 'parentcommandline').rows;
    const byEcs = rowsOf('--field', 'process.parent.command_line').rows;
    expect(bySigma.length).toBeGreaterThan(1);
    expect(bySigma.every(({ sigma }) => sigma === 'ParentCommandLine')).toBe(true);
    expect(byEcs.filter(({ kind }) => kind === 'field')).toEqual(
      expect.arrayContaining(bySigma.filter(({ ecs }) => ecs === 'process.parent.command_line')),
    );
  });

  test('finds rows for any name by a name', () => {
    const names = rowsOf('--field', 'winlog.event_data.Kettle').rows.map(({ ecs }) => ecs);
    expect(names).toContain('winlog.event_data.*');
  });

  test('finds a log source by any part of it, and the fields that hold there', () => {
    const parts = rowsOf('--log-source', 'dns_query').rows.filter(({ kind }) => kind === 'log source');
    expect(parts.length).toBeGreaterThan(1);
    const { rows } = rowsOf('--log-source', 'dns_query/windows');
    const own = rows.filter(({ kind }) => kind === 'log source').map(({ sigma }) => sigma);
    for (const sigma of own) expect(sigma).toEqual({ category: 'dns_query', product: 'windows' });
    const scopes = rows.map(
      ({ scope }) => scope as { readonly product?: string | readonly string[] } | undefined,
    );
    expect(
      scopes.filter((scope) => scope?.product !== undefined && ![scope.product].flat().includes('windows')),
    ).toEqual([]);
    expect(rows.some(({ sigma }) => sigma === 'QueryName')).toBe(true);
  });

  test('lays the tables of the user before the others', () => {
    expect(rowsOf('--mapping', 'own.yaml').rows[0]).toMatchObject({ file: 'own.yaml', ecs: 'acme.image' });
  });

  test.each([
    ['--field', 'CommandLin', 'No table has a row about the field CommandLin; there is CommandLine'],
    [
      '--log-source',
      'process_creatoin',
      'No table has a row for the log source process_creatoin; there is process_creation',
    ],
  ])('says that there is none by %s %s', (flag, name, sentence) => {
    const { status, stderr, rows } = rowsOf(flag, name);
    expect([status, rows]).toEqual([1, []]);
    expect(stderr).toMatch(new RegExp(`^${sentence}[^\n]*\\.\n$`));
  });

  test.each(['--field', '--log-source', '--mapping'])('is what %s is for, among the lists', (flag) => {
    const { status, stderr } = rulecast('list', 'codes', flag, 'own.yaml');
    expect([status, stderr]).toEqual([2, `${flag} is for \`list mappings\`.\n`]);
  });
});

describe('every command that takes a table', () => {
  const commands = [
    ['convert', 'rule.yml', '--to', 'elastic'],
    ['inspect', 'mapping', 'rule.yml'],
    ['list', 'mappings', '--field', 'Image'],
    ['translate', '--from', 'kql', '--to', 'eql', 'a: b'],
  ];

  test.each(commands)('%s tells of a row that is never taken', (...command) => {
    const { status, stderr } = rulecast(...command, '--mapping', 'twice.yaml');
    expect(status).toBeLessThan(2);
    expect(stderr).toContain('twice.yaml:5:5: Row 2 of fields (A, b) is never taken: row 1');
  });

  test.each(commands)('%s takes none with a fault, and says where it is', (...command) => {
    const { status, stderr } = rulecast(...command, '--mapping', 'bad.yaml');
    expect([status, stderr]).toEqual([
      2,
      'bad.yaml:4:5: Row 1 of fields (A, b): source is missing; the table was not loaded.\n',
    ]);
  });
});
