import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { check } from '../../src/convert/check.ts';
import { readFields } from '../../src/convert/preflight/read-fields.ts';
import { codes } from '../../src/diagnostic/codes.ts';
import type { KnownFields } from '../../src/mapping/index-fields/model.ts';
import { kitchen, tomlOf } from '../support/mappings.ts';
import { told } from '../support/outcome.ts';

const knownOf = (answer: unknown): KnownFields => {
  const outcome = readFields(JSON.stringify(answer));
  if (!outcome.ok) throw new Error(outcome.diagnostics[0]?.message);
  return outcome.value;
};
const stove = knownOf({ 'kitchen-stove': { mappings: kitchen } });

/** The findings about fields, each with the text that it stands at. */
function found(text: string, fields: KnownFields | 'ecs' = stove) {
  return check(text, { fields }).map(({ code, span, field }) => {
    const there = span ? text.slice(span.start, span.end).split('\n')[0]! : '';
    return `${code} ${field} @ ${there}`;
  });
}
const messages = (text: string, fields: KnownFields | 'ecs' = stove) =>
  check(text, { fields }).map(({ message }) => message);
/** What else is noted of a query is none of this. */
const codesOf = (text: string, fields: KnownFields | 'ecs' = stove) => [
  ...new Set(
    check(text, { fields }).flatMap(({ code }) =>
      codes[code].level === 'note' && !code.startsWith('fields/') ? [] : [code.replace('fields/', '')],
    ),
  ),
];

