import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';

import { sigma } from '../../src/formats/sigma/index.ts';
import type { Detection, Pack, QueryText, Rule } from '../../src/rule/rule.ts';
import { must } from '../support/laws.ts';

const folder = join(import.meta.dirname, 'sigma');
const fixtures = readdirSync(folder).map((name) => ({
  name,
  text: readFileSync(join(folder, name), 'utf8'),
}));
const fixture = (name: string): string => fixtures.find((one) => one.name === name)!.text;

const readAll = (text: string): Pack => must(sigma.read(text));
const readOne = (text: string): Rule => readAll(text).rules[0]!;
const packOf = (...rules: readonly Rule[]): Pack => ({ rules, filters: [], rest: [] });
const written = (rule: Rule): string => must(sigma.write(packOf(rule)));
const findings = (text: string): string[] =>
  sigma.read(text).diagnostics.map(({ code, path = '' }) => `${code} ${path}`.trim());

const body = 'logsource:\n    product: windows\ndetection:\n    a:\n        b: c\n    condition: a\n';
const titled = `title: T\n${body}`;

function correlation(...lines: readonly string[]): string {
  return `title: T\ncorrelation:\n${lines.map((line) => `    ${line}\n`).join('')}`;
}

describe('untouched is identical', () => {
  test.each(fixtures)('$name', ({ text }) => {
    expect(must(sigma.write(readAll(text), { onto: text }))).toBe(text);
  });
});

describe('a rule that is read', () => {
  test('has a property for each word that the model knows', () => {
    const { detection, ...rule } = readOne(fixture('house.yml'));
    expect(rule).toEqual({
      title: 'Printer Service Starts A Shell',
      id: '3f0c9a52-6a1d-4c57-9b0e-1f6a2f9d7c11',
      name: 'printer_shell',
      related: [{ id: '0a4f3a4e-2f4c-4b39-9d52-0c5c5f1f2b34', type: 'similar' }],
      status: 'test',
      description:
        'Detects a shell below the print service.\n\nPrint servers have no business with shells.\n',
      license: 'MIT',
      references: ['https://example.org/printers#shells'],
      authors: ['Ann Example (Example Org)', 'Bob'],
      created: '2024-02-03',
      modified: '2024-03-04',
      tags: ['attack.execution', 'attack.t1059.001'],
      logSource: {
        category: 'process_creation',
        product: 'windows',
        definition: 'Requirements: process auditing with command lines',
      },
      fields: ['CommandLine'],
      falsePositives: ['Drivers that are written badly'],
      severity: 'high',
      carry: {
        sigma: {
          regression_tests_path: 'tests/printer_shell',
          simulation: [{ type: 'atomic', technique: 'T1059.001' }],
        },
      },
    });
    expect(detection.kind).toBe('query');
  });

  test.each(['house.yml', 'several.yml', 'odd.yml', 'crlf.yml', 'bom.yml'])(
    '%s: the query is a piece of the file',
    (name) => {
      const text = fixture(name);
      const query = queryOf(readOne(text));
      expect(text.slice(query.span!.start, query.span!.end)).toBe(query.text);
      expect(query).toMatchObject({ language: 'sigma', parsed: { offset: query.span!.start } });
      expect(parse(query.text)).toEqual(parseAllDocuments(text)[0]!.toJS().detection);
    },
  );

  test('has the comments above, in and below its detection', () => {
    const { text } = queryOf(readOne(fixture('house.yml')));
    expect(text.startsWith('    # The service itself')).toBe(true);
    expect(text).toContain('# the old one');
    expect(text.endsWith('# Nothing else is known to do so.')).toBe(true);
  });

  test('has what it cannot understand carried, and how old words were spelled', () => {
    const rule = readOne(fixture('odd.yml'));
    expect(rule).toMatchObject({
      authors: ['Ann', 'Bob'],
      created: '2019-03-07',
      logSource: { rest: { vendor: ['Example', 1.5] } },
    });
    expect(rule.severity).toBeUndefined();
    const { author, date, level, copy } = rule.carry['sigma']!;
    expect({ author, date, level }).toEqual({ author: 'Ann,Bob', date: '2019/3/7', level: 'dreadful' });
    expect(JSON.stringify(copy)).toBe('{"__proto__":{"constructor":"yes"},"number":"007","empty":null}');
    expect(findings(fixture('odd.yml'))).toEqual(['schema/wrong-type level']);
    expect(parse(written(rule))).toMatchObject({ author: 'Ann,Bob', date: '2019/3/7', level: 'dreadful' });
  });

  test('keeps the order of its log source', () => {
    const text = titled.replace('    product: windows\n', '    product: windows\n    category: ps_script\n');
    expect(written(readOne(text))).toBe(text);
  });

  test('drops a spelling with the value that it spelled', () => {
    const rule = {
      ...readOne(fixture('odd.yml')),
      created: '2020-01-02',
      authors: ['Cy'],
      severity: 'low',
    } as const;
    expect(parse(written(rule))).toMatchObject({ author: 'Cy', date: '2020-01-02', level: 'low' });
  });
});

