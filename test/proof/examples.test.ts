import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { read } from '../../src/convert/convert.ts';
import { examplesOf } from '../../src/convert/examples.ts';
import { match as matchRule } from '../../src/convert/match.ts';
import { mappingOf } from '../../src/convert/tables.ts';
import { eventToEcs } from '../../src/mapping/events.ts';
import type { Event } from '../../src/match/event.ts';
import { match } from '../../src/match/match.ts';
import { examplesFor } from '../../src/proof/examples.ts';
import { near } from '../../src/proof/off.ts';
import type { Query } from '../../src/query/query.ts';
import { must } from '../support/laws.ts';
import { everyStream, pairOfQueries } from '../support/small-queries.ts';

const rulesOf = (text: string) => must(read(text)).rules;

const logins = `title: Login
name: login
logsource: {category: authentication}
detection:
  selection: {kind: login}
  condition: selection
---
title: Many logins
correlation:
  type: event_count
  rules: [login]
  group-by: [user]
  timespan: 1m
  condition: {gte: 5}
`;

const query = pairOfQueries.map(([one]) => one);
const fires = (asked: Query, events: readonly Event[]) => match(asked, events).length > 0;

describe('of a query of a small world', () => {
  test('each example does what it says', () => {
    const law = fc.property(query, (asked) => {
      for (const { kind, events, fires: does } of examplesFor(asked).examples) {
        expect(fires(asked, events)).toBe(does);
        if (kind !== 'variant') expect(does).toBe(kind === 'fires');
      }
    });
    fc.assert(law, { numRuns: 200 });
  });

  test('there is one that fires wherever some stream of that world does', () => {
    const universe = [...everyStream(3, ['1'], ['1'])];
    const law = fc.property(query, (asked) => {
      const { examples, because } = examplesFor(asked);
      const isFired = examples.some((one) => one.kind === 'fires');
      expect(because === undefined).toBe(isFired);
      if (!isFired) expect(universe.some((events) => fires(asked, events))).toBe(false);
    });
    fc.assert(law, { numRuns: 60 });
  });

  test('the first is the smallest: it does without none of its events and fields', () => {
    const law = fc.property(query, (asked) => {
      const [first] = examplesFor(asked).examples;
      if (first === undefined) return;
      for (const at of first.events.keys()) {
        if (first.events.length > 1 && isUpward(asked))
          expect(fires(asked, first.events.toSpliced(at, 1))).toBe(false);
      }
      if (first.events.length > 1) return;
      for (const field of Object.keys(first.events[0]!).filter((one) => one !== '@timestamp')) {
        const { [field]: _, ...others } = first.events[0]!;
        expect(fires(asked, [others])).toBe(false);
      }
    });
    fc.assert(law, { numRuns: 200 });
  });

  test('they are the same twice, no two alike, and near misses are among them', () => {
    const law = fc.property(query, (asked) => {
      const { examples } = examplesFor(asked);
      expect(examplesFor(asked).examples).toEqual(examples);
      const told = examples.map(({ events }) => JSON.stringify(events));
      expect(new Set(told).size).toBe(told.length);
      if (examples.length > 0) expect(examples.some(({ kind }) => kind === 'misses')).toBe(true);
    });
    fc.assert(law, { numRuns: 100 });
  });
});

/** Whether what it finds is so many events and no others, so that it finds nothing in one event less. */
function isUpward({ find, stages }: Query): boolean {
  return stages.length === 0 && (find.kind !== 'correlation' || find.asks.kind === 'presence');
}

