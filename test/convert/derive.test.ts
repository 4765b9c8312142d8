import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { convert } from '../../src/convert/convert.ts';
import type { ConvertOptions } from '../../src/convert/options.ts';
import type { Json, JsonObject } from '../../src/rule/json.ts';
import { must } from '../support/laws.ts';

/** A rule as a line that Kibana imports. */
const line = (fields: JsonObject) =>
  JSON.stringify({
    rule_id: '00000000-0000-4000-8000-000000000001',
    name: 'For Tests',
    description: 'A rule for tests.',
    risk_score: 47,
    severity: 'medium',
    ...fields,
  });
const eql = (query: string, more: JsonObject = {}) => line({ type: 'eql', language: 'eql', query, ...more });
const kuery = (query: string, more: JsonObject = {}) =>
  line({ type: 'query', language: 'kuery', query, ...more });

const toml = (metadata = '', rule = 'index = ["logs-endpoint.events.process-*"]') => `[metadata]
creation_date = "2026/01/02"
${metadata}maturity = "production"
updated_date = "2026/01/03"

[rule]
author = ["rulecast"]
description = "A rule for tests."
${rule}
language = "eql"
name = "For Tests"
risk_score = 47
rule_id = "00000000-0000-4000-8000-000000000001"
severity = "medium"
type = "eql"

query = '''
process where process.name : "a"
'''
`;

const sigma = `title: For Tests
id: 00000000-0000-4000-8000-000000000002
logsource:
    product: aws
    service: cloudtrail
detection:
    selection:
        eventName: DeleteTrail
    condition: selection
level: medium
`;

function only(text: string, options: Partial<ConvertOptions> = {}) {
  const { rules } = must(convert(text, { to: 'kibana', derive: true, ...options }));
  expect(rules).toHaveLength(1);
  return rules[0]!;
}

/** What a rule says to the engine, once it is written. */
const said = (text: string, options: Partial<ConvertOptions> = {}): JsonObject =>
  only(text, options).written[0]!.engine ?? {};
const required = (text: string) =>
  ((said(text)['required_fields'] ?? []) as unknown as { name: string; type: string; ecs: boolean }[]).map(
    ({ name, type, ecs }) => `${name} ${type}${ecs ? ' ecs' : ''}`,
  );
const packages = (text: string) =>
  ((said(text)['related_integrations'] ?? []) as unknown as JsonObject[]).map((one) => one['package']);
const messages = (text: string, options: Partial<ConvertOptions> = {}) =>
  only(text, options)
    .diagnostics.filter(({ code }) => code === 'convert/derived' || code === 'convert/not-derived')
    .map(({ code, message }) => `${code}: ${message}`);

describe('required_fields', () => {
  test('are the fields of the query, each once and by name, with what is known of them', () => {
    const query =
      'process where process.pid == 1 and process.args : "a" and process.args : "b" and winlog.event_data.Nobody : "c" and acme.x == 1';
    expect(required(eql(query))).toEqual([
      'acme.x unknown',
      'process.args keyword ecs',
      'process.pid long ecs',
      'winlog.event_data.Nobody keyword',
    ]);
    expect(messages(eql(query))[0]).toBe(
      'convert/derived: required_fields was derived from the query. No table knows the type of acme.x.',
    );
  });

  test('are those of functions and of both sides, and optional ones without their mark', () => {
    expect(
      required(eql('any where length(?process.name) > 3 and source.ip == destination.ip and x : "?y.z"')),
    ).toEqual(['destination.ip ip ecs', 'process.name keyword ecs', 'source.ip ip ecs', 'x unknown']);
  });

  test('are those that join a sequence, too', () => {
    const query =
      'sequence by host.id [process where true] by process.pid [file where true] by file.path until [any where user.id == "1"] by agent.id';
    expect(required(eql(query)).map((one) => one.split(' ')[0])).toEqual([
      'agent.id',
      'file.path',
      'host.id',
      'process.pid',
      'user.id',
    ]);
  });

  test('are a path of KQL and what stands below it; patterns of names are names', () => {
    expect(required(kuery('a.b: { c: 1 and d: { e: 2 } } and file.hash.*: x and *: y and z'))).toEqual([
      'a.b unknown',
      'a.b.c unknown',
      'a.b.d unknown',
      'a.b.d.e unknown',
      'file.hash.* unknown',
    ]);
  });

  test('are not what a threshold counts', () => {
    const threshold = { field: ['user.name'], value: 3 };
    expect(required(kuery('host.name: x', { type: 'threshold', threshold }))).toEqual([
      'host.name keyword ecs',
    ]);
  });

  test.each<[string, string]>([
    ['the query names no field', line({ type: 'esql', language: 'esql', query: 'from a' })],
    [
      'the rule has no query',
      line({ type: 'machine_learning', anomaly_threshold: 5, machine_learning_job_id: 'a' }),
    ],
    ['the query is kept elsewhere', line({ type: 'saved_query', saved_id: 'a', query: 'a: b' })],
    ['the query can not be read', eql('process where')],
    ['the query can not be read', eql('join [process where a == 1] [file where true]')],
    ['the query names no field', eql('process where true')],
  ])('are not made up where %s', (why, text) => {
    expect(said(text)['required_fields']).toBeUndefined();
    expect(messages(text)).toContain(
      `convert/not-derived: required_fields could not be derived, since ${why}; it went unsaid.`,
    );
  });
});

