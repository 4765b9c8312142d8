import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { check } from '../../src/convert/check.ts';
import { convert } from '../../src/convert/convert.ts';
import type { ConvertOptions } from '../../src/convert/options.ts';
import { native } from '../../src/formats/native/index.ts';
import { newest, type Stack } from '../../src/formats/schemas/index.ts';
import { steps } from '../../src/formats/schemas/stack.ts';
import type { JsonObject } from '../../src/rule/json.ts';
import { anyDetection, ruleWith } from '../formats/arbitrary.ts';
import { type CorpusFile, corpusFiles, elasticFiles, sigmaFiles, without } from '../support/corpus.ts';
import { must } from '../support/laws.ts';

const said = {
  rule_id: '3b2f3a3e-5f0a-4d5c-8f59-6a3a1a6b9c01',
  name: 'Kettle',
  description: 'A kettle that calls home.',
  author: ['Ann'],
  risk_score: 47,
  severity: 'medium',
};
const searching = { language: 'kuery', query: 'host.name: kettle' };
const mapping = (entry: JsonObject) => [{ entries: [{ field: 'a', type: 'mapping', value: 'b', ...entry }] }];
const types: Readonly<Record<string, JsonObject>> = {
  query: searching,
  eql: { language: 'eql', query: 'any where true' },
  esql: { language: 'esql', query: 'from logs-*' },
  threshold: { ...searching, threshold: { field: ['a'], value: 5 } },
  threat_match: { ...searching, threat_query: '*', threat_index: ['ti-*'], threat_mapping: mapping({}) },
  new_terms: { ...searching, new_terms_fields: ['a'], history_window_start: 'now-7d' },
  machine_learning: { anomaly_threshold: 50, machine_learning_job_id: ['job'] },
};
const lineOf = (type: string, fields: JsonObject = {}): JsonObject => ({
  ...said,
  type,
  ...types[type],
  ...fields,
});

const suppression = { group_by: ['a'], missing_fields_strategy: 'suppress' };
const response = [{ action_type_id: '.endpoint', params: { command: 'isolate' } }];

/** A field, the type of rule it is a field of, and the versions that brought it to Kibana and to the files. */
const fields: readonly (readonly [string, JsonObject, string, string?])[] = [
  ['query', { namespace: 'kitchen' }, '8.0'],
  ['query', { timestamp_override_fallback_disabled: true }, '8.2'],
  ['query', { setup: 'Plug it in.' }, '8.3', '8.3'],
  ['query', { related_integrations: [{ package: 'p', version: '^1.0.0' }] }, '8.3', '8.3'],
  ['query', { required_fields: [{ name: 'a', type: 'keyword', ecs: false }] }, '8.3', '8.3'],
  ['query', { data_view_id: 'view' }, '8.3', '8.3'],
  ['query', { response_actions: response }, '8.4', '8.4'],
  ['query', { alert_suppression: suppression }, '8.6', '8.8'],
  ['query', { revision: 3 }, '8.8', '8.8'],
  ['query', { investigation_fields: { field_names: ['a'] } }, '8.10', '8.11'],
  ['query', { rule_source: { type: 'internal' } }, '8.16'],
  ['eql', { timestamp_field: 'a', tiebreaker_field: 'b', event_category_override: 'c' }, '8.0', '8.0'],
  ['eql', { alert_suppression: suppression }, '8.14', '8.14'],
  ['esql', { alert_suppression: suppression }, '8.15', '8.15'],
  ['threshold', { alert_suppression: { duration: { value: 1, unit: 'h' } } }, '8.12', '8.12'],
  ['threat_match', { alert_suppression: suppression }, '8.13', '8.13'],
  ['new_terms', { alert_suppression: suppression }, '8.14', '8.14'],
  ['machine_learning', { alert_suppression: suppression }, '8.15', '8.15'],
];

const refused: readonly (readonly [string, JsonObject, string, string])[] = [
  ['a rule of ES|QL', lineOf('esql'), '8.11', 'type'],
  ['a rule on new terms', lineOf('new_terms'), '8.4', 'type'],
  [
    'a threshold of four fields',
    lineOf('threshold', { threshold: { field: ['a', 'b', 'c', 'd'], value: 5 } }),
    '9.2',
    'threshold.field',
  ],
  [
    'a negated mapping',
    lineOf('threat_match', { threat_mapping: mapping({ negate: false }) }),
    '9.2',
    'threat_mapping.0.entries.0.negate',
  ],
];

