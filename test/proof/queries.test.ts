import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { eql } from '../../src/languages/eql/index.ts';
import type { Event } from '../../src/match/event.ts';
import { finderOf, match } from '../../src/match/match.ts';
import { timelineOf } from '../../src/match/timeline.ts';
import { compareQueries } from '../../src/proof/compare-queries.ts';
import type { Relation, Verdict } from '../../src/proof/relation.ts';
import { filter } from '../../src/query/build.ts';
import type { Aggregate, Query } from '../../src/query/query.ts';
import { must } from '../support/laws.ts';
import { everyStream, pairOfQueries, someStreams } from '../support/small-queries.ts';

const converses: Readonly<Record<Relation, Relation>> = {
  equal: 'equal',
  broader: 'narrower',
  narrower: 'broader',
  overlapping: 'overlapping',
  disjoint: 'disjoint',
  unknown: 'unknown',
};

/** What the matcher says of the streams of a verdict, and which of them there have to be. */
function isShown(first: Query, second: Query, verdict: Verdict): void {
  for (const { matches, events } of verdict.counterexamples) {
    const found = [first, second].map((query) => match(query, events).length > 0);
    expect(found).toEqual([matches === 'first', matches === 'second']);
  }
  if (verdict.both) {
    expect([first, second].map((query) => match(query, verdict.both!).length > 0)).toEqual([true, true]);
  }
  const shown = verdict.counterexamples.map(({ matches }) => matches);
  const asked: Readonly<Record<Relation, readonly string[]>> = {
    equal: [],
    broader: ['second'],
    narrower: ['first'],
    overlapping: ['first', 'second'],
    disjoint: ['first', 'second'],
    unknown: shown,
  };
  expect(shown).toEqual(asked[verdict.relation]);
  expect(verdict.both !== undefined).toBe(verdict.relation === 'overlapping');
  expect(verdict.because !== undefined).toBe(verdict.relation === 'unknown');
}

describe('of two queries of a small world', () => {
  const universe = [
    ...everyStream(2, ['1', '2'], ['1', '2']),
    ...everyStream(3, ['1'], ['1']),
    ...someStreams(1500),
  ].map((events) => ({ events, timeline: timelineOf(events, {}) }));

  test('a verdict says what all streams of that world say', { timeout: 120_000 }, () => {
    let [asked, unknown] = [0, 0];
    const law = fc.property(pairOfQueries, ([first, second]) => {
      const verdict = compareQueries(first, second);
      asked += 1;
      if (verdict.relation === 'unknown') unknown += 1;
      isShown(first, second, verdict);
      const finders = [first, second].map((query) => finderOf(query, {}));
      for (const { events, timeline } of universe) {
        const [ours, theirs] = finders.map((one) => one.find(timeline).map((found) => found.events));
        expect(allowed(isAll(ours!, events), isAll(theirs!, events))).toContain(verdict.relation);
      }
    });
    fc.assert(law, { numRuns: 150 });
    expect(unknown / asked).toBeLessThan(0.06);
  });

  test('one verdict is the other the other way round', () => {
    const law = fc.property(pairOfQueries, ([first, second]) => {
      const [there, back] = [compareQueries(first, second), compareQueries(second, first)];
      expect(back.relation).toBe(converses[there.relation]);
    });
    fc.assert(law, { numRuns: 150 });
  });

  test('each is equal to itself, and each verdict is the same twice', () => {
    const law = fc.property(pairOfQueries, ([first, second]) => {
      expect(compareQueries(first, structuredClone(first)).relation).toBe('equal');
      expect(compareQueries(first, second)).toEqual(compareQueries(first, second));
    });
    fc.assert(law, { numRuns: 60 });
  });
});

type Finding = 'nothing' | 'something' | 'all';

function isAll(finds: readonly (readonly number[])[], events: readonly Event[]): Finding {
  const all = finds.some((found) => new Set(found.filter((place) => place >= 0)).size === events.length);
  return all ? 'all' : finds.length > 0 ? 'something' : 'nothing';
}

/** What a verdict may be where two queries find this in one stream. */
function allowed(ours: Finding, theirs: Finding): readonly Relation[] {
  if (ours === 'nothing' && theirs === 'nothing') return Object.keys(converses) as Relation[];
  if (theirs === 'nothing') return ['narrower', 'overlapping', 'disjoint', 'unknown'];
  if (ours === 'nothing') return ['broader', 'overlapping', 'disjoint', 'unknown'];
  const together: readonly Relation[] = ['equal', 'broader', 'narrower', 'overlapping', 'unknown'];
  return ours === 'all' || theirs === 'all' ? together : [...together, 'disjoint'];
}

