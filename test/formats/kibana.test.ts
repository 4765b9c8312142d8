import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { kibana } from '../../src/formats/kibana/index.ts';
import { type Json, type JsonObject, objectOf } from '../../src/rule/json.ts';
import type { Pack, Rule } from '../../src/rule/rule.ts';
import { corpusFiles, without } from '../support/corpus.ts';
import { failsWith, must, withoutSpans } from '../support/laws.ts';
import { engineDetection, ruleWith } from './arbitrary.ts';

/** A rule line with keys of every kind: the engine's, the cluster's, some that no one has heard of. */
const line: JsonObject = {
  id: '6f1c',
  updated_at: '2024-03-02T10:00:00.000Z',
  updated_by: 'ann',
  created_at: '2024-03-01T09:30:00.000Z',
  created_by: 'ann',
  name: 'Shells from a printer',
  tags: ['Printers'],
  interval: '5m',
  enabled: true,
  revision: 3,
  description: 'A print server has no business with shells.',
  risk_score: 47,
  severity: 'medium',
  output_index: '',
  meta: { from: '1m' },
  author: [],
  false_positives: [],
  from: 'now-6m',
  rule_id: 'printer-shell',
  max_signals: 100,
  threat: [],
  to: 'now',
  references: ['https://example.org/printers'],
  version: 2,
  exceptions_list: [{ id: 'e1', list_id: 'printers', type: 'detection', namespace_type: 'single' }],
  immutable: false,
  setup: '',
  type: 'eql',
  language: 'eql',
  index: ['logs-*'],
  query: 'process where process.parent.name == "spoolsv.exe"',
  filters: [{ meta: { negate: true, alias: null }, query: { exists: { field: 'a.b' } } }],
  mood: { swings: [1, null] },
  actions: [{ id: 'c1', params: {}, action_type_id: '.index', frequency: { throttle: null } }],
};
const list: JsonObject = { id: 'e1', list_id: 'printers', type: 'detection', name: 'Printers' };
const listItem: JsonObject = {
  item_id: 'p1',
  list_id: 'printers',
  type: 'simple',
  entries: [{ field: 'host.name', operator: 'included', type: 'match', value: 'lab' }],
};
const connector: JsonObject = {
  id: 'c1',
  type: 'action',
  attributes: { actionTypeId: '.index', name: 'To an index', secrets: {} },
  references: [],
};
const attributes: JsonObject = {
  description: 'A print server has no business with shells.',
  name: 'Shells from a printer',
  query: 'process where true\n',
  risk_score: 47,
  rule_id: 'printer-shell',
  severity: 'medium',
  type: 'eql',
  language: 'eql',
  version: 4,
};
const asset: JsonObject = { attributes, id: 'printer-shell_4', type: 'security-rule' };

const lines = (...objects: readonly Json[]) =>
  objects.map((object) => `${JSON.stringify(object)}\n`).join('');
const readAll = (...objects: readonly Json[]): Pack => must(kibana.read(lines(...objects)));
const readOne = (object: Json): Rule => readAll(object).rules[0]!;
const packOf = (...rules: readonly Rule[]): Pack => ({ rules, filters: [], rest: [] });
const written = (pack: Pack, shape?: string): JsonObject[] =>
  must(kibana.write(pack, shape === undefined ? {} : { shape }))
    .trimEnd()
    .split('\n')
    .map((text) => JSON.parse(text));
const plain: Rule = { detection: { kind: 'query' }, carry: {} };
const codesOf = (text: string) => kibana.read(text).diagnostics.map(({ code }) => code);