const stackOf = (version: string): Stack => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return { major, minor };
};
/** The step before a version: the newest stack that does not have what came with it. */
const earlier = (version: string): Stack => {
  const { major, minor } = stackOf(version);
  return (
    steps.findLast((step) => step.major < major || (step.major === major && step.minor < minor)) ?? {
      major: 7,
      minor: 17,
    }
  );
};

const allow = ['approximate', 'carried'] as const;
const cast = (text: string, options: ConvertOptions) =>
  must(convert(text, { allow, today: '2026-01-02', ...options })).rules[0]!;
const faults = (text: string, stack: Stack) =>
  check(text, { stack }).filter(({ code }) => code.startsWith('schema/'));
const keysLeft = (diagnostics: ReturnType<typeof cast>['diagnostics']) =>
  diagnostics.filter(({ code }) => code === 'loss/stack').map(({ path }) => path);

describe.each(['kibana', 'elastic'] as const)('for an older stack, in %s', (to) => {
  const rows = fields.flatMap(([type, more, kibana, elastic]) => {
    const since = to === 'kibana' ? kibana : elastic;
    return since === undefined ? [] : [{ type, more, since, keys: Object.keys(more).join() }];
  });

  test.each(rows)(
    '$keys of $type has no place before $since, is told of, and comes home',
    ({ type, more, since }) => {
      const text = JSON.stringify(lineOf(type, more));
      const older = cast(text, { to, stack: earlier(since) });
      // Types that came later than the field are refused anyway.
      if (older.text === '')
        return expect(older.diagnostics[0]).toMatchObject({ code: 'loss/stack', path: 'type' });
      expect(keysLeft(older.diagnostics).sort()).toEqual(Object.keys(more).sort());
      expect(
        older.diagnostics.every(({ effect, code }) => code !== 'loss/stack' || effect !== undefined),
      ).toBe(true);
      expect(faults(older.text, earlier(since))).toEqual([]);
      const home = JSON.parse(cast(older.text, { to: 'kibana', shape: 'export' }).text.split('\n')[0]!);
      expect(home).toEqual(lineOf(type, more));
      expect(keysLeft(cast(text, { to, stack: stackOf(since) }).diagnostics)).toEqual([]);
    },
  );

  test.each(refused)('%s is refused by name', (_, line, since, path) => {
    const text = JSON.stringify(line);
    const older = cast(text, { to, stack: earlier(since), allow: ['broader', 'narrower', ...allow] });
    expect(older).toMatchObject({ text: '', fidelity: 'refused' });
    const [found] = older.diagnostics;
    expect(found).toMatchObject({ code: 'loss/stack' });
    if (to === 'kibana') expect(found!.path).toBe(path);
    expect(found!.message).toContain(since);
    expect(cast(text, { to, stack: stackOf(since) }).text).not.toBe('');
  });
});

test('a data view is missed by what the rule finds, so leave is asked', () => {
  const text = JSON.stringify(lineOf('query', { data_view_id: 'view' }));
  const options = { to: 'kibana', stack: stackOf('8.2') } as const;
  expect(must(convert(text, options)).rules[0]).toMatchObject({ fidelity: 'refused', text: '' });
  expect(cast(text, options).fidelity).toBe('approximate');
});

test('older forms are written of values that came to say more', () => {
  const action = { id: 'c', action_type_id: '.index', params: {} };
  const frequency = { summary: true, notifyWhen: 'onActiveAlert', throttle: null };
  const line = lineOf('query', {
    actions: [{ ...action, uuid: 'u', frequency }],
    investigation_fields: { field_names: ['a'] },
  });
  const older = cast(JSON.stringify(line), { to: 'kibana', stack: stackOf('8.3') });
  expect(JSON.parse(older.text.split('\n')[0]!)).toMatchObject({ actions: [action] });
  const list = cast(JSON.stringify(line), { to: 'kibana', stack: stackOf('8.10') });
  expect(JSON.parse(list.text.split('\n')[0]!)).toMatchObject({ investigation_fields: ['a'] });
  for (const { text } of [older, list]) {
    expect(JSON.parse(cast(text, { to: 'kibana', shape: 'export' }).text.split('\n')[0]!)).toEqual(line);
  }
});

test('what is left out for a stack stays out if nothing is to travel, and a prebuilt rule has no place for it', () => {
  const text = JSON.stringify(lineOf('query', { setup: 'Plug it in.', version: 1 }));
  for (const options of [{ carry: 'none' }, { shape: 'asset' }] as const) {
    const older = cast(text, { to: 'kibana', stack: stackOf('8.2'), ...options });
    expect(older.text).not.toContain('Plug');
    expect(older.diagnostics.find(({ code }) => code === 'loss/stack')).toMatchObject({ effect: 'dropped' });
  }
});

