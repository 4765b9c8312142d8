import { describe, expect, test } from 'vitest';

import { convert } from '../../src/convert/convert.ts';
import type { ConvertOptions } from '../../src/convert/options.ts';
import { must } from '../support/laws.ts';

/** What can not be said whole, and what the user accepts instead. */

const sigma = (detection: string) => `title: For Tests
id: 00000000-0000-4000-8000-000000000001
status: test
description: Detects nothing.
author: rulecast
date: 2024-01-01
logsource:
  category: process_creation
  product: windows
detection:
${detection.replace(/^/gm, '  ')}
level: low
`;

const selection = "selection:\n  CommandLine|contains: ' Whoami '\ncondition: selection";
const exclusion =
  'selection:\n  ProcessId: 4\nfilter:\n  CommandLine: Whoami\ncondition: selection and not filter';

function converted(detection: string, options: Partial<ConvertOptions>) {
  const { rules } = must(convert(sigma(detection), { to: 'elastic', today: '2024-01-01', ...options }));
  const [rule] = rules;
  return { ...rule!, query: rule!.text.replace(/[^]*query = '''|'''[^]*/g, '').trim() };
}

describe('a language that tells upper and lower case apart', () => {
  test('refuses a test that does not', () => {
    const { fidelity, diagnostics } = converted(selection, { language: 'kuery' });
    expect(fidelity).toBe('refused');
    expect(diagnostics.map(({ code }) => code)).toContain('loss/case-sensitivity');
  });

  test('asks for the case as it is written where the user accepts less', () => {
    const { fidelity, query } = converted(selection, { language: 'kuery', allow: ['narrower'] });
    expect(fidelity).toBe('narrower');
    expect(query).toContain('process.command_line:* Whoami *');
  });

  test('under a negation that matches more, and needs leave for that', () => {
    expect(converted(exclusion, { language: 'kuery', allow: ['narrower'] }).fidelity).toBe('refused');
    const { fidelity, query } = converted(exclusion, { language: 'kuery', allow: ['broader'] });
    expect(fidelity).toBe('broader');
    expect(query).toContain('not process.command_line:Whoami');
  });

  test('leaves a test out where that alone is accepted', () => {
    const { fidelity, query } = converted(selection, { language: 'kuery', allow: ['broader'] });
    expect(fidelity).toBe('broader');
    expect(query).not.toContain('Whoami');
  });
});

test('a language that loses nothing comes before one that the user would accept', () => {
  const { fidelity, query } = converted(selection, { allow: ['narrower', 'broader'] });
  expect(fidelity).toBe('equivalent');
  expect(query).toContain('process.command_line : "* Whoami *"');
});

describe('what only ES|QL says behind a pipe', () => {
  const toml = (query: string) => `[rule]
name = "For Tests"
rule_id = "00000000-0000-4000-8000-000000000001"
description = "Detects nothing."
risk_score = 21
severity = "low"
type = "esql"
language = "esql"
query = '''
${query}
'''
`;
  const grouped = 'from logs-a* | where a.b == "x" | stats n = count(*) by c.d | where n > 3';
  const cast = (query: string, options: Partial<ConvertOptions> = {}) => {
    const { rules } = must(convert(toml(query), { to: 'sigma', today: '2024-01-01', ...options }));
    return rules.at(-1)!;
  };

  test('is refused, and left out where the user accepts more', () => {
    const { fidelity, diagnostics } = cast(grouped);
    expect(fidelity).toBe('refused');
    expect(diagnostics[0]?.message).toContain('goes on behind a pipe with what only esql says');
    const weaker = cast(grouped, { allow: ['broader'] });
    expect(weaker.fidelity).toBe('approximate');
    expect(weaker.text).toContain("a.b|cased: 'x'");
  });

  test('is no loss of events where it says how they are given', () => {
    const kept = cast('from logs-a* metadata _id | where a.b == "x" | sort c | keep a.b, c');
    expect(kept.fidelity).toBe('equivalent');
    expect(kept.diagnostics.filter(({ effect }) => effect === 'dropped').length).toBe(2);
  });

  test('decides which events are the first, and is no way of giving them then', () => {
    expect(cast('from logs-a* | where a.b == "x" | sort c | limit 1').fidelity).toBe('refused');
  });
});

describe('a count over what can not be said', () => {
  const counted = (
    condition: string,
  ) => `${sigma("selection:\n  CommandLine|re: 'a(?=b)'\n  ProcessId: 4\ncondition: selection").replace('title:', 'name: part\ntitle:')}---
title: Whole
id: 00000000-0000-4000-8000-000000000002
correlation:
  type: event_count
  rules: [part]
  group-by: [User]
  timespan: 5m
  condition: ${condition}
level: low
`;
  const whole = (condition: string) =>
    must(
      convert(counted(condition), { to: 'elastic', today: '2024-01-01', allow: ['broader', 'approximate'] }),
    ).rules.at(-1)!;

  test('is left without it where more events are more finds', () => {
    expect(whole('{ gte: 3 }').fidelity).toBe('approximate');
  });

  test.each(['{ lt: 3 }', '{ gt: 1, lt: 5 }', '{ eq: 3 }'])(
    'and is not where they may be fewer: %s',
    (condition) => {
      expect(whole(condition).fidelity).toBe('refused');
    },
  );

  test('is refused for what stands in the way, which is not the count', () => {
    const { diagnostics } = must(
      convert(counted('{ gte: 200 }'), { to: 'elastic', today: '2024-01-01' }),
    ).rules.at(-1)!;
    expect(diagnostics.map(({ code }) => code)).not.toContain('loss/aggregation');
  });
});

test('what ES|QL gives of each group beside the count is told to be left out', () => {
  const toml = `[rule]
name = "For Tests"
rule_id = "00000000-0000-4000-8000-000000000001"
description = "Detects nothing."
risk_score = 21
severity = "low"
type = "esql"
language = "esql"
query = '''
from logs-a* | where user.name is not null | stats n = count(*), hosts = values(host.name) by user.name | where n > 3
'''
`;
  const rule = must(convert(toml, { to: 'sigma', today: '2024-01-01' })).rules.at(-1)!;
  expect(rule.fidelity).not.toBe('refused');
  expect(rule.diagnostics.map(({ message }) => message).join(' ')).toContain('given of each group beside');
});