describe('examples show', () => {
  const shown = (text: string, language = 'eql') =>
    must(examplesOf({ language, text })).map(
      ({ kind, shows, fires: does }) => `${kind} ${does ? '+' : '-'} ${shows}`,
    );

  test('each alternative', () => {
    const told = shown('any where a == "x" or b in ("y", "z") or c > 5');
    expect(told.filter((one) => one.startsWith('fires'))).toEqual([
      'fires + the smallest event that fires',
      'fires + another way: b is "y"',
      'fires + another way: c is 6',
      'fires + another way: b is "z"',
    ]);
  });

  test('a value that is nearly what is asked, and a field that is missing', () => {
    expect(shown('any where a == "first.exe" and b >= 5').filter((one) => one.startsWith('misses'))).toEqual([
      'misses - a is "firsx.exe" instead of "first.exe"',
      'misses - a is missing',
      'misses - b is 4 instead of 5',
      'misses - b is missing',
    ]);
  });

  test('what is excluded', () => {
    const told = shown('any where a == "x" and not (b : "Y*" or c == 1)');
    expect(told).toContain('misses - excluded: b is "Y"');
    expect(told).toContain('misses - excluded: c is 1');
    expect(shown('any where a == "x" and not (b == "y" and c == 1)')).toContain(
      'misses - excluded: b is "y", c is 1',
    );
  });

  test('whether case matters', () => {
    expect(shown('any where a == "x"')).toContain('variant - a in upper case');
    expect(shown('any where a : "x"')).toContain('variant + a in upper case');
  });

  test('whether it matters how a path is spelled', () => {
    const told = shown('process.executable: *\\\\tool.exe', 'kuery');
    expect(told).toContain('variant - process.executable with forward slashes');
    expect(told).toContain('variant + process.executable on drive D');
  });

  test('what becomes of several values', () => {
    expect(shown('any where a == "x"')).toContain('variant + a has two values, "other" and "x"');
    expect(shown('any where a == "x" and not a : "oth*"')).toContain(
      'variant - a has two values, "other" and "x"',
    );
  });

  test('a sequence with too few, too late, in another order, or of another user', () => {
    const told = shown('sequence by user.name with maxspan=1m [any where a == 1] [any where a == 2]');
    for (const one of [
      'misses - event 1 of 2 is missing',
      'misses - the last event comes a second after the time allowed',
      'misses - the events come in the opposite order',
      'misses - in event 2, user.name is "alicx" instead of "alice"',
    ])
      expect(told).toContain(one);
  });

  test('what must not come between', () => {
    const told = shown('sequence [any where a == 1] [any where a == 2] until [any where b == "stop"]');
    expect(told).toContain('misses - an event is there that must not be: b is "stop"');
  });

  test('one fewer than are counted', () => {
    const [, many] = rulesOf(logins);
    const told = must(examplesOf(many!, { references: rulesOf(logins) })).map(({ shows }) => shows);
    expect(told).toContain('5 events that fire');
    expect(told).toContain('only 4 events instead of 5');
    expect(told).toContain('the last event comes a second after the time allowed');
  });
});

describe('values', () => {
  const first = (asked: string) =>
    Object.entries(must(examplesOf({ language: 'eql', text: asked }))[0]!.events[0]!).filter(
      ([field]) => field !== '@timestamp',
    );

  test('are such as people know', () => {
    expect(first('any where user.name != null and source.ip != null')).toEqual([
      ['source.ip', '192.0.2.1'],
      ['user.name', 'alice'],
    ]);
    expect(first('any where process.executable like "*\\\\Tool.exe"')).toEqual([
      ['process.executable', 'C:\\Windows\\System32\\Tool.exe'],
    ]);
    expect(first('any where host.os.type == "linux" and process.executable != null')).toEqual([
      ['host.os.type', 'linux'],
      ['process.executable', '/opt/example/app-1'],
    ]);
  });

  test('are spelled as the rule spells them', () => {
    expect(first('any where a : "*PowerShell*"')).toEqual([['a', 'PowerShell']]);
  });

  test('near to others are never these', () => {
    const scalar = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.double({ noNaN: true }),
      fc.boolean(),
      fc.ipV4(),
      fc.ipV6(),
    );
    fc.assert(
      fc.property(scalar, (value) => {
        const found = [...near(value)];
        expect(found).not.toContain(value);
        expect(found.length).toBeLessThan(400);
      }),
    );
  });
});