/** By language: a query, and the codes of what is found about it. */
const queries: Readonly<Record<string, readonly (readonly [query: string, ...codes: string[]])[]>> = {
  kuery: [
    // What is there, by whichever name.
    ['process.name: "a" and process.executable: *b* and source.addr: "10.0.0.1"'],
    ['dotted.name: a and weekday: a and colour: red and attributes.colour: red and constructor: 1'],
    ['process.name.text: *a* and process.name.caseless: "A" and process.n*: a and _id: a'],
    ['__proto__: a'],
    // What is not.
    ['process.nam: "a"', 'unknown'],
    ['not process.nam: "a"', 'always-holds'],
    ['not process.nam: *'],
    ['process.name: a and not (process.nam: b or process.pid: 1)', 'always-holds'],
    ['cess*.name: a', 'unknown'],
    ['toString: a', 'unknown'],
    // Values of types.
    ['process.pid: 12 and process.pid >= 5 and process.pid: "12" and event.ratio: 1.5'],
    ['process.pid: twelve', 'wrong-type'],
    ['process.pid: 1*', 'wrong-type'],
    ['process.pid: 1.5', 'wrong-type'],
    ['process.pid > a', 'wrong-type'],
    ['process.pid: *'],
    ['source.ip: "10.0.0.0/8" or source.ip: "::1" or source.ip > "10.0.0.1"'],
    ['source.ip: 10.*', 'wrong-type'],
    ['source.addr: kettle', 'wrong-type'],
    ['process.elevated: true and not process.elevated: "false"'],
    ['process.elevated: yes', 'wrong-type'],
    ['process.start > "now-1d" and process.start: "2026-01-02" and process.day: Monday'],
    ['process.start: yesterday', 'wrong-type'],
    ['event.code: 4624'],
    // Words.
    ['message: *boiled* and message: "boiled over" and message: BOILED'],
    ['message: *boiled over*', 'words'],
    // Lengths, constants, what can not be searched.
    ['process.title: "12345678"'],
    ['process.title: "123456789"', 'too-long'],
    ['process.title: 1234*56789', 'too-long'],
    ['event.module: stove and event.module: st*ve and event.module: (oven or stove)'],
    ['event.module: oven', 'other-value'],
    ['not event.module: oven'],
    ['event.original: a', 'not-searchable'],
    ['event.original: *', 'not-searchable'],
    ['event.ratio: 1'],
    // Objects.
    ['process: *'],
    ['process: a', 'object'],
    ['shelf.top: a', 'unknown'],
    ['labels.a: b and labels: b and labels.a.b: b*'],
    ['labels.a: "12345678901"', 'too-long'],
    ['pots: { name: a and size > 2 }'],
    ['pots.name: a', 'nested'],
    ['process: { name: a }', 'nested'],
  ],
  lucene: [
    ['process.name:a AND _exists_:process.pid AND message:(boiled over)'],
    ['message:*boiled\\ over*', 'words'],
    ['process.nam:a', 'unknown'],
    ['process.pid:[1 TO 5]'],
    ['process.pid:[a TO b]', 'wrong-type'],
    ['process.pid:/1./', 'wrong-type'],
    ['pots.name:a', 'nested'],
  ],
  eql: [
    ['process where process.name == "a" and note : "b*" and ?nowhere.at.all == 1'],
    ['any where length(process.name) > 3 and cidrMatch(source.ip, "10.0.0.0/8")'],
    ['any where process.nam == "a"', 'unknown'],
    ['any where not process.nam == "a"', 'unknown'],
    ['any where process.nam != null', 'unknown'],
    ['any where message : "a*"', 'words'],
    ['any where message != null'],
    ['any where length(message) > 3', 'words'],
    ['any where recipe == "a"', 'words'],
    ['any where process.pid : "4*"', 'wrong-type'],
    ['any where process.pid == "4"'],
    ['any where cidrMatch(event.code, "10.0.0.0/8")', 'wrong-type'],
    ['any where process.name.caseless == "a.exe" or process.name.caseless : "A.exe"'],
    ['any where process.name.caseless == "A.exe"', 'case'],
    ['any where pots.name == "a"', 'nested'],
    ['any where labels.a == "a"', 'flattened'],
    ['any where process == "a"', 'object'],
    ['sequence by process.pid [process where true] [any where event.code == "1"]'],
    ['sequence by process.nam [process where true] [any where event.code == "1"]', 'unknown'],
    ['sequence by message [process where true] [any where event.code == "1"]', 'words'],
    ['sequence [process where true] by process.pid [any where process.nam == "1"] by process.pid', 'unknown'],
  ],
  esql: [
    [
      'from kitchen-* | where process.name == "a" and message like "*boiled over*" | keep process.*, event.code',
    ],
    ['from kitchen-* metadata _id, _index | where event.code == "1" | eval x = 1 | keep x, _id'],
    ['from kitchen-* | where process.nam == "a"', 'unknown'],
    ['from kitchen-* | where event.code == 4624', 'wrong-type'],
    ['from kitchen-* | where process.pid == "4"', 'wrong-type'],
    ['from kitchen-* | where source.ip == "10.0.0.0/8"', 'wrong-type'],
    ['from kitchen-* | where kql("process.pid: \\"4\\" and message: *a*")'],
    ['from kitchen-* | where kql("message: *a b*")', 'words'],
    ['from kitchen-* | where event.original == "a"'],
    ['from kitchen-* | where process.name.caseless == "A"', 'case'],
    ['from kitchen-* | where process.pid == 1 | keep process.nam', 'unknown'],
    [
      'from kitchen-* | where process.pid == 1 | eval a.b = process.pid | stats n = count(*) by a.b | where n > 3',
    ],
    ['from kitchen-* | stats n = count_distinct(process.nam) by event.code | where n > 3', 'unknown'],
    ['from kitchen-* | stats n = count(*), process.pi = max(process.pid) by event.code | keep process.pi, n'],
    ['from kitchen-* | rename process.pid as process.nam | where process.nam == 1'],
    ['from kitchen-* | dissect message "%{process.nam} %{x}" | where process.nam == "1"'],
    ['from kitchen-* | dissect mesage "%{process.nam} %{x}"', 'unknown'],
    ['from kitchen-* | eval x = case(process.nam == "a", 1, 2) | where x == 1', 'unknown'],
    ['from pantry-* | where process.nam == "a"', 'no-index'],
  ],
};

describe.each(Object.entries(queries))('%s', (language, rows) => {
  test.each(rows)('%s', (query, ...expected) => {
    expect(codesOf(tomlOf(language, query))).toEqual(expected);
  });
});

