import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { kibana } from '../../src/formats/kibana/index.ts';
import { alertTypes, attributeKeys, paramKeys } from '../../src/formats/kibana/keys.ts';
import { isObject, type Json, type JsonObject, objectOf } from '../../src/rule/json.ts';
import type { Pack, Rule } from '../../src/rule/rule.ts';
import { corpusFiles, without } from '../support/corpus.ts';
import { failsWith, must } from '../support/laws.ts';
import { engineDetection, ruleWith } from './arbitrary.ts';

const params: JsonObject = {
  author: ['Ann'],
  description: 'A kettle has no business on the network.',
  ruleId: 'kettle',
  falsePositives: ['Smart kettles'],
  from: 'now-6m',
  immutable: false,
  outputIndex: '',
  maxSignals: 100,
  riskScore: 47,
  riskScoreMapping: [{ field: 'a', operator: 'equals', value: '', risk_score: 5 }],
  severity: 'medium',
  threat: [],
  to: 'now',
  references: [],
  version: 2,
  license: null,
  exceptionsList: [{ id: 'old', list_id: 'kettles', type: 'detection', namespace_type: 'single' }],
  type: 'query',
  language: 'kuery',
  index: ['logs-*'],
  query: 'host.name: kettle',
  filters: [{ meta: { negate: true }, query: { exists: { field: 'riskScore' } } }],
  alertSuppression: { groupBy: ['host.name'], missingFieldsStrategy: 'suppress' },
  ruleSource: { type: 'external', isCustomized: true, customizedFields: [{ fieldName: 'tags' }] },
  responseActions: [
    { actionTypeId: '.osquery', params: { savedQueryId: 's', ecsMapping: { a: { field: 'b' } } } },
  ],
  mood: 'boiling',
};
const attributes: JsonObject = {
  name: 'Kettle on the network',
  tags: ['__internal_rule_id:other', 'Kitchen', '__internal_immutable:true', 'Steam'],
  alertTypeId: 'siem.queryRule',
  consumer: 'siem',
  params,
  schedule: { interval: '10m' },
  enabled: true,
  actions: [
    {
      actionRef: 'action_0',
      actionTypeId: '.index',
      group: 'default',
      params: { actionRef: 1 },
      frequency: { notifyWhen: 'onActiveAlert', throttle: null },
    },
    { actionRef: 'preconfigured:mail', actionTypeId: '.email', params: {} },
  ],
  throttle: null,
  notifyWhen: 'onActiveAlert',
  apiKey: null,
  createdBy: 'ann',
  createdAt: '2024-03-01T09:30:00.000Z',
  muteAll: false,
  executionStatus: { status: 'ok', error: null },
  monitoring: { run: {} },
  mapped_params: { risk_score: 47, severity: '40-medium' },
  scheduledTaskId: 'task',
  snoozeSchedule: [],
};
const references: Json = [
  { id: 'c1', name: 'action_0', type: 'action' },
  { id: 'e1', name: 'param:exceptionsList_0', type: 'exception-list' },
];
const savedObject: JsonObject = {
  attributes,
  coreMigrationVersion: '8.8.0',
  id: 'so-1',
  migrationVersion: { alert: '8.2.0' },
  references,
  type: 'alert',
  updated_at: '2024-03-02T09:30:00.000Z',
};
const source: JsonObject = { alert: attributes, type: 'alert', references, namespaces: ['default'] };
const { params: _, alertTypeId: __, schedule, name, tags, enabled } = attributes as Record<string, Json>;

const camel: Record<string, JsonObject> = {
  'a saved object': savedObject,
  'a document of a search': { _index: '.kibana', _id: 'alert:so-1', _source: source },
  'a document of a space': { _id: 'kitchen:alert:so-1', _source: source },
  'a document of a test archive': { type: 'doc', value: { id: 'alert:so-1', index: '.kibana', source } },
};
const bodies: Record<string, JsonObject> = {
  'a body of the alerting API': {
    rule_type_id: 'siem.queryRule',
    consumer: 'siem',
    params: params!,
    schedule: schedule!,
    name: name!,
    tags: tags!,
    enabled: enabled!,
    actions: [],
    notify_when: 'onActiveAlert',
    api_key_owner: 'ann',
  },
  'an older body of the alerting API': {
    alertTypeId: 'siem.signals',
    params: params!,
    schedule: schedule!,
    name: name!,
    tags: tags!,
    enabled: enabled!,
    actions: [{ group: 'default', id: 'c1', actionTypeId: '.index', params: {} }],
  },
};
const everyWrapping = Object.entries({ ...camel, ...bodies });

