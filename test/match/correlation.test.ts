import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { read } from '../../src/convert/convert.ts';
import { match } from '../../src/convert/match.ts';
import type { Event } from '../../src/match/event.ts';
import { match as matchQuery } from '../../src/match/match.ts';
import type { Bound, Measure, Query } from '../../src/query/query.ts';
import { must } from '../support/laws.ts';

const rule = (name: string) => `title: ${name}
name: ${name}
logsource:
  product: windows
detection:
  selection:
    kind: ${name}
  condition: selection
`;

/** A correlation of rules that ask for events of a kind each; the rest of it is JSON, which is YAML. */
function finds(correlation: object, events: readonly Event[], more = ''): readonly (readonly number[])[] {
  const kinds = ['a', 'b', 'c'].map((kind) => `${rule(kind)}---\n`).join('');
  const text = `${kinds}${more}title: All\ncorrelation: ${JSON.stringify({ timespan: '10s', ...correlation })}\n`;
  const { rules } = must(read(text, { format: 'sigma' }));
  return [...match(rules.at(-1)!, events, { references: rules })].map((found) => found.events);
}

const at = (second: number, kind: string, more: Event = {}): Event => ({
  '@timestamp': second * 1000,
  kind,
  user: 'u',
  ...more,
});

describe('a count', () => {
  const count = (condition: object) => ({
    type: 'event_count',
    rules: ['a'],
    'group-by': ['user'],
    condition,
  });

  test('is found at every event that makes it enough, with the latest that are', () => {
    const events = [1, 2, 3, 4].map((second) => at(second, 'a'));
    expect(finds(count({ gte: 2 }), events)).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
    expect(finds(count({ gt: 2 }), events)).toEqual([
      [0, 1, 2],
      [1, 2, 3],
    ]);
  });

  test('goes by groups, and leaves out what has no key', () => {
    const events = [at(1, 'a'), at(2, 'a', { user: 'v' }), at(3, 'a', { user: null }), at(4, 'a')];
    expect(finds(count({ gte: 2 }), events)).toEqual([[0, 3]]);
  });

  test('holds within the time, its bounds included', () => {
    expect(finds(count({ gte: 2 }), [at(0, 'a'), at(10, 'a')])).toEqual([[0, 1]]);
    expect(finds(count({ gte: 2 }), [at(0, 'a'), at(11, 'a')])).toEqual([]);
  });

  test('has all events within the time where it must not be more', () => {
    const burst = [1, 2, 3, 4].map((second) => at(second, 'a'));
    expect(finds(count({ gt: 1, lte: 3 }), burst)).toEqual([
      [0, 1],
      [0, 1, 2],
    ]);
    expect(finds(count({ eq: 3 }), burst)).toEqual([[0, 1, 2]]);
    expect(finds(count({ neq: 3 }), burst)).toEqual([[0], [0, 1], [0, 1, 2, 3]]);
    expect(finds(count({ lt: 2 }), burst)).toEqual([[0]]);
    expect(finds(count({ lt: 2 }), [...burst, at(60, 'a')])).toEqual([[0], [4]]);
    expect(finds(count({ lt: 2 }), [])).toEqual([]);
  });

  test('is of the events of several rules together, each once', () => {
    const together = { ...count({ gte: 3 }), rules: ['a', 'b', 'both'] };
    const both = `${rule('both').replace('kind: both', 'kind: [a, b]')}---\n`;
    expect(finds(together, [at(1, 'a'), at(2, 'c'), at(3, 'b')], both)).toEqual([]);
    expect(finds(together, [at(1, 'a'), at(2, 'c'), at(3, 'b'), at(4, 'a')], both)).toEqual([[0, 2, 3]]);
  });

  test('of rules of several log sources has each event once as well', () => {
    const both = `${rule('both').replace('kind: both', 'kind: [a, b]').replace('windows', 'linux')}---\n`;
    const together = { ...count({ gte: 2 }), rules: ['a', 'both'] };
    expect(finds(together, [at(1, 'a')], both)).toEqual([]);
    expect(finds(together, [at(1, 'a'), at(2, 'b')], both)).toEqual([[0, 1]]);
  });

  test('joins rules by fields of other names', () => {
    const aliased = {
      ...count({ gte: 2 }),
      rules: ['a', 'b'],
      'group-by': ['who'],
      aliases: { who: { a: 'user', b: 'actor' } },
    };
    expect(finds(aliased, [at(1, 'a'), at(2, 'b', { user: 'x', actor: 'u' })])).toEqual([[0, 1]]);
    expect(finds(aliased, [at(1, 'a'), at(2, 'b')])).toEqual([]);
  });
});

