import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { convert, read } from '../../src/convert/convert.ts';
import type { ConvertOptions } from '../../src/convert/options.ts';
import type { FormatId } from '../../src/formats/format.ts';
import type { Status } from '../../src/rule/rule.ts';
import { must } from '../support/laws.ts';

/** How far a rule has come, and when: what each format says of it, in each direction. The table is in the README. */

const id = '00000000-0000-4000-8000-000000000001';

const toml = (metadata: string) => `[metadata]
${metadata}
[rule]
author = ["rulecast"]
description = """
A rule for tests.
"""
index = ["logs-endpoint.events.process-*"]
language = "eql"
name = "For Tests"
risk_score = 47
rule_id = "${id}"
severity = "medium"
type = "eql"

query = '''
process where host.os.type == "windows" and event.type == "start" and process.pid == 4
'''
`;

const dated = (more: string) =>
  toml(`creation_date = "2025/01/02"\n${more}updated_date = "2025/02/03"\n`).replace(
    /^\[metadata\]\n([^[]*)/,
    (_, lines: string) => `[metadata]\n${lines.trim().split('\n').sort().join('\n')}\n\n`,
  );

const sigma = (more: string) => `title: For Tests
id: ${id}
${more}logsource:
    category: process_creation
    product: windows
detection:
    selection:
        ProcessId: 4
    condition: selection
level: medium
`;

const fields = {
  rule_id: id,
  name: 'For Tests',
  description: 'A rule for tests.',
  risk_score: 47,
  severity: 'medium',
  author: [],
  type: 'eql',
  language: 'eql',
  query: 'process where host.os.type == "windows" and event.type == "start" and process.pid == 4',
};
const line = (more: object) => `${JSON.stringify({ ...fields, ...more })}\n`;
const assetOf = (more: object) =>
  JSON.stringify({ id: `${id}_3`, type: 'security-rule', attributes: { ...fields, version: 3, ...more } });

const through = (text: string, ...ways: (FormatId | ConvertOptions)[]) =>
  ways.reduce((now, way) => must(convert(now, typeof way === 'string' ? { to: way } : way)).text, text);
const ruleIn = (text: string) => must(read(text)).rules.at(-1)!;
const codesOf = (text: string, options: ConvertOptions) =>
  must(convert(text, options)).rules.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code));
const native = (text: string) => through(text, 'native');
const asset = { to: 'kibana', shape: 'asset' } as const;

const words: readonly (readonly [string, Status])[] = [
  ['production', 'stable'],
  ['beta', 'test'],
  ['experimental', 'experimental'],
  ['development', 'experimental'],
  ['deprecated', 'deprecated'],
];

describe('maturity and status', () => {
  test.each(words)('%s is %s in Sigma, and comes home through every circle', (maturity, status) => {
    const text = dated(`maturity = "${maturity}"\n`);
    expect(through(text, 'sigma')).toContain(`\nstatus: ${status}\n`);
    for (const circle of [
      ['sigma'],
      ['kibana'],
      ['sigma', 'kibana'],
      ['kibana', 'sigma', 'native'],
    ] as const) {
      expect(native(through(text, ...circle, 'elastic')), circle.join()).toBe(native(text));
    }
  });

  test.each<Status>(['stable', 'test', 'experimental', 'deprecated', 'unsupported'])(
    '%s comes home to Sigma byte for byte',
    (status) => {
      const text = sigma(`status: ${status}\n`);
      for (const way of ['elastic', 'kibana', 'native'] as const) {
        expect(through(text, { to: way, today: '2026-01-01' }, 'sigma'), way).toBe(text);
      }
    },
  );

  test.each(words.flatMap(([maturity]) => words.map(([, status]) => [maturity, status] as const)))(
    'from %s, edited to %s in Sigma, the edit wins',
    (maturity, status) => {
      const there = through(dated(`maturity = "${maturity}"\n`), 'sigma');
      const home = through(there.replace(/^status: .*$/m, `status: ${status}`), 'kibana', 'elastic');
      expect(ruleIn(home).status).toBe(status);
      const twin = new Map([...words].reverse().map(([word, meant]) => [meant, word]));
      const stays = there.includes(`status: ${status}\n`);
      expect(home).toContain(`maturity = "${stays ? maturity : twin.get(status)}"`);
    },
  );

  test.each(['development', 'beta'])('from %s, taken out in Sigma, it is gone', (maturity) => {
    const there = through(dated(`maturity = "${maturity}"\n`), 'sigma');
    expect(through(there.replace(/^status: .*\n/m, ''), 'elastic')).not.toContain('maturity');
  });

  test('unsupported has no word in a rule file, where it travels, and no other word stands for it', () => {
    const there = through(dated('maturity = "development"\n'), 'sigma');
    const home = through(there.replace('experimental', 'unsupported'), 'elastic');
    expect(home).not.toContain('maturity');
    expect(ruleIn(home).status).toBe('unsupported');
    expect(through(home, 'sigma')).toContain('status: unsupported\n');
    const again = home.replace('[metadata]\n', '[metadata]\nmaturity = "production"\n');
    expect(through(again, 'sigma')).toContain('status: stable\n');
  });
});

