import { describe, expect, test } from 'vitest';

import {
  type ConvertOptions,
  convert,
  type FormatId,
  type LedgerEntry,
  ledgerOf,
  positionAt,
} from '../../../src/index.ts';
import { inTime } from '../../support/outcome.ts';

const toml = `[metadata]
creation_date = "2026/01/15"
maturity = "production"

[rule]
author = ["A. Nother"]
description = """
Finds something.
"""
index = ["logs-endpoint.events.process-*"]
language = "eql"
name = "Listener Started"
risk_score = 47
rule_id = "6f6bd2b5-9f0e-4a3c-8f45-1f2c5c1d7a11"
severity = "medium"
type = "eql"
query = '''
process where host.os.type == "linux" and event.type == "start" and
  process.name : "nc" and process.args : "-l"
'''
`;

const sequence = toml.replace(
  /process where[^']*/,
  `sequence by host.id with maxspan=1m
  [process where host.os.type == "linux" and event.type == "start" and process.name : "a"]
  [process where host.os.type == "linux" and event.type == "start" and process.name : "b"]
`,
);

const sigma = `title: Listener started
id: 6f6bd2b5-9f0e-4a3c-8f45-1f2c5c1d7a11
status: test
logsource:
    product: windows
    category: process_creation
detection:
    listener:
        Image|endswith: '\\nc.exe'
        CommandLine|contains:
            - ' -l '
            - ' -lp'
    condition: listener
level: high
`;

function ledgerFor(text: string, to: FormatId, more: Partial<ConvertOptions> = {}): readonly LedgerEntry[] {
  const options = { to, today: '2026-02-03', ...more };
  const outcome = convert(text, options);
  if (!outcome.ok) throw new Error(outcome.diagnostics.map(({ message }) => message).join());
  const { rules } = outcome.value;
  return rules.flatMap((rule) => ledgerOf(rule, { text, options, rules }));
}

/** A line as people read it: what, where from, where to. */
function tell({ kind, became, source, target, findings }: LedgerEntry, text: string): string {
  const at = source?.places[0] ? positionAt(text, source.places[0].start).line : '?';
  const words = [source?.words, target?.words].map((one) => one?.replace(/\s+/g, ' ') ?? '-').join(' => ');
  return `${kind} ${became} ${at}: ${words}${findings.map(({ code }) => ` [${code}]`).join('')}`;
}

const told = (ledger: readonly LedgerEntry[], text: string, kinds: readonly LedgerEntry['kind'][]) =>
  ledger.filter(({ kind }) => kinds.includes(kind)).map((entry) => tell(entry, text));

const about = (ledger: readonly LedgerEntry[], path: string) =>
  ledger.filter(({ source }) => source?.path === path);

describe('a rule of Elastic to Sigma', () => {
  const ledger = ledgerFor(toml, 'sigma');

  test('each test has a line, with its place and what stands for it', () => {
    expect(told(ledger, toml, ['test'])).toEqual([
      'test changed 18: host.os.type == "linux" => the log source process_creation/linux',
      'test changed 18: event.type == "start" => the log source process_creation/linux',
      'test changed 19: process.name : "nc" => Image|endswith: \'/nc\' [mapping/assumption]',
      'test widened 19: process.args : "-l" => CommandLine|contains: \'-l\' [loss/mapping]',
    ]);
  });

  test('the words of a test stand at its place', () => {
    for (const { kind, source } of ledger) {
      if (kind !== 'test') continue;
      for (const { start, end } of source?.places ?? []) expect(toml.slice(start, end)).toBe(source?.words);
    }
  });

  test('the row that was applied is named, with its file and where the fact comes from', () => {
    const [entry] = about(ledger, 'process.name');
    expect(entry?.rows).toMatchObject([{ names: 'Image <-> process.name' }]);
    expect(entry?.rows[0]?.file).toMatch(/^mappings\/.*\.yaml$/);
    expect(entry?.rows[0]?.source).not.toBe('');
  });

  test('what the target has words for is kept or changed, the rest is carried', () => {
    expect(told(ledger, toml, ['envelope'])).toEqual([
      'envelope kept 14: 6f6bd2b5-9f0e-4a3c-8f45-1f2c5c1d7a11 => 6f6bd2b5-9f0e-4a3c-8f45-1f2c5c1d7a11',
      'envelope kept 12: Listener Started => Listener Started',
      'envelope kept 7: Finds something. => Finds something.',
      'envelope kept 15: medium => medium',
      'envelope carried 13: 47 => -',
      'envelope kept 3: stable => stable',
      'envelope kept 6: A. Nother => A. Nother',
      'envelope kept 2: 2026-01-15 => 2026-01-15',
    ]);
  });

  test('what may not travel is dropped', () => {
    expect(about(ledgerFor(toml, 'sigma', { carry: 'none' }), 'rule.risk_score')).toMatchObject([
      { became: 'dropped' },
    ]);
  });

  test('of a rule that was refused all is dropped, and its findings stand where they are about', () => {
    const refused = ledgerFor(toml, 'sigma', { strict: true });
    expect(new Set(refused.map(({ became }) => became))).toEqual(new Set(['dropped']));
    expect(
      about(refused, 'process.args').flatMap(({ findings }) => findings.map(({ code }) => code)),
    ).toContain('loss/mapping');
  });

  test('a rule whose query is only carried says so of each test', () => {
    const text = toml.replace('process.args : "-l"', 'stringContains(process.command_line, process.name)');
    const carried = ledgerFor(text, 'sigma', { allow: ['carried'] });
    expect(new Set(carried.filter(({ kind }) => kind === 'test').map(({ became }) => became))).toEqual(
      new Set(['carried']),
    );
    expect(about(carried, 'rule.name')).toMatchObject([{ became: 'kept' }]);
  });
});

test('a query that is not touched is kept, and each test in it', () => {
  const ledger = ledgerFor(toml, 'kibana');
  expect(ledger.every(({ kind, became }) => (kind !== 'test' && kind !== 'query') || became === 'kept')).toBe(
    true,
  );
});

test('a sequence says what joins its events, and within what time', () => {
  const ledger = ledgerFor(sequence, 'sigma');
  expect(told(ledger, sequence, ['key', 'setting'])).toEqual([
    'key changed 18: host.id => Computer',
    'setting kept 18: 2 events in order => 2 events in order',
    'setting kept 18: 60s => 60s',
  ]);
});

describe('a rule of Sigma to Elastic', () => {
  const ledger = ledgerFor(sigma, 'elastic');

  test('the log source became tests and indices', () => {
    const [source] = ledger.filter(({ kind }) => kind === 'log-source');
    expect(source).toMatchObject({ became: 'changed', source: { words: 'process_creation/windows' } });
    expect(source?.target?.words).toContain('host.os.type');
    expect(source?.rows).toMatchObject([{ names: 'process_creation/windows' }]);
  });

  test('a list of values is one line', () => {
    expect(told(ledger, sigma, ['test'])).toEqual([
      'test changed 9: Image|endswith: \'\\nc.exe\' => process.name : "nc.exe" [mapping/assumption]',
      'test changed 10: CommandLine|contains: - \' -l \' - \' -lp\' => process.command_line : ("* -l *", "* -lp*")',
    ]);
  });

  test('what was added because the target wants it stands alone, with its place in what was written', () => {
    const added = ledger.filter(({ kind }) => kind === 'rule');
    expect(
      added.map(({ source, target, findings }) => [source, target?.path, findings[0]?.code]),
    ).toContainEqual([undefined, 'risk_score', 'style/default']);
  });
});

test('what the target would not take is no line that is kept: another id stands in its place', () => {
  const [id] = about(ledgerFor(sigma.replace(/^id: .*/m, 'id: listener-1'), 'elastic'), 'id');
  expect(id).toMatchObject({ became: 'changed', findings: [{ code: 'write/unusual-id' }] });
  expect(id?.target?.words).toMatch(/^[0-9a-f-]{36}$/);
});

test('a key holds the lines below it, however they end', () => {
  const text = sigma.replace('level: high', 'tags:\n    - attack.t1059\n    - attack.s0039\nlevel: high');
  for (const one of [text, text.replaceAll('\n', '\r\n')]) {
    const [tags] = about(ledgerFor(one, 'elastic'), 'tags');
    expect(tags?.source?.places.map(({ start, end }) => one.slice(start, end).split(/\r?\n/))).toEqual([
      ['tags:', '    - attack.t1059', '    - attack.s0039'],
    ]);
  }
});

test('the same rule has the same ledger each time', () => {
  expect(ledgerFor(toml, 'sigma')).toEqual(ledgerFor(toml, 'sigma'));
});

test.each([
  ['of one field', (index: number) => `process.args == "x${index}"`],
  ['of a field each', (index: number) => `own.field${index} == "x"`],
])('a rule may make thousands of tests %s', (_, testOf) => {
  const tests = Array.from({ length: 3000 }, (_, index) => testOf(index)).join(' or\n');
  const text = toml.replace(/process where[^']*/, `process where ${tests}\n`);
  const options = { to: 'sigma', prove: false } as const;
  const outcome = convert(text, options);
  const [rule] = outcome.ok ? outcome.value.rules : [];
  const ledger = inTime(() => ledgerOf(rule!, { text, options, rules: [rule!] }));
  expect(ledger.filter(({ kind, target }) => kind === 'test' && target)).toHaveLength(3000);
  expect(ledger.flatMap(({ findings }) => findings)).toHaveLength(rule!.diagnostics.length);
});