describe('reads', () => {
  test('what the model knows, and carries the rest', () => {
    expect(readOne(line)).toMatchObject({
      id: 'printer-shell',
      title: 'Shells from a printer',
      severity: 'medium',
      riskScore: 47,
      created: '2024-03-01T09:30:00.000Z',
      modified: '2024-03-02T10:00:00.000Z',
      indices: ['logs-*'],
      detection: { kind: 'query', query: { language: 'eql' }, filters: line['filters'] },
      engine: { interval: '5m', meta: { from: '1m' }, version: 2 },
      carry: { kibana: { fields: { id: '6f1c', immutable: false, mood: line['mood'] } } },
    });
  });

  const layouts: Record<string, string> = {
    'a line each': lines(line, list, listItem, connector),
    'a line each, without the last newline': lines(line, list, listItem, connector).trimEnd(),
    'a line each, as Windows ends them': lines(line, list, listItem, connector).replaceAll('\n', '\r\n'),
    'with blank lines': `\uFEFF\n${lines(line, list, listItem, connector).replaceAll('\n', '\n\n')}`,
    'in a list': JSON.stringify([line, list, listItem, connector]),
    'in a printed list': JSON.stringify([line, list, listItem, connector], null, 2),
    'printed one after another': [line, list, listItem, connector]
      .map((object) => JSON.stringify(object, null, 2))
      .join('\n\n'),
    'in a response': JSON.stringify({
      page: 1,
      perPage: 20,
      total: 4,
      data: [line, list, listItem, connector],
    }),
    'in a list of rules': JSON.stringify({ rules: [line, list, listItem, connector] }, null, '\t'),
  };

  test.each(Object.entries(layouts))('the same pack %s, and writes it back onto that', (_, text) => {
    const pack = must(kibana.read(text));
    expect(kibana.read(text).diagnostics).toEqual([]);
    expect(withoutSpans(pack)).toEqual(withoutSpans(readAll(line, list, listItem, connector)));
    expect(pack.filters.map(({ body }) => body)).toEqual([list, listItem]);
    expect(pack.rest).toEqual([connector]);
    expect(kibana.detect(text)).toBe(true);
    expect(must(kibana.write(pack, { onto: text }))).toBe(text);
  });

  test.each(Object.entries(layouts))('and one changed value changes its bytes alone, %s', (_, text) => {
    const pack = must(kibana.read(text));
    const rules = [{ ...pack.rules[0]!, severity: 'high' as const, riskScore: 74 }];
    expect(must(kibana.write({ ...pack, rules }, { onto: text }))).toBe(
      text.replace('"medium"', '"high"').replace(/(risk_score": ?)47/, '$174'),
    );
    const filters = pack.filters.map(({ body }) => ({ format: 'kibana', body: { ...body, name: 'Other' } }));
    const outcome = kibana.write({ ...pack, filters }, { onto: text });
    expect(withoutSpans(must(kibana.read(must(outcome))).filters)).toEqual(filters);
  });

  test.each([
    ['a saved search', { type: 'search', attributes: { title: 'x' } }],
    ['a saved query', { type: 'query', attributes: { query: {} } }],
    ['a data view', { type: 'index-pattern', attributes: {} }],
    ['a dashboard', { type: 'dashboard', attributes: {} }],
    ['a saved object', { type: 'lens', attributes: {} }],
    ['a saved rule without its params', { type: 'alert', attributes: { alertTypeId: 'siem.eqlRule' } }],
    ['a document of an index', { type: 'doc', value: { id: 'alert:1', source: { alert: {} } } }],
    ['a document of an index', { _id: 'alert:1', _source: { type: 'alert' } }],
    ['an alert of another solution', { rule_type_id: '.es-query', params: {}, name: 'x' }],
    ['an alert of another solution', { alertTypeId: 'metrics.alert', params: {} }],
    ['an object of a kind that is not known here', { hello: 'world' }],
    ['a pack of rulecast', { rulecast: 1, rules: [] }],
    ['a plain value', 42],
  ] as [string, Json][])('no %s, and says what it is', (title, object) => {
    const text = lines(line, object, line);
    const outcome = kibana.read(text);
    expect(must(outcome).rules).toHaveLength(2);
    expect(outcome.diagnostics).toHaveLength(1);
    const { code, message, span } = outcome.diagnostics[0]!;
    expect({ code, message }).toEqual({
      code: 'read/not-a-rule',
      message: `This is ${title}, not a rule that can be read here; where the file is written anew, it is left out.`,
    });
    expect(text.slice(span?.start, span?.end)).toBe(JSON.stringify(object));
    expect(failsWith(kibana.read(JSON.stringify(object)))).toEqual(['read/not-a-rule', 'read/not-a-rule']);
  });

  test('past a bad line, which keeps its bytes', () => {
    const text = `${lines(line)}{"rule_id": "cut of\n${lines(line)}`;
    const outcome = kibana.read(text);
    expect(must(outcome).rules).toHaveLength(2);
    expect(codesOf(text)).toEqual(['parse/unclosed-string']);
    expect(must(kibana.write(must(outcome), { onto: text }))).toBe(text);
    const [first, second] = must(outcome).rules as [Rule, Rule];
    const changed = { ...must(outcome), rules: [first, { ...second, title: 'New' }] };
    const edited = must(kibana.write(changed, { onto: text }));
    expect(edited).toBe(text.slice(0, -lines(line).length) + lines({ ...line, name: 'New' }));
  });

  test('a wrong value as it stands, and says where', () => {
    const text = lines({ ...line, severity: 'constructor' });
    const outcome = kibana.read(text);
    expect(outcome.diagnostics).toMatchObject([{ code: 'schema/wrong-type', path: 'severity' }]);
    const { span } = outcome.diagnostics[0]!;
    expect(text.slice(span?.start, span?.end)).toBe('"constructor"');
    expect(written(must(outcome))[0]?.['severity']).toBe('constructor');
  });

  test.each([
    ['execution_summary', { last_execution: {} }, undefined, 'read/left-out'],
    ['investigation_fields', ['a'], { field_names: ['a'] }, 'style/respelled'],
    ['investigation_fields', [], undefined, 'style/respelled'],
  ])('%s of another age as newer Kibanas have it: %j', (key, was, is, code) => {
    const text = JSON.stringify({ rule_id: 'a', type: 'query', query: '', language: 'kuery', [key]: was });
    const outcome = kibana.read(text);
    expect(outcome.diagnostics).toMatchObject([{ code, path: key }]);
    const [line] = must(kibana.write(must(outcome), { shape: 'export' })).split('\n');
    // Nobody has changed it, so the text is the one that was asked for.
    expect(must(kibana.write(must(outcome), { onto: text }))).toBe(text);
    expect(JSON.parse(line!)[key]).toEqual(is);
  });

  test('exception lists on their own', () => {
    const text = lines(list, listItem, { exported_exception_list_count: 1 });
    expect(must(kibana.read(text))).toMatchObject({
      rules: [],
      filters: [{ body: list }, { body: listItem }],
    });
  });

  test('nothing in what is nothing', () => {
    expect(failsWith(kibana.read(' \n'))).toEqual(['read/empty']);
    expect(failsWith(kibana.read('[]'))).toEqual(['read/not-a-rule']);
    expect(failsWith(kibana.read(lines({ exported_count: 0 })))).toEqual(['read/not-a-rule']);
    expect(failsWith(kibana.read('title: x\n'))).toEqual(['parse/unexpected', 'read/not-a-rule']);
  });
});

describe('writes an export', () => {
  test('with every key where Kibana has it', () => {
    const [object] = written(readAll(line));
    expect(object).toEqual(line);
    const unknown = ['mood'];
    const known = (keys: string[]) => keys.filter((key) => !unknown.includes(key));
    expect(known(Object.keys(object!))).toEqual(known(Object.keys(line)));
  });

  test('rules, lists, exceptions and connectors in this order, and counts them', () => {
    const [, , , , , details, ...more] = written(
      readAll(listItem, connector, line, list, { ...line, rule_id: 'b' }),
    );
    expect(more).toEqual([]);
    expect(written(readAll(listItem, connector, line, list)).slice(1, 4)).toEqual([
      list,
      listItem,
      connector,
    ]);
    expect(Object.keys(details!)).toHaveLength(15);
    expect(details).toMatchObject({
      exported_count: 5,
      exported_rules_count: 2,
      exported_exception_list_count: 1,
      exported_exception_list_item_count: 1,
      exported_action_connector_count: 1,
    });
  });

  test('without null, which is said, and with what is null deeper down', () => {
    const outcome = kibana.write(readAll({ ...line, license: null, mood: null }));
    expect(outcome.diagnostics.map(({ code }) => code)).toEqual(['style/respelled']);
    expect(must(outcome)).not.toMatch(/"(license|mood)"/);
    expect(must(outcome)).toContain('"throttle":null');
  });

  test('what it has no words for in meta, and takes it out again', () => {
    const rule: Rule = {
      ...readOne(line),
      name: 'shells',
      logSource: { product: 'windows' },
      created: '2020-01-01',
      modified: '2024-03-02',
      origin: { language: 'sigma', text: 'a: b', digest: 'd' },
      carry: { ...readOne(line).carry, elastic: { metadata: { maturity: 'production' } } },
    };
    const [object] = written(packOf(rule));
    expect(object?.['meta']).toEqual({
      from: '1m',
      rulecast: {
        rule: { name: 'shells', logSource: { product: 'windows' }, created: '2020-01-01' },
        elastic: { metadata: { maturity: 'production' } },
        query: { language: 'sigma', text: 'a: b', digest: 'd' },
      },
    });
    expect(readOne(object!)).toEqual({ ...rule, modified: line['updated_at'] });
  });

  test('nothing of the kind if it is told so, and names it', () => {
    const rule = { ...readOne(line), name: 'shells', carry: { elastic: { a: 1 } } };
    const outcome = kibana.write(packOf(rule), { carry: 'none' });
    expect(outcome.diagnostics).toMatchObject([{ code: 'loss/carry', effect: 'dropped' }]);
    for (const name of ['name', 'what elastic said']) expect(outcome.diagnostics[0]?.message).toContain(name);
    expect(JSON.parse(must(outcome).split('\n')[0]!).meta).toEqual({ from: '1m' });
  });

  test('and leaves a meta alone that is none', () => {
    const outcome = kibana.write(packOf({ ...readOne({ ...line, meta: 'x' }), name: 'shells' }));
    expect(outcome.diagnostics).toMatchObject([{ code: 'loss/carry', effect: 'dropped' }]);
    expect(JSON.parse(must(outcome).split('\n')[0]!).meta).toBe('x');
  });

  test('a rule that lacks what Kibana wants, and says so', () => {
    const outcome = kibana.write(packOf(plain));
    expect(outcome.diagnostics.map(({ path }) => path)).toEqual([
      'rule_id',
      'name',
      'description',
      'risk_score',
      'severity',
    ]);
    expect(JSON.parse(must(outcome).split('\n')[0]!)).toEqual({ type: 'query' });
  });

  test('the other rules where one cannot be said', () => {
    const correlation: Rule = { detection: { kind: 'correlation', type: 'temporal', rules: [] }, carry: {} };
    const outcome = kibana.write(packOf(readOne(line), correlation));
    expect(outcome.diagnostics.map(({ code }) => code)).toEqual(['loss/rule-type']);
    expect(must(outcome).split('\n')).toHaveLength(3);
    expect(failsWith(kibana.write(packOf(correlation)))).toEqual(['loss/rule-type']);
  });

  test('no filter and no companion of another format, and says so', () => {
    const pack: Pack = {
      rules: [readOne(line)],
      filters: [{ format: 'sigma', body: { title: 'x' } }],
      rest: [{ some: 'thing' }],
    };
    const outcome = kibana.write(pack);
    expect(outcome.diagnostics).toMatchObject([
      { code: 'loss/exceptions', effect: 'broader' },
      { code: 'loss/carry', effect: 'dropped' },
    ]);
    expect(must(outcome).split('\n')).toHaveLength(3);
  });

  test('any rule so that it comes home', () => {
    fc.assert(
      fc.property(ruleWith(engineDetection), (rule) => {
        const own = withoutEmpty(rule);
        expect(must(kibana.read(must(kibana.write(packOf(own))))).rules).toEqual([own]);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('writes prebuilt rules', () => {
  const pretty = `${JSON.stringify(asset, null, 4)}`;

  test('as they were', () => {
    const sorted = Object.fromEntries(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)));
    const text = JSON.stringify({ attributes: sorted, id: asset['id'], type: asset['type'] }, null, 4);
    expect(must(kibana.write(readAll(asset), { shape: 'asset' }))).toBe(text);
    const older = { ...asset, id: 'printer-shell', references: [] };
    expect(written(packOf(readOne(older), readOne(asset)), 'asset')).toEqual([older, asset]);
  });

  test('out of an export and back into one', () => {
    const older = { ...asset, id: 'printer-shell' };
    const [object] = written(packOf(readOne(older)));
    expect(object).toEqual({
      ...attributes,
      meta: { rulecast: { kibana: { envelope: { id: 'printer-shell' } } } },
    });
    expect(JSON.parse(must(kibana.write(readAll(object!), { shape: 'asset' })))).toEqual(older);
    expect(written(packOf(readOne(asset)))[0]).toEqual(attributes);
  });

  test('without what belongs to a cluster, and names it', () => {
    const rule = { ...readOne(line), name: 'shells', carry: { ...readOne(line).carry, sigma: { a: 1 } } };
    const outcome = kibana.write({ ...packOf(rule), filters: readAll(list).filters }, { shape: 'asset' });
    expect(outcome.diagnostics).toMatchObject([
      { code: 'loss/carry', effect: 'dropped' },
      { code: 'loss/exceptions', effect: 'broader' },
    ]);
    const left = outcome.diagnostics[0]!.message;
    for (const name of [
      'actions',
      'created_at',
      'immutable',
      'meta',
      'revision',
      'name',
      'what sigma said',
    ]) {
      expect(left).toContain(name);
    }
    const object = JSON.parse(must(outcome));
    expect(object.id).toBe('printer-shell_2');
    expect(Object.keys(object.attributes)).not.toContain('actions');
    expect(object.attributes.mood).toEqual(line['mood']);
  });

  test('on a line each, if there are several', () => {
    const text = must(kibana.write(readAll(asset, asset), { shape: 'asset' }));
    expect(text.split('\n')).toHaveLength(3);
    expect(must(kibana.read(text)).rules).toHaveLength(2);
  });

  test('in the spelling of packages, and says so', () => {
    const outcome = kibana.write(
      packOf({
        ...readOne(asset),
        description: '  A print server\n  has no business\n\n  with shells – ever\u007f.\n',
        falsePositives: ['One\ntwo'],
        threat: [{ framework: 'F', tactic: { id: 'T', name: 'Tactic', reference: 'r' } }],
        engine: {
          ...readOne(asset).engine,
          note: '## Triage\n\nLook.\n\n## Setup\n\nInstall it.\n\n## More\n\nRead.\n',
        },
      }),
      { shape: 'asset' },
    );
    expect(must(outcome)).toContain('with shells \\u2013 ever\\u007f."');
    expect(JSON.parse(must(outcome)).attributes).toMatchObject({
      description: 'A print server has no business  with shells – ever\u007f.',
      false_positives: ['One two'],
      threat: [{ framework: 'F', technique: [] }],
      note: '## Triage\n\nLook.\n\n\n\n## More\n\nRead.',
      setup: 'Install it.',
      query: 'process where true\n',
    });
    expect(outcome.diagnostics.map(({ code }) => code)).toEqual(['style/respelled']);
  });

  test.each([
    [
      'a setup that is there',
      { note: '## Setup\n\nThis.', setup: 'That.' },
      { note: '## Setup\n\nThis.', setup: 'That.' },
    ],
    ['a note without', { note: 'Look.\n' }, { note: 'Look.\n' }],
    ['a heading in code', { note: '```\n## Setup\n```\n' }, { note: '```\n## Setup\n```\n' }],
    ['code in a section', { note: '## Setup\n\n```\n## No\n```\n' }, { note: '', setup: '```\n## No\n```' }],
    ['a section at the end', { note: 'A\n\n## Setup\nB\n### C\nD' }, { note: 'A\n\n\n### C\nD', setup: 'B' }],
  ] as [string, JsonObject, JsonObject][])('with the section on setup apart: %s', (_, said, packaged) => {
    const outcome = kibana.write(packOf({ ...readOne(asset), engine: { ...said, version: 1 } }), {
      shape: 'asset',
    });
    const { note, setup } = JSON.parse(must(outcome)).attributes;
    expect({ note, ...(setup !== undefined && { setup }) }).toEqual(packaged);
  });

  test('without a version where there is none, and says so', () => {
    const { version: _, ...others } = attributes;
    const outcome = kibana.write(packOf(readOne({ ...others, rule_id: 'p' })), { shape: 'asset' });
    expect(outcome.diagnostics).toMatchObject([{ code: 'loss/required-field', path: 'version' }]);
    expect(JSON.parse(must(outcome)).id).toBe('p');
  });

  test('into one that is there', () => {
    const pack = must(kibana.read(pretty));
    const changed = packOf({ ...pack.rules[0]!, title: 'Shells – new', references: ['https://example.org'] });
    expect(must(kibana.write(pack, { onto: pretty }))).toBe(pretty);
    expect(must(kibana.write(changed, { onto: pretty }))).toBe(
      pretty
        .replace('Shells from a printer', 'Shells \\u2013 new')
        .replace(
          '\n        "risk_score"',
          '\n        "references": [\n            "https://example.org"\n        ],\n        "risk_score"',
        ),
    );
    expect(must(kibana.write(pack, { onto: pretty, shape: 'export' }))).toBe(must(kibana.write(pack)));
    expect(must(kibana.write(pack, { onto: pretty, shape: 'asset' }))).toBe(pretty);
  });

  test('only where there is a rule, and no shape that is none', () => {
    expect(failsWith(kibana.write(readAll(list), { shape: 'asset' }))).toEqual(['write/failed']);
    expect(failsWith(kibana.write(readAll(line), { shape: 'document' }))).toEqual(['write/failed']);
  });
});

describe('an export wanted of a text', () => {
  test('that has a line for each object is that text', () => {
    const text = lines(line, list);
    expect(must(kibana.write(must(kibana.read(text)), { onto: text, shape: 'export' }))).toBe(text);
  });

  test('that has not is written anew', () => {
    const text = JSON.stringify([line], null, 2);
    expect(must(kibana.write(must(kibana.read(text)), { onto: text, shape: 'export' }))).toBe(
      must(kibana.write(readAll(line))),
    );
  });

  test('that has other parts is written anew', () => {
    expect(must(kibana.write(readAll(line, list), { onto: lines(line) }))).toBe(
      must(kibana.write(readAll(line, list))),
    );
  });
});

test('secrets go no further', () => {
  const attributes = { actionTypeId: '.slack', name: 'x', secrets: { url: 'hush' } };
  const text = lines({ ...line, apiKey: 'hush' }, { ...connector, attributes });
  const outcome = kibana.read(text);
  expect(outcome.diagnostics).toMatchObject([
    { code: 'read/secret', path: 'apiKey' },
    { code: 'read/secret', path: 'attributes.secrets' },
  ]);
  expect(JSON.stringify(must(outcome))).not.toContain('hush');
  const pack: Pack = { rules: [], filters: readAll(list).filters, rest: [{ ...connector, attributes }] };
  expect(must(kibana.write(pack))).not.toContain('hush');
  // Who has the file has the secret; it is not ours to take it out of there.
  expect(must(kibana.write(must(outcome), { onto: text }))).toBe(text);
});

test.each([
  '',
  'title: x\ndetection:\n  a: {"rule_id": 1}\n',
  '[rule]\nnote = """\n{"rule_id": "a", "type": "eql"}\n"""\n',
  '[metadata]\n\n{"rule_id": "a"}',
  '{"title": "x", "logsource": {}, "detection": {"condition": "a"}}',
  '{"rulecast": 1, "rules": [{"type": "eql"}]}',
  '{"hello": "world"}',
])('does not take for its own: %j', (text) => {
  expect(kibana.detect(text)).toBe(false);
});

describe('any text has an outcome', () => {
  const sample =
    lines(line, list, listItem, connector, { exported_count: 4 }) + JSON.stringify(asset, null, 4);

  test('whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => void [kibana.detect(text), kibana.read(text)]),
    );
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const outcome = kibana.read(JSON.stringify({ ...line, ...(value as object) }));
        if (outcome.ok) kibana.write(outcome.value);
      }),
    );
  });

  test('a sample with a piece cut out and another put in', () => {
    const cut = fc.tuple(
      fc.nat(sample.length),
      fc.nat(20),
      fc.constantFrom('', '"', '{', '}', 'null', '\n', '\\', ',', '[]'),
    );
    fc.assert(
      fc.property(cut, ([at, length, put]) => {
        const text = sample.slice(0, at) + put + sample.slice(at + length);
        const outcome = kibana.read(text);
        if (!outcome.ok) return;
        expect(must(kibana.write(outcome.value, { onto: text }))).toBe(text);
        for (const shape of kibana.shapes) onlyGoodValues(kibana.write(outcome.value, { shape }));
      }),
      { numRuns: 3_000 },
    );
  });

  test('a rule with any value in any place, and no null comes out of it', () => {
    const strange = fc.tuple(fc.constantFrom(...Object.keys(line)), fc.jsonValue());
    fc.assert(
      fc.property(strange, ([key, value]) => {
        const text = JSON.stringify({ ...line, [key]: value });
        const outcome = kibana.read(text);
        if (!outcome.ok) return;
        expect(must(kibana.write(outcome.value, { onto: text }))).toBe(text);
        for (const shape of kibana.shapes) onlyGoodValues(kibana.write(outcome.value, { shape }));
        if (value !== null && typeof value !== 'number') {
          expect(written(outcome.value)[0]).toEqual(JSON.parse(text));
        }
      }),
      { numRuns: 3_000 },
    );
  });
});

/** Maps with nothing in them say nothing, and need not come home; a rule says its own rest itself. */
function withoutEmpty({ engine = {}, carry, ...others }: Rule): Rule {
  const full = (map: JsonObject) => Object.entries(map).filter(([, value]) => JSON.stringify(value) !== '{}');
  const settings = objectOf(full(engine));
  const { kibana: _, ...formats } = carry;
  return {
    ...others,
    ...(full(engine).length > 0 && { engine: settings }),
    carry: objectOf(full(formats)) as Rule['carry'],
  };
}

/** Nothing in the first place of a rule is null, nothing anywhere undefined. */
function onlyGoodValues(outcome: ReturnType<typeof kibana.write>): void {
  if (!outcome.ok) return;
  expect(outcome.value).not.toContain('undefined');
  for (const object of must(kibana.read(outcome.value)).rules) {
    const { fields } = (object.carry['kibana'] ?? {}) as { fields?: JsonObject };
    expect(Object.values(fields ?? {})).not.toContain(null);
  }
}

describe.skipIf(without)('the corpus', () => {
  const files = corpusFiles('kibana', 'json').filter(({ path }) => !path.includes('/toml/'));
  const readable = files.filter(({ text }) => kibana.read(text).ok);

  test('is read, whatever its shape', () => {
    expect(readable.length).toBeGreaterThan(0);
    expect(files.filter((file) => !readable.includes(file))).toEqual([]);
    expect(files.every(({ text }) => kibana.detect(text))).toBe(true);
  });

  test.each(readable)('$path is read without a word, and written back as it is', ({ text }) => {
    const outcome = kibana.read(text);
    expect(outcome.diagnostics.filter(({ code }) => code !== 'read/left-out')).toEqual([]);
    expect(must(kibana.write(must(outcome), { onto: text }))).toBe(text);
    expect(must(kibana.read(must(kibana.write(must(outcome)))))).toEqual(must(outcome));
  });

  test.each(readable.filter(({ path }) => path.includes('security-rule-assets')))(
    '$path is spelled letter for letter as it was',
    ({ text }) => {
      const outcome = kibana.write(must(kibana.read(text)), { shape: 'asset' });
      expect(outcome).toEqual({ ok: true, value: text, diagnostics: [] });
    },
  );

  test.each(readable.filter(({ path }) => path.includes('detection-engine-export')))(
    '$path is spelled letter for letter as it was, but for newer details',
    ({ text }) => {
      const before = text.trimEnd().split('\n');
      const after = must(kibana.write(must(kibana.read(text))))
        .trimEnd()
        .split('\n');
      expect(after.slice(0, -1)).toEqual(before.slice(0, -1));
      expect(JSON.parse(after.at(-1)!)).toMatchObject(JSON.parse(before.at(-1)!));
    },
  );
});
