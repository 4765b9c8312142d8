import { describe, expect, test } from 'vitest';
import { eql } from '../../src/languages/eql/index.ts';
import type { Event } from '../../src/match/event.ts';
import { match } from '../../src/match/match.ts';
import { must } from '../support/laws.ts';

/** ES|QL reference, "Multivalued fields": what compares one value is null of several, and null is not found. */
const several: Event = { a: ['x', 'y'], b: 'z' };

describe('what is asked of a field with several values is null', () => {
  const cases: readonly (readonly [query: string, isFound: boolean])[] = [
    ['a : "x"', false],
    ['not a : "x"', false],
    ['not a : "q"', false],
    ['a : "x" and b : "z"', false],
    ['a : "x" or b : "z"', true],
    ['not (a : "x" and b : "z")', false],
    ['not (a : "x" and b : "q")', true],
    ['not (a : "x" or b : "z")', false],
    ['a regex "x|y"', false],
    ['length(a) == 1', false],
    ['a != null', true],
    ['b : "z"', true],
  ];
  test.each(cases)('%s', (query, isFound) => {
    const asked = must(eql.parse(`any where ${query}`));
    expect(match(asked, [several], { comparesOneValue: true })).toHaveLength(isFound ? 1 : 0);
  });

  test('of one value it is what it is', () => {
    for (const [query] of cases) {
      const asked = must(eql.parse(`any where ${query}`));
      const events = [{ a: 'x', b: 'z' }, { a: ['x'], b: 'q' }, { b: 'z' }, {}];
      expect(match(asked, events, { comparesOneValue: true })).toEqual(match(asked, events));
    }
  });
});
