import { describe, expect, test } from 'vitest';

import { convert, read } from '../../src/convert/convert.ts';
import { match } from '../../src/convert/match.ts';
import type { ConvertOptions } from '../../src/convert/options.ts';
import { must } from '../support/laws.ts';

const rule = (query: string) => `[metadata]
creation_date = "2026/01/15"
integration = ["endpoint"]
maturity = "production"
updated_date = "2026/01/15"

[rule]
author = ["rulecast"]
description = "Looks for a strange shell."
from = "now-9m"
index = ["logs-endpoint.events.process-*", "logs-endpoint.events.file-*"]
language = "eql"
license = "MIT"
name = "Strange Shell"
risk_score = 47
rule_id = "7d6f0d4e-6b0a-4a5b-8f0e-1c2d3e4f5a6b"
severity = "medium"
tags = ["Domain: Endpoint"]
timestamp_override = "event.ingested"
type = "eql"

query = '''
${query}
'''
`;

const systems = rule(
  'process where host.os.type in ("linux", "macos") and event.type == "start" and process.name == "zsh"',
);
const kinds = rule(`any where host.os.type == "linux" and user.name == "ann" and
  ((event.category == "process" and event.type == "start" and process.name == "zsh") or
   (event.category == "file" and event.type == "creation" and file.name == "x.so"))`);

const cast = (text: string, options: ConvertOptions) => must(convert(text, options));
const documents = (text: string) => text.split(/^---\n/m);

describe('a rule that asks for events of several log sources', () => {
  test('is one rule of Sigma for each of its systems, which says so', () => {
    const { text, rules } = cast(systems, { to: 'sigma', carry: 'none' });
    expect(rules).toHaveLength(1);
    expect(rules[0]!.diagnostics.filter(({ code }) => code === 'convert/apart')).toMatchObject([
      { message: expect.stringContaining('Process Creation, Linux; Process Creation, macOS') },
    ]);
    const [macos, linux] = documents(text);
    expect(macos).toContain('title: Strange Shell - Process Creation, macOS\n');
    expect(macos).toContain('    category: process_creation\n    product: macos\n');
    expect(macos).toMatch(/related:\n {4}- id: 7d6f0d4e-6b0a-4a5b-8f0e-1c2d3e4f5a6b\n {6}type: similar\n/);
    expect(linux).toContain('title: Strange Shell\nid: 7d6f0d4e-6b0a-4a5b-8f0e-1c2d3e4f5a6b\n');
    expect(linux).toContain('    category: process_creation\n    product: linux\n');
  });

  test('and for each of its kinds of events, each with what all of them have to meet', () => {
    const { text } = cast(kinds, { to: 'sigma', carry: 'none' });
    const [file, process] = documents(text);
    expect(file).toContain('category: file_event');
    expect(file).toContain("TargetFilename|endswith|cased: '/x.so'");
    expect(process).toContain('category: process_creation');
    for (const document of [file, process]) expect(document).toContain("User|cased: 'ann'");
  });

  test('finds the same events together', () => {
    const event = (system: string, category: string, type: string, more: object) => ({
      host: { os: { type: system } },
      event: { category: [category], type: [type] },
      user: { name: 'ann' },
      ...more,
    });
    const zsh = { process: { name: 'zsh', executable: '/bin/zsh' } };
    const so = { file: { name: 'x.so', path: '/tmp/x.so' } };
    const events = [
      event('linux', 'process', 'start', zsh),
      event('macos', 'process', 'start', zsh),
      event('windows', 'process', 'start', zsh),
      event('linux', 'file', 'creation', so),
      event('linux', 'file', 'deletion', so),
      event('linux', 'process', 'start', so),
    ];
    for (const [text, hits] of [
      [systems, [0, 1]],
      [kinds, [0, 3]],
    ] as const) {
      const found = (one: string) =>
        must(read(one)).rules.flatMap((each) => [...match(each, events)].flatMap((hit) => hit.events));
      const sigma = documents(cast(text, { to: 'sigma', carry: 'none' }).text);
      const together = sigma.flatMap((one) => found(cast(one, { to: 'elastic' }).text));
      expect(found(text)).toEqual(hits);
      expect(together.sort((a, b) => a - b)).toEqual(hits);
    }
  });
});

describe('the rules of one rule', () => {
  const there = (options: Partial<ConvertOptions> = {}) => cast(systems, { to: 'sigma', ...options }).text;

  test.each(['elastic', 'kibana'] as const)('are one again in %s', (to) => {
    const { text, rules } = cast(there(), { to });
    expect(rules.map(({ diagnostics }) => diagnostics.map(({ code }) => code))).toEqual([
      ['convert/part-of'],
      expect.arrayContaining(['carry/restored']),
    ]);
    expect(cast(text, { to: 'elastic' }).text).toBe(systems);
  });

  test('also under new ids', () => {
    const moved = cast(there({ id: 'derive' }), { to: 'elastic' });
    expect(moved.rules.map(({ diagnostics }) => diagnostics[0]!.code)).toContain('convert/part-of');
    expect(moved.text).toContain('host.os.type in ("linux", "macos")');
  });

  test('are rules of their own once one of them was changed, or is gone', () => {
    const edited = cast(there().replace("cased: '/zsh'", "cased: '/bash'"), {
      to: 'elastic',
    });
    expect(edited.rules.map(({ title }) => title)).toEqual([
      'Strange Shell - Process Creation, macOS',
      'Strange Shell',
    ]);
    expect(edited.rules.map(({ text }) => /process\.name == "(\w+)"/.exec(text)?.[1])).toEqual([
      'bash',
      'zsh',
    ]);
    expect(edited.rules[1]!.diagnostics).toContainEqual(expect.objectContaining({ code: 'carry/edited' }));
    const alone = cast(documents(there())[1]!, { to: 'elastic' });
    expect(alone.text).toContain('host.os.type == "linux"');
  });

  test('are as many where the language of the original is not wanted', () => {
    const { rules } = cast(there(), { to: 'elastic', language: 'esql' });
    expect(rules.map(({ text }) => /\bfrom\s+logs-/.test(text))).toEqual([true, true]);
  });
});