const lines = (...objects: readonly Json[]) =>
  objects.map((object) => `${JSON.stringify(object)}\n`).join('');
const packOf = (...rules: readonly Rule[]): Pack => ({ rules, filters: [], rest: [] });
/** What is said of a text, but for what is named as left out. */
const faultsIn = (text: string) =>
  kibana.read(text).diagnostics.filter(({ code }) => code !== 'read/left-out');
const readOne = (object: Json): Rule => must(kibana.read(JSON.stringify(object))).rules[0]!;
const objectsOf = (pack: Pack, shape: string): JsonObject[] =>
  must(kibana.write(pack, { shape }))
    .trimEnd()
    .split('\n')
    .map((text) => JSON.parse(text));
const lineOf = (object: Json): JsonObject => objectsOf(packOf(readOne(object)), 'export')[0]!;

describe('the table of keys', () => {
  test('spells each its own way', () => {
    for (const keys of [attributeKeys, paramKeys, alertTypes]) {
      expect(new Set(keys.values()).size).toBe(keys.size);
    }
    for (const key of attributeKeys.keys()) expect(paramKeys.has(key)).toBe(false);
  });

  test('has each key but in one spelling', () => {
    for (const [api, saved] of paramKeys) expect(saved === api || !paramKeys.has(saved)).toBe(true);
  });
});

