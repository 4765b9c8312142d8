import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { type ConvertOptions, convert, loadMapping, match, read, translate } from '../../src/index.ts';
import type { Rule } from '../../src/rule/rule.ts';
import { must } from '../support/laws.ts';

const fixture = (name: string) =>
  must(loadMapping(readFileSync(join(import.meta.dirname, 'pipelines', name), 'utf8')));
const sysmon = fixture('sysmon.yaml');
const windows = fixture('windows-ecs.yaml');
const pipeline = (...lines: string[]) =>
  must(loadMapping(`transformations:\n${lines.map((line) => `  - ${line}\n`).join('')}`));

const rule = (parts: { source?: string; detection?: string; more?: string } = {}) => `title: A rule
id: 5d3f9a0e-6f0e-4b7e-9a43-0e3f7f0d9a10
status: test
level: high
tags: [attack.execution]
logsource: ${parts.source ?? '{category: process_creation, product: windows}'}
detection:
  selection: ${parts.detection ?? "{Image|endswith: '\\cmd.exe'}"}
  condition: selection
${parts.more ?? ''}`;

interface Cast {
  readonly rule: Rule | undefined;
  readonly text: string;
  readonly query: string;
  readonly fidelity: string;
  readonly found: readonly Diagnostic[];
  readonly codes: readonly string[];
}

function cast(
  text: string,
  mappings: ConvertOptions['mappings'] = [],
  others: Partial<ConvertOptions> = {},
): Cast {
  const outcome = must(
    convert(text, { to: 'elastic', mappings, today: '2026-01-01', carry: 'none', ...others }),
  );
  const one = outcome.rules.at(-1)!;
  const written = one.text === '' ? undefined : must(read(one.text)).rules[0];
  const query = written && 'query' in written.detection ? written.detection.query?.text : undefined;
  const found = one.diagnostics.filter(({ code }) => !code.startsWith('style/') && code !== 'loss/carry');
  return {
    rule: written,
    text: one.text,
    query: (query ?? '').replace(/\s+/g, ' ').trim(),
    fidelity: one.fidelity,
    found,
    codes: found.map(({ code }) => code),
  };
}

describe('a pipeline for Windows on Winlogbeat', () => {
  test('says what the log source means, whole: no row of the tables stands beside it', () => {
    const { query, rule: written, fidelity, codes } = cast(rule(), [windows, sysmon]);
    expect(query).toBe(
      'any where winlog.channel : "Microsoft-Windows-Sysmon/Operational" and event.code : "1" and process.executable : "*\\\\cmd.exe"',
    );
    expect(written?.indices).toEqual(['winlogbeat-*']);
    expect(fidelity).toBe('equivalent');
    expect(codes).toEqual([]);
  });

  test('its priority orders it, and not the place where it is named', () => {
    expect(cast(rule(), [sysmon, windows]).text).toBe(cast(rule(), [windows, sysmon]).text);
  });

  test('what it names is final, and what it does not name is for its own prefix', () => {
    const { query } = cast(rule({ detection: "{Image|endswith: 'a.exe', Details: x, User: bob}" }), [
      sysmon,
      windows,
    ]);
    expect(query).toContain('winlog.event_data.Details : "x"');
    expect(query).toContain('(user.name : "bob" or user.id : "bob")');
  });

  test('truth becomes a word, as it stands in the index', () => {
    const source = '{category: network_connection, product: windows}';
    const { query } = cast(rule({ source, detection: "{Initiated: 'true', DestinationPort: '443'}" }), [
      sysmon,
      windows,
    ]);
    expect(query).toContain('event.code : "3"');
    expect(query).toContain('network.direction : "egress"');
    // The index keeps a port as a number, whoever named the field.
    expect(query).toContain('destination.port == 443');
  });

  test('a rule that it does not want is refused in its words, and others are written', () => {
    const refused = rule({
      source: '{category: ps_script, product: windows}',
      detection: '{ScriptBlockText: x}',
    });
    const { rules } = must(
      convert(`${refused}---\n${rule()}`, {
        to: 'elastic',
        mappings: [sysmon, windows],
        today: '2026-01-01',
      }),
    );
    expect(rules.map(({ fidelity }) => fidelity)).toEqual(['refused', 'equivalent']);
    expect(rules[0]?.diagnostics[0]).toMatchObject({ code: 'mapping/refused' });
    expect(rules[0]?.diagnostics[0]?.message).toContain('Nobody collects scripts here');
  });

  test('a rule for another system is as without it', () => {
    const linux = rule({
      source: '{category: process_creation, product: linux}',
      detection: '{Image|endswith: /bash}',
    });
    expect(cast(linux, [sysmon, windows]).text).toBe(cast(linux).text);
  });
});

