import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { attempt } from '../../src/diagnostic/attempt.ts';
import { eql } from '../../src/languages/eql/index.ts';
import { kql } from '../../src/languages/kql/index.ts';
import type { Language } from '../../src/languages/language.ts';
import { type Event, fieldsOf } from '../../src/match/event.ts';
import { type MatchOptions, match } from '../../src/match/match.ts';
import { wildcardTest } from '../../src/match/wildcard.ts';
import { filter } from '../../src/query/build.ts';
import { normalPredicate } from '../../src/query/normal.ts';
import { many } from '../../src/query/pattern.ts';
import type { Equals, Pattern } from '../../src/query/query.ts';
import { must } from '../support/laws.ts';

function finds(language: Language, text: string, events: readonly Event[], options: MatchOptions = {}) {
  return match(must(language.parse(text)), events, options).map((found) => found.events);
}

describe('an event', () => {
  test('has the same fields however its names are written', () => {
    const nested = { process: { name: 'a', args: ['b', ['c']] } };
    const dotted = { 'process.name': 'a', 'process.args': ['b', 'c'] };
    const mixed = { process: { name: 'a' }, 'process.args': ['b', 'c'] };
    expect(fieldsOf(dotted)).toEqual(fieldsOf(nested));
    expect(fieldsOf(mixed)).toEqual(fieldsOf(nested));
  });

  test('has no value where it says null, or an empty list', () => {
    expect([...fieldsOf({ a: null, b: [], c: [null], d: {} }).keys()]).toEqual([]);
  });

  test('may have any names, and be nested as deep as it likes', () => {
    const proto = JSON.parse('{"__proto__": {"constructor": "a"}}');
    expect(fieldsOf(proto).get('__proto__.constructor')).toEqual(['a']);
    let deep: Event = { a: 1 };
    for (let depth = 0; depth < 100_000; depth += 1) deep = { a: deep };
    expect(fieldsOf(deep).size).toBe(0);
  });
});

describe('a test of a field', () => {
  test.each(['any', 'all'] as const)('for %s of no values finds nothing', (quantifier) => {
    const where = { kind: 'equals', field: 'a', values: [], quantifier, caseSensitive: true } as const;
    expect(match(filter(where), [{ a: 1 }, {}])).toEqual([]);
    expect(normalPredicate(where)).toEqual({ kind: 'constant', value: false });
  });

  const events: readonly Event[] = [
    { a: 'Word', n: 5, ip: '10.1.2.3' },
    { a: ['other', 'word'], n: '7' },
    { n: [1, 9] },
    {},
  ];

  test.each<[string, readonly number[]]>([
    ['any where a == "word"', [1]],
    ['any where a : "word"', [0, 1]],
    ['any where a : "w?r*"', [0, 1]],
    ['any where a == "w*"', []],
    ['any where not a : "word"', [2, 3]],
    ['any where a != "word"', [0, 2, 3]],
    ['any where a == null', [2, 3]],
    ['any where a != null', [0, 1]],
    ['any where n == 7', [1]],
    ['any where n > 6', [1, 2]],
    ['any where not n > 6', [0, 3]],
    ['any where a regex~ "w.*d"', [0, 1]],
    ['any where cidrMatch(ip, "10.0.0.0/8")', [0]],
    ['any where length(a) == 5', [1]],
    ['any where length(a) > 3 and n in (5, 6)', [0]],
  ])('%s', (text, wanted) => {
    expect(finds(eql, text, events).flat()).toEqual(wanted);
  });

  test.each<[string, readonly number[]]>([
    ['a: word', [1]],
    ['a: w*', [1]],
    ['not a: *', [2, 3]],
    ['n >= 7', [1, 2]],
  ])('%s', (text, wanted) => {
    expect(finds(kql, text, events).flat()).toEqual(wanted);
  });

  test('is of a field that is there, too, where only fields below it are', () => {
    const asked = (values: Equals['values'], quantifier: Equals['quantifier'] = 'any') =>
      match(filter({ kind: 'equals', field: 'a', values, quantifier, caseSensitive: false }), [
        { a: { b: 1 } },
      ]).length;
    const star = [many];
    expect([asked([null]), asked([star]), asked([null, star]), asked([['x'], star])]).toEqual([0, 1, 1, 1]);
    expect([asked([null, star], 'all'), asked([['x'], star], 'all'), asked([['x']])]).toEqual([0, 0, 0]);
  });

  test('goes by the type of the field where that is said', () => {
    const types = new Map([
      ['m', 'text'],
      ['ip', 'ip'],
      ['t', 'date'],
      ['v', 'version'],
    ] as const);
    const event = { m: 'The quick (brown) fox', ip: '::ffff:0a', t: '2024-01-02T03:04:05Z', v: '1.10.0' };
    const holds = (text: string) => finds(kql, text, [event], { types }).length === 1;
    expect(
      ['m: "Quick brown"', 'm: "quick fox"', 'ip: "0:0::ffff:a"', 't > "2024-01-02"', 'v > "1.9"'].map(holds),
    ).toEqual([true, false, true, true, true]);
  });

  test('asks all of one object where it is nested', () => {
    const event = {
      list: [
        { a: '1', b: '2' },
        { a: '3', b: '4' },
      ],
    };
    expect(finds(kql, 'list: { a: 1 and b: 2 }', [event])).toHaveLength(1);
    expect(finds(kql, 'list: { a: 1 and b: 4 }', [event])).toHaveLength(0);
    expect(finds(kql, 'list.a: 1 and list.b: 4', [event])).toHaveLength(1);
  });
});

