import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { convert, read } from '../../src/convert/convert.ts';
import { match } from '../../src/convert/match.ts';
import type { ConvertOptions } from '../../src/convert/options.ts';
import { must } from '../support/laws.ts';

const pack = join(import.meta.dirname, '../../rules');
const elastic = readFileSync(join(pack, 'archive-with-password/elastic.toml'), 'utf8');
const sigma = `title: Strange Shell
id: 0d7b3a60-2f0f-4a53-9d33-2b8c7f2b8f11
status: test
logsource:
    category: process_creation
    product: windows
detection:
    selection:
        Image|endswith: '\\cmd.exe'
        ProcessId: 42
        User: 'CORP\\ann'
    condition: selection
level: high
`;

const cast = (text: string, options: ConvertOptions) => must(convert(text, options));

describe('Sigma with the names of ECS', () => {
  test('says so, names a log source, and keeps no test that the log source implies', () => {
    const { text } = cast(elastic, { to: 'sigma', taxonomy: 'ecs', carry: 'none' });
    expect(text).toContain('taxonomy: ecs\n');
    expect(text).toMatch(/logsource:\n {4}category: process_creation\n/);
    expect(text).toContain('process.');
    expect(text).not.toMatch(/event\.type|CommandLine|Image/);
  });

  test('comes home to Elastic as it was, and without anything carried as the same question', () => {
    const there = cast(elastic, { to: 'sigma', taxonomy: 'ecs' }).text;
    expect(cast(there, { to: 'elastic' }).text).toBe(elastic);
    const bare = cast(elastic, { to: 'sigma', taxonomy: 'ecs', carry: 'none' }).text;
    const [home] = cast(bare, { to: 'elastic', carry: 'none' }).rules;
    expect(home!.fidelity).toBe('equivalent');
    expect(home!.diagnostics.filter(({ code }) => code === 'mapping/unknown-field')).toEqual([]);
  });

  test('a rule of Sigma is given the names of ECS, and its own again', () => {
    const there = cast(sigma, { to: 'sigma', taxonomy: 'ecs' }).text;
    expect(there).toContain('taxonomy: ecs\n');
    expect(there).toContain("process.name: 'cmd.exe'");
    expect(there).toContain('process.pid: 42');
    const back = cast(there, { to: 'sigma', taxonomy: 'sigma' }).text;
    expect(back).not.toContain('taxonomy');
    expect(back).toContain("Image|endswith: '\\cmd.exe'");
    expect(back).toContain('ProcessId: 42');
    expect(cast(there, { to: 'elastic' }).rules[0]!.text).toContain('process.name : "cmd.exe"');
  });

  test('is left alone where it has the names that are wanted', () => {
    expect(cast(sigma, { to: 'sigma', taxonomy: 'sigma' }).text).toBe(sigma);
    const there = cast(sigma, { to: 'sigma', taxonomy: 'ecs' }).text;
    expect(cast(there, { to: 'sigma', taxonomy: 'ecs' }).text).toBe(there);
  });

  test('asks events by the names of ECS', () => {
    const [rule] = must(read(cast(sigma, { to: 'sigma', taxonomy: 'ecs' }).text)).rules;
    const event = { process: { name: 'CMD.exe', pid: 42 }, user: { name: 'ann', domain: 'CORP' } };
    expect([...match(rule!, [event, { ...event, process: { name: 'sh', pid: 42 } }])]).toHaveLength(1);
  });

  test('names of a taxonomy that nobody knows are looked up among those of Sigma, which is told', () => {
    const [rule] = cast(sigma.replace('status: test', 'taxonomy: acme\nstatus: test'), {
      to: 'elastic',
    }).rules;
    expect(rule!.diagnostics.map(({ code }) => code)).toContain('mapping/unknown-taxonomy');
    expect(rule!.text).toContain('process.name : "cmd.exe"');
  });
});
