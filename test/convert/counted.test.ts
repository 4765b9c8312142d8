import { describe, expect, test } from 'vitest';

import { convert } from '../../src/convert/convert.ts';
import { corpusFiles, without } from '../support/corpus.ts';
import { must } from '../support/laws.ts';

const rule = (condition: string, timeframe = '5m') => `title: Many
id: 00000000-0000-4000-8000-000000000001
logsource:
    product: other
detection:
    selection:
        a|cased: 'x'
    other:
        a|cased: 'y'
    timeframe: ${timeframe}
    condition: ${condition}
`;

const cast = (text: string, to: 'elastic' | 'sigma') => must(convert(text, { to, today: '2026-01-01' }));

describe('counts of the first version', () => {
  test('a few of one group are an event over and over', () => {
    const { text } = cast(rule('selection | count() by host.name > 2'), 'elastic');
    expect(text).toContain('sequence by host.name with maxspan=5m');
    expect(text).toContain('with runs=3');
  });

  test.each([
    ['count() > 10', { kind: 'threshold', fields: [], value: 11 }],
    ['count() by host.name >= 500', { kind: 'threshold', fields: ['host.name'], value: 500 }],
    [
      'count(user.name) by host.name > 3',
      { kind: 'threshold', fields: ['host.name'], cardinality: [{ field: 'user.name', value: 4 }] },
    ],
  ])('%s is a threshold', (condition, detection) => {
    expect(cast(rule(`selection | ${condition}`), 'elastic').rules[0]!.written[0]!.detection).toMatchObject(
      detection,
    );
  });

  test.each(['count() by h < 5', 'sum(n) > 5', 'near other'])('%s is refused with a reason', (condition) => {
    const [result] = cast(rule(`selection | ${condition}`), 'elastic').rules;
    expect(result?.fidelity).toBe('refused');
    expect(result?.diagnostics[0]?.code).toMatch(/^loss\//);
  });

  test('all of them stay as they are, and come home', () => {
    for (const condition of ['count() by host.name > 2', 'count(u) by h > 3', 'count() > 10']) {
      const text = rule(`selection | ${condition}`);
      expect(cast(text, 'sigma').text).toBe(text);
      expect(cast(cast(text, 'elastic').text, 'sigma').text).toContain(`condition: selection | ${condition}`);
    }
  });

  test('are correlations of the second version where nothing travels', () => {
    const there = must(
      convert(rule('selection | count() by host.name > 2'), {
        to: 'elastic',
        today: '2026-01-01',
        carry: 'none',
      }),
    );
    const { text } = cast(there.text, 'sigma');
    expect(text).toContain('type: event_count');
    expect(text).toContain('gte: 3');
  });
});

describe.skipIf(without)('counts in the corpus (set CORPUS to run)', () => {
  test('are written, or refused for what they ask and not for how they ask it', () => {
    const counted = corpusFiles('sigma/unsupported', '.yml').filter(({ text }) =>
      /^ +condition: .*(?:\||count\()/m.test(text),
    );
    const legacy: string[] = [];
    for (const { path, text } of counted) {
      expect(cast(text, 'sigma').text, path).toBe(text);
      const [result] = cast(text, 'elastic').rules;
      if (result?.diagnostics.some(({ code }) => code === 'parse/legacy')) legacy.push(path);
    }
    // It asks "per" a group, and counts in the middle of its condition; no version has that.
    expect(legacy).toEqual(['sigma/unsupported/network/net_dns_high_subdomain_rate.yml']);
    expect(counted.length).toBe(28);
  });
});
