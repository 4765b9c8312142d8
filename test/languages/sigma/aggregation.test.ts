import { describe, expect, test } from 'vitest';

import { sigma } from '../../../src/languages/sigma/index.ts';
import type { Event } from '../../../src/match/event.ts';
import { match } from '../../../src/match/match.ts';
import { failsWith, must, withoutSpans } from '../../support/laws.ts';

const searches = 'a:\n  x: 1\nb:\n  x: 2\nc:\n  x: 3\n';
const detection = (condition: string, more = '') => `${searches}${more}condition: ${condition}`;
const parse = (condition: string, more?: string) =>
  withoutSpans(must(sigma.parse(detection(condition, more))));

describe('what the first version counts', () => {
  test.each([
    ['count() > 5', { measure: 'count', by: [], keep: { operator: '>', value: 5 } }],
    ['count() by h >= 5', { measure: 'count', by: ['h'], keep: { operator: '>=', value: 5 } }],
    [
      'count(u) by h<5',
      { measure: 'count-distinct', field: 'u', by: ['h'], keep: { operator: '<', value: 5 } },
    ],
    ['count(u.name) by h, k = 5', { field: 'u.name', by: ['h', 'k'], keep: { operator: '==', value: 5 } }],
    ['sum(n) by by == 1.5', { measure: 'sum', field: 'n', by: ['by'], keep: { operator: '==', value: 1.5 } }],
    ['min(n) <= -2', { measure: 'min', field: 'n', keep: { operator: '<=', value: -2 } }],
    ['max(cs-bytes) > 0', { measure: 'max', field: 'cs-bytes' }],
    ['avg(n) > 0', { measure: 'avg', field: 'n' }],
    ['COUNT() > 5', { measure: 'count' }],
  ])('%s', (text, stage) => {
    const { find, stages } = parse(`a and not b | ${text}`);
    expect(stages).toMatchObject([{ kind: 'aggregate', ...stage }]);
    expect(find).toMatchObject({ kind: 'filter', where: { kind: 'and' } });
  });

  test.each([
    ['30s', 30_000],
    ['5m', 300_000],
    ['24h', 86_400_000],
    ['7d', 604_800_000],
  ])('within a timeframe of %s', (timeframe, within) => {
    expect(parse('a | count() > 5', `timeframe: ${timeframe}\n`).stages).toMatchObject([{ within }]);
    expect(parse('a | near b', `timeframe: ${timeframe}\n`).find).toMatchObject({ within });
  });

  test('what is near stands beside it in any order', () => {
    const { find } = parse('a | near b and c');
    const wheres = find.kind === 'sample' ? find.steps.map(({ where }) => where) : [];
    const is = (value: number) => ({ kind: 'equals', field: 'x', values: [value] });
    expect(wheres).toMatchObject([is(1), is(2), is(3)]);
  });

  test('a timeframe says nothing where nothing is counted', () => {
    expect(parse('a', 'timeframe: soon\n')).toEqual(parse('a'));
  });

  test('events are counted by group, within the time', () => {
    const query = must(sigma.parse(detection('a | count() by h > 2', 'timeframe: 1m\n')));
    const event = (h: string, second: number): Event => {
      return { x: 1, h, '@timestamp': `2024-01-01T00:00:${String(second).padStart(2, '0')}Z` };
    };
    const found = match(query, [event('p', 1), event('q', 2), event('p', 3), event('p', 4), event('q', 5)]);
    expect(found).toEqual([{ events: [0, 2, 3] }]);
  });
});

describe('what makes no sense behind a bar is said, with its place', () => {
  test.each([
    ['parse/unexpected', 'a |', ''],
    ['parse/unexpected', 'a | count', ''],
    ['parse/unexpected', 'a | count() by > 5', '>'],
    ['parse/unexpected', 'a | count() by h', ''],
    ['parse/unexpected', 'a | count() by h ! 5', '!'],
    ['parse/unexpected', 'a | sum() > 5', ')'],
    ['parse/unexpected', 'a | count() > 5 and b', 'and'],
    ['parse/unexpected', 'a | near b or c', 'or'],
    ['parse/unexpected', 'a | near b |', '|'],
    ['parse/bad-value', 'a | count() > many', 'many'],
    ['parse/unknown-function', 'a | median(x) > 5', 'median'],
    ['parse/unknown-identifier', 'a | near d', 'd'],
    ['parse/legacy', 'a | near b and not c', 'not'],
    ['parse/legacy', '(a | count() > 5) and b', '|'],
    ['parse/legacy', '[a, b | count() > 5]', 'count() > 5'],
  ])('%s in %j', (code, condition, place) => {
    const text = detection(condition);
    const outcome = sigma.parse(text);
    expect(failsWith(outcome)).toEqual([code]);
    const span = outcome.diagnostics[0]?.span;
    expect(text.slice(span?.start, span?.end)).toBe(place);
  });

  test('a timeframe that is none', () => {
    expect(failsWith(sigma.parse(detection('a | count() > 5', 'timeframe: 1h30m\n')))).toEqual([
      'parse/bad-value',
    ]);
  });
});