describe('what a rule asks beside its query', () => {
  const threshold = (fields: string) =>
    tomlOf(
      'kuery',
      'process.pid: *',
      `type = "threshold"\n[rule.threshold]\nfield = ["${fields}"]\nvalue = 5\n`,
    );

  test('a threshold counts by fields that are there, and have doc values', () => {
    expect(found(threshold('process.name'))).toEqual([]);
    expect(found(threshold('process.nam'))).toEqual(['fields/unknown process.nam @ "']);
    expect(codesOf(threshold('message'))).toEqual(['not-grouped']);
    expect(codesOf(threshold('pots.name'))).toEqual(['nested']);
  });

  test('new terms are of fields that are there', () => {
    const rule = (field: string) =>
      tomlOf(
        'kuery',
        'process.pid: *',
        `type = "new_terms"\n[rule.new_terms]\nfield = "new_terms_fields"\nvalue = ["${field}"]\n[[rule.new_terms.history_window_start]]\nfield = "history_window_start"\nvalue = "now-7d"\n`,
      );
    expect(codesOf(rule('process.name'))).toEqual([]);
    expect(codesOf(rule('process.nam'))).toEqual(['unknown']);
  });

  test('suppression groups by fields that are there; those of ES|QL are its own columns', () => {
    const more =
      '[rule.alert_suppression]\ngroup_by = ["process.nam"]\nmissing_fields_strategy = "suppress"\n';
    expect(codesOf(tomlOf('kuery', 'process.pid: *', more))).toEqual(['unknown']);
    expect(codesOf(tomlOf('esql', 'from kitchen-* metadata _id | where process.pid == 1', more))).toEqual([]);
  });

  test('filters are asked by their own rules', () => {
    const rule = (clause: string) =>
      tomlOf('kuery', 'process.pid: *', `[[rule.filters]]\n[rule.filters.query]\n${clause}\n`);
    expect(codesOf(rule('wildcard = {"process.name" = {value = "a*"}}'))).toEqual([]);
    expect(codesOf(rule('wildcard = {"labels.a" = {value = "*a"}}'))).toEqual(['flattened']);
    expect(codesOf(rule('match_phrase = {"process.nam" = "a"}'))).toEqual(['unknown']);
  });

  test('indicators are compared with fields of events', () => {
    const rule = {
      rule_id: 'a',
      name: 'Stove',
      description: 'Compares.',
      risk_score: 1,
      severity: 'low',
      type: 'threat_match',
      language: 'kuery',
      index: ['kitchen-*'],
      query: 'process.pid: *',
      threat_index: ['spoons-*'],
      threat_query: 'never.asked: here',
      threat_mapping: [
        { entries: [{ field: 'process.nam', type: 'mapping', value: 'threat.indicator.name' }] },
      ],
    };
    const text = `${JSON.stringify(rule)}\n`;
    expect(found(text)).toEqual(['fields/unknown process.nam @ "']);
    expect(messages(text)[0]).toContain('so no indicator is found by it; process.name may be meant.');
  });

  test("EQL's category is a test of a field, which a rule may name", () => {
    const text = tomlOf('eql', 'process where true', 'event_category_override = "event.kin"\n');
    expect(found(text)).toEqual(['fields/unknown event.kin @ p']);
  });
});