describe('deprecation', () => {
  const reason = 'deprecated_reason = "Another rule finds more."\ndeprecation_date = "2025/02/03"\n';
  const given = dated(`${reason}maturity = "deprecated"\n`);

  test('is a status in Sigma, and its date and reason come home through every circle', () => {
    expect(ruleIn(given).deprecation).toEqual({ date: '2025-02-03', reason: 'Another rule finds more.' });
    expect(through(given, 'sigma')).toContain('\nstatus: deprecated\n');
    for (const circle of [['sigma'], ['kibana'], ['sigma', 'kibana', 'native']] as const) {
      expect(native(through(given, ...circle, 'elastic')), circle.join()).toBe(native(given));
    }
  });

  test('that was taken back in Sigma takes its date and reason with it, and that is told', () => {
    const there = through(given, 'sigma').replace('status: deprecated', 'status: stable');
    const home = through(there, 'elastic');
    expect(home).toContain('maturity = "production"');
    expect(home).not.toMatch(/deprecat/);
    expect(codesOf(there, { to: 'elastic' })).toContain('carry/edited');
  });

  test('that was said in Sigma is said in the rule file, and the date that is missing there is told of', () => {
    const there = through(dated('maturity = "production"\n'), 'sigma');
    const edited = there.replace('status: stable', 'status: deprecated');
    expect(through(edited, 'elastic')).toContain('maturity = "deprecated"');
    const { rules } = must(convert(edited, { to: 'elastic' }));
    expect(rules[0]!.diagnostics).toContainEqual(
      expect.objectContaining({ code: 'loss/required-field', path: 'deprecation_date' }),
    );
    expect(codesOf(given, { to: 'sigma' })).not.toContain('loss/required-field');
  });

  test('may be said of a rule that is not given up yet, and comes home', () => {
    const text = dated('deprecation_date = "2027/01/01"\nmaturity = "production"\n');
    expect(ruleIn(text).deprecation).toEqual({ date: '2027-01-01' });
    expect(native(through(text, 'sigma', 'kibana', 'elastic'))).toBe(native(text));
  });

  test('is what packages say of a rule that was given up, of which they hold the name alone or all', () => {
    const attributes = { rule_id: id, version: 3, name: 'Old', deprecated: true, deprecated_reason: 'Two.' };
    const stub = `${JSON.stringify({ id: `${id}_3`, type: 'security-rule', attributes })}\n`;
    expect(ruleIn(stub)).toMatchObject({ status: 'deprecated', deprecation: { reason: 'Two.' } });
    expect(through(stub, 'elastic')).toContain(
      '[metadata]\ndeprecated_reason = "Two."\nmaturity = "deprecated"\n',
    );
    expect(JSON.parse(through(stub, 'elastic', asset))).toEqual(JSON.parse(stub));
    expect(JSON.parse(through(stub, 'kibana', 'native', asset))).toEqual(JSON.parse(stub));
    const whole = assetOf({ deprecated: true });
    expect(through(whole, 'sigma')).toContain('\nstatus: deprecated\n');
    expect(JSON.parse(through(whole, 'sigma', asset))).toEqual(JSON.parse(whole));
    const taken = through(whole, 'sigma').replace('status: deprecated', 'status: stable');
    expect(through(taken, asset)).not.toContain('deprecated');
    expect(JSON.parse(through(given, asset)).attributes).toMatchObject({
      deprecated: true,
      deprecated_reason: 'Another rule finds more.',
    });
  });

  test.each([{ deprecated: false }, { deprecated: 'yes' }, { deprecated_reason: 'x' }])(
    'is not %j, which travels as it is',
    (said) => {
      const text = assetOf(said);
      expect(ruleIn(text).status).toBeUndefined();
      expect(JSON.parse(through(text, 'sigma', asset))).toEqual(JSON.parse(text));
    },
  );

  test('what a package has no place for of it is told', () => {
    const { rules } = must(convert(given, asset));
    const lost = rules[0]!.diagnostics.filter(({ code }) => code === 'loss/carry');
    expect(lost[0]?.message).toContain('deprecation');
    expect(lost[0]?.message).not.toContain('status');
    const beta = must(convert(dated('maturity = "beta"\n'), asset)).rules[0]!.diagnostics;
    expect(beta.find(({ code }) => code === 'loss/carry')?.message).toContain('status');
  });
});

