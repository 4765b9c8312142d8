import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { runIn } from './support/command.ts';

const root = join(import.meta.dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const example = join(root, 'rules/dev-tcp-from-background-process');

const blockOf = (language: string) => new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(readme)![1]!;

test('the rule that the README shows is the rule of the pack', () => {
  const toml = readFileSync(join(example, 'elastic.toml'), 'utf8');
  for (const line of blockOf('toml').split('\n')) expect(toml).toContain(line);
  expect(readFileSync(join(example, 'sigma.yml'), 'utf8')).toContain(blockOf('yaml'));
  const shown = JSON.parse(blockOf('json'));
  const line = JSON.parse(readFileSync(join(example, 'kibana.ndjson'), 'utf8').split('\n')[0]!);
  for (const [key, value] of Object.entries(shown)) {
    expect(JSON.stringify(line[key])).toContain(
      JSON.stringify(value)
        .replace(/…?"?\]?$/, '')
        .slice(0, 20),
    );
  }
});

test('the commands that the README shows run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rulecast-'));
  const inputs: Record<string, string> = {
    'rule.toml': join(example, 'elastic.toml'),
    'rule.yml': join(example, 'sigma.yml'),
    rules: join(root, 'rules'),
    'sigma/rules': join(root, 'rules'),
    'events.ndjson': join(example, 'kibana.ndjson'),
  };
  const commands = [...readme.matchAll(/^ {4}rulecast (.+)$/gm)].map(([, line]) =>
    line!.split(' ').map((word) => inputs[word] ?? word),
  );
  expect(commands.length).toBe(11);
  for (const command of commands) {
    const { status, stderr } = runIn(folder, command);
    expect(status, `${command.join(' ')}\n${stderr}`).toBeLessThan(2);
  }
  rmSync(folder, { recursive: true });
});

test('the code that the README shows runs, and finds what it asks for', () => {
  const text = readFileSync(join(example, 'elastic.toml'), 'utf8');
  const events = [{ user: { name: 'ann' } }, { user: { name: 'root' } }];
  const given = `const [text, events] = ${JSON.stringify([text, events])};`;
  const options = { cwd: root, encoding: 'utf8' } as const;
  const code = `${given}\n${blockOf('js')}`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', code], options);
  expect(printed).toMatch(/^Socket Opened by a Background Shell Command broader title: /);
  expect(printed).toMatch(/\n\[ 1 \]\n$/);
});
