import fc from 'fast-check';

import type { Event } from '../../src/match/event.ts';
import { and, not } from '../../src/query/build.ts';
import type { Aggregate, Bound, Operand, Predicate, Query, Sequence, Step } from '../../src/query/query.ts';

/** What is asked of an event of a small world, by the values of its field. */
function has(field: string, ...values: readonly string[]): Predicate {
  const patterns = values.map((value) => [value]);
  return { kind: 'equals', field, values: patterns, quantifier: 'any', caseSensitive: true };
}

const wheres = [
  has('f', 'a'),
  has('f', 'b'),
  has('f', 'a', 'b'),
  has('f', 'b', 'c'),
  has('f', 'c'),
  and([has('f', 'a'), has('g', 'x')]),
  and([has('f', 'b'), not(has('g', 'x'))]),
  has('g', 'x'),
];
const where = fc.constantFrom(...wheres);
const keys = fc.constantFrom<readonly string[]>([], ['u'], ['h'], ['u', 'h'], ['h', 'u']);
const within = fc.constantFrom(undefined, 2000, 10_000);
const operands = (fields: readonly string[]): readonly Operand[] =>
  fields.map((field) => ({ kind: 'field', field }));

interface Choice {
  readonly kind: 'filter' | 'sequence' | 'sample' | 'count' | 'distinct' | 'presence';
  readonly steps: readonly (readonly [Predicate, number, boolean])[];
  readonly until: Predicate | undefined;
  readonly by: readonly string[];
  readonly within: number | undefined;
  readonly keep: Bound;
  readonly least: number | undefined;
}

const step = fc.tuple(where, fc.constantFrom(1, 1, 1, 2), fc.constantFrom(false, false, false, true));
const bound: fc.Arbitrary<Bound> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(1, 2, 3).map((value): Bound => ({ operator: '>=', value })) },
  { weight: 1, arbitrary: fc.constantFrom(1, 2).map((value): Bound => ({ operator: '==', value })) },
  { weight: 1, arbitrary: fc.constantFrom(1, 2).map((value): Bound => ({ operator: '<=', value })) },
);
const choice: fc.Arbitrary<Choice> = fc.record({
  kind: fc.constantFrom(
    'filter',
    'sequence',
    'sequence',
    'sequence',
    'sample',
    'count',
    'distinct',
    'presence',
  ),
  steps: fc
    .array(step, { minLength: 1, maxLength: 3 })
    .map((steps) =>
      steps.every(([, , missing]) => missing) ? [[wheres[0]!, 1, false] as const, ...steps] : steps,
    ),
  until: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: where }),
  by: keys,
  within,
  keep: bound,
  least: fc.constantFrom(undefined, undefined, 2),
});

function queryOf({ kind, steps, until, by, within: time, keep, least }: Choice): Query {
  const [first] = steps;
  const filter = { kind: 'filter', where: first![0] } as const;
  const timed = time === undefined ? {} : { within: time };
  const stepOf = ([asked, runs, missing]: Choice['steps'][number]): Step => ({
    where: asked,
    by: [],
    runs,
    missing,
  });
  const positive = steps.filter(([, , missing]) => !missing).map(([asked]) => stepOf([asked, 1, false]));
  switch (kind) {
    case 'filter':
      return { from: [], find: filter, stages: [] };
    case 'sequence': {
      const all: Choice['steps'] = steps.length > 1 ? steps : [[wheres[1]!, 1, false], ...steps];
      // Events are missing within a time only.
      const span = time === undefined && steps.some(([, , missing]) => missing) ? { within: 5000 } : timed;
      const sequence: Sequence = { kind, by: operands(by), ...span, steps: all.map(stepOf) };
      return {
        from: [],
        find: until ? { ...sequence, until: stepOf([until, 1, false]) } : sequence,
        stages: [],
      };
    }
    case 'sample':
      return { from: [], find: { kind, by: operands(by), ...timed, steps: positive }, stages: [] };
    case 'count':
    case 'distinct': {
      const measure =
        kind === 'count'
          ? ({ measure: kind } as const)
          : ({ measure: 'count-distinct', field: 'g' } as const);
      const groups = { by, keep, ...timed, ...(least !== undefined && { least }) };
      const stage: Aggregate = { kind: 'aggregate', ...measure, ...groups };
      return { from: [], find: filter, stages: [stage] };
    }
    case 'presence': {
      const of = steps.map(([asked], at) => ({
        name: `${at}`,
        query: { from: [], find: { kind: 'filter', where: asked } as const, stages: [] },
        by,
      }));
      const parts = of.map(({ name }) => ({ kind: 'part', name }) as const);
      const asks = {
        kind: 'presence',
        ordered: false,
        where: { kind: steps.length % 2 === 0 ? 'or' : 'and', of: parts },
      } as const;
      return { from: [], find: { kind: 'correlation', of, by, within: time ?? 5000, asks }, stages: [] };
    }
    default:
      return kind satisfies never;
  }
}

/** Two queries of a small world, the second mostly the first with something changed. */
export const pairOfQueries: fc.Arbitrary<readonly [Query, Query]> = fc
  .tuple(choice, choice, fc.array(fc.nat({ max: 5 }), { minLength: 7, maxLength: 7 }), fc.nat({ max: 2 }))
  .map(([one, other, picks, at]) => {
    const names = Object.keys(one) as (keyof Choice)[];
    const mixed = Object.fromEntries(
      names.map((name, index) => [name, (picks[index] === 0 ? other : one)[name]]),
    ) as unknown as Choice;
    // One step is changed more often than all of them.
    const swapped = mixed.steps.map((step, index) => (index === at ? (other.steps[0] ?? step) : step));
    const steps = swapped.every(([, , missing]) => missing) ? mixed.steps : swapped;
    return [queryOf(one), queryOf({ ...mixed, steps: picks[6] === 1 ? steps : mixed.steps })] as const;
  });

const kinds = (users: readonly string[], hosts: readonly string[]): readonly Event[] =>
  ['a', 'b', 'c'].flatMap((f) =>
    ['x', 'y'].flatMap((g) => users.flatMap((u) => hosts.map((h): Event => ({ f, g, u, h })))),
  );

const start = 1_700_000_000_000;

/** Every stream of a small world of up to so many events of these users and hosts, in two paces. */
export function* everyStream(
  longest: number,
  users: readonly string[],
  hosts: readonly string[],
): Generator<readonly Event[]> {
  const all = kinds(users, hosts);
  const extend = function* (stream: readonly Event[], time: number): Generator<readonly Event[]> {
    if (stream.length > 0) yield stream;
    if (stream.length === longest) return;
    for (const gap of stream.length === 0 ? [0] : [1000, 7000]) {
      for (const kind of all) yield* extend([...stream, { '@timestamp': time + gap, ...kind }], time + gap);
    }
  };
  yield* extend([], start);
}

const moment = fc.record({
  f: fc.constantFrom('a', 'b', 'c'),
  g: fc.constantFrom<string | readonly string[]>('x', 'y', 'z', ['x', 'y', 'z']),
  u: fc.constantFrom('1', '1', '2'),
  h: fc.constantFrom('1', '1', '2'),
  gap: fc.constantFrom(0, 500, 1000, 2000, 7000),
});

/** Some longer streams, with events that have several values and events of one moment. */
export function someStreams(count: number): readonly (readonly Event[])[] {
  return fc
    .sample(fc.array(moment, { minLength: 3, maxLength: 6 }), { numRuns: count, seed: 7 })
    .map((moments) => {
      let time = start;
      return moments.map(({ gap, ...event }) => {
        time += gap;
        return { '@timestamp': time, ...event };
      });
    });
}