test('a file within its format is changed where it stands', () => {
  const toml = cast(JSON.stringify(lineOf('query', { setup: 'Plug it in.' })), { to: 'elastic' }).text;
  const older = cast(toml, { to: 'elastic', stack: stackOf('8.2') });
  expect(faults(older.text, stackOf('8.2'))).toEqual([]);
  const lines = new Set(older.text.split('\n'));
  expect(toml.split('\n').filter((line) => !lines.has(line))).toEqual([]);
  expect(cast(older.text, { to: 'elastic', stack: newest }).text).toContain('\nsetup = ');
});

test('a file that is written for a stack already stays as it is', () => {
  const toml = cast(JSON.stringify(lineOf('query', { setup: 'Plug it in.' })), { to: 'elastic' }).text;
  const older = cast(toml, { to: 'elastic', stack: stackOf('8.2') }).text;
  expect(cast(older, { to: 'elastic', stack: stackOf('8.2') }).text).toBe(older);
  expect(cast(older, { to: 'elastic' }).text).toBe(older);
  const line = cast(JSON.stringify(lineOf('query', { setup: 'x' })), {
    to: 'kibana',
    stack: stackOf('8.2'),
  }).text;
  expect(cast(line, { to: 'kibana', stack: stackOf('8.2') }).text).toBe(line);
});

test('any rule at all has an outcome for any stack', () => {
  const stack = fc.record({ major: fc.constantFrom(7, 8, 9), minor: fc.nat(18) });
  const target = fc.constantFrom(
    ...(['export', 'asset', 'api', 'saved-object'] as const).map((shape) => ({
      to: 'kibana' as const,
      shape,
    })),
    { to: 'elastic' as const },
    { to: 'sigma' as const },
  );
  fc.assert(
    fc.property(ruleWith(anyDetection), stack, target, (rule, stack, options) => {
      const text = must(native.write({ rules: [rule], filters: [], rest: [] }));
      const outcome = convert(text, { ...options, stack, allow });
      expect(must(outcome).rules).toHaveLength(1);
    }),
    { numRuns: 300 },
  );
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom(...strangeKeys), fc.jsonValue()),
      stack,
      target,
      (rule, stack, options) => {
        const outcome = convert(JSON.stringify({ ...rule, name: 'x' }), {
          ...options,
          from: 'kibana',
          stack,
          allow,
        });
        expect(outcome.ok || outcome.diagnostics.length > 0).toBe(true);
      },
    ),
    { numRuns: 300 },
  );
});

const strangeKeys = [
  'type',
  'rule_id',
  'actions',
  'rule_source',
  'investigation_fields',
  'threshold',
  'threat',
  'meta',
]
  .concat([
    'alert_suppression',
    'index',
    'data_view_id',
    'risk_score_mapping',
    'required_fields',
    'exceptions_list',
  ])
  .concat(['execution_summary', 'throttle', 'query', 'language', 'saved_id', '__proto__', 'constructor']);

describe.skipIf(without)('the corpus (set CORPUS to run)', () => {
  const sigma = sigmaFiles().filter((_, index) => index % 10 === 0);
  const kibana = corpusFiles('kibana', 'json').filter(({ text }) => text.includes('rule_id'));
  const versions = ['8.3', '8.11', '8.18', '9.2'];

  function written(files: readonly CorpusFile[], to: 'elastic' | 'kibana', stack: Stack): string[] {
    const every = ['broader', 'narrower', ...allow] as const;
    return files.flatMap(({ text }) => {
      const outcome = convert(text, { to, stack, allow: every, today: '2026-01-02', prove: false });
      return outcome.ok ? outcome.value.rules.map((rule) => rule.text).filter((rule) => rule !== '') : [];
    });
  }

  test.each(versions.flatMap((version) => [[version, 'kibana'] as const, [version, 'elastic'] as const]))(
    'everything that is written for %s in %s is what that stack takes',
    (version, to) => {
      const stack = stackOf(version);
      const texts = written([...elasticFiles(), ...sigma, ...kibana], to, stack);
      expect(texts.length).toBeGreaterThan(1000);
      const found = texts.flatMap((text) => faults(text, stack).map(({ message }) => message));
      expect(found.filter((message) => message !== 'rule_id is missing.')).toEqual([]);
    },
  );
});