describe('indices', () => {
  const shelf = {
    mappings: { dynamic: 'false', properties: { spice: { type: 'long' }, name: { type: 'text' } } },
  };
  const both = knownOf({
    '.ds-kitchen-stove-2026.01.02-000001': { mappings: kitchen },
    '.ds-kitchen-shelf-2026.01.02-000001': shelf,
  });
  const asks = (index: string, query = 'process.name: a and spice: 1', fields = both) =>
    codesOf(tomlOf('kuery', query, '', index), fields);

  test('only those are asked that the rule searches, by their data streams', () => {
    expect(asks('["kitchen-*"]')).toEqual([]);
    expect(asks('["kitchen-stove"]')).toEqual(['unknown']);
    expect(asks('["kitchen-*", "-kitchen-shelf"]')).toEqual(['unknown']);
    expect(asks('["cellar:kitchen-*"]')).toEqual([]);
    expect(asks('["*:kitchen-stove"]')).toEqual(['unknown']);
    expect(asks('["<kitchen-{now/d}>"]')).toEqual([]);
  });

  test('none that fits is told; where there are no others, the rule finds nothing', () => {
    expect(asks('["pantry-*"]')).toEqual(['no-index']);
    expect(asks('["pantry-*"]', 'a: b', { ...both, whole: true })).toEqual(['nowhere']);
    expect(asks('["pantry-*", "kitchen-stove"]', 'spice: 1')).toEqual(['not-here']);
    expect(asks('["pantry-*", "kitchen-stove"]', 'spice: 1', { ...both, whole: true })).toEqual(['unknown']);
  });

  test('types that differ are refused by EQL and ES|QL, and not by KQL', () => {
    const other = { mappings: { properties: { process: { properties: { pid: { type: 'keyword' } } } } } };
    const fields = knownOf({ 'kitchen-a': { mappings: kitchen }, 'kitchen-b': other });
    expect(codesOf(tomlOf('eql', 'any where process.pid == 1'), fields)).toContain('type-clash');
    expect(codesOf(tomlOf('esql', 'from kitchen-* | where process.pid == 1'), fields)).toContain(
      'type-clash',
    );
    expect(codesOf(tomlOf('kuery', 'process.pid: abc'), fields)).toEqual(['unlike-ecs']);
  });

  test('field capabilities tell of such types, too', () => {
    const as = (type: string, indices: readonly string[]) => ({
      [type]: { type, searchable: true, aggregatable: true, indices },
    });
    const fields = knownOf({
      indices: ['kitchen-a', 'kitchen-b'],
      fields: { 'event.code': { ...as('keyword', ['kitchen-a']), ...as('long', ['kitchen-b']) } },
    });
    expect(codesOf(tomlOf('eql', 'any where event.code == "1"'), fields)).toContain('type-clash');
    expect(codesOf(tomlOf('eql', 'any where event.code == "1"', '', '["kitchen-a"]'), fields)).toEqual([]);
    expect(
      codesOf(
        tomlOf('eql', 'any where note == "1"'),
        knownOf({
          fields: {
            note: { text: { type: 'text', searchable: true } },
            'note.raw': { keyword: { type: 'keyword', searchable: true } },
          },
        }),
      ),
    ).toEqual([]);
  });

  test('another constant is no fault of a rule that searches other indices as well', () => {
    expect(asks('["kitchen-stove"]', 'event.module: oven')).toEqual(['other-value']);
    expect(asks('["kitchen-stove", "pantry-*"]', 'event.module: oven')).toEqual([]);
  });

  test('a type that is not that of ECS is told in a note', () => {
    const fields = knownOf({ properties: { source: { properties: { ip: { type: 'keyword' } } } } });
    expect(codesOf(tomlOf('kuery', 'source.ip: *'), fields)).toEqual(['unlike-ecs']);
  });

  test('what a template does not map may come with events, unless it is closed', () => {
    const template = { index_patterns: ['kitchen-*'], template: { mappings: { properties: {} as object } } };
    const rule = tomlOf('kuery', 'process.name: a');
    expect(codesOf(rule, knownOf(template))).toEqual(['not-mapped']);
    expect(codesOf(rule, knownOf({ ...template, template: { mappings: { dynamic: false } } }))).toEqual([
      'unknown',
    ]);
    const composed = { ...template, composed_of: ['more'], template: { mappings: { dynamic: false } } };
    expect(messages(rule, knownOf(composed))).toEqual([
      'process.name is not mapped by the mapping, unless more maps it, which was not read.',
    ]);
    expect(codesOf(tomlOf('kuery', 'a: b', '', '["pantry-*"]'), knownOf(template))).toEqual(['no-index']);
  });
});

describe('ECS alone', () => {
  test('has its types, and knows that others have fields of their own', () => {
    expect(
      codesOf(tomlOf('kuery', 'process.name: a and process.name.text: a and labels.mine: a'), 'ecs'),
    ).toEqual([]);
    expect(codesOf(tomlOf('kuery', 'kettle.on: a'), 'ecs')).toEqual(['not-ecs']);
    expect(codesOf(tomlOf('kuery', 'process.pid: a'), 'ecs')).toEqual(['wrong-type']);
    expect(codesOf(tomlOf('eql', 'any where message : "a"'), 'ecs')).toEqual(['words']);
    expect(codesOf(tomlOf('kuery', 'winlog.event_data.Anything: a'), 'ecs')).toEqual([]);
  });
});