describe('what a pipeline leaves is for the tables', () => {
  test('fields and implied tests, where it only renames', () => {
    const own = pipeline('{type: field_name_mapping, mapping: {CommandLine: my.line}}');
    const { query, rule: written } = cast(
      rule({ detection: "{Image|endswith: '\\cmd.exe', CommandLine: x}" }),
      [own],
    );
    const without = cast(rule());
    expect(query).toContain('process where host.os.type == "windows"');
    expect(query).toContain('process.name : "cmd.exe" and my.line : "x"');
    expect(written?.indices).toEqual(without.rule?.indices);
  });

  test('a condition that is for every rule stands beside what the log source implies', () => {
    const own = pipeline('{type: add_condition, conditions: {tenant.id: acme}}');
    const { query, codes } = cast(rule(), [own]);
    expect(query).toMatch(/^process where .*host\.os\.type.* and tenant\.id : "acme" and process\.name/);
    expect(codes).not.toContain('mapping/unknown-field');
  });

  test('a condition for a log source stands instead, tests and indices', () => {
    const own = pipeline(
      '{type: add_condition, conditions: {event.dataset: own}, rule_conditions: [{type: logsource, product: windows}]}',
    );
    const { query, rule: written } = cast(rule(), [own]);
    expect(query).toBe('any where event.dataset : "own" and process.name : "cmd.exe"');
    expect(written?.indices).toBeUndefined();
  });

  test('so does an index', () => {
    const { query, rule: written } = cast(rule(), [
      pipeline('{type: set_state, key: index, val: [a-*, b-*]}'),
    ]);
    expect(query).toBe('any where process.name : "cmd.exe"');
    expect(written?.indices).toEqual(['a-*', 'b-*']);
  });

  test('a changed log source has the row that its new words have', () => {
    const own = pipeline('{type: change_logsource, category: process_creation, product: linux}');
    const { query } = cast(rule({ detection: '{Image: /bin/sh, CommandLine: x}' }), [own]);
    expect(query).toContain('host.os.type == "linux"');
  });

  test('a field that the new log source does not know is known by the old one', () => {
    const own = pipeline(
      '{type: change_logsource, product: windows, service: sysmon}',
      '{type: set_state, key: index, val: w-*}',
    );
    const { query, codes } = cast(rule({ detection: '{OriginalFileName: x.exe}' }), [own]);
    expect(query).toContain('process.pe.original_file_name');
    expect(codes).not.toContain('mapping/unknown-field');
  });

  test("fields of conditions are Sigma's where a table knows them, and the index's where none does", () => {
    const own = pipeline(
      '{type: add_condition, conditions: {EventID: 1, my.own: x}, rule_conditions: [{type: logsource, product: windows}]}',
    );
    const { query, codes } = cast(rule(), [own]);
    expect(query).toContain('event.code == "1" and my.own : "x"');
    expect(codes).not.toContain('mapping/unknown-field');
  });

  test('a table of the user, beside a pipeline', () => {
    const table = must(
      loadMapping('title: x\nversion: 1\nfields: [{sigma: Own, ecs: table.own, source: me}]'),
    );
    const own = pipeline('{type: field_name_mapping, mapping: {Image: pipe.image}}');
    const { query } = cast(rule({ detection: '{Image: a, Own: b}' }), [table, own]);
    expect(query).toContain('pipe.image : "a" and table.own : "b"');
  });
});