describe('what is asked of several events', () => {
  const p = '[process where process.name == "a"]';
  const f = '[file where file.name == "b"]';
  const g = '[file where file.name in ("b", "c")]';
  const n = '[network where destination.port == 22]';
  const bounded = 'sequence by host.id with maxspan=1m';

  test.each<[string, string, Relation]>([
    // The time.
    [`${bounded} ${p} ${f}`, `sequence by host.id with maxspan=30s ${p} ${f}`, 'narrower'],
    [`${bounded} ${p} ${f}`, `sequence by host.id ${p} ${f}`, 'broader'],
    // The keys.
    [`${bounded} ${p} ${f}`, `sequence with maxspan=1m ${p} ${f}`, 'broader'],
    [`${bounded} ${p} ${f}`, `sequence by user.id, host.id with maxspan=1m ${p} ${f}`, 'narrower'],
    [`sequence by a, b ${p} ${f}`, `sequence by b, a ${p} ${f}`, 'equal'],
    [`sequence by a ${p} ${f}`, `sequence ${p} by a ${f} by a`, 'equal'],
    [`sequence ${p} by a ${f} by b`, `sequence ${p} by b ${f} by a`, 'overlapping'],
    [`sequence by a ${p} ${f}`, `sequence by ?a ${p} ${f}`, 'broader'],
    // The steps.
    [`${bounded} ${p} ${f}`, `${bounded} ${p} ${g}`, 'broader'],
    [`${bounded} ${p} ${f}`, `${bounded} ${f} ${p}`, 'overlapping'],
    [`${bounded} ${p} ${f} ${n}`, `${bounded} ${p} ${n}`, 'broader'],
    [`${bounded} ${p} ${f} ${n}`, `${bounded} ${g} ${n}`, 'broader'],
    [`${bounded} ${p} ${f}`, `${bounded} ${p} with runs=2 ${f}`, 'narrower'],
    [`${bounded} ${p} ${p} ${f}`, `${bounded} ${p} with runs=2 ${f}`, 'equal'],
    [`${bounded} ${p} ${f}`, 'process where process.name == "a"', 'broader'],
    [`${bounded} ${p} ${f}`, 'file where file.name == "b" and file.path == "d"', 'overlapping'],
    // What must not be there.
    [`${bounded} ${p} ![file where file.name == "b"] ${n}`, `${bounded} ${p} ${n}`, 'broader'],
    [`${bounded} ${p} ![file where file.name == "b"] ${n}`, `${bounded} ${p} !${g} ${n}`, 'narrower'],
    // A wider step may come to an event behind which something is that must not be there.
    [`${bounded} ${p} ${f} !${n} ${p}`, `${bounded} ${p} ${g} !${n} ${p}`, 'overlapping'],
    [`${bounded} ${f} !${n} ${p}`, `${bounded} ${g} !${n} ${p}`, 'broader'],
    [`${bounded} ${f} ${p} !${n}`, `sequence by host.id with maxspan=2m ${f} ${p} !${n}`, 'overlapping'],
    // The until.
    [`${bounded} ${p} ${f} until ${n}`, `${bounded} ${p} ${f}`, 'broader'],
    [`${bounded} ${p} ${n} until ${f}`, `${bounded} ${p} ${n} until ${g}`, 'narrower'],
    [`${bounded} ${p} ${n} until ${p}`, `${bounded} ${p} ${n}`, 'broader'],
    [
      `${bounded} [process where process.name == "a" and a.b == null] ${n}`,
      `${bounded} [process where process.name == "a" and a.b == null] ${n} until [any where a.b == 1]`,
      'narrower',
    ],
    // Any order.
    [`sequence by host.id ${p} ${f}`, `sample by host.id ${p} ${f}`, 'broader'],
    [`sample by host.id ${p} ${f}`, `sample by host.id ${f} ${p}`, 'equal'],
    [`sample by host.id ${p} ${f}`, `sample by host.id ${p} ${f} ${n}`, 'narrower'],
    // The kind of the event.
    ['process where process.name == "a"', 'any where process.name == "a"', 'broader'],
    [
      'process where process.name == "a"',
      'any where event.category == "process" and process.name == "a"',
      'equal',
    ],
  ])('%s | %s: %s', (one, other, relation) => {
    const [first, second] = [one, other].map((text) => must(eql.parse(text))) as [Query, Query];
    const verdict = compareQueries(first, second);
    expect(verdict.relation).toBe(relation);
    isShown(first, second, verdict);
  });
});