describe('days', () => {
  const text = dated('maturity = "production"\n');

  test('edited in Sigma reach the rule file, whatever way they take', () => {
    const there = through(text, 'sigma');
    const edited = there
      .replace('date: 2025-01-02', 'date: 2024-12-31')
      .replace('modified: 2025-02-03', 'modified: 2025-05-06');
    for (const way of [[], ['kibana'], ['native', 'kibana']] as const) {
      const home = through(edited, ...way, 'elastic');
      expect(home).toContain('creation_date = "2024/12/31"');
      expect(home).toContain('updated_date = "2025/05/06"');
    }
  });

  test('edited in a rule file reach Sigma, and an edit wins over a time of day that was carried', () => {
    const there = through(
      line({ created_at: '2025-01-02T03:04:05.678Z', updated_at: '2025-02-03T00:00:00.000Z' }),
      'elastic',
    );
    expect(there).toContain('updated_date = "2025/02/03"');
    const edited = there.replace('updated_date = "2025/02/03"', 'updated_date = "2025/05/06"');
    expect(through(edited, 'sigma')).toMatch(/date: 2025-01-02\nmodified: 2025-05-06/);
    expect(ruleIn(edited)).toMatchObject({ created: '2025-01-02T03:04:05.678Z', modified: '2025-05-06' });
  });

  test('are Kibana’s own there: what it answered stays, what was edited elsewhere travels beside it', () => {
    const stamps = { created_at: '2025-01-02T03:04:05.678Z', updated_at: '2025-02-03T00:00:00.000Z' };
    const there = through(line(stamps), 'sigma').replace('modified: 2025-02-03', 'modified: 2025-05-06');
    const home = through(there, 'kibana');
    expect(JSON.parse(home.split('\n')[0]!)).toMatchObject(stamps);
    expect(through(home, 'sigma')).toContain('modified: 2025-05-06\n');
    expect(through(text, 'kibana')).not.toMatch(/created_at|updated_at/);
  });

  test('that were taken out are gone, also where their time of day is carried', () => {
    const stamps = { created_at: '2025-01-02T03:04:05.678Z', updated_at: '2025-02-03T04:05:06.789Z' };
    const there = through(line(stamps), 'sigma').replace(/^(?:date|modified): .*\n/gm, '');
    expect(ruleIn(there)).not.toHaveProperty('created');
    const file = through(line(stamps), 'elastic').replace(/^(?:creation|updated)_date = .*\n/gm, '');
    expect(ruleIn(file)).not.toHaveProperty('modified');
  });
});

test('version and revision are settings of the engine, and come home', () => {
  const text = line({ version: 7, revision: 2 });
  expect(through(text, 'elastic')).toMatch(/revision = 2\n[^]*version = 7\n/);
  for (const circle of [['elastic'], ['sigma'], ['sigma', 'elastic']] as const) {
    expect(ruleIn(through(text, ...circle, 'kibana')).engine, circle.join()).toEqual({
      version: 7,
      revision: 2,
    });
  }
  const packaged = through(assetOf({}), 'sigma', asset);
  expect(JSON.parse(packaged)).toMatchObject({ id: `${id}_3`, attributes: { version: 3 } });
});

test('whatever is said of it, a rule file comes home from Sigma and Kibana', () => {
  const said = fc.record(
    {
      maturity: fc.constantFrom(
        'production',
        'beta',
        'experimental',
        'development',
        'deprecated',
        'ripe',
        '',
      ),
      deprecation_date: fc.constantFrom('2025/02/03', '2025-02-03', 'soon', ''),
      deprecated_reason: fc.constantFrom('Why not', '', 'a "quoted" one'),
    },
    { requiredKeys: [] },
  );
  const way = fc.array(fc.constantFrom<FormatId>('sigma', 'kibana', 'native', 'elastic'), { maxLength: 4 });
  fc.assert(
    fc.property(said, way, (said, way) => {
      const lines = Object.entries(said).map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`);
      const text = dated(lines.join(''));
      expect(native(through(text, ...way, 'elastic'))).toBe(native(text));
    }),
    { numRuns: 150 },
  );
});