describe('reads', () => {
  test('a saved rule in the words of the API', () => {
    expect(lineOf(savedObject)).toEqual({
      id: 'so-1',
      name: 'Kettle on the network',
      tags: ['Kitchen', 'Steam'],
      interval: '10m',
      enabled: true,
      created_by: 'ann',
      created_at: '2024-03-01T09:30:00.000Z',
      description: 'A kettle has no business on the network.',
      author: ['Ann'],
      rule_id: 'kettle',
      false_positives: ['Smart kettles'],
      from: 'now-6m',
      immutable: false,
      output_index: '',
      max_signals: 100,
      risk_score: 47,
      risk_score_mapping: params['riskScoreMapping'],
      severity: 'medium',
      threat: [],
      to: 'now',
      references: [],
      version: 2,
      exceptions_list: [{ id: 'e1', list_id: 'kettles', type: 'detection', namespace_type: 'single' }],
      type: 'query',
      language: 'kuery',
      index: ['logs-*'],
      query: 'host.name: kettle',
      filters: params['filters'],
      alert_suppression: { group_by: ['host.name'], missing_fields_strategy: 'suppress' },
      rule_source: { type: 'external', is_customized: true, customized_fields: [{ field_name: 'tags' }] },
      response_actions: [
        { action_type_id: '.osquery', params: { saved_query_id: 's', ecs_mapping: { a: { field: 'b' } } } },
      ],
      mood: 'boiling',
      actions: [
        {
          id: 'c1',
          action_type_id: '.index',
          group: 'default',
          params: { actionRef: 1 },
          frequency: { notifyWhen: 'onActiveAlert', throttle: null },
        },
        { id: 'mail', action_type_id: '.email', params: {} },
      ],
    });
  });

  test.each(Object.entries(camel))('the same rule from %s', (_, object) => {
    expect(kibana.detect(JSON.stringify(object))).toBe(true);
    expect(faultsIn(JSON.stringify(object))).toEqual([]);
    expect(readOne(object)).toEqual(readOne(savedObject));
  });

  test.each(Object.entries(bodies))('what %s says of it', (_, object) => {
    expect(kibana.detect(JSON.stringify(object))).toBe(true);
    const { created_at, created_by, id, exceptions_list, actions, ...all } = lineOf(savedObject);
    const { exceptions_list: lists, actions: own, ...said } = lineOf(object);
    expect(said).toEqual(all);
    expect(lists).toEqual(params['exceptionsList']);
    expect((own as Json[]).every((action) => isObject(action) && action['action_type_id'] === '.index')).toBe(
      true,
    );
  });

  test('all of them mixed in one file, with what is none named', () => {
    const others: [string, JsonObject][] = [
      [
        'an alert of another solution',
        { type: 'alert', attributes: { alertTypeId: '.es-query', params: {} } },
      ],
      ['an alert of another solution', { rule_type_id: 'metrics.alert.threshold', params: {} }],
      ['an alert of another solution', { type: 'alert', attributes: { params: {} } }],
      [
        'the notification of a rule',
        { type: 'alert', attributes: { alertTypeId: 'siem.notifications', params: {} } },
      ],
      ['a document of an index', { _id: 'alert:1', _source: { type: 'alert', alert: { alertTypeId: 'x' } } }],
      ['a document of an index', { type: 'doc', value: { source: { type: 'action', action: {} } } }],
    ];
    const text = lines(...everyWrapping.map(([, object]) => object), ...others.map(([, object]) => object));
    const outcome = kibana.read(text);
    expect(must(outcome).rules).toHaveLength(everyWrapping.length);
    expect(faultsIn(text).map(({ code, message }) => [code, message])).toEqual(
      others.map(([title]) => [
        'read/not-a-rule',
        `This is ${title}, not a rule that can be read here; where the file is written anew, it is left out.`,
      ]),
    );
    expect(must(kibana.write(must(outcome), { onto: text }))).toBe(text);
  });

  test('the oldest, whose id is among the tags and whose type is that of its alert', () => {
    const { ruleId: _, type: __, ...old } = params;
    const object = { ...savedObject, attributes: { ...attributes, params: old } };
    expect(lineOf(object)).toMatchObject({ rule_id: 'other', type: 'query' });
  });

  test('investigation fields of every age', () => {
    const fields = (investigationFields: Json) =>
      lineOf({ ...savedObject, attributes: { ...attributes, params: { ...params, investigationFields } } })[
        'investigation_fields'
      ];
    expect(fields(['a'])).toEqual({ field_names: ['a'] });
    expect(fields([])).toBeUndefined();
    expect(fields({ field_names: ['a'] })).toEqual({ field_names: ['a'] });
  });

  test('a wrong value as it stands, and says where', () => {
    for (const [, object] of everyWrapping) {
      const text = JSON.stringify(object).replace('"medium"', '"grim"');
      const diagnostics = faultsIn(text);
      expect(diagnostics.map(({ code }) => code)).toEqual(['schema/wrong-type']);
      const { span } = diagnostics[0]!;
      expect(text.slice(span?.start, span?.end)).toBe('"grim"');
    }
  });

  test('no secret, wherever it is kept', () => {
    for (const [, object] of everyWrapping) {
      const text = JSON.stringify(object)
        .replace('"apiKey":null', '"mute":1')
        .replace('"enabled":true', '"enabled":true,"apiKey":"hush"');
      const outcome = kibana.read(text);
      expect(outcome.diagnostics.map(({ code }) => code)).toContain('read/secret');
      for (const shape of kibana.shapes) {
        expect(must(kibana.write(must(outcome), { shape }))).not.toContain('hush');
      }
      expect(must(kibana.write(must(outcome), { onto: text }))).toBe(text);
    }
  });

  test('nothing that belongs to its runs', () => {
    const rule = JSON.stringify(readOne(savedObject));
    for (const noise of [
      '__internal',
      'executionStatus',
      'monitoring',
      'mapped_params',
      'task',
      'snooze',
      'migration',
    ]) {
      expect(rule).not.toContain(noise);
    }
  });
});