describe('a pattern', () => {
  const part = fc.constantFrom('a', 'b', 'ab', { wildcard: 'many' } as const, { wildcard: 'one' } as const);

  test('matches what the same expression matches', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), text, (parts, text) => {
        const source = parts.map((one) =>
          typeof one === 'string' ? one : one.wildcard === 'many' ? '.*' : '.',
        );
        expect(wildcardTest(parts as Pattern)(text)).toBe(new RegExp(`^${source.join('')}$`, 's').test(text));
      }),
      { numRuns: 2000 },
    );
  });

  test('takes no longer for being made to', () => {
    const stars = Array.from({ length: 200 }, () => [{ wildcard: 'many' } as const, 'a']).flat();
    const started = performance.now();
    expect(wildcardTest([...stars, 'b'])('a'.repeat(200_000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('several events', () => {
  const at = (second: number, name: string, user = 'u'): Event => ({
    '@timestamp': `2024-01-01T00:00:${String(second).padStart(2, '0')}Z`,
    name,
    user,
  });
  const sequence = 'sequence by user with maxspan=10s [any where name == "a"] [any where name == "b"]';

  test('are a sequence in order of time, whatever their order in the input', () => {
    expect(finds(eql, sequence, [at(2, 'b'), at(1, 'a')])).toEqual([[1, 0]]);
    expect(finds(eql, sequence, [at(1, 'b'), at(2, 'a')])).toEqual([]);
  });

  test('are joined by their keys, and within the time', () => {
    expect(finds(eql, sequence, [at(1, 'a', 'x'), at(2, 'b', 'y')])).toEqual([]);
    expect(finds(eql, sequence, [at(1, 'a'), at(11, 'b')])).toEqual([[0, 1]]);
    expect(finds(eql, sequence, [at(1, 'a'), at(12, 'b')])).toEqual([]);
  });

  test('tell what joins them, and nothing where nothing does', () => {
    const keysOf = (by: string, more: Event) => {
      const asked = must(eql.parse(`${by} [any where name == "a"] [any where name == "b"]`));
      return match(
        asked,
        ['a', 'b'].map((name, second) => ({ ...at(second, name), ...more })),
      );
    };
    const events = [0, 1];
    expect(keysOf('sequence by user, n', { n: 5 })).toEqual([{ events, keys: ['u', 5] }]);
    expect(keysOf('sequence by ?n, user', {})).toEqual([{ events, keys: [null, 'u'] }]);
    expect(keysOf('sample by user', {})).toEqual([{ events, keys: ['u'] }]);
    expect(keysOf('sequence', {})).toEqual([{ events }]);
  });

  test('begin with the latest that fits, once', () => {
    expect(finds(eql, sequence, [at(1, 'a'), at(2, 'a'), at(3, 'b'), at(4, 'b')])).toEqual([[1, 2]]);
  });

  test('end with the until', () => {
    const text = `${sequence} until [any where name == "c"]`;
    expect(finds(eql, text, [at(1, 'a'), at(2, 'c'), at(3, 'b')])).toEqual([]);
    expect(finds(eql, text, [at(1, 'a'), at(3, 'b'), at(4, 'c')])).toEqual([[0, 1]]);
  });

  test('may have to be missing', () => {
    const text =
      'sequence with maxspan=10s [any where name == "a"] ![any where name == "c"] [any where name == "b"]';
    expect(finds(eql, text, [at(1, 'a'), at(3, 'b')])).toEqual([[0, -1, 1]]);
    expect(finds(eql, text, [at(1, 'a'), at(2, 'c'), at(3, 'b')])).toEqual([]);
  });

  test('are joined once by a value that their key has twice', () => {
    const twice = { ...at(1, 'a'), user: ['u', 'u'] };
    expect(
      finds(eql, 'sequence by user with maxspan=10s [any where name == "a"] ![any where name == "b"]', [
        twice,
      ]),
    ).toEqual([[0, -1]]);
    const sample = 'sample by user [any where name == "a"] [any where name == "b"]';
    expect(finds(eql, sample, [twice, at(2, 'b')], { samplesByKey: 5 })).toEqual([[0, 1]]);
  });

  test('are a sample in any order, each for itself', () => {
    const text = 'sample by user [any where name == "a"] [any where user == "u"]';
    expect(finds(eql, text, [at(5, 'b'), at(1, 'a')])).toEqual([[1, 0]]);
    expect(finds(eql, text, [at(1, 'a')])).toEqual([]);
  });

  test('are counted by group, within the time', () => {
    const count = (within?: number) =>
      match(
        {
          from: [],
          find: { kind: 'filter', where: { kind: 'constant', value: true } },
          stages: [
            {
              kind: 'aggregate',
              measure: 'count',
              by: ['user'],
              keep: { operator: '>=', value: 2 },
              ...(within !== undefined && { within }),
            },
          ],
        },
        [at(1, 'a', 'x'), at(2, 'a', 'y'), at(30, 'a', 'x')],
      );
    expect(count()).toEqual([{ events: [0, 2] }]);
    expect(count(10_000)).toEqual([]);
  });
});

test('what can not be asked of an event fails with a code', () => {
  const opaque = { kind: 'opaque', language: 'esql', text: 'GROK' } as const;
  const regex = {
    kind: 'regex',
    field: 'a',
    patterns: ['(?=b)'],
    quantifier: 'any',
    flavour: 'pcre',
    caseSensitive: true,
  } as const;
  for (const where of [opaque, regex]) {
    const outcome = attempt(() => match({ from: [], find: { kind: 'filter', where }, stages: [] }, []));
    expect(outcome.diagnostics.map(({ code }) => code)).toEqual(['match/unsupported']);
  }
});
