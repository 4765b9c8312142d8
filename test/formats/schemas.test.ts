import { describe, expect, test } from 'vitest';
import { elasticRules, fileSchema } from '../../src/formats/schemas/elastic.ts';
import { exceptionListSchema, exceptionSchema } from '../../src/formats/schemas/exceptions.ts';
import {
  elasticViolations,
  kibanaViolations,
  type Path,
  type Stack,
  sigmaViolations,
  type Violation,
} from '../../src/formats/schemas/index.ts';
import { kibanaSchema, savedObject } from '../../src/formats/schemas/kibana.ts';
import {
  correlationSchema,
  documentSchema,
  filterSchema,
  ruleSchema,
} from '../../src/formats/schemas/sigma.ts';
import { nameOf, steps } from '../../src/formats/schemas/stack.ts';
import { isList, isObject, type Json, type JsonObject, objectOf } from '../../src/rule/json.ts';
import type { Choice } from '../../src/schema/build.ts';
import { violations } from '../../src/schema/check.ts';

type Check = (value: Json) => readonly Violation[];

const newest: Stack = { major: 9, minor: 2 };
const kibana: Check = (value) => kibanaViolations(value, newest);

const id = '0a1b2c3d-0000-4000-8000-00000000000a';
const said = { name: 'A rule', description: 'Finds it.', risk_score: 47, severity: 'medium', rule_id: id };
const searching = { query: 'process.name: a', language: 'kuery' };
const mapping = [{ entries: [{ field: 'a.b', type: 'mapping', value: 'threat.c' }] }];

const elasticDetections: Readonly<Record<string, JsonObject>> = {
  query: searching,
  eql: { query: 'any where true', language: 'eql' },
  esql: { query: 'from a', language: 'esql' },
  threshold: { ...searching, threshold: { field: ['user.name'], value: 5 } },
  threat_match: { ...searching, threat_index: ['ti-*'], threat_mapping: mapping },
  new_terms: {
    ...searching,
    new_terms: {
      field: 'new_terms_fields',
      value: ['user.name'],
      history_window_start: [{ field: 'history_window_start', value: 'now-7d' }],
    },
  },
  machine_learning: { anomaly_threshold: 70, machine_learning_job_id: ['job'] },
};

const kibanaDetections: Readonly<Record<string, JsonObject>> = {
  query: {},
  saved_query: { saved_id: 'kept' },
  eql: { query: 'any where true', language: 'eql' },
  esql: { query: 'from a', language: 'esql' },
  threshold: { query: 'a: b', threshold: { field: ['user.name'], value: 5 } },
  threat_match: { query: '*', threat_query: '*', threat_index: ['ti-*'], threat_mapping: mapping },
  new_terms: { query: '*', new_terms_fields: ['user.name'], history_window_start: 'now-7d' },
  machine_learning: { anomaly_threshold: 70, machine_learning_job_id: ['job'] },
};

const metadata = { creation_date: '2024/01/31', updated_date: '2024/02/01' };
const elasticRule = (type: string): JsonObject => ({
  metadata,
  rule: { ...said, author: ['Somebody'], type, ...elasticDetections[type] },
});
const kibanaRule = (type: string): JsonObject => ({ ...said, type, ...kibanaDetections[type] });
const asset = (type: string): JsonObject => ({
  id: `${id}_1`,
  type: 'security-rule',
  attributes: { ...kibanaRule(type), version: 1 },
});

const sigmaRule = {
  title: 'A rule',
  logsource: { product: 'windows' },
  detection: { selection: { Image: 'a.exe' }, condition: 'selection' },
};
const correlation = (type: string, more: JsonObject): JsonObject => ({
  title: 'Many',
  correlation: { type, rules: ['a_rule'], timespan: '10m', ...more },
});
const correlations = [
  correlation('event_count', { condition: { gte: 10 } }),
  ...['value_count', 'value_sum', 'value_avg', 'value_percentile'].map((type) =>
    correlation(type, { condition: { gt: 10, field: 'User' } }),
  ),
  correlation('temporal', {}),
  correlation('temporal_ordered', {}),
];
const sigmaFilter = {
  title: 'Not them',
  logsource: { product: 'windows' },
  filter: { rules: ['a_rule'], selection: { User: 'adm' }, condition: 'not selection' },
};

