import fc from 'fast-check';
import { parse } from 'smol-toml';
import { describe, expect, test } from 'vitest';

import { convert } from '../../../src/convert/convert.ts';
import { elasticViolations, kibanaViolations, newest } from '../../../src/formats/schemas/index.ts';
import type { JsonObject } from '../../../src/rule/json.ts';
import { must } from '../../support/laws.ts';

const word = fc.stringMatching(/^[a-z][a-z0-9_. -]{0,8}[a-z0-9]$/);
const words = fc.array(word, { minLength: 1, maxLength: 3 });
const text = fc.oneof(word, fc.constantFrom('', 'a\nb', 'ä"\\', "'''", '"""'));
const score = fc.integer({ min: 0, max: 100 });
const severity = fc.constantFrom('low', 'medium', 'high', 'critical');
const time = fc.constantFrom('5m', '1h', '30s');
const flag = fc.boolean();
const free = fc.dictionary(word, text, { maxKeys: 2 });
const some = <T>(of: fc.Arbitrary<T>) => fc.array(of, { minLength: 1, maxLength: 2 });

const technique = (path: string) =>
  fc.record({
    id: word,
    name: word,
    reference: fc.constantFrom(`https://attack.mitre.org/techniques/${path}/`, 'https://example.org/1'),
  });
const threat = fc.record(
  {
    framework: fc.constantFrom('MITRE ATT&CK', 'MITRE ATLAS', 'Kitchen'),
    tactic: fc.record({
      id: word,
      name: word,
      reference: fc.constantFrom('https://attack.mitre.org/tactics/TA0002/', 'nowhere'),
    }),
    technique: fc.array(technique('T1059'), { maxLength: 2 }),
  },
  { requiredKeys: ['framework', 'tactic'] },
);
const mapped = { field: word, operator: fc.constant('equals'), value: text };
const suppression = fc.record(
  {
    group_by: fc.array(word, { minLength: 1, maxLength: 3 }),
    missing_fields_strategy: fc.constantFrom('suppress', 'doNotSuppress'),
    duration: fc.record({ value: fc.integer({ min: 1, max: 9 }), unit: fc.constantFrom('s', 'm', 'h') }),
  },
  { requiredKeys: ['group_by'] },
);
const action = fc.record({ id: word, action_type_id: word, params: free });

const required = { name: word, description: word, risk_score: score, severity };
/** Every key of the API that is no rule's own type's. */
const optional = {
  rule_id: fc.oneof(fc.uuid(), word, fc.constant('0A1B2C3D-0000-4000-8000-00000000000A')),
  author: words,
  license: text,
  tags: words,
  interval: time,
  from: fc.constantFrom('now-9m', 'now-1d/d'),
  to: fc.constant('now'),
  note: text,
  setup: text,
  references: words,
  false_positives: words,
  timestamp_override: text,
  timestamp_override_fallback_disabled: flag,
  max_signals: fc.integer({ min: 1, max: 999 }),
  building_block_type: fc.constantFrom('default', 'other', ''),
  rule_name_override: text,
  exceptions_list: some(
    fc.record({ id: word, list_id: word, type: word, namespace_type: fc.constantFrom('single', 'agnostic') }),
  ),
  enabled: flag,
  throttle: fc.constantFrom('no_actions', 'rule', '1h'),
  meta: free,
  threat: fc.array(threat, { maxLength: 2 }),
  risk_score_mapping: some(
    fc.record({ ...mapped, risk_score: score }, { requiredKeys: ['field', 'operator', 'value'] }),
  ),
  severity_mapping: some(fc.record({ ...mapped, severity })),
  related_integrations: some(fc.record({ package: word, version: word })),
  required_fields: some(fc.record({ name: word, type: word, ecs: flag }, { requiredKeys: ['name', 'type'] })),
  investigation_fields: fc.record({ field_names: words }),
  actions: some(action),
  response_actions: fc.constant([{ action_type_id: '.endpoint', params: { command: 'isolate' } }]),
  version: fc.integer({ min: 1, max: 9 }),
  output_index: text,
  namespace: text,
  outcome: fc.constant('exactMatch'),
  alias_target_id: word,
  alias_purpose: fc.constant('savedObjectImport'),
  id: word,
  immutable: flag,
  created_at: fc.constant('2026-01-02T03:04:05.000Z'),
  created_by: word,
  updated_at: fc.constant('2026-01-02T03:04:05.000Z'),
  updated_by: word,
  revision: fc.integer({ min: 0, max: 9 }),
  rule_source: fc.constant({
    type: 'external',
    is_customized: true,
    customized_fields: [{ field_name: 'tags' }],
  }),
};