describe('related_integrations', () => {
  test('are those that the metadata of a file names, whatever it searches', () => {
    const text = toml('integration = ["windows", "endpoint"]\n');
    expect(said(text)['related_integrations']).toEqual([
      { package: 'windows', version: '*' },
      { package: 'endpoint', version: '*' },
    ]);
    expect(packages(toml('integration = "windows"\n'))).toEqual(['windows']);
  });

  test('are none where the metadata names none', () => {
    expect(packages(toml('integration = []\n'))).toEqual([]);
    expect(messages(toml('integration = []\n'))).toContain(
      'convert/not-derived: related_integrations could not be derived, since the rule names no data of an integration; it went unsaid.',
    );
  });

  test('otherwise follow from data sets that are wanted, and then from what is searched', () => {
    const query =
      'any where event.dataset in ("okta.system", "gcp.audit") and data_stream.dataset : "o365.*" and not event.dataset == "aws.s3access"';
    const index = [
      'logs-azure.auditlogs-*',
      'eu:logs-okta.system-*',
      'eu:logs-windows.powershell-*',
      'logs-github*',
      'logs-nobody*',
    ];
    const more = [...index, 'logs-*', 'winlogbeat-*', '.alerts-security.*', 'logs-acme-*', '-logs-x.y-*'];
    expect(packages(eql(query, { index: more }))).toEqual([
      'okta',
      'gcp',
      'o365',
      'azure',
      'windows',
      'github',
    ]);
  });

  test('follow from a log source of Sigma', () => {
    expect(packages(sigma)).toEqual(['aws']);
  });

  test('are not written into a file of rules, whose metadata names their packages', () => {
    const [rule] = only(eql('any where a : "b"', { index: ['logs-okta.system-*'] }), {
      to: 'elastic',
    }).written;
    expect(rule!.engine?.['related_integrations']).toBeUndefined();
    expect(rule!.carry['elastic']).toEqual({ metadata: { integration: ['okta'] } });
    const text = eql('any where a : "b"', { related_integrations: [{ package: 'x', version: '^1.0.0' }] });
    const { written, text: file } = only(text, { to: 'elastic' });
    expect(written[0]!.carry['elastic']).toEqual({ metadata: { integration: ['x'] } });
    expect(file).toContain('[[rule.related_integrations]]');
  });
});

describe('what a rule says itself', () => {
  const lists = fc.array(
    fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value))),
    {
      maxLength: 2,
    },
  );

  test('is kept on every way, and nothing is derived in its place', () => {
    fc.assert(
      fc.property(lists, lists, fc.boolean(), (related_integrations, required_fields, derive) => {
        const own = { related_integrations, required_fields };
        const kibana = kuery('process.name: x', { index: ['logs-okta.system-*'], ...own });
        for (const ways of [['elastic'], ['sigma'], ['elastic', 'sigma'], ['sigma', 'elastic']] as const) {
          let text = kibana;
          for (const to of [...ways, 'kibana'] as const) {
            const asked = derive && to !== 'sigma' ? { derive } : {};
            text = must(convert(text, { to, allow: ['carried'], today: '2026-01-01', ...asked })).text;
          }
          expect(JSON.parse(text.split('\n')[0]!)).toMatchObject(own);
        }
      }),
      { numRuns: 40 },
    );
  });

  test.each([['x'], [null], [{ a: 1 }]])('is kept although it makes no sense: %j', (strange) => {
    const text = kuery('process.name: x', { required_fields: strange, related_integrations: strange });
    expect(must(convert(text, { to: 'kibana', derive: true })).text).toBe(text);
    expect(messages(text, { to: 'kibana' })).toEqual([]);
  });

  test('leaves its file as it is, to the letter', () => {
    const text = toml('integration = ["endpoint"]\n', '# As it is.\nrequired_fields   = []');
    expect(must(convert(text, { to: 'elastic', derive: true })).text).toBe(text);
  });
});

