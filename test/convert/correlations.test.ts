import { describe, expect, test } from 'vitest';

import { convert, read } from '../../src/convert/convert.ts';
import { lower } from '../../src/convert/lower.ts';
import type { Query } from '../../src/query/query.ts';
import { partsOf } from '../../src/query/walk.ts';
import { must } from '../support/laws.ts';

const rule = (name: string, field = 'CommandLine', category = 'process_creation') => `title: ${name}
name: ${name}
id: 0000000${name.charCodeAt(0) % 10}-0000-4000-8000-000000000000
status: test
logsource:
  product: windows
  category: ${category}
detection:
  selection:
    ${field}: ${name}
  condition: selection
`;

const file = (correlation: object, rules = [rule('a'), rule('b')]) =>
  [
    ...rules,
    `title: All\nid: 00000009-0000-4000-8000-000000000000\nstatus: test\ncorrelation: ${JSON.stringify({ 'group-by': ['User'], timespan: '5m', ...correlation })}\n`,
  ].join('---\n');

function lowered(correlation: object, rules?: string[]): Query {
  const pack = must(read(file(correlation, rules), { format: 'sigma' }));
  const known = (name: string) => pack.rules.find((one) => one.name === name);
  return lower({ rule: pack.rules.at(-1)!, parts: [], known }, { to: 'native' }, () => {}).query;
}

function written(correlation: object, rules?: string[]) {
  const { rules: converted, text } = must(
    convert(file(correlation, rules), { to: 'elastic', today: '2024-01-01' }),
  );
  const whole = converted.at(-1)!;
  return {
    text,
    fidelity: whole.fidelity,
    why: whole.diagnostics.filter(({ effect, code }) => !effect && code.startsWith('loss/')),
  };
}

describe('a correlation is read', () => {
  test('as a count of one filter where rules of one log source are counted together', () => {
    const { find, stages } = lowered({ type: 'event_count', rules: ['a', 'b'], condition: { gte: 3 } });
    expect(find).toMatchObject({ kind: 'filter', where: { kind: 'or' } });
    expect(stages).toMatchObject([
      {
        kind: 'aggregate',
        measure: 'count',
        by: ['User'],
        within: 300_000,
        keep: { operator: '>=', value: 3 },
      },
    ]);
  });

  test.each<[object, object]>([
    [
      { type: 'value_count', condition: { field: 'x', lt: 3 } },
      { measure: 'count-distinct', field: 'x', keep: { operator: '<', value: 3 } },
    ],
    [
      { type: 'value_count', condition: { field: ['x', 'y'], neq: 3 } },
      { field: 'x', also: ['y'], keep: { operator: '!=', value: 3 } },
    ],
    [
      { type: 'value_sum', condition: { field: 'x', gte: 1.5 } },
      { measure: 'sum', keep: { operator: '>=', value: 1.5 } },
    ],
    [
      { type: 'value_avg', condition: { field: 'x', eq: 2 } },
      { measure: 'avg', keep: { operator: '==', value: 2 } },
    ],
    [
      { type: 'value_median', condition: { field: 'x', lte: 2 } },
      { measure: 'percentile', percentile: 50 },
    ],
    [
      { type: 'value_percentile', condition: { field: 'x', percentile: 95, gt: 2 } },
      { measure: 'percentile', percentile: 95 },
    ],
    [
      { type: 'event_count', condition: { lte: 200, gt: 100 } },
      { keep: { operator: '>', value: 100, and: { operator: '<=', value: 200 } } },
    ],
  ])('%j', (correlation, wanted) => {
    expect(lowered({ rules: ['a'], ...correlation }).stages).toMatchObject([wanted]);
  });

  test.each<[object, string]>([
    [{ type: 'temporal' }, 'sample'],
    [{ type: 'temporal', condition: { gte: 2 } }, 'sample'],
    [{ type: 'temporal', condition: 'b and a' }, 'sample'],
    [{ type: 'temporal_ordered', condition: { eq: 2 } }, 'sequence'],
    [{ type: 'temporal', condition: { gte: 1 } }, 'correlation'],
    [{ type: 'temporal', condition: 'a and not b' }, 'correlation'],
    [{ type: 'temporal_ordered', condition: 'a or b' }, 'correlation'],
  ])('%j as a %s', (correlation, kind) => {
    expect(lowered({ rules: ['a', 'b'], ...correlation }).find.kind).toBe(kind);
  });

  test('with the fields that aliases stand for, whichever way a rule is called', () => {
    const { find } = lowered({
      type: 'event_count',
      rules: ['a', 'b'],
      'group-by': ['who', 'Computer'],
      aliases: { who: { a: 'User', b: 'TargetUser' } },
      condition: { gte: 2 },
    });
    expect(find).toMatchObject({
      kind: 'correlation',
      by: ['who', 'Computer'],
      of: [{ by: ['User', 'Computer'] }, { by: ['TargetUser', 'Computer'] }],
    });
  });

  test('with everything that its rules ask, however deep', () => {
    const inner = `title: I\nname: inner\ncorrelation: ${JSON.stringify({ type: 'event_count', rules: ['a'], timespan: '1m', condition: { gte: 2 } })}\n`;
    const query = lowered({ type: 'temporal', rules: ['inner', 'b'] }, [rule('a'), rule('b'), inner]);
    expect(partsOf(query).map(({ where }) => where)).toMatchObject([
      { values: [['a']] },
      { values: [['b']] },
    ]);
  });

  test.each<[object, string]>([
    [{ type: 'value_percentile', rules: ['a'], condition: { field: 'x', gt: 2 } }, 'which percentile'],
    [{ type: 'value_sum', rules: ['a'], condition: { field: ['x', 'y'], gt: 2 } }, 'several fields at once'],
    [{ type: 'temporal', condition: 'a and' }, 'where a rule should be named'],
    [{ type: 'temporal', condition: '(a or b' }, 'never closed'],
    [{ type: 'temporal', condition: `${'('.repeat(5000)}a${')'.repeat(5000)}` }, 'nested deeper'],
    [{ type: 'temporal', condition: `${'not '.repeat(5000)}a` }, 'nested deeper'],
  ])('or told why not: %j', (correlation, why) => {
    expect(() => lowered(correlation)).toThrow(why);
  });
});