describe('a name that a pipeline gave', () => {
  const named = (to: string) => pipeline(`{type: field_name_mapping, mapping: {a: ${to}}}`);

  test('has values in the type that its field has', () => {
    expect(cast(rule({ detection: '{a: 5}' }), [named('event.code')]).query).toContain('event.code : "5"');
    expect(cast(rule({ detection: "{a: '10.0.*'}" }), [named('source.ip')]).query).toContain(
      'cidrMatch(source.ip, "10.0.0.0/16")',
    );
  });

  test('is tested as the rule has it, where nobody knows the type', () => {
    expect(cast(rule({ detection: '{a: 5}' }), [named('my.number')]).query).toContain('my.number == 5');
    expect(cast(rule({ detection: '{a: 5}' }), [named('my.number')]).codes).toEqual([]);
  });

  test('is told of, where its type has no words for the value', () => {
    const { found } = cast(rule({ detection: "{a: 'x*'}" }), [named('process.pid')], { allow: ['narrower'] });
    expect(found).toMatchObject([{ code: 'loss/value-type', effect: 'narrower' }]);
  });
});

test('its losses count as those of tables: allowed, told, and refused if strict', () => {
  const own = pipeline(
    '{type: drop_detection_item, field_name_conditions: [{type: include_fields, fields: [a]}]}',
  );
  const text = rule({ detection: '{a: 1, Image: x}' });
  expect(cast(text, [own])).toMatchObject({ fidelity: 'broader', codes: ['loss/mapping'] });
  expect(cast(text, [own], { strict: true }).fidelity).toBe('refused');
});

describe('placeholders', () => {
  const text = rule({ detection: "{User|expand: ['%admins%', '%others%'], Image: x}" });
  const own = must(
    loadMapping('vars: {admins: [adm*, root]}\ntransformations: [{type: value_placeholders}]'),
  );

  test('are filled in from the pipeline, and from the option where it has no such list', () => {
    const { query } = cast(text, [own, pipeline('{type: field_name_mapping, mapping: {User: user.full}}')], {
      placeholders: { others: ['eve'] },
    });
    expect(query).toContain('user.full : ("adm*", "root", "eve")');
  });

  test('that nobody fills in are refused as ever', () => {
    expect(cast(text, [own]).codes).toContain('loss/placeholder');
  });

  test('within an expression are read by no pipeline, so the rule is refused', () => {
    const expression = rule({ detection: "{User|re|expand: 'a%admins%'}" });
    const { fidelity, codes } = cast(expression, [own], { placeholders: { admins: ['x'] } });
    expect([fidelity, codes]).toEqual(['refused', ['loss/placeholder']]);
    expect(cast(expression, [], { placeholders: { admins: ['x'] } }).fidelity).not.toBe('refused');
  });
});

describe('a correlation', () => {
  const correlation = (parts: string) => `${rule({ more: 'name: one\n' })}---
${rule({ more: 'name: two\n', detection: '{Image: y}' }).replace('9a10', '9a11')}---
title: Together
id: 5d3f9a0e-6f0e-4b7e-9a43-0e3f7f0d9a12
status: test
level: high
correlation: ${parts}
`;
  const names = (name: string) =>
    pipeline(`{type: field_name_mapping, mapping: {User: ${name}, Host: host.id}}`);

  test('has its keys called as the fields of its rules are', () => {
    const { query } = cast(
      correlation('{type: temporal_ordered, rules: [one, two], group-by: [User], timespan: 5m}'),
      [names('user.id')],
    );
    expect(query).toMatch(/^sequence by user\.id with maxspan=5m/);
  });

  test('counts by each of several names', () => {
    const { rule: written } = cast(
      correlation(
        '{type: event_count, rules: [one], group-by: [User, Host], timespan: 5m, condition: {gte: 5}}',
      ),
      [names('[user.id, user.name]')],
      { language: 'kuery', caseless: 'field' },
    );
    expect(written?.detection).toMatchObject({
      kind: 'threshold',
      fields: ['user.id', 'user.name', 'host.id'],
    });
  });

  test('can not join by several names where each rule has its own key', () => {
    const aliased =
      '{type: temporal_ordered, rules: [one, two], group-by: [who], aliases: {who: {one: User, two: Host}}, timespan: 5m}';
    expect(cast(correlation(aliased), [names('user.id')]).query).toMatch(/by user\.id .*by host\.id/);
    expect(cast(correlation(aliased), [names('[user.id, user.name]')]).codes).toContain('loss/join-key');
  });

  test('is asked itself by conditions on correlations, and by the log sources of its rules', () => {
    const own = (condition: string) =>
      pipeline(`{type: field_name_mapping, mapping: {User: user.id}, rule_conditions: [${condition}]}`);
    const ordered = correlation(
      '{type: temporal_ordered, rules: [one, two], group-by: [User], timespan: 5m}',
    );
    const keyBy = (condition: string) => /sequence by (\S+)/.exec(cast(ordered, [own(condition)]).query)?.[1];
    expect(keyBy('{type: is_sigma_correlation_rule}')).toBe('user.id');
    expect(keyBy('{type: logsource, product: windows}')).toBe('user.id');
    expect(keyBy('{type: logsource, product: linux}')).not.toBe('user.id');
    expect(keyBy('{type: contains_field, field: Image}')).not.toBe('user.id');
  });
});