describe('on the way back', () => {
  const derive = true;
  const today = '2026-01-01';

  test.each(['kibana', 'elastic'] as const)('Sigma comes home from %s as it was', (to) => {
    const there = must(convert(sigma, { to, derive, today })).text;
    expect(there).toContain('required_fields');
    expect(must(convert(there, { to: 'sigma' })).text).toBe(sigma);
  });

  test('Elastic comes home from Kibana as it was, over Sigma and asked anew as well', () => {
    const home = must(convert(toml(), { to: 'kibana' })).text;
    const back = must(convert(home, { to: 'elastic' })).text;
    for (const ways of [
      ['kibana'],
      ['sigma', 'kibana'],
      ['kibana', 'sigma'],
      ['kibana', 'kibana'],
    ] as const) {
      let text = toml();
      for (const to of ways) text = must(convert(text, { to, today, derive })).text;
      expect(must(convert(text, { to: 'elastic' })).text).toBe(back);
    }
  });

  test('Kibana comes home from a file of rules as it was', () => {
    const text = kuery('process.name: x', { index: ['logs-okta.system-*'] });
    const there = must(convert(text, { to: 'elastic', derive, today })).text;
    expect(there).toContain('integration = ["okta"]');
    const plain = must(convert(text, { to: 'elastic', today })).text;
    const home = (from: string) => must(convert(from, { to: 'kibana' })).text;
    expect(home(there)).toBe(home(plain));
  });

  test('what Kibana finds out by itself is no change, and a change is kept', () => {
    const there = must(convert(toml(), { to: 'kibana', derive })).text;
    const [first = ''] = there.split('\n');
    const rule = JSON.parse(first);
    const answered = rule.required_fields.map(({ type, name }: JsonObject) => ({ ecs: false, type, name }));
    const back = (required_fields: Json) =>
      must(convert(JSON.stringify({ ...rule, required_fields }), { to: 'elastic' })).text;
    expect(back(answered)).not.toContain('required_fields');
    expect(back([...answered, { name: 'mine', type: 'long' }])).toContain('mine');
    expect(back([])).toContain('required_fields = []');
  });

  test('what was derived follows a query that was changed, where it is asked for again', () => {
    const rule = JSON.parse(must(convert(toml(), { to: 'kibana', derive })).text.split('\n')[0]!);
    const changed = JSON.stringify({ ...rule, query: 'process where user.id : "1"' });
    expect(required(changed)).toEqual(['user.id keyword ecs']);
    const again = must(convert(changed, { to: 'kibana', derive })).text;
    expect(must(convert(again, { to: 'kibana', derive })).text).toBe(again);
  });

  test.each<[unknown]>([
    [5],
    [[]],
    [{}],
    [{ kibana: 5 }],
    [{ kibana: { required_fields: [1], constructor: 'x' }, constructor: {} }],
    [JSON.parse('{ "__proto__": { "required_fields": "null" } }')],
  ])('marks may hold anything, and what they do not fit is kept: %j', (derived) => {
    const rule = JSON.parse(must(convert(toml(), { to: 'kibana', derive })).text.split('\n')[0]!);
    rule.meta.rulecast.was = { derived };
    for (const to of ['elastic', 'sigma', 'native'] as const) {
      expect(must(convert(JSON.stringify(rule), { to })).text).toContain('required_fields');
    }
    expect(required(JSON.stringify(rule))).toEqual(['process.name keyword ecs']);
  });

  test.each(['saved-object', 'api'])('a rule in the shape %s comes home as well', (shape) => {
    const there = must(convert(sigma, { to: 'kibana', shape, derive, today })).text;
    expect(there).toMatch(/required_?fields/i);
    expect(must(convert(there, { to: 'sigma' })).text).toBe(sigma);
  });

  test('nothing is marked where nothing travels', () => {
    const [asset, plain] = [true, false].map(
      (asked) => must(convert(toml(), { to: 'kibana', shape: 'asset', derive: asked })).rules[0]!,
    );
    expect(asset!.diagnostics).toEqual(expect.arrayContaining([...plain!.diagnostics]));
    expect(JSON.parse(asset!.text).attributes.required_fields).toHaveLength(1);
    const bare = must(convert(toml(), { to: 'kibana', carry: 'none', derive })).text;
    expect(bare).toContain('required_fields');
    expect(bare).not.toContain('rulecast":');
  });

  test.each(['sigma', 'native'] as const)('whoever asks for it of %s is told, and has the rest', (to) => {
    const outcome = convert(sigma, { to, derive });
    expect(outcome.diagnostics.map(({ code }) => code)).toEqual(['convert/not-derived']);
    expect(must(outcome).text).toBe(must(convert(sigma, { to })).text);
  });
});
