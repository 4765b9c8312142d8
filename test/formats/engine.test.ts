import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { attempt } from '../../src/diagnostic/attempt.ts';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { Claim } from '../../src/formats/claim.ts';
import { engineFields, layOver, readEngineRule } from '../../src/formats/engine/index.ts';
import { Telling } from '../../src/rule/carry.ts';
import type { Json, JsonObject } from '../../src/rule/json.ts';
import { objectOf } from '../../src/rule/json.ts';
import type { Rule } from '../../src/rule/rule.ts';
import { failsWith, must } from '../support/laws.ts';

function read(object: JsonObject) {
  const found: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic) => found.push(diagnostic);
  const from = new Claim(object, '', report);
  const rule: Rule = { ...readEngineRule(from, report), carry: {} };
  return { rule, rest: from.rest(), codes: found.map(({ code }) => code), found };
}

function write(rule: Rule) {
  const tell = new Telling(rule);
  const outcome = attempt((report) => engineFields(tell, report));
  return { outcome, untold: tell.untold(), codes: outcome.diagnostics.map(({ code }) => code) };
}

function thereAndBack(object: JsonObject): JsonObject {
  const { rule, rest } = read(object);
  const { outcome, untold } = write(rule);
  expect(untold).toEqual({});
  return { ...objectOf(must(outcome)), ...rest };
}

/** One value that each key of the API likes, or nearly. */
const liked: Record<string, readonly Json[]> = {
  rule_id: ['a'],
  severity: ['low', 'dreadful', 'constructor'],
  risk_score: [47, 0.5],
  author: [['me'], []],
  threat: [
    [],
    [{ framework: 'F', tactic: { id: 'TA1', name: 'T', reference: 'r' } }],
    [{ framework: 'F', tactic: { id: 'TA1', name: 'T', reference: 'r' }, technique: [] }],
    [{ framework: 'F', tactic: { id: 'TA1', name: 'T', reference: 'r', extra: 1 } }],
    [
      {
        framework: 'F',
        tactic: { id: 'TA1', name: 'T', reference: 'r' },
        technique: [
          { id: 'T1', name: 'N', reference: 'r', subtechnique: [{ id: 'T1.1', name: 'S', reference: 'r' }] },
        ],
      },
    ],
    [{ framework: 'F', technique: [] }],
    [{ framework: 'F', tactic: { id: 'TA1', name: 'T', reference: 'r' }, technique: [{ id: 'T1' }] }],
  ],
  investigation_fields: [{ field_names: ['a'] }, { field_names: [1] }, ['a'], {}],
  type: [
    'query',
    'eql',
    'esql',
    'saved_query',
    'threshold',
    'new_terms',
    'threat_match',
    'machine_learning',
    'correlation',
    '__proto__',
    '',
  ],
  query: ['a:b', ''],
  language: ['kuery', 'lucene', 'eql', 'esql', 'painless', 'constructor'],
  filters: [[], [{ query: { exists: { field: 'a' } } }]],
  saved_id: ['s'],
  threshold: [
    { field: 'a', value: 1 },
    { field: ['a', 'b'], value: 2, cardinality: [{ field: 'c', value: 3 }] },
    { field: [], value: 2, cardinality: [] },
    { field: ['a'], value: 2, cardinality: [{ field: 'c' }] },
    { field: ['a'], value: 2, extra: true },
  ],
  new_terms_fields: [['a'], 'a'],
  history_window_start: ['now-7d', 7],
  threat_index: [['i'], 'i'],
  threat_mapping: [[{ entries: [{ field: 'a', type: 'mapping', value: 'b' }] }], []],
  threat_query: ['*:*', 1],
  threat_language: ['kuery', 'painless'],
  threat_filters: [[]],
  threat_indicator_path: ['threat.indicator'],
  machine_learning_job_id: ['j', ['j', 'k'], 1],
  anomaly_threshold: [50, '50'],
  index: [['logs-*'], []],
  note: ['n', null],
  max_signals: [100],
  enabled: [true],
  alert_suppression: [{ group_by: ['a'] }],
  actions: [[], 'none'],
  id: ['9'],
  unheard_of: [{ a: [null] }],
};

const strange = fc.constantFrom<Json>(null, 5, 'word', [], {}, true, [null], { a: 1 });

const object = fc.record(
  Object.fromEntries(
    Object.entries(liked).map(([key, values]) => [
      key,
      fc.oneof({ arbitrary: fc.constantFrom(...values), weight: 9 }, { arbitrary: strange, weight: 1 }),
    ]),
  ),
  { requiredKeys: [] },
);

