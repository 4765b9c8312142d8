import { describe, expect, test } from 'vitest';

import { convert, read } from '../../src/convert/convert.ts';
import { must } from '../support/laws.ts';

const rule = (head: string, value = 'x') => `title: T
${head}
logsource:
    product: other
detection:
    selection:
        a|cased: '${value}'
    condition: selection
`;

const counting = (name: string) => `title: C
correlation:
    type: event_count
    rules: [${name}]
    group-by: [h]
    timespan: 5m
    condition: {gte: 3}
`;

const id = (digit: number) => `id: 00000000-0000-4000-8000-00000000000${digit}`;

/** What becomes of a correlation among rules of its text, and of other texts. */
function outcomeOf(name: string, beside: readonly string[], elsewhere: readonly string[]): string {
  const references = elsewhere.flatMap((text) => must(read(text, { format: 'sigma' })).rules);
  const text = [...beside, counting(name)].join('---\n');
  const result = must(convert(text, { to: 'elastic', today: '2026-01-01', references })).rules.at(-1)!;
  const { detection } = result.written[0] ?? {};
  const query = detection && 'query' in detection ? detection.query?.text : undefined;
  return query ?? String(result.diagnostics[0]?.code);
}

describe('a rule is found by its id or its name', () => {
  test.each<[string, readonly string[], readonly string[], RegExp]>([
    ['n', [rule('name: n')], [], /a == "x"/],
    ['n', [], [rule('name: n')], /a == "x"/],
    ['00000000-0000-4000-8000-000000000001', [], [rule(id(1))], /a == "x"/],
    ['n', [rule('name: n')], [rule('name: n', 'y')], /a == "x"/],
    ['n', [], [rule('name: m')], /unknown-reference/],
    ['n', [], [rule('name: n'), rule('name: n', 'y')], /unknown-reference/],
    ['n', [], [rule('name: n'), rule('name: n', 'y'), rule('name: n')], /unknown-reference/],
    ['n', [rule(`name: n\n${id(1)}`), rule(`name: n\n${id(2)}`)], [], /unknown-reference/],
    ['n', [], [rule('name: n'), rule('name: n')], /a == "x"/],
    ['00000000-0000-4000-8000-000000000001', [], [rule(id(1)), rule(id(1), 'y')], /unknown-reference/],
  ])('%s among %j and %j', (name, beside, elsewhere, wanted) => {
    expect(outcomeOf(name, beside, elsewhere)).toMatch(wanted);
  });

  test('one that counts by itself is counted by no other', () => {
    const counted = rule('name: n').replace('condition: selection', 'condition: selection | count() > 5');
    expect(outcomeOf('n', [counted], [])).toBe('loss/rule-type');
  });
});