describe('what a saved rule says beyond the API', () => {
  const own = { alertDelay: { active: 3 }, muteAll: true, flapping: { enabled: false } };
  const reference = { id: 'd1', name: 'dashboard_0', type: 'dashboard' };
  const saved = { ...savedObject, attributes: { ...attributes, ...own }, custom: 1 };

  test('travels with it if it belongs to the rule, whatever the shape between', () => {
    for (const shape of ['export', 'saved-object']) {
      const [there] = objectsOf(packOf(readOne(saved)), shape);
      const [home] = objectsOf(packOf(readOne(there!)), 'saved-object');
      expect(home).toMatchObject({ attributes: own, custom: 1 });
    }
  });

  test('and is spelled as a saved object has it, if it comes from a body of the alerting API', () => {
    const body = { ...bodies['a body of the alerting API']!, mute_all: true, alert_delay: { active: 3 } };
    const [home] = objectsOf(packOf(readOne(body)), 'saved-object');
    expect(home).toMatchObject({ attributes: { muteAll: true, alertDelay: { active: 3 } } });
  });

  test('is named if it goes nowhere else, and if an asset has no place for it', () => {
    const outcome = kibana.read(JSON.stringify(saved));
    const [found] = outcome.diagnostics;
    expect(outcome.diagnostics.map(({ code }) => code)).toEqual(['read/left-out']);
    for (const key of ['coreMigrationVersion', 'updated_at', 'attributes.monitoring', 'attributes.tags']) {
      expect(found!.message).toContain(key);
    }
    expect(found!.message).not.toContain('alertDelay');
    const asset = kibana.write(must(outcome), { shape: 'asset' });
    expect(asset.diagnostics.find(({ code }) => code === 'loss/carry')?.message).toContain(
      'what kibana said',
    );
  });

  test('does not win over what the rule says by now', () => {
    const rule = readOne({ ...saved, references: [...(references as Json[]), reference] });
    const [home] = objectsOf(packOf({ ...rule, title: 'Toaster' }), 'saved-object');
    expect(home).toMatchObject({ attributes: { ...own, name: 'Toaster' } });
  });
});

describe('writes onto', () => {
  const changes: [string, Partial<Rule>, string, string][] = [
    ['name', { title: 'Toaster' }, '"Kettle on the network"', '"Toaster"'],
    ['severity', { severity: 'high' }, '"severity":"medium"', '"severity":"high"'],
    ['risk score', { riskScore: 73 }, '"riskScore":47', '"riskScore":73'],
    ['tags', { tags: ['Kitchen', 'Smoke'] }, '"Steam"', '"Smoke"'],
  ];
  const cases = everyWrapping.flatMap(([wrapping, object]) =>
    changes.map(([field, change, was, is]) => ({ field, wrapping, object, change, was, is })),
  );

  test.each(cases)('one changed $field in $wrapping, and not a byte else', ({ object, change, was, is }) => {
    const text = JSON.stringify(object);
    const rule = { ...readOne(object), ...change };
    expect(must(kibana.write(packOf(rule), { onto: text }))).toBe(text.replace(was, is));
  });

  test.each(everyWrapping)('another query, interval, exceptions and actions in %s', (_, object) => {
    const text = JSON.stringify(object, null, 2);
    const rule = readOne(object);
    const said: Rule = {
      ...rule,
      detection: { ...rule.detection, kind: 'query', query: { language: 'kuery', text: 'a: b' } },
      engine: {
        ...rule.engine,
        interval: '1h',
        exceptions_list: [{ id: 'e2', list_id: 'x', type: 'detection', namespace_type: 'agnostic' }],
        actions: [
          { id: 'mail', params: {} },
          { id: 'c9', params: { a: 1 } },
        ],
      },
    };
    const written = must(kibana.write(packOf(said), { onto: text }));
    expect(must(kibana.read(written)).rules).toEqual([said]);
    if (!('params' in object)) expect(written).toContain('"preconfigured:mail"');
  });

  test('a saved object that was asked for is that text', () => {
    const text = lines(savedObject, { exportedCount: 1, missingRefCount: 0, missingReferences: [] });
    const outcome = kibana.write(must(kibana.read(text)), { onto: text, shape: 'saved-object' });
    expect(must(outcome)).toBe(text);
    expect(outcome.diagnostics.map(({ code }) => code)).toEqual(['write/unusual-shape']);
  });
});

