import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

import { runIn } from '../support/command.ts';
import { ruleText } from '../support/templates.ts';

const folder = mkdtempSync(join(tmpdir(), 'rulecast-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
writeFileSync(join(folder, 'rule.toml'), ruleText('elastic'));
writeFileSync(join(folder, 'rule.yml'), ruleText('sigma'));
writeFileSync(
  join(folder, 'pipeline.yml'),
  'transformations:\n  - {id: all, type: add_condition, conditions: {a: b}}\n',
);

test('what is not read back from a pipeline is told where rules go to Sigma, and once', () => {
  const told = runIn(folder, ['convert', 'rule.toml', '--to', 'sigma', '--mapping', 'pipeline.yml']).stderr;
  expect(told.match(/\[mapping\/one-way\]/g)).toHaveLength(1);
  const other = runIn(folder, ['convert', 'rule.yml', '--to', 'elastic', '--mapping', 'pipeline.yml']);
  expect(other.stderr).not.toContain('[mapping/one-way]');
  expect(other.stdout).toMatch(/\ba : "b"/);
});

test('a pipeline that could not be loaded is wrong usage', () => {
  writeFileSync(join(folder, 'bad.yml'), 'transformations:\n  - {type: nonsense}\n');
  const { status, stderr } = runIn(folder, [
    'convert',
    'rule.yml',
    '--to',
    'elastic',
    '--mapping',
    'bad.yml',
  ]);
  expect(status).toBe(2);
  expect(stderr).toContain('bad.yml:2:6: No transformation is of type "nonsense"');
});