describe('in the names of another taxonomy', () => {
  const [tool] = rulesOf(`title: Tool
logsource: {category: process_creation, product: windows}
detection:
  selection:
    Image|endswith: '\\tool.exe'
    CommandLine|contains: [' /all', ' /none']
  filter:
    ParentImage|endswith: '\\launcher.exe'
  condition: selection and not filter
`);

  test('events have these names, and do there what they say', () => {
    const examples = must(examplesOf(tool!, { taxonomy: 'ecs' }));
    const [first] = examples;
    expect(first!.events).toEqual([
      {
        '@timestamp': '2024-01-01T00:00:00.000Z',
        'event.category': 'process',
        'event.type': 'start',
        'host.os.type': 'windows',
        'process.command_line': 'app.exe /all',
        'process.name': 'tool.exe',
      },
    ]);
    expect(examples.map(({ shows }) => shows)).toContain('excluded: process.parent.name is "launcher.exe"');
    for (const { events, fires: does } of examples) {
      expect([...matchRule(tool!, events, { taxonomy: 'ecs' })].length > 0).toBe(does);
    }
  });

  test('events that fire a rule fire it when they are taken over, too', () => {
    const mapping = mappingOf({});
    const fired = must(examplesOf(tool!)).filter((one) => one.kind === 'fires');
    expect(fired.length).toBe(2);
    for (const { events } of fired) {
      const taken = events.map((event) => eventToEcs(event, tool!.logSource!, mapping));
      expect([...matchRule(tool!, taken, { taxonomy: 'ecs' })].length).toBe(1);
    }
  });
});

test('events have their time where the rule looks for it', () => {
  const text = 'sequence [any where a == 1] [any where a == 2]';
  const options = { timestampField: 'event.ingested' };
  const [first] = must(examplesOf({ language: 'eql', text }, options));
  expect(first!.events.map((event) => event['event.ingested'])).toEqual([
    '2024-01-01T00:00:00.000Z',
    '2024-01-01T00:00:01.000Z',
  ]);
});

test('where a field is said to hold addresses, a network is asked for by one that is in it', () => {
  const asked = { language: 'kuery', text: 'source.ip: "10.20.0.0/16"' };
  const examples = must(examplesOf(asked, { types: { 'source.ip': 'ip' } }));
  expect(examples.slice(0, 2).map(({ shows, events }) => [shows, events[0]!['source.ip']])).toEqual([
    ['the smallest event that fires', '10.20.30.1'],
    ['source.ip is "10.19.255.255" instead of "10.20.30.1"', '10.19.255.255'],
  ]);
});

test('of rules of any size there are examples, and soon', () => {
  const values = [...new Array(3000).keys()].map((at) => `"value-${at}"`).join(', ');
  const not = [...new Array(500).keys()].map((at) => `not b : "*${at}*"`).join(' and ');
  const nested = [...new Array(40).keys()].reduce(
    (inner, at) => `(a == ${at} or (c == ${at} and ${inner}))`,
    'd == 1',
  );
  for (const text of [`any where a in (${values})`, `any where a == "x" and ${not}`, `any where ${nested}`]) {
    const started = performance.now();
    expect(must(examplesOf({ language: 'eql', text })).length).toBeGreaterThan(3);
    expect(performance.now() - started).toBeLessThan(10_000);
  }
});

test('the kind of an event is where the user says', () => {
  const asked = { language: 'eql', text: 'process where a == 1' };
  const [first] = must(examplesOf(asked, { categoryField: 'kind' }));
  expect(first!.events).toEqual([{ '@timestamp': '2024-01-01T00:00:00.000Z', a: 1, kind: 'process' }]);
});

test('of what can not be asked of events there are none', () => {
  expect(examplesOf({ language: 'eql', text: 'any where (' }).ok).toBe(false);
  const never = examplesOf({ language: 'eql', text: 'any where a == 1 and a == null' });
  expect(never.ok && never.value).toEqual([]);
  expect(never.diagnostics.map(({ code, message }) => [code, message])).toEqual([
    [
      'match/no-example',
      'No example fires the rule: no event satisfies what it asks, which contradicts itself.',
    ],
  ]);
});