const exceptionList = { list_id: 'l', name: 'n', description: 'd', type: 'detection' };
const entries = [
  { type: 'match', field: 'f', operator: 'included', value: 'v' },
  { type: 'match_any', field: 'f', operator: 'excluded', value: ['v'] },
  { type: 'wildcard', field: 'f', operator: 'included', value: 'v*' },
  { type: 'exists', field: 'f', operator: 'included' },
  { type: 'list', field: 'f', operator: 'included', list: { id: 'i', type: 'ip' } },
  { type: 'nested', field: 'f', entries: [{ type: 'exists', field: 'g', operator: 'included' }] },
];
const exception = { item_id: 'i', list_id: 'l', type: 'simple', name: 'n', description: 'd', entries };
const connector = { id: 'c', type: 'action', attributes: { actionTypeId: '.slack', name: 'n' } };

/** Documents that say nothing but what they must. */
const least: readonly [string, Check, JsonObject][] = [
  ...Object.keys(elasticDetections).map((type): [string, Check, JsonObject] => [
    `a file of type ${type}`,
    elasticViolations,
    elasticRule(type),
  ]),
  ...Object.keys(kibanaDetections).flatMap((type): [string, Check, JsonObject][] => [
    [`a line of type ${type}`, kibana, kibanaRule(type)],
    [`an asset of type ${type}`, kibana, asset(type)],
  ]),
  ['a Sigma rule', sigmaViolations, sigmaRule],
  ...correlations.map((document): [string, Check, JsonObject] => [
    JSON.stringify(document['correlation']),
    sigmaViolations,
    document,
  ]),
  ['a Sigma filter', sigmaViolations, sigmaFilter],
  ['an exception list', kibana, exceptionList],
  ['an exception', kibana, exception],
  ['a connector', kibana, connector],
];

const tactic = { id: 'TA0002', name: 'Execution', reference: 'https://attack.mitre.org/tactics/TA0002/' };
const technique = {
  id: 'T1059',
  name: 'Interpreter',
  reference: 'https://attack.mitre.org/techniques/T1059/',
  subtechnique: [
    { id: 'T1059.001', name: 'Shell', reference: 'https://attack.mitre.org/techniques/T1059/001' },
  ],
};
const engine = {
  license: 'MIT',
  tags: ['One'],
  interval: '5m',
  from: 'now-9m',
  to: 'now',
  note: 'Look.',
  setup: 'Nothing.',
  references: ['https://example.org'],
  false_positives: ['None known'],
  timestamp_override: 'event.ingested',
  max_signals: 100,
  building_block_type: 'default',
  rule_name_override: 'process.name',
  timeline_id: 'i',
  timeline_title: 't',
  exceptions_list: [{ id: 'i', list_id: 'l', type: 'detection', namespace_type: 'single' }],
  enabled: true,
  throttle: '1h',
  threat: [{ framework: 'MITRE ATT&CK', tactic, technique: [technique] }],
  investigation_fields: { field_names: ['user.name'] },
  related_integrations: [{ package: 'p', version: '^1.0.0', integration: 'i' }],
  risk_score_mapping: [{ field: 'f', operator: 'equals', value: '' }],
  severity_mapping: [{ field: 'f', operator: 'equals', value: 'v', severity: 'high' }],
  alert_suppression: {
    group_by: ['user.name'],
    duration: { value: 5, unit: 'm' },
    missing_fields_strategy: 'suppress',
  },
  index: ['logs-*'],
};