describe('writes', () => {
  test('a saved object, its references and the counts', () => {
    const connector = { id: 'c1', type: 'action', attributes: { actionTypeId: '.index', secrets: {} } };
    const pack: Pack = { ...packOf(readOne(savedObject)), rest: [connector] };
    const outcome = kibana.write(pack, { shape: 'saved-object' });
    expect(outcome.diagnostics.map(({ code }) => code)).toEqual(['write/unusual-shape']);
    const [rule, beside, details] = objectsOf(pack, 'saved-object');
    expect(rule).toMatchObject({
      id: 'so-1',
      type: 'alert',
      attributes: {
        alertTypeId: 'siem.queryRule',
        consumer: 'siem',
        tags: ['Kitchen', 'Steam'],
        schedule: { interval: '10m' },
        apiKey: null,
        params: { ruleId: 'kettle', alertSuppression: params['alertSuppression'], mood: 'boiling' },
      },
    });
    expect(rule?.['references']).toContainEqual({ id: 'c1', name: 'action_0', type: 'action' });
    expect(rule?.['references']).toContainEqual({
      id: 'e1',
      name: 'param:exceptionsList_0',
      type: 'exception-list',
    });
    expect(beside).toEqual(connector);
    expect(details).toMatchObject({ exportedCount: 2, excludedObjectsCount: 0 });
  });

  test('a request without what answers alone say, and names it', () => {
    const outcome = kibana.write(packOf(readOne(savedObject)), { shape: 'api' });
    const body = JSON.parse(must(outcome));
    const read_only = ['id', 'created_at', 'created_by', 'immutable', 'rule_source'];
    for (const key of read_only) {
      expect(body).not.toHaveProperty(key);
      expect(outcome.diagnostics[0]?.message).toContain(key);
    }
    expect(outcome.diagnostics.map(({ code }) => code)).toEqual(['loss/carry']);
    expect(body).toMatchObject({ rule_id: 'kettle', interval: '10m', mood: 'boiling' });
    expect(must(kibana.write(must(kibana.read(must(outcome))), { onto: must(outcome), shape: 'api' }))).toBe(
      must(outcome),
    );
  });

  test('several requests, a line each and nothing beside', () => {
    const rule = readOne(savedObject);
    expect(objectsOf(packOf(rule, rule), 'api').map((body) => body['rule_id'])).toEqual(['kettle', 'kettle']);
  });

  test('no exceptions where there is no place for them, and says so', () => {
    const pack: Pack = {
      ...packOf(readOne(savedObject)),
      filters: [{ format: 'kibana', body: { list_id: 'kettles', type: 'detection' } }],
    };
    for (const shape of ['saved-object', 'api']) {
      expect(kibana.write(pack, { shape }).diagnostics.map(({ code }) => code)).toContain('loss/exceptions');
    }
  });

  test('no saved object of a rule whose type has no kind of alert, and says what had no place', () => {
    const line = lineOf(savedObject);
    const unknown = readOne({ ...line, type: 'weather' });
    expect(failsWith(kibana.write(packOf(unknown), { shape: 'saved-object' }))).toContain('loss/rule-type');
    const outcome = kibana.write(packOf(readOne({ ...line, throttle: 'rule', ruleId: 'x' })), {
      shape: 'saved-object',
    });
    const loss = outcome.diagnostics.find(({ code }) => code === 'loss/carry');
    expect(loss?.message).toContain('throttle');
    expect(loss?.message).toContain('ruleId');
    expect(must(kibana.read(must(outcome))).rules[0]?.id).toBe('kettle');
  });

  test('rules of every type as the kind of alert they are', () => {
    for (const [type, alertTypeId] of alertTypes) {
      const typed = {
        ...savedObject,
        attributes: { ...attributes, alertTypeId, params: { ...params, type } },
      };
      const [first] = objectsOf(packOf(readOne(typed)), 'saved-object');
      expect(first?.['attributes']).toMatchObject({ alertTypeId, params: { type } });
    }
  });

  test.each(['export', 'saved-object', 'api'])('any rule so that it comes home from shape %s', (shape) => {
    fc.assert(
      fc.property(ruleWith(engineDetection), (rule) => {
        const own = withoutEmpty(rule);
        expect(must(kibana.read(must(kibana.write(packOf(own), { shape })))).rules).toEqual([own]);
      }),
      { numRuns: 700 },
    );
  });

  test('an asset that says what the line says, but for what it names', () => {
    const outcome = kibana.write(packOf(readOne(savedObject)), { shape: 'asset' });
    const asset = lineOf(JSON.parse(must(outcome)));
    const line = lineOf(savedObject);
    const left = Object.keys(line).filter((key) => !(key in asset));
    for (const key of left) expect(outcome.diagnostics[0]?.message).toContain(key);
    for (const key of Object.keys(asset)) expect(asset[key]).toEqual(line[key]);
  });
});