type Fields = Readonly<Record<string, fc.Arbitrary<unknown>>>;
const searching = { index: words, data_view_id: word, filters: fc.array(free, { maxLength: 2 }) };
const kuery = { language: fc.constantFrom('kuery', 'lucene') };
const query = { query: text };
const mapping = fc.constant([{ entries: [{ field: 'a', type: 'mapping', value: 'b', negate: false }] }]);
const types: Readonly<Record<string, readonly [Fields, Fields]>> = {
  query: [{}, { ...searching, ...kuery, ...query, saved_id: word, alert_suppression: suppression }],
  saved_query: [{ saved_id: word }, { ...searching, ...kuery, ...query, alert_suppression: suppression }],
  eql: [
    { query: word, language: fc.constant('eql') },
    {
      ...searching,
      timestamp_field: text,
      tiebreaker_field: text,
      event_category_override: text,
      alert_suppression: suppression,
    },
  ],
  esql: [{ query: word, language: fc.constant('esql') }, { alert_suppression: suppression }],
  threshold: [
    {
      ...query,
      threshold: fc.record({
        field: fc.oneof(words, word, fc.constant('')),
        value: fc.integer({ min: 1, max: 9 }),
      }),
    },
    {
      ...searching,
      ...kuery,
      saved_id: word,
      alert_suppression: fc.constant({ duration: { value: 1, unit: 'h' } }),
    },
  ],
  threat_match: [
    { ...query, threat_query: text, threat_mapping: mapping, threat_index: words },
    {
      ...searching,
      ...kuery,
      saved_id: word,
      threat_filters: fc.array(free, { maxLength: 1 }),
      threat_language: fc.constant('kuery'),
      threat_indicator_path: word,
      concurrent_searches: fc.constant(1),
      items_per_search: fc.constant(2),
      alert_suppression: suppression,
    },
  ],
  new_terms: [
    { ...query, new_terms_fields: words, history_window_start: fc.constant('now-7d') },
    { ...searching, ...kuery, alert_suppression: suppression },
  ],
  machine_learning: [
    { anomaly_threshold: score, machine_learning_job_id: fc.oneof(word, words) },
    { alert_suppression: suppression },
  ],
};

/** A rule that Kibana takes, with any of its keys or with all of them. */
const lines = (keys: 'some' | 'all') =>
  fc.oneof(
    ...Object.entries(types).map(([type, [must, may]]) => {
      const always = { ...required, ...must };
      const all = { ...always, ...optional, ...may };
      const options = keys === 'all' ? {} : { requiredKeys: Object.keys(always) as (keyof typeof all)[] };
      return fc.record(all, options as object).map((line): JsonObject => ({ type, ...(line as JsonObject) }));
    }),
  );

const today = '2026-01-02';
const data = (text: string): JsonObject => JSON.parse(text.split('\n')[0]!);

describe.each(['all', 'some'] as const)('a rule with %s of the keys that Kibana has', (keys) => {
  test('is a file that Elastic’s tools load, and comes home whole', () => {
    fc.assert(
      fc.property(lines(keys), (line) => {
        const faults = kibanaViolations({ rule_id: 'x', ...line }, newest);
        expect(faults).toEqual([]);
        const [there] = must(convert(JSON.stringify(line), { to: 'elastic', today })).rules;
        expect(elasticViolations(parse(there!.text) as never)).toEqual([]);
        const [home] = must(convert(there!.text, { to: 'kibana' })).rules;
        expect(data(home!.text)).toEqual(line);
      }),
      { numRuns: keys === 'all' ? 150 : 300 },
    );
  });
});

test('what has no place is named, and what somebody changed meanwhile stays changed', () => {
  const line = {
    rule_id: 'kettle',
    type: 'query',
    name: 'Kettle',
    description: 'Calls home.',
    risk_score: 1,
    severity: 'low',
    query: 'a:b',
    namespace: 'kitchen',
    risk_score_mapping: [{ field: 'a', operator: 'equals', value: '', risk_score: 5 }],
  };
  const [there] = must(convert(JSON.stringify(line), { to: 'elastic', today })).rules;
  expect(
    there!.diagnostics
      .filter(({ code }) => code === 'carry/field' || code === 'write/unusual-id')
      .map(({ path }) => path),
  ).toEqual(['namespace', 'rule_id', 'risk_score_mapping']);
  const edited = there!.text
    .replace('field = "a"', 'field = "other"')
    .replace(/rule_id = ".*"/, 'rule_id = "0a1b2c3d-0000-4000-8000-00000000000a"')
    .replace('language = "kuery"', 'language = "lucene"');
  const [home] = must(convert(edited, { to: 'kibana' })).rules;
  expect(data(home!.text)).toMatchObject({
    rule_id: '0a1b2c3d-0000-4000-8000-00000000000a',
    language: 'lucene',
    namespace: 'kitchen',
    risk_score_mapping: [{ field: 'other', operator: 'equals', value: '' }],
  });
});