/** Documents that say much. */
const most: readonly [string, Check, JsonObject][] = [
  [
    'a file',
    elasticViolations,
    {
      metadata: {
        ...metadata,
        maturity: 'production',
        integration: ['windows'],
        min_stack_version: '8.3.0',
        bypass_bbr_timing: true,
        os_type_list: ['linux'],
      },
      rule: {
        ...said,
        ...engine,
        author: ['Somebody'],
        type: 'eql',
        ...elasticDetections['eql'],
        timestamp_field: '@timestamp',
        required_fields: [{ name: 'n', type: 'keyword', ecs: true }],
        version: 1,
      },
      transform: {
        osquery: [{ label: 'l', query: 'select 1', ecs_mapping: { 'a.b': { field: 'c' } } }],
        investigate: [
          {
            label: 'l',
            description: 'd',
            providers: [
              [{ excluded: false, field: 'f', queryType: 'phrase', value: 'v', valueType: 'string' }],
            ],
            relativeFrom: 'now-1h',
          },
        ],
      },
    },
  ],
  [
    'a line',
    kibana,
    {
      ...kibanaRule('query'),
      ...engine,
      ...searching,
      immutable: false,
      revision: 0,
      version: 1,
      rule_source: { type: 'external', is_customized: true },
      actions: [
        {
          action_type_id: '.slack',
          id: 'c',
          params: {},
          group: 'default',
          frequency: { summary: true, notifyWhen: 'onActiveAlert', throttle: null },
        },
      ],
      response_actions: [
        { action_type_id: '.osquery', params: { query: 'select 1', timeout: 60 } },
        { action_type_id: '.endpoint', params: { command: 'isolate', comment: 'c' } },
        {
          action_type_id: '.endpoint',
          params: { command: 'kill-process', config: { field: 'process.pid', overwrite: true } },
        },
      ],
    },
  ],
  [
    'a Sigma rule',
    sigmaViolations,
    {
      ...sigmaRule,
      id,
      name: 'a_rule',
      related: [{ id, type: 'derived' }],
      taxonomy: 'sigma',
      status: 'test',
      description: 'Finds it.',
      license: 'MIT',
      author: 'Somebody',
      references: ['https://example.org'],
      date: '2024-01-31',
      modified: '2024-02-01',
      logsource: { category: 'process_creation', product: 'windows', definition: 'On.' },
      detection: {
        selection: { 'Image|endswith': ['a', 'b'], 'Size|gt': 7, 'User|exists': true, Nothing: null },
        maps: [{ A: 1 }, { B: false }],
        condition: ['selection', 'maps'],
      },
      fields: ['User'],
      falsepositives: ['Unknown'],
      level: 'high',
      tags: ['attack.t1059'],
      scope: ['server'],
    },
  ],
];

/** What nobody looks into, and what holds values of every kind. */
const open = new Set(['params', 'throttle', 'detection', 'filter']);
/** Which of the documents it is goes by these: without them it is another. */
const signs = new Set(['list_id', 'correlation', 'filter', 'detection', 'logsource', 'gte', 'gt', 'Image']);

/** The places of everything in a map or list, but for what is left out. */
function places(value: Json, leave: ReadonlySet<string>, path: Path = []): Path[] {
  const steps: readonly (string | number)[] = isList(value)
    ? value.map((_, index) => index)
    : Object.keys(value ?? {}).filter((key) => !leave.has(key));
  if (typeof value === 'string') return [];
  return steps.flatMap((step) => {
    const here = [...path, step];
    return [here, ...places((value as Record<string | number, Json>)[step]!, leave, here)];
  });
}

/** The same with another value at a place, or without what is there. */
function changed(value: Json, [step, ...rest]: Path, change: (old: Json) => Json | undefined): Json {
  if (isList(value)) {
    return value.map((part, index) => (index === step ? deeper(part, rest, change)! : part));
  }
  if (!isObject(value)) return value;
  const parts = Object.entries(value).map(([key, part]): [string, Json | undefined] => [
    key,
    key === step ? deeper(part, rest, change) : part,
  ]);
  return objectOf(parts.filter((part): part is [string, Json] => part[1] !== undefined));
}

function deeper(part: Json, rest: Path, change: (old: Json) => Json | undefined): Json | undefined {
  return rest.length === 0 ? change(part) : changed(part, rest, change);
}