describe('counts', () => {
  const some = filter({ kind: 'exists', field: 'f' });
  const counted = (more: Partial<Aggregate>): Query => {
    const count = {
      kind: 'aggregate',
      measure: 'count',
      by: ['user.id'],
      keep: { operator: '>=', value: 5 },
    };
    return { ...some, stages: [{ ...count, ...more } as Aggregate] };
  };
  const atLeast = (value: number) => ({ operator: '>=', value }) as const;
  const distinct = { measure: 'count-distinct', field: 'g' } as const;

  test.each<[string, Query, Query, Relation]>([
    ['more of them', counted({}), counted({ keep: atLeast(10) }), 'narrower'],
    ['more than four', counted({}), counted({ keep: { operator: '>', value: 4 } }), 'equal'],
    ['of all', counted({}), counted({ by: [] }), 'broader'],
    ['of others', counted({}), counted({ by: ['host.id'] }), 'overlapping'],
    ['within a time', counted({}), counted({ within: 60_000 }), 'narrower'],
    ['one, of all', some, counted({ by: [], keep: atLeast(1) }), 'equal'],
    ['one of each', some, counted({ keep: atLeast(1) }), 'narrower'],
    ['no bound', counted({ keep: atLeast(1) }), counted({ keep: { operator: '!=', value: 0 } }), 'unknown'],
    ['so many values', counted(distinct), counted({ ...distinct, keep: atLeast(3) }), 'broader'],
    ['values and events', counted(distinct), counted({ ...distinct, least: 9 }), 'narrower'],
    ['values, not events', counted({}), counted(distinct), 'overlapping'],
    ['other values', counted(distinct), counted({ ...distinct, field: 'h' }), 'overlapping'],
    ['one value', counted({ keep: atLeast(1) }), counted({ ...distinct, keep: atLeast(1) }), 'narrower'],
    ['none, and some', counted({ keep: { operator: '<', value: 1 } }), counted({}), 'broader'],
    [
      'a sum',
      counted({ measure: 'sum', field: 'n' }),
      counted({ measure: 'max', field: 'n' }),
      'overlapping',
    ],
    [
      'a greatest',
      counted({ measure: 'max', field: 'n' }),
      counted({ measure: 'max', field: 'n', keep: atLeast(7), within: 60_000 }),
      'narrower',
    ],
  ])('%s', (_, first, second, relation) => {
    const verdict = compareQueries(first, second);
    expect(verdict.relation).toBe(relation);
    isShown(first, second, verdict);
  });

  test.each<[string, Query, Query, Relation]>([
    ['a count, and more', counted({ keep: atLeast(5e9) }), counted({ keep: atLeast(6e9) }), 'unknown'],
    ['a count within a time', counted({ keep: atLeast(5e9), within: 60_000 }), counted({}), 'broader'],
    ['values', counted({ ...distinct, keep: atLeast(5e9) }), counted({}), 'unknown'],
    ['as many events beside', counted({ ...distinct, least: 5e9 }), counted({}), 'broader'],
    [
      'events beside no values',
      counted({ ...distinct, keep: atLeast(0), least: 5e9 }),
      counted({}),
      'broader',
    ],
  ])('of more events than can be laid out are decided at once: %s', (_, first, second, relation) => {
    expect(compareQueries(first, second).relation).toBe(relation);
    expect(compareQueries(second, first).relation).toBe(converses[relation]);
  });

  test('are shown with no more events than they take', () => {
    const { counterexamples } = compareQueries(counted({}), counted({ keep: atLeast(10) }));
    expect(counterexamples[0]!.events.map((event) => Object.keys(event))).toEqual(
      new Array(5).fill(['@timestamp', 'f', 'user.id']),
    );
  });
});

describe('what is not known', () => {
  const opaque = (text: string): Query => ({
    from: [],
    find: { kind: 'opaque', language: 'esql', text },
    stages: [],
  });

  test('is equal where it is the same, and unknown otherwise', () => {
    expect(compareQueries(opaque('ROW a = 1'), opaque('ROW a = 1')).relation).toBe('equal');
    const { relation, because } = compareQueries(opaque('ROW a = 1'), opaque('ROW a = 2'));
    expect([relation, because]).toEqual(['unknown', '"ROW a = 1" is esql that is not understood here']);
  });

  test('is what so many steps have to do with each other', () => {
    const steps = (count: number) =>
      [...new Array(count).keys()].map((at) => `[any where f == ${at}]`).join(' ');
    const [first, second] = [4000, 4001].map((count) => must(eql.parse(`sequence by u ${steps(count)}`)));
    const started = performance.now();
    expect(compareQueries(first!, second!).because).toBe(
      'it asks for more events than are laid out one by one',
    );
    expect(compareQueries(first!, first!).relation).toBe('equal');
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test('is how often something is found', () => {
    const first = must(eql.parse('process where true | head 5'));
    const second = must(eql.parse('process where true'));
    expect(compareQueries(first, second).because).toBe(
      'both find something in the same events, but not as often',
    );
  });
});

test('what is assumed is so of every event', () => {
  const first = must(eql.parse('sequence by host.id [process where a == "x"] [process where b == "y"]'));
  const second = must(
    eql.parse('sequence by host.id [process where a == "x" and c == "z"] [process where b == "y"]'),
  );
  const assume = {
    kind: 'equals',
    field: 'c',
    values: [['z']],
    quantifier: 'any',
    caseSensitive: true,
  } as const;
  expect(compareQueries(first, second).relation).toBe('narrower');
  expect(compareQueries(first, second, { assume }).relation).toBe('equal');
});
