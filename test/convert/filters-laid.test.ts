import { describe, expect, test } from 'vitest';

import { convert } from '../../src/convert/convert.ts';
import { must } from '../support/laws.ts';

const rule = (name: string, source: string, value: string, more = '') => `title: ${name}
name: ${name}
logsource: ${source}
detection:
    selection:
        a|cased: '${value}'
    condition: selection${more}
`;

const filter = (
  rules: string,
  source: string,
  condition = 'not good',
  searches = 'good: {b|cased: g}',
) => `title: F
logsource: ${source}
filter:
    rules: ${rules}
    ${searches}
    condition: ${condition}
`;

const correlation = (type: string, rules: string, more = '') => `title: C
correlation:
    type: ${type}
    rules: ${rules}
    group-by: [h]
    timespan: 5m
${more}`;

function queriesOf(...documents: readonly string[]): readonly string[] {
  const { rules } = must(convert(documents.join('---\n'), { to: 'elastic', today: '2026-01-01' }));
  return rules.flatMap(({ written }) =>
    written.flatMap(({ detection }) => ('query' in detection ? (detection.query?.text.trim() ?? []) : [])),
  );
}

const source = '{product: other, service: s}';

describe('what a filter keeps is joined to the rules it is for', () => {
  test.each<[string, string, readonly string[]]>([
    ['any', source, ['any where a == "x" and b != "g"']],
    ['[]', source, ['any where a == "x" and b != "g"']],
    ['r', source, ['any where a == "x" and b != "g"']],
    ['[r, q]', '{product: other}', ['any where a == "x" and b != "g"']],
    ['[q]', source, ['any where a == "x"']],
    ['any', '{product: another}', ['any where a == "x"']],
    ['any', '{product: other, service: s, category: narrower}', ['any where a == "x"']],
    ['r', '{product: another}', ['any where a == "x"']],
  ])('rules: %s, of %s', (rules, of, wanted) => {
    expect(queriesOf(rule('r', source, 'x'), filter(rules, of))).toEqual(wanted);
  });

  test('with several selections, and several filters', () => {
    const both = filter('any', source, 'not (one and two)', 'one: {b|cased: g}\n    two: {c|cased: h}');
    expect(queriesOf(rule('r', source, 'x'), both)).toEqual([
      'any where a == "x" and not (b == "g" and c == "h")',
    ]);
    expect(queriesOf(rule('r', source, 'x'), filter('r', source), filter('any', source, 'good'))).toEqual([
      'any where a == "x" and b != "g" and b == "g"',
    ]);
  });

  test('before anything is counted', () => {
    const [query] = queriesOf(
      rule('r', source, 'x', ' | count() by h > 2\n    timeframe: 1m'),
      filter('any', source),
    );
    expect(query).toBe('sequence by h with maxspan=1m\n  [any where a == "x" and b != "g"] with runs=3');
    const counted = correlation('event_count', '[r]', '    condition: {gte: 3}\n');
    expect(queriesOf(rule('r', source, 'x'), counted, filter('r', source))).toEqual([
      'sequence by h with maxspan=5m\n  [any where a == "x" and b != "g"] with runs=3',
    ]);
  });

  test('in those parts of a correlation that it is for', () => {
    const [query] = queriesOf(
      rule('r', source, 'x'),
      rule('q', source, 'y'),
      correlation('temporal_ordered', '[r, q]'),
      filter('[q]', source),
    );
    expect(query).toBe(
      'sequence by h with maxspan=5m\n  [any where a == "x"]\n  [any where a == "y" and b != "g"]',
    );
  });
});