test('any value in any place of a saved rule has an outcome, and keeps its bytes', () => {
  const places = fc.constantFrom(...Object.keys(attributes), 'consumer', 'references', 'id');
  const inParams = fc.constantFrom(...Object.keys(params), 'risk_score', '__proto__', 'constructor');
  fc.assert(
    fc.property(places, inParams, fc.jsonValue(), fc.boolean(), (place, param, value, deeper) => {
      const changed = deeper
        ? { ...attributes, params: objectOf([...Object.entries(params), [param, value as Json]]) }
        : { ...attributes, [place]: value as Json };
      const text = JSON.stringify({ ...savedObject, [place]: value, attributes: changed });
      const outcome = kibana.read(text);
      if (!outcome.ok) return;
      expect(must(kibana.write(outcome.value, { onto: text }))).toBe(text);
      for (const shape of kibana.shapes) kibana.write(outcome.value, { shape });
    }),
    { numRuns: 2_000 },
  );
});

/** Maps with nothing in them say nothing, and need not come home; a rule says its own rest itself. */
function withoutEmpty({ engine = {}, carry, ...others }: Rule): Rule {
  const full = (map: JsonObject) => Object.entries(map).filter(([, value]) => JSON.stringify(value) !== '{}');
  const { kibana: _, ...formats } = carry;
  return {
    ...others,
    ...(full(engine).length > 0 && { engine: objectOf(full(engine)) }),
    carry: objectOf(full(formats)) as Rule['carry'],
  };
}

describe.skipIf(without)('the corpus', () => {
  const files = corpusFiles('kibana', 'json').filter(({ path }) => !path.includes('/toml/'));

  test('is there', () => {
    expect(files.length).toBeGreaterThan(10);
  });

  test.each(files)('$path is read, every object of it, and written back as it is', ({ text }) => {
    const outcome = kibana.read(text);
    expect(faultsIn(text)).toEqual([]);
    expect(must(outcome).rules.length).toBeGreaterThan(0);
    expect(must(kibana.write(must(outcome), { onto: text }))).toBe(text);
    expect(JSON.stringify(must(outcome))).not.toContain('__internal_');
  });

  test.each(files)('$path comes home from a saved object, but for what is named', ({ text }) => {
    const { rules } = must(kibana.read(text));
    const outcome = kibana.write(packOf(...rules), { shape: 'saved-object' });
    const named = outcome.diagnostics.filter(({ code }) => code === 'loss/carry');
    const homeless = rules.filter(({ engine }) => engine?.['throttle'] === 'no_actions');
    expect(named).toHaveLength(homeless.length);
    expect(must(kibana.read(must(outcome))).rules).toEqual(rules.map(withoutThrottle));
  });

  test.each(files)('$path has one value changed, and not a byte else', ({ text }) => {
    const pack = must(kibana.read(text));
    const [first, ...more] = pack.rules as [Rule, ...Rule[]];
    const severity = first.severity === 'low' ? 'high' : 'low';
    const changes: Partial<Rule>[] = [
      { title: 'Zebra' },
      { severity },
      { tags: [...(first.tags ?? []), 'Zebra'] },
      ...('query' in first.detection
        ? [
            {
              detection: { ...first.detection, query: { ...first.detection.query, text: 'Zebra' } },
            } as Partial<Rule>,
          ]
        : []),
    ];
    for (const change of changes) {
      const rules = [{ ...first, ...change }, ...more];
      const written = must(kibana.write({ ...pack, rules }, { onto: text }));
      expect(must(kibana.read(written)).rules).toEqual(rules);
      const [start, end] = commonEnds(text, written);
      expect(written.slice(start, end).length).toBeLessThan(40);
      expect(written.slice(start, end).split(/":/).length).toBeLessThan(3);
    }
  });
});

/** Saved objects have said since 8.8 in each action what a rule with this word does. */
function withoutThrottle(rule: Rule): Rule {
  if (rule.engine?.['throttle'] !== 'no_actions') return rule;
  const { throttle: _, ...engine } = rule.engine;
  return { ...rule, engine };
}

/** What of `b` is not in `a`, between the beginning and the end they share. */
function commonEnds(a: string, b: string): [number, number] {
  let start = 0;
  while (start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  return [start, b.length - end];
}
