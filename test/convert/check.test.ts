import { describe, expect, test } from 'vitest';

import { check } from '../../src/convert/check.ts';
import { positionAt } from '../../src/source/source.ts';

const toml = `[metadata]
creation_date = "2026/01/02"
maturity = "production"
updated_date = "2026/01/03"

[rule]
author = ["rulecast"]
description = "A rule for tests."
index = ["logs-*"]
language = "eql"
license = "MIT"
name = "For Tests"
risk_score = 47
rule_id = "3b2f3a3e-5f0a-4d5c-8f59-6a3a1a6b9c01"
severity = "medium"
tags = ["OS: Windows"]
type = "eql"

query = '''
process where process.name == "a"
'''
`;

const yaml = `title: A rule for tests
id: 3b2f3a3e-5f0a-4d5c-8f59-6a3a1a6b9c02
status: test
description: Finds nothing in particular.
author: rulecast
date: 2026-01-02
tags:
    - attack.execution
logsource:
    category: process_creation
    product: windows
detection:
    selection:
        Image|endswith: '\\a.exe'
    condition: selection
level: low
`;

const json = `${JSON.stringify({
  rule_id: 'a',
  name: 'For Tests',
  description: 'A rule for tests.',
  risk_score: 47,
  severity: 'medium',
  type: 'query',
  language: 'kuery',
  query: 'a:b',
})}\n`;

const seen = (text: string, options = {}) =>
  check(text, options).map(({ code, span }) => {
    const { line, column } = positionAt(text, span?.start ?? 0);
    return `${line}:${column} ${code}`;
  });

describe('a sound text has no faults', () => {
  test.each([
    ['TOML', toml],
    ['YAML', yaml],
    ['JSON', json],
    ['JSON with a byte-order mark', `\uFEFF${json}`],
    ['YAML with other line ends', yaml.replaceAll('\n', '\r\n')],
  ])('%s', (_, text) => {
    expect(seen(text)).toEqual([]);
  });
});

describe('one fault is one finding, at its place', () => {
  test.each<[string, string, string]>([
    ['a score out of bounds', toml.replace('risk_score = 47', 'risk_score = 470'), '13:14 schema/bad-value'],
    ['a score that is text', toml.replace('risk_score = 47', 'risk_score = "47"'), '13:14 schema/wrong-type'],
    ['a misspelt key', toml.replace('severity =', 'severty ='), '15:11 schema/unknown-field'],
    ['a key that is missing', toml.replace('name = "For Tests"\n', ''), '6:1 schema/missing-field'],
    ['a query that is none', toml.replace('== "a"', '= "a"'), '20:28 parse/legacy'],
    [
      'a string that is never closed',
      toml.replace('"For Tests"', '"For Tests'),
      '12:18 parse/unclosed-string',
    ],
    ['a status that is none', yaml.replace('status: test', 'status: tested'), '3:1 schema/bad-value'],
    ['no log source', yaml.replace(/logsource:\n(?: .*\n)*/, ''), '1:1 schema/missing-field'],
    [
      'a condition without its search',
      yaml.replace('condition: selection', 'condition: select'),
      '15:16 parse/unknown-identifier',
    ],
    ['a key that stands twice', yaml.replace('level: low', 'title: Again'), '16:1 parse/duplicate-key'],
    ['a severity that is none', json.replace('"medium"', '"mild"'), '1:96 schema/bad-value'],
    ['a query that is none in JSON', json.replace('a:b', 'a:b)'), '1:151 parse/unexpected'],
    ['nothing at all', '', '1:1 read/empty'],
    ['nothing that is known', 'hello', '1:1 read/unknown-format'],
  ])('%s', (_, text, expected) => {
    expect(seen(text)).toEqual([expected]);
  });
});

test('what a stack does not have yet is a fault for it', () => {
  const newer = json.replace('}\n', ',"investigation_fields":{"field_names":["a"]}}\n');
  expect(seen(newer, { stack: { major: 9, minor: 0 } })).toEqual([]);
  expect(seen(newer, { stack: { major: 8, minor: 2 } })).toHaveLength(1);
});

test('a query of Lucene is read as well', () => {
  expect(seen(json.replace('kuery', 'lucene').replace('a:b', 'a:(b'))).toEqual(['1:153 parse/unexpected']);
});