test('fields worth a look go by their new names', () => {
  const own = pipeline(
    '{type: field_name_mapping, mapping: {User: user.id}}',
    '{type: add_field, field: host.id}',
  );
  const { rule: written } = cast(rule({ more: 'fields: [User, Other]\n' }), [own]);
  expect(written?.fields).toEqual(['user.id', 'Other', 'host.id']);
});

test('a query that is translated goes through it, too', () => {
  const text = 'logsource:\n  product: windows\ndetection:\n  selection: {a: x}\n  condition: selection\n';
  const own = pipeline(
    '{type: field_name_mapping, mapping: {a: b.c}, rule_conditions: [{type: logsource, product: windows}]}',
  );
  const translated = must(
    translate(text, { from: 'sigma', to: 'kuery', taxonomy: 'ecs', mappings: [own], caseless: 'field' }),
  );
  expect(translated.text).toContain('b.c:x');
});

test('a rule that is matched against events in the names of the index goes through it, too', () => {
  const [sigmaRule] = must(read(rule())).rules;
  const event = {
    winlog: { channel: 'Microsoft-Windows-Sysmon/Operational' },
    event: { code: '1' },
    process: { executable: 'C:\\cmd.exe' },
  };
  const other = { ...event, event: { code: '2' } };
  const found = [...match(sigmaRule!, [event, other], { taxonomy: 'ecs', mappings: [sysmon, windows] })];
  expect(found.map(({ events }) => events)).toEqual([[0]]);
});