const inBrief = (found: readonly Violation[]) => found.map(({ path, what }) => [what, ...path].join('.'));

describe('schemas', () => {
  const every = ({ maps, undecided }: Choice) => [...maps.values(), undecided];
  const schemas = [fileSchema, exceptionListSchema, exceptionSchema]
    .concat([ruleSchema, correlationSchema, filterSchema, documentSchema], every(savedObject))
    .concat([newest, { major: 8, minor: 0 }].flatMap((stack) => every(elasticRules(stack))))
    .concat([0, 4, 11, 16].flatMap((minor) => kibanaSchemas(8, minor)))
    .concat([1, 2].flatMap((minor) => kibanaSchemas(9, minor)));

  function kibanaSchemas(major: number, minor: number) {
    const { rule, attributes } = kibanaSchema({ major, minor });
    return [rule, attributes].flatMap(every);
  }

  test('compile in strict mode, and find fault with nothing at all', () => {
    for (const schema of schemas) expect(violations({}, schema).length).toBeGreaterThan(0);
  });

  test.each([null, true, 7, 'text', []])('want a map, and %j is none', (value) => {
    for (const schema of schemas) {
      expect(violations(value as Json, schema)).toMatchObject([{ path: [], what: 'type' }]);
    }
  });

  test('keys of every object are keys of these as well', () => {
    const odd = JSON.parse('{"__proto__": 1, "constructor": 2, "toString": 3}');
    const found = elasticViolations({ ...elasticRule('query'), extra: odd, constructor: 1 });
    expect(inBrief(found)).toEqual(['unknown.extra', 'unknown.constructor']);
    const inner = elasticViolations(JSON.parse(`{"__proto__": {}, "metadata": {}, "rule": {}}`));
    expect(inBrief(inner)).toContain('unknown.__proto__');
  });
});

describe.each(least)('%s with nothing but what it must say', (_, check, document) => {
  test('is as it should be', () => {
    expect(check(document)).toEqual([]);
  });

  const required = places(document, signs).filter((path) => typeof path.at(-1) === 'string');
  test.each(required.map((path) => [path.join('.'), path] as const))('cannot do without %s', (_, path) => {
    const found = check(changed(document, path, () => undefined));
    expect(inBrief(found)).toEqual([['missing', ...path].join('.')]);
  });
});

describe.each([...least, ...most])('%s', (_, check, document) => {
  test('is as it should be', () => {
    expect(check(document)).toEqual([]);
  });

  const all = places(document, new Set([...open, 'list_id']));
  test.each(all.map((path) => [path.join('.'), path] as const))(
    'holds one kind of value at %s',
    (_, path) => {
      const found = check(changed(document, path, (old) => (typeof old === 'number' ? 'seven' : 7)));
      expect(inBrief(found)).toEqual([['type', ...path].join('.')]);
    },
  );
});

const file = elasticRule('query');
const rule = file['rule'] as JsonObject;
const inFile = (fields: JsonObject): JsonObject => ({ metadata, rule: { ...rule, ...fields } });
const inDetection = (search: Json): JsonObject => ({
  ...sigmaRule,
  detection: { selection: search, condition: 'selection' },
});