describe('reading and writing', () => {
  test('gives back the same data, whatever it was', () => {
    fc.assert(
      fc.property(object, (value) => {
        const { type, query, language } = value as JsonObject;
        // The one thing that is said for the author: a type that is a language names it.
        fc.pre(!(language === undefined && typeof query === 'string' && (type === 'eql' || type === 'esql')));
        expect(thereAndBack(value as JsonObject)).toEqual(value);
      }),
      { numRuns: 5000 },
    );
  });

  test('leaves nothing of a sound rule behind', () => {
    const {
      id: _,
      unheard_of: __,
      ...sound
    } = objectOf(Object.entries(liked).map(([key, values]) => [key, values[0]!] as const));
    const { rule, rest } = read(sound);
    const foreign = Object.keys(rest).filter(
      (key) => !/^threat_|^new_terms|^history|^machine|^anomaly|^threshold$/.test(key),
    );
    expect(foreign).toEqual([]);
    expect(rule.engine).toHaveProperty('note', 'n');
  });

  test('claims nothing that the API only answers with', () => {
    const answers = {
      id: '1',
      created_at: 'x',
      updated_by: 'x',
      immutable: false,
      rule_source: {},
      outcome: 'exactMatch',
    };
    expect(read({ type: 'query', ...answers }).rest).toEqual(answers);
  });
});

describe('types', () => {
  test.each<[JsonObject, Rule['detection']]>([
    [
      { type: 'query', query: 'a', language: 'kuery' },
      { kind: 'query', query: { text: 'a', language: 'kuery' } },
    ],
    [
      { type: 'query', query: 'a' },
      { kind: 'query', query: { text: 'a' } },
    ],
    [{ type: 'query' }, { kind: 'query' }],
    [
      { type: 'eql', query: 'a', language: 'eql' },
      { kind: 'query', query: { text: 'a', language: 'eql' } },
    ],
    [
      { type: 'eql', query: 'a' },
      { kind: 'query', query: { text: 'a', language: 'eql' } },
    ],
    [{ type: 'eql' }, { kind: 'other', type: 'eql' }],
    [
      { type: 'query', query: 'a', language: 'eql' },
      { kind: 'other', type: 'query', query: { text: 'a' } },
    ],
    [{ query: 'a' }, { kind: 'other', type: '', query: { text: 'a' } }],
    [
      { type: 'saved_query', saved_id: 's' },
      { kind: 'saved-query', savedId: 's' },
    ],
    [
      { type: 'threshold', threshold: { field: 'a', value: 1 } },
      { kind: 'threshold', fields: 'a', value: 1 },
    ],
    [
      { type: 'new_terms', new_terms_fields: ['a'], history_window_start: 'now-7d' },
      { kind: 'new-terms', fields: ['a'], since: 'now-7d' },
    ],
    [
      { type: 'new_terms', new_terms_fields: ['a'] },
      { kind: 'other', type: 'new_terms' },
    ],
    [
      { type: 'machine_learning', machine_learning_job_id: ['j'], anomaly_threshold: 1 },
      { kind: 'machine-learning', jobs: ['j'], anomalyThreshold: 1 },
    ],
    [
      {
        type: 'threat_match',
        threat_index: ['i'],
        threat_mapping: [],
        threat_query: '*',
        threat_language: 'kuery',
      },
      {
        kind: 'indicator-match',
        indicatorIndices: ['i'],
        indicatorQuery: { text: '*', language: 'kuery' },
        mapping: [],
      },
    ],
    [
      { type: 'x', query: 'a', filters: [] },
      { kind: 'other', type: 'x', query: { text: 'a' }, filters: [] },
    ],
  ])('%j', (object, detection) => {
    expect(read(object).rule.detection).toEqual(detection);
  });

  test('says so when a type is not understood, and when a language was not named', () => {
    expect(read({ type: 'x' }).codes).toEqual(['schema/unknown-rule-type']);
    expect(read({ type: 'threshold' }).codes).toEqual(['schema/unknown-rule-type']);
    expect(read({ type: 'eql', query: '' }).codes).toEqual(['style/default']);
  });

  test.each<[Rule['detection'], string]>([
    [{ kind: 'correlation', type: 'temporal', rules: [] }, 'loss/rule-type'],
    [{ kind: 'query', query: { language: 'sigma', text: '' } }, 'loss/language'],
    [{ kind: 'threshold', query: { language: 'dsl', text: '' }, fields: [], value: 1 }, 'loss/language'],
  ])('refuses %j', (detection, code) => {
    expect(failsWith(write({ detection, carry: {} }).outcome)).toEqual([code]);
  });
});

describe('what can only nearly be said', () => {
  const detection = { kind: 'query' } as const;
  const tactic = { id: 'TA1', name: 'T', reference: 'r' };
  const technique = { id: 'T1', name: 'N', reference: 'r' };

  test.each<Rule>([
    { detection, carry: {}, severity: 'informational' },
    {
      detection,
      carry: {},
      threat: [
        { framework: 'F', tactic },
        { framework: 'F', techniques: [technique] },
      ],
    },
    { detection, carry: {}, threat: [{ framework: 'F', techniques: [technique] }] },
    { detection, carry: {}, status: 'test', name: 'n', related: [], created: '2020-01-01', logSource: {} },
  ])('is carried, and comes home: %j', (rule) => {
    const { outcome, untold } = write(rule);
    const { rule: said } = read(objectOf(must(outcome)));
    expect(layOver(said, untold as Partial<Rule>)).toEqual(rule);
  });

  test('does not come home over an edit', () => {
    const { untold, outcome, codes } = write({ detection, carry: {}, severity: 'informational' });
    expect(codes).toEqual(['loss/severity']);
    const { rule: said } = read({ ...objectOf(must(outcome)), severity: 'high' });
    expect(layOver(said, untold as Partial<Rule>).severity).toBe('high');
  });
});