describe('a correlation is written for Elastic', () => {
  test('where rules of one log source are counted together', () => {
    const { fidelity, text } = written({ type: 'event_count', rules: ['a', 'b'], condition: { gte: 3 } });
    expect(fidelity).toBe('equivalent');
    expect(text).toContain('with runs=3');
  });

  test('and comes home with all of its rules', () => {
    const sigma = file({ type: 'event_count', rules: ['a', 'b'], condition: { gte: 3 } });
    const elastic = must(convert(sigma, { to: 'elastic', today: '2024-01-01' })).text;
    const home = must(convert(elastic, { to: 'sigma' }));
    expect(home.rules.at(-1)!.fidelity).toBe('identical');
    const { rules } = must(read(home.text));
    expect(rules.map(({ name, title }) => name ?? title)).toEqual(['a', 'b', 'All']);
  });

  test.each<[object, string]>([
    [{ type: 'event_count', rules: ['a'], condition: { lt: 3 } }, 'no less, exact number or range'],
    [{ type: 'event_count', rules: ['a'], condition: { gt: 3, lt: 9 } }, 'no less, exact number or range'],
    [
      { type: 'value_count', rules: ['a'], condition: { field: ['x', 'y'], gte: 3 } },
      'how those of several come together',
    ],
    [{ type: 'value_sum', rules: ['a'], condition: { field: 'x', gte: 3 } }, 'does not take the sum'],
    [
      { type: 'value_median', rules: ['a'], condition: { field: 'x', gte: 3 } },
      'does not take the median of',
    ],
    [{ type: 'temporal', rules: ['a', 'b'], condition: 'a and not b' }, 'EQL joins single events alone'],
    [{ type: 'temporal', rules: ['a', 'b'], condition: { gte: 1 } }, 'EQL joins single events alone'],
  ])('or refused with the reason: %j', (correlation, why) => {
    const { fidelity, why: found } = written(correlation);
    expect(fidelity).toBe('refused');
    expect(found.map(({ message }) => message).join(' ')).toContain(why);
  });

  test('not where rules of several log sources are counted together', () => {
    const rules = [rule('a'), rule('b', 'QueryName', 'dns_query')];
    const { fidelity, why } = written(
      { type: 'event_count', rules: ['a', 'b'], condition: { gte: 3 } },
      rules,
    );
    expect(fidelity).toBe('refused');
    expect(why.map(({ code }) => code)).toContain('loss/correlation');
  });
});

test('a sample is told to be of different events, which EQL asks for and Sigma does not', () => {
  const toml = `[rule]
name = "For Tests"
rule_id = "00000000-0000-4000-8000-000000000001"
description = "Detects nothing."
risk_score = 21
severity = "low"
type = "eql"
language = "eql"
index = ["logs-endpoint.events.process-*"]
query = '''
sample by host.id
  [process where process.name == "a"]
  [process where user.name == "b"]
'''
`;
  const { rules } = must(convert(toml, { to: 'sigma', today: '2024-01-01' }));
  expect(rules.at(-1)!.fidelity).not.toBe('refused');
  expect(
    rules
      .at(-1)!
      .diagnostics.map(({ message }) => message)
      .join(' '),
  ).toContain('of different events');
});