describe('Sigma', () => {
  const sigma = (
    detection: string,
    source = '{category: process_creation, product: windows}',
  ) => `title: Stove
id: 3b2f3a3e-5f0a-4d5c-8f59-6a3a1a6b9c02
status: test
description: Looks after the stove.
author: rulecast
date: 2026-01-02
tags: [attack.execution]
logsource: ${source}
detection:
    selection:
        ${detection}
    condition: selection
level: low
`;
  const fields = knownOf({
    properties: {
      event: { properties: { category: { type: 'keyword' }, type: { type: 'keyword' } } },
      host: { properties: { os: { properties: { type: { type: 'keyword' } } } } },
      process: {
        properties: { executable: { type: 'keyword' }, name: { type: 'text' }, pid: { type: 'long' } },
      },
    },
  });

  test('is asked as Elastic would be, in the words of Sigma', () => {
    const text = sigma("CommandLine|contains: 'boil'");
    expect(found(text, fields)).toEqual([
      "fields/unknown process.command_line @ CommandLine|contains: 'boil'",
    ]);
    expect(messages(text, fields)[0]).toMatch(/^CommandLine becomes process\.command_line: /);
    expect(codesOf(sigma("Image|contains: '\\Temp\\'"), fields)).toEqual([]);
    expect(codesOf(sigma("Image|endswith: '\\boil.exe'"), fields)).toEqual(['words', 'unlike-ecs']);
  });

  test('asks for its log source, too', () => {
    const bare = knownOf({ properties: { process: { properties: { executable: { type: 'keyword' } } } } });
    const text = sigma("Image|contains: '\\Temp\\'");
    expect(messages(text, bare)[0]).toMatch(/^The log source asks for event\.category: /);
    expect(found(text, bare)[0]).toBe('fields/unknown event.category @ l');
  });

  test('that is not written for Elastic is told', () => {
    expect(codesOf(sigma("Image|re: '(?<=a)b'"), fields)).toEqual(['not-read']);
  });

  test('correlations ask by what they group', () => {
    const text = `${sigma("Image|contains: '\\Temp\\'").replace('id:', 'name: stove\nid:')}---
title: Many stoves
id: 3b2f3a3e-5f0a-4d5c-8f59-6a3a1a6b9c03
status: test
description: Too many.
author: rulecast
date: 2026-01-02
correlation:
    type: event_count
    rules: [stove]
    group-by: [User]
    timespan: 5m
    condition: {gte: 5}
level: low
`;
    expect(codesOf(text, fields)).toEqual(['unknown']);
    expect(messages(text, fields)[0]).toMatch(/^User becomes user\.name: /);
  });
});

test('a rule among others has its finding where it stands', () => {
  const rule = (id: string, query: string) =>
    JSON.stringify({
      rule_id: id,
      name: id,
      description: 'A rule.',
      risk_score: 1,
      severity: 'low',
      type: 'query',
      language: 'kuery',
      query,
    });
  const text = `${rule('a', 'process.name: a')}\n${rule('b', 'process.nam: "a"')}\n${rule('c', 'process.nam: a')}\n`;
  const places = check(text, { fields: stove }).map(
    ({ span }) => text.slice(0, span!.start).split('\n').length,
  );
  expect(places).toEqual([2, 3]);
});

test('any query ends in findings that have a code, a sentence and a place', () => {
  const field = fc.oneof(
    fc.constantFrom(
      'process.name',
      'process',
      'pots.name',
      'labels.x',
      'message',
      'shelf.a.b',
      '__proto__',
      'a'.repeat(5000),
    ),
    fc.string({ unit: fc.constantFrom('a', '.', '*', '_', 'é', '\\"'), minLength: 1, maxLength: 12 }),
  );
  const value = fc.oneof(
    fc.constantFrom('*', '"a b"', '*a b*', '1', '1.5', 'true', '*:*'),
    fc.string({ maxLength: 9 }),
  );
  const words = fc.constantFrom(' and ', ' or not ', ': { ', ' } ', ' ');
  const query = fc
    .array(fc.tuple(field, fc.constantFrom(': ', ' == ', ' > ', ':'), value, words), {
      minLength: 1,
      maxLength: 4,
    })
    .map((parts) =>
      parts
        .flat()
        .join('')
        .replace(/and $|or not $|: \{ $/, ''),
    );
  fc.assert(
    fc.property(fc.constantFrom('kuery', 'lucene', 'eql', 'esql'), query, (language, asked) => {
      const head = language === 'eql' ? 'any where ' : language === 'esql' ? 'from kitchen-* | where ' : '';
      const text = tomlOf(language, `${head}${asked}`.replaceAll("'", ''));
      for (const fields of [stove, 'ecs'] as const)
        for (const one of check(text, { fields })) expect(told(one, text)).toBe('');
    }),
    { numRuns: 400 },
  );
});
