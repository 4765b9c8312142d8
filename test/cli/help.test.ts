import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { runIn, runLineIn } from '../support/command.ts';

const pack = join(import.meta.dirname, '../../rules');
const rule = join(pack, 'archive-with-password');
const event = '{"@timestamp": "2024-01-01T00:00:00Z", "event": {"category": "process"}}\n';
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rulecast-'));
  for (const name of ['rules', 'sigma/rules']) cpSync(rule, join(folder, name), { recursive: true });
  cpSync(join(rule, 'elastic.toml'), join(folder, 'rule.toml'));
  cpSync(join(rule, 'sigma.yml'), join(folder, 'rule.yml'));
  cpSync(join(rule, 'kibana.ndjson'), join(folder, 'export.ndjson'));
  writeFileSync(join(folder, 'query.eql'), 'any where user.name == "root"');
  writeFileSync(join(folder, 'mapping.json'), '{"properties": {"process": {"properties": {}}}}');
  for (const name of ['events.ndjson', 'ecs.ndjson']) writeFileSync(join(folder, name), event);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const helpOf = (command: string) => runIn(folder, [command, '--help']).stdout;
const examplesIn = (help: string) => [...help.matchAll(/^ {2}(rulecast .+)$/gm)].map(([, line]) => line!);

test.each(['convert', 'migrate', 'check', 'translate', 'match', 'compare', 'inspect', 'list', 'completion'])(
  'the examples of %s run as they stand',
  (name) => {
    const commands = examplesIn(helpOf(name));
    expect(commands.length).toBeGreaterThan(0);
    for (const command of commands) {
      const { status, stderr } = runLineIn(folder, command, event);
      expect(status, `${command}\n${stderr}`).toBeLessThan(2);
    }
  },
);

test('the commands that write and match say what they give to machines', () => {
  for (const name of ['convert', 'migrate', 'translate', 'match', 'compare'])
    expect(helpOf(name)).toMatch(/^--json gives .*\{/m);
});