describe('back to Sigma', () => {
  const elastic = (query: string, index = 'winlogbeat-*') => `[metadata]
creation_date = "2026/01/01"
maturity = "production"
updated_date = "2026/01/01"

[rule]
author = ["x"]
description = "x"
index = ["${index}"]
language = "eql"
name = "A rule"
risk_score = 73
rule_id = "5d3f9a0e-6f0e-4b7e-9a43-0e3f7f0d9a10"
severity = "high"
type = "eql"
query = '''
${query}
'''
`;
  const back = (query: string, ...mappings: NonNullable<ConvertOptions['mappings']>) =>
    cast(elastic(query), mappings, { to: 'sigma', case: 'fold' });

  test('names are read back, those of a prefix as well', () => {
    const { query, codes } = back(
      'process where host.os.type == "windows" and event.type == "start" and process.executable : "x" and winlog.event_data.Details : "y" and aws.cloud.Region : "z"',
      sysmon,
      windows,
      pipeline('{type: field_name_prefix_mapping, mapping: {amazon.: aws.cloud.}}'),
    );
    expect(query).toContain("Image: 'x'");
    expect(query).toContain("Details: 'y'");
    expect(query).toContain("amazon.Region: 'z'");
    expect(codes).not.toContain('mapping/unknown-field');
  });

  test('one of several names is an approximation, and told', () => {
    const { found, query } = back(
      'process where host.os.type == "windows" and event.type == "start" and my.one : "x"',
      pipeline('{type: field_name_mapping, mapping: {Own: [my.one, my.two]}}'),
    );
    expect(query).toContain("Own: 'x'");
    expect(found).toMatchObject([{ code: 'loss/mapping', effect: 'broader' }]);
  });

  test('a name that was given in two steps is read back in two', () => {
    const own = pipeline(
      '{type: field_name_mapping, mapping: {Own: step}}',
      '{type: field_name_prefix_mapping, mapping: {ste: my.ste}}',
    );
    expect(back('any where my.step : "x" and event.code == "1"', own).query).toContain("Own: 'x'");
  });

  test('names are for the log sources that they were given for', () => {
    const own = pipeline(
      '{type: field_name_mapping, mapping: {One: my.own}, rule_conditions: [{type: logsource, category: file_event}]}',
      '{type: field_name_mapping, mapping: {Two: my.own}}',
      '{type: field_name_mapping, mapping: {Three: my.own}, rule_conditions: [{type: logsource, category: process_creation, product: windows}]}',
    );
    expect(
      back('process where host.os.type == "windows" and event.type == "start" and my.own : "x"', own).query,
    ).toContain("Three: 'x'");
  });

  test.each([
    [
      'conditions of tests',
      '{id: x, type: field_name_mapping, mapping: {a: b}, detection_item_conditions: [{type: is_null, cond: any}]}',
    ],
    [
      'conditions of names',
      '{id: x, type: field_name_prefix, prefix: a., field_name_conditions: [{type: include_fields, fields: [b]}]}',
    ],
    [
      'conditions other than log sources',
      '{id: x, type: field_name_mapping, mapping: {a: b}, rule_conditions: [{type: tag, tag: a.b}]}',
    ],
    [
      'negated log sources',
      '{id: x, type: field_name_mapping, mapping: {a: b}, rule_cond_not: true, rule_conditions: [{type: logsource, product: a}]}',
    ],
    ['searches in all fields', '{id: x, type: field_name_mapping, mapping: {null: b}}'],
    ['suffixes', '{id: x, type: field_name_suffix, suffix: b}'],
    ['added conditions', '{id: x, type: add_condition, conditions: {a: b}}'],
    ['indices', '{id: x, type: set_state, key: index, val: a}'],
    ['changed values', '{id: x, type: map_string, mapping: {a: b}}'],
  ])('%s can not be turned round, which is told once', (_, text) => {
    const { diagnostics } = loadMapping(`transformations: [${text}]`);
    expect(diagnostics.map(({ code }) => code)).toEqual(['mapping/one-way']);
    expect(diagnostics[0]?.message).toContain('"x"');
  });

  test.each([
    ['names', '{type: field_name_mapping, mapping: {a: b}}'],
    [
      'names under log sources',
      '{type: field_name_mapping, mapping: {a: b}, rule_cond_op: or, rule_conditions: [{type: logsource, product: a}, {type: logsource, service: b}]}',
    ],
    ['what only refuses', '{type: rule_failure, message: x, rule_conditions: [{type: tag, tag: a.b}]}'],
    ['how a value is written', '{type: convert_type, target_type: str}'],
    [
      'a nest of names',
      '{type: nest, items: [{type: field_name_prefix, prefix: a.}], rule_conditions: [{type: logsource, product: a}]}',
    ],
  ])('%s leave nothing to be told', (_, text) => {
    expect(loadMapping(`transformations: [${text}]`).diagnostics).toEqual([]);
  });
});

test('there and back again, nothing is lost that travels with the rule', () => {
  const text = rule({ detection: "{Image|endswith: '\\cmd.exe', User: bob, Details: x}" });
  const there = must(convert(text, { to: 'elastic', mappings: [sysmon, windows], today: '2026-01-01' }));
  const again = must(convert(there.text, { to: 'sigma', mappings: [sysmon, windows] }));
  expect(again.rules[0]?.fidelity).toBe('identical');
  expect(again.text).toContain("{Image|endswith: '\\cmd.exe', User: bob, Details: x}");
});