/** One fault each. */
const faults: readonly [Check, Json, Path, Violation['what'], string][] = [
  [
    elasticViolations,
    inFile({ risk_score: 200 }),
    ['rule', 'risk_score'],
    'value',
    'rule.risk_score should be a whole number from 0 to 100, and is 200.',
  ],
  [
    elasticViolations,
    inFile({ severty: 'low', severity: 'low' }),
    ['rule', 'severty'],
    'unknown',
    'rule.severty has no place in a rule of type query.',
  ],
  [
    elasticViolations,
    changed(inFile({ severty: 'low' }), ['rule', 'severity'], () => undefined),
    ['rule', 'severty'],
    'unknown',
    'rule.severty has no place in a rule of type query; severity may be meant.',
  ],
  [
    elasticViolations,
    inFile({ type: 'saved_query' }),
    ['rule', 'type'],
    'value',
    'rule.type should be query, eql, esql, threshold, threat_match, new_terms or machine_learning, and is "saved_query".',
  ],
  [
    elasticViolations,
    inFile({ index: ['a'], data_view_id: 'b' }),
    ['rule', 'data_view_id'],
    'unknown',
    'rule.data_view_id has no place here.',
  ],
  [
    elasticViolations,
    { metadata, rule: { ...(elasticRule('esql')['rule'] as JsonObject), index: ['a'] } },
    ['rule', 'index'],
    'unknown',
    'rule.index has no place in a rule of type esql.',
  ],
  [
    elasticViolations,
    { metadata: { ...metadata, updated_date: '2024-02-01' }, rule },
    ['metadata', 'updated_date'],
    'value',
    'metadata.updated_date should be a day such as 2024/01/31, and is "2024-02-01".',
  ],
  [
    kibana,
    { ...kibanaRule('query'), timeline_id: 'i' },
    ['timeline_title'],
    'missing',
    'timeline_title is missing.',
  ],
  [
    kibana,
    { ...kibanaRule('threshold'), threshold: { field: ['a', 'b', 'c', 'd', 'e', 'f'], value: 1 } },
    ['threshold', 'field'],
    'value',
    'threshold.field should be text or a list of 0 to 5, and is a list of 6.',
  ],
  [
    kibana,
    { ...kibanaRule('query'), investigation_fields: {} },
    ['investigation_fields', 'field_names'],
    'missing',
    'investigation_fields.field_names is missing.',
  ],
  [
    kibana,
    { ...kibanaRule('query'), false_positives: null },
    ['false_positives'],
    'type',
    'false_positives should be a list, and is null.',
  ],
  [
    kibana,
    { id: 'i', type: 'alert', attributes: {} },
    ['type'],
    'value',
    'type should be action or security-rule, and is "alert".',
  ],
  [
    kibana,
    { ...exception, entries: [{ type: 'same', field: 'f', operator: 'included' }] },
    ['entries', 0, 'type'],
    'value',
    'entries.0.type should be match, match_any, exists, wildcard, list or nested, and is "same".',
  ],
  [
    sigmaViolations,
    { ...sigmaRule, title: 'x'.repeat(257) },
    ['title'],
    'value',
    'title should be text of at most 256 characters, and is text of 257 characters.',
  ],
  [
    sigmaViolations,
    changed({ ...sigmaRule, titel: 'A rule' }, ['title'], () => undefined),
    ['title'],
    'missing',
    'title is missing; titel may be meant for it.',
  ],
  [
    sigmaViolations,
    { ...sigmaRule, date: '2024/01/31' },
    ['date'],
    'value',
    'date should be a day such as 2024-01-31, and is "2024/01/31".',
  ],
  [
    sigmaViolations,
    { ...sigmaRule, tags: ['attack.t1059', 'cve.1', 'attack.t1059'] },
    ['tags', 2],
    'value',
    'tags.2 says the same as tags.0.',
  ],
  [
    sigmaViolations,
    { ...sigmaRule, logsource: { definition: 'On.' } },
    ['logsource'],
    'missing',
    'logsource needs category, product or service.',
  ],
  [
    sigmaViolations,
    inDetection({ 'Size|gt': '7' }),
    ['detection', 'selection', 'Size|gt'],
    'type',
    'detection.selection.Size|gt should be a number or a list, and is "7".',
  ],
  [
    sigmaViolations,
    inDetection([['a']]),
    ['detection', 'selection', 0],
    'type',
    'detection.selection.0 should be a map, text or a number, and is a list of 1.',
  ],
  [
    sigmaViolations,
    inDetection('a'),
    ['detection', 'selection'],
    'type',
    'detection.selection should be a map of fields, or a list of such maps or of words, and is "a".',
  ],
  [
    sigmaViolations,
    { ...sigmaRule, detection: { condition: 'selection' } },
    ['detection'],
    'value',
    'detection should be a map of a condition and what it names, and is a map of 1.',
  ],
  [
    sigmaViolations,
    { ...sigmaRule, detection: { selection: { a: 1 } } },
    ['detection', 'condition'],
    'missing',
    'detection.condition is missing.',
  ],
  [sigmaViolations, { ...sigmaRule, filter: {} }, ['filter'], 'unknown', 'filter has no place here.'],
  [sigmaViolations, { title: 'A rule' }, [], 'missing', 'It needs detection, correlation or filter.'],
  [
    sigmaViolations,
    correlation('event_count', { condition: {} }),
    ['correlation', 'condition'],
    'missing',
    'correlation.condition needs gt, gte, lt, lte, eq or neq.',
  ],
  [
    sigmaViolations,
    correlation('event_count', { condition: { gte: 1 }, timespan: '1h30m' }),
    ['correlation', 'timespan'],
    'value',
    'correlation.timespan should be a time such as 10m, and is "1h30m".',
  ],
];