describe('a measure', () => {
  const sum = (type: string, condition: object) => ({
    type,
    rules: ['a'],
    condition: { field: 'n', ...condition },
  });
  const numbers = [10, 20, '30', 'x', undefined, 40].map((n, second) => at(second, 'a', { n }));

  test.each<[string, object, readonly number[]]>([
    ['value_sum', { gte: 60 }, [2, 3, 4, 5]],
    ['value_sum', { gt: 10.5, lt: 60 }, [1]],
    ['value_avg', { gt: 20 }, [5]],
    ['value_median', { eq: 20 }, [2, 3, 4]],
    ['value_percentile', { gt: 29, percentile: 90 }, [5]],
    ['value_count', { gte: 3 }, [2, 3, 4, 5]],
  ])('%s %j', (type, condition, wanted) => {
    const isRank = type === 'value_percentile';
    const events = numbers.map((one, index) => (isRank && index === 2 ? at(2, 'a', { n: 12 }) : one));
    expect(finds(sum(type, condition), events).map((found) => found.at(-1))).toEqual(wanted);
  });

  test('counts how the values of several fields come together', () => {
    const pairs = [
      [1, 1],
      [1, 2],
      [1, 1],
      [2, undefined],
      [2, 1],
    ].map(([x, y], second) => at(second, 'a', { x, y }));
    expect(finds(sum('value_count', { field: ['x', 'y'], gte: 3 }), pairs)).toEqual([[0, 1, 2, 3, 4]]);
  });

  test('is the same for a window as for all of its events at once', () => {
    const measures: readonly Measure['measure'][] = [
      'count',
      'count-distinct',
      'sum',
      'avg',
      'min',
      'max',
      'percentile',
    ];
    const asked = (measure: Measure['measure'], keep: Bound, within?: number): Query => ({
      from: [],
      find: { kind: 'filter', where: { kind: 'constant', value: true } },
      stages: [
        {
          kind: 'aggregate',
          measure,
          field: 'n',
          percentile: 30,
          by: [],
          keep,
          ...(within !== undefined && { within }),
        },
      ],
    });
    const events = fc.array(
      fc.record({ t: fc.integer({ min: 0, max: 20 }), n: fc.integer({ min: -5, max: 5 }) }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(
        events,
        fc.constantFrom(...measures),
        fc.integer({ min: -5, max: 5 }),
        (list, measure, value) => {
          const all = [...list].sort((a, b) => a.t - b.t);
          const options = { timestampField: 't' };
          const keep: Bound = { operator: '<=', value };
          const windows = matchQuery(asked(measure, keep, 4), all, options);
          const wanted = all.flatMap((last, end) => {
            const from = all.findIndex(({ t }) => last.t - t <= 4);
            const window = all.slice(from, end + 1);
            const isFound = matchQuery(asked(measure, keep), window).length > 0;
            return isFound ? [{ events: window.map((_, index) => from + index) }] : [];
          });
          expect(windows).toEqual(wanted);
        },
      ),
    );
  });
});

describe('rules that must happen together', () => {
  const together = (type: string, more: object = {}) => ({
    type,
    rules: ['a', 'b', 'c'],
    'group-by': ['user'],
    ...more,
  });
  const cab = [at(1, 'c'), at(2, 'a'), at(3, 'b')];

  test('come in any order, or in theirs', () => {
    expect(finds(together('temporal'), cab)).toEqual([[1, 2, 0]]);
    expect(finds(together('temporal_ordered'), cab)).toEqual([]);
    expect(finds(together('temporal_ordered'), [...cab, at(4, 'c')])).toEqual([[1, 2, 3]]);
  });

  test('are found each time that they do', () => {
    const later = cab.map((one) => ({ ...one, '@timestamp': Number(one['@timestamp']) + 60_000 }));
    expect(finds(together('temporal'), [...cab, ...later])).toEqual([
      [1, 2, 0],
      [4, 5, 3],
    ]);
    expect(finds(together('temporal'), [...cab, at(4, 'a')])).toEqual([
      [1, 2, 0],
      [3, 2, 0],
    ]);
    expect(finds(together('temporal'), [at(1, 'c'), at(2, 'a'), at(12, 'b')])).toEqual([]);
  });

  test.each<[object | string, readonly string[], boolean]>([
    [{ gte: 3 }, ['a', 'b'], false],
    [{ gte: 2 }, ['a', 'b'], true],
    [{ gte: 2 }, ['a', 'a'], false],
    [{ eq: 1 }, ['c'], true],
    ['a and (b or c)', ['a', 'c'], true],
    ['a and (b or c)', ['b', 'c'], false],
    ['a and not (b or c)', ['a'], true],
    ['a and not (b or c)', ['b', 'a'], false],
    ['a or b and c', ['a'], true],
    ['(a or b) and c', ['a'], false],
  ])('%j after %j: %s', (condition, kinds, isFound) => {
    const events = kinds.map((kind, second) => at(second, kind));
    expect(finds(together('temporal', { condition }), events).length > 0).toBe(isFound);
  });

  test.each<[object | string, readonly string[], readonly number[] | undefined]>([
    [{ gte: 3 }, ['a', 'b', 'c'], [0, 1, 2]],
    [{ gte: 2 }, ['c', 'b', 'a', 'c'], [2, 3]],
    ['(a or b) and c', ['c', 'b', 'c'], [1, 2]],
    ['(a or b) and c', ['c', 'b'], undefined],
    ['a and b and c', ['a', 'b', 'c'], [0, 1, 2]],
    [{ gte: 2 }, ['a', 'b', 'a'], [0, 1]],
  ])('in order, %j after %j: %s', (condition, kinds, wanted) => {
    const events = kinds.map((kind, second) => at(second, kind));
    expect(finds(together('temporal_ordered', { condition }), events)).toEqual(wanted ? [wanted] : []);
  });

  test('may be named in the condition alone', () => {
    const named = { type: 'temporal', condition: 'a and b', 'group-by': ['user'] };
    expect(finds(named, [at(1, 'b'), at(2, 'a')])).toEqual([[1, 0]]);
  });
});

describe('a correlation of correlations', () => {
  const many = `title: Many\nname: many\ncorrelation: ${JSON.stringify({
    type: 'event_count',
    rules: ['a'],
    'group-by': ['host'],
    timespan: '10s',
    condition: { gte: 2 },
  })}\n---\n`;
  const then = { type: 'temporal_ordered', rules: ['many', 'b'], 'group-by': ['user'] };
  const on = (second: number, kind: string, host: string, user = 'u') => at(second, kind, { host, user });

  test('takes a find for one event, at the time of its last', () => {
    expect(finds(then, [on(1, 'a', 'h'), on(2, 'a', 'h'), on(3, 'b', 'g')], many)).toEqual([[0, 1, 2]]);
    expect(finds(then, [on(1, 'a', 'h'), on(2, 'b', 'h'), on(3, 'a', 'h')], many)).toEqual([]);
    expect(finds(then, [on(1, 'a', 'h'), on(2, 'a', 'g'), on(3, 'b', 'h')], many)).toEqual([]);
    expect(finds(then, [on(1, 'a', 'h'), on(2, 'a', 'h'), on(13, 'b', 'h')], many)).toEqual([]);
  });

  test('joins finds by what the inner ones join by, or by any field of their events', () => {
    const byHost = { ...then, 'group-by': ['host'] };
    expect(finds(byHost, [on(1, 'a', 'h'), on(2, 'a', 'h', 'v'), on(3, 'b', 'h', 'w')], many)).toHaveLength(
      1,
    );
    expect(finds(then, [on(1, 'a', 'h'), on(2, 'a', 'h', 'v'), on(3, 'b', 'h', 'w')], many)).toEqual([]);
  });

  test('that leads back to itself is told of', () => {
    const ring = many.replace('"rules":["a"]', '"rules":["many"]');
    expect(() => finds(then, [], ring)).toThrow('leads back to itself');
  });

  test('that unfolds without end comes to one', () => {
    const level = (n: number) =>
      `title: L${n}\nname: l${n}\ncorrelation: ${JSON.stringify({
        type: 'temporal',
        rules: n === 0 ? ['a'] : [`l${n - 1}`, `m${n - 1}`],
        timespan: '10s',
      })}\n---\n`;
    const all = Array.from(
      { length: 40 },
      (_, n) => level(n) + level(n).replaceAll(`l${n}\n`, `m${n}\n`),
    ).join('');
    expect(() => finds({ type: 'temporal', rules: ['l39', 'm39'] }, [], all)).toThrow(
      'too many correlations',
    );
  });
});