function queryOf({ detection }: Rule): QueryText {
  return (detection as Extract<Detection, { kind: 'query' }>).query!;
}

describe('kinds of documents', () => {
  test('a correlation, whose names may be a list or one text', () => {
    const { rules, filters } = readAll(fixture('several.yml'));
    expect(rules[1]!.detection).toEqual({
      kind: 'correlation',
      type: 'event_count',
      rules: ['failed_login'],
      groupBy: ['TargetUserName'],
      timespan: '5m',
      condition: { gte: 10 },
      generate: true,
    });
    expect(rules[1]!.carry).toEqual({ sigma: { correlation: { rules: 'failed_login' }, generate: true } });
    expect(filters).toMatchObject([
      { format: 'sigma', body: { filter: { rules: 'any', condition: 'not selection' } } },
    ]);
  });

  test('a collection, in which what is global wins, and what is repeated does not', () => {
    const { rules } = readAll(fixture('collection.yml'));
    expect(rules.map(({ title, severity, logSource }) => [title, severity, logSource?.service])).toEqual([
      ['Two Ways To Look', 'low', 'system'],
      ['Two Ways To Look', 'low', 'security'],
      ['A Third Way', 'low', 'security'],
    ]);
    expect(rules.map((rule) => parse(queryOf(rule).text))).toEqual(
      [7045, 4697, 4698].map((EventID) => ({ condition: 'selection', selection: { EventID } })),
    );
  });

  test('what is global adds up until it is reset, and is nothing to correlations and filters', () => {
    const rule = (title: string) =>
      `title: ${title}\nlogsource:\n    product: windows\ndetection:\n    a:\n        b: c\n    condition: a\n`;
    const others = [
      'title: C\ncorrelation:\n    type: temporal\n    rules: [a, b]\n    timespan: 5m\n',
      'title: F\nlogsource:\n    product: windows\nfilter:\n    rules: any\n    s:\n        b: c\n    condition: s\n',
    ];
    const { rules, filters } = readAll(
      [
        'action: global\nlevel: low\nauthor: Ann\n',
        rule('One'),
        'action: global\nlevel: high\n',
        rule('Two'),
        ...others,
        'action: repeat\ntitle: Three\nlevel: critical\n',
        'action: reset\n',
        rule('Four'),
      ].join('---\n'),
    );
    expect(rules.map(({ title, severity, authors }) => [title, severity, authors?.[0]])).toEqual([
      ['One', 'low', 'Ann'],
      ['Two', 'high', 'Ann'],
      ['C', undefined, undefined],
      ['Three', 'critical', 'Ann'],
      ['Four', undefined, undefined],
    ]);
    expect(filters.map(({ body }) => Object.keys(body))).toEqual([['title', 'logsource', 'filter']]);
  });

  test('a detection that points out of itself is written out', () => {
    const text = `title: T\nshared: &s\n    b: c\nlogsource:\n    product: windows\ndetection:\n    a: *s\n    d:\n        <<: *s\n    condition: a\n`;
    expect(queryOf(readOne(text))).toEqual({
      language: 'sigma',
      text: `    a:\n        b: 'c'\n    d:\n        b: 'c'\n    condition: a`,
    });
    const inside = titled.replace('b: c\n', 'b: &x c\n        d: *x\n');
    expect(queryOf(readOne(inside)).text).toContain('*x');
  });

  test.each([
    ['title: T\nfoo: bar\n', 'read/not-a-rule'],
    ['- a\n- b\n', 'read/not-a-rule'],
    ['just text\n', 'read/not-a-rule'],
    [body, 'schema/missing-field title'],
    [
      'detection:\n    a: b\n',
      'schema/missing-field title',
      'schema/missing-field logsource',
      'schema/missing-field detection.condition',
    ],
    [`title: [T]\n${body}`, 'schema/wrong-type title', 'schema/missing-field title'],
    [titled.replace('condition: a', 'other: a'), 'schema/missing-field detection.condition'],
    [titled.replace('    a:\n        b: c\n', ''), 'schema/missing-field detection'],
    [titled.replace('product: windows', 'vendor: x'), 'schema/missing-field logsource'],
    [titled.replace('product: windows', 'product: [x]'), 'parse/bad-value logsource.product'],
    ['title: T\nlogsource:\n    product: x\ndetection: [a]\n', 'parse/bad-value detection'],
    [`action: turn\n${titled}`, 'parse/bad-value action'],
    [correlation('rules: [a]', 'timespan: 1m'), 'schema/missing-field correlation.type'],
    [correlation('type: temporal', 'timespan: 1m'), 'schema/missing-field correlation.rules'],
    [correlation('type: temporal', 'rules: [a]'), 'schema/missing-field correlation.timespan'],
    [correlation('type: temporal', 'rules: [a]', 'timespan: 1h30m'), 'parse/bad-value correlation.timespan'],
    [
      correlation('type: event_count', 'rules: a', 'timespan: 1m'),
      'schema/missing-field correlation.condition',
    ],
    [
      correlation('type: value_count', 'rules: a', 'timespan: 1m', 'condition: {gte: 2}'),
      'schema/missing-field correlation.condition.field',
    ],
    [
      correlation('type: event_count', 'rules: a', 'timespan: 1m', 'condition: {gte: x}'),
      'parse/bad-value correlation.condition',
    ],
    [
      correlation('type: temporal', 'rules: [a, b]', 'timespan: 1m', 'condition: a and c'),
      'parse/unknown-identifier correlation.condition',
    ],
    [
      correlation('type: temporal', 'rules: [a, b]', 'timespan: 1m', 'condition: not (a)'),
      'parse/bad-value correlation.condition',
    ],
    [
      correlation('type: temporal', 'rules: [a]', 'timespan: 1m', 'aliases: {u: {a: 1}}'),
      'parse/bad-value correlation.aliases',
    ],
    [
      'title: T\nlogsource:\n    product: x\nfilter:\n    a:\n        b: c\n    condition: a\n',
      'schema/missing-field filter.rules',
    ],
    [
      'title: T\nlogsource:\n    product: x\nfilter:\n    rules: any\n    a:\n        b: c\n',
      'schema/missing-field filter.condition',
    ],
  ])('refused: %j', (text, ...expected) => {
    expect(sigma.read(text).ok).toBe(false);
    expect(findings(text)).toEqual(expected);
  });

  test('a correlation may name its rules in its condition alone, and be of a type yet to come', () => {
    const text = correlation('type: weekly', 'timespan: 1w', 'condition: a and not b');
    expect(findings(text)).toEqual(['schema/unknown-rule-type correlation.type']);
    expect(written(readOne(text))).toBe(text);
  });

  test('one that makes no sense costs itself alone, and its finding has a place', () => {
    const text = `${titled}---\ntitle: No more\nlevel: 7\n---\na: "never closed\n---\n${'['.repeat(1000)}\n---\n${titled}`;
    const outcome = sigma.read(text);
    expect(must(outcome).rules).toHaveLength(2);
    expect(
      outcome.diagnostics.map(({ code, span }) => [code, text.slice(span!.start, span!.start + 5)]),
    ).toEqual([
      ['read/not-a-rule', 'title'],
      ['parse/unclosed-string', '"neve'],
      ['parse/too-deep', '['.repeat(5)],
    ]);
    expect(must(sigma.write(must(outcome), { onto: text }))).toBe(text);
  });

  test('a finding is placed at the value that it is about', () => {
    const text = `related:\n    - id: 7\n      type: similar\nlevel: high up\n${titled}`;
    const places = sigma.read(text).diagnostics.map(({ span }) => text.slice(span!.start, span!.end));
    expect(places).toEqual(['related:\n    - id: 7\n      type: similar\n', 'level: high up']);
  });
});