test.each(faults.map((fault) => [fault[4], ...fault] as const))(
  '%s',
  (_, check, value, path, what, message) => {
    expect(check(value)).toEqual([{ path, what, message }]);
  },
);

test('a field has no place in a stack older than it', () => {
  const alert_suppression = { group_by: ['user.name'] };
  const since: readonly [string, JsonObject, number, number][] = [
    ['query', { alert_suppression }, 8, 6],
    ['threshold', { alert_suppression: { duration: { value: 1, unit: 'h' } } }, 8, 12],
    ['threat_match', { alert_suppression }, 8, 13],
    ['eql', { alert_suppression }, 8, 14],
    ['new_terms', { alert_suppression }, 8, 14],
    ['esql', { alert_suppression }, 8, 15],
    ['machine_learning', { alert_suppression }, 8, 15],
    ['query', { investigation_fields: ['user.name'] }, 8, 10],
    ['query', { response_actions: [] }, 8, 4],
    ['query', { rule_source: { type: 'internal' } }, 8, 16],
    ['query', { revision: 1 }, 8, 8],
    ['query', { setup: '' }, 8, 3],
  ];
  for (const [type, fields, major, minor] of since) {
    const given = { ...kibanaRule(type), ...fields };
    const [key] = Object.keys(fields);
    expect(kibanaViolations(given, { major, minor })).toEqual([]);
    expect(inBrief(kibanaViolations(given, { major, minor: minor - 1 }))).toEqual([`unknown.${key}`]);
    expect(kibanaViolations(given, { major: 9, minor: 0 })).toEqual([]);
  }
});

test('nothing comes but at a step', () => {
  const spelled = (stack: Stack) => {
    const { rule, attributes } = kibanaSchema(stack);
    const all = [rule, attributes, elasticRules(stack)].map(({ maps }) => [...maps]);
    return JSON.stringify(all).replace(/ in Kibana \d+\.\d+/g, '');
  };
  const minors = [...Array(20).keys()];
  const stacks = [8, 9].flatMap((major) => minors.map((minor) => ({ major, minor })));
  for (const [index, stack] of stacks.entries()) {
    const before = stacks[index - 1] ?? { major: 7, minor: 17 };
    const isStep = steps.some(({ major, minor }) => major === stack.major && minor === stack.minor);
    expect([nameOf(stack), spelled(stack) !== spelled(before)]).toEqual([nameOf(stack), isStep]);
  }
});

test('a type of rule is not known to a stack older than it', () => {
  expect(inBrief(kibanaViolations(kibanaRule('esql'), { major: 8, minor: 10 }))).toEqual(['value.type']);
  expect(inBrief(kibanaViolations(kibanaRule('new_terms'), { major: 8, minor: 3 }))).toEqual(['value.type']);
});

test('what is under extended, and what Sigma calls custom, is nobody’s business', () => {
  const extended = { anything: [{ at: 'all' }] };
  expect(elasticViolations({ metadata: { ...metadata, extended }, rule })).toEqual([]);
  expect(sigmaViolations({ ...sigmaRule, custom: extended })).toEqual([]);
});

test('a line that counts is not looked at', () => {
  expect(kibana({ exported_count: 1 })).toEqual([]);
});
