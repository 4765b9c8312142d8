import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  convert,
  type Event,
  match,
  matchAll,
  matcher,
  type Pack,
  partsAmong,
  type Rule,
  read,
} from '../../src/index.ts';
import { must } from '../support/laws.ts';

const sigma = (selection: string, more = '') => `title: Shell
id: 5d6d3a6e-9a6b-4a52-9a55-0b7a3b6a1c01
name: shell
${more}logsource:
  product: windows
  category: process_creation
detection:
  selection:
    ${selection}
  condition: selection
`;

const packOf = (text: string): Pack => must(read(text));
const ruleOf = (text: string): Rule => packOf(text).rules.at(-1)!;
const found = (
  asked: Parameters<typeof match>[0],
  events: Iterable<Event>,
  options?: Parameters<typeof match>[2],
) => [...match(asked, events, options)].map((one) => one.events);

describe('a query', () => {
  test('finds events by itself', () => {
    const asked = { language: 'kuery', text: 'a: 1' };
    expect(found(asked, [{ a: 1 }, { a: 2 }, { a: [3, 1] }])).toEqual([[0], [2]]);
  });

  test('finds them as they come', () => {
    let read = 0;
    function* endless(): Generator<Event> {
      for (;;) yield { n: read++ };
    }
    const [first] = match({ language: 'kuery', text: 'n: 3' }, endless());
    expect([first, read]).toEqual([{ events: [3] }, 4]);
  });

  test('goes by the fields that are said', () => {
    const asked = { language: 'eql', text: 'sequence [file where true] [process where ip == "::1"]' };
    const events = [
      { kind: 'process', when: 2, order: 2, ip: '0:0::1' },
      { kind: 'file', when: 2, order: 1 },
    ];
    const options = {
      categoryField: 'kind',
      timestampField: 'when',
      tiebreakerField: 'order',
      types: { ip: 'ip' },
    } as const;
    expect(found(asked, events, options)).toEqual([[1, 0]]);
    expect(found(asked, events, { ...options, types: new Map([['ip', 'keyword']] as const) })).toEqual([]);
  });

  test.each([
    [{ language: 'cobol', text: 'a' }, 'match/unsupported'],
    [{ language: 'eql', text: 'any where' }, 'parse/unexpected'],
    [{ language: 'sigma', text: 'a:\n  b|re: (?=c)\ncondition: a' }, 'match/unsupported'],
  ])('that can not be asked is told of before any event is looked at: %j', (asked, code) => {
    const outcome = matcher(asked);
    expect([outcome.ok, outcome.diagnostics.map((one) => one.code)]).toEqual([false, [code]]);
    expect(outcome.diagnostics[0]!.message).not.toContain('written');
    expect(() => match(asked, [])).toThrow(outcome.diagnostics[0]!.message);
  });
});

describe('a rule of Sigma', () => {
  const rule = ruleOf(sigma('Image|endswith: \\cmd.exe'));

  test('is asked in its own names, and not in its log source', () => {
    expect(found(rule, [{ Image: 'C:\\cmd.exe' }, { Image: 'C:\\cmd.ex' }])).toEqual([[0]]);
  });

  test('is asked in its log source as well where events have the names of ECS', () => {
    const event = {
      'process.executable': 'C:\\cmd.exe',
      'process.name': 'cmd.exe',
      'host.os.type': 'windows',
    };
    const start = { ...event, 'event.category': 'process', 'event.type': 'start' };
    expect(found(rule, [event, start, { Image: 'C:\\cmd.exe' }], { taxonomy: 'ecs' })).toEqual([[1]]);
  });

  test('leaves out what filters leave out', () => {
    const filter = `title: F\nlogsource:\n  product: windows\nfilter:\n  rules: any\n  admin:\n    User: root\n  condition: not admin\n`;
    const pack = packOf(`${sigma('Image|endswith: \\cmd.exe')}---\n${filter}`);
    const events = [
      { Image: '\\cmd.exe', User: 'root' },
      { Image: '\\cmd.exe', User: 'guest' },
    ];
    const asked = pack.rules[0]!;
    expect(found(asked, events)).toEqual([[0], [1]]);
    expect(found(asked, events, { exclusions: pack.filters })).toEqual([[1]]);
    expect(found(asked, events, { exclusions: pack.filters, filters: 'specification' })).toEqual([[0]]);
  });
});

describe('a rule of Elastic', () => {
  const elastic = (body: string) =>
    ruleOf(`[rule]
name = "R"
rule_id = "5d6d3a6e-9a6b-4a52-9a55-0b7a3b6a1c02"
risk_score = 1
severity = "low"
description = "d"
${body}`);

  test('counts within the time that it looks back', () => {
    const rule = elastic(`type = "threshold"
language = "kuery"
query = "a: 1"
from = "now-10s"
[rule.threshold]
field = ["u"]
value = 2
`);
    const at = (second: number, u: string) => ({ '@timestamp': second * 1000, a: 1, u });
    expect(found(rule, [at(0, 'x'), at(1, 'y'), at(9, 'x'), at(20, 'y')])).toEqual([[0, 2]]);
    expect(
      found(rule, [
        { a: 1, u: 'x' },
        { a: 1, u: 'x' },
      ]),
    ).toEqual([[0, 1]]);
  });

  test('counts values and events at once', () => {
    const rule = elastic(`type = "threshold"
language = "kuery"
query = "a: 1"
[rule.threshold]
field = []
value = 3
[[rule.threshold.cardinality]]
field = "u"
value = 2
`);
    const of = (...users: string[]) => users.map((u) => ({ a: 1, u }));
    expect(found(rule, of('x', 'y'))).toEqual([]);
    expect(found(rule, of('x', 'x', 'x'))).toEqual([]);
    expect(found(rule, of('x', 'x', 'y'))).toEqual([[0, 1, 2]]);
  });

  test('has its filters and the fields it names asked as well', () => {
    const rule = elastic(`type = "eql"
language = "eql"
query = "process where true"
event_category_override = "kind"
[[rule.filters]]
[rule.filters.meta]
negate = true
[rule.filters.query.match_phrase]
"user.name" = "root"
`);
    expect(
      found(rule, [{ kind: 'process' }, { kind: 'file' }, { kind: 'process', user: { name: 'root' } }]),
    ).toEqual([[0]]);
  });

  test('that looks at more than events is told of', () => {
    const rule = elastic(`type = "new_terms"
language = "kuery"
query = "a: 1"
[rule.new_terms]
field = "new_terms_fields"
value = ["u"]
[[rule.new_terms.history_window_start]]
field = "history_window_start"
value = "now-7d"
`);
    expect(matcher(rule).diagnostics).toMatchObject([{ code: 'match/unsupported' }]);
  });
});

test('an exception list of Kibana is laid over its rules, and told of where it is nowhere', () => {
  const rule = {
    id: 'r',
    rule_id: 'r',
    name: 'R',
    type: 'query',
    language: 'kuery',
    query: 'a: 1',
    exceptions_list: [{ id: 'l', list_id: 'l', type: 'detection', namespace_type: 'single' }],
  };
  const exception = {
    list_id: 'l',
    item_id: 'i',
    type: 'simple',
    namespace_type: 'single',
    entries: [{ field: 'u', operator: 'included', type: 'match', value: 'root' }],
  };
  const pack = packOf([rule, exception].map((line) => `${JSON.stringify(line)}\n`).join(''));
  const asked = pack.rules[0]!;
  expect(found(asked, [{ a: 1 }, { a: 1, u: 'root' }], { exclusions: pack.filters })).toEqual([[0]]);
  expect(matcher(asked).diagnostics).toMatchObject([{ code: 'loss/exceptions', effect: 'broader' }]);
});

describe('many at once', () => {
  const asked = [
    { language: 'kuery', text: 'a: *' },
    { language: 'eql', text: 'sequence [any where a == 1] [any where a == 2]' },
    { language: 'kuery', text: 'a: 2' },
  ];

  test('find what each of them finds alone', () => {
    const values = fc.array(fc.record({ a: fc.integer({ min: 1, max: 3 }) }), { maxLength: 8 });
    fc.assert(
      fc.property(values, (events) => {
        const matchers = asked.map((one) => must(matcher(one)));
        const all = [...matchAll(matchers, events)];
        for (const one of matchers) {
          const own = all.filter((each) => each.matcher === one).map((each) => each.events);
          expect(own).toEqual(found(one.asked, events));
        }
      }),
    );
  });
});

describe('a correlation', () => {
  const counted = (condition: object, more: object = {}) =>
    `${sigma('Image|endswith: \\cmd.exe')}---\ntitle: Many\nid: 5d6d3a6e-9a6b-4a52-9a55-0b7a3b6a1c03\ncorrelation: ${JSON.stringify(
      {
        type: 'event_count',
        rules: ['shell'],
        'group-by': ['User'],
        timespan: '5s',
        condition,
        ...more,
      },
    )}\n`;

  test('finds its rules among those that are handed in', () => {
    const { rules } = packOf(counted({ gte: 1 }));
    const event = { Image: '\\cmd.exe', User: 'u' };
    expect(found(rules[1]!, [event], { references: rules })).toEqual([[0]]);
    expect(matcher(rules[1]!).diagnostics).toMatchObject([{ code: 'schema/unknown-reference' }]);
  });

  test('takes its rules for parts of it, unless it says that they stand alone', () => {
    const partsIn = (text: string) => [...partsAmong(packOf(text).rules)].map(({ title }) => title);
    expect(partsIn(counted({ gte: 1 }))).toEqual(['Shell']);
    expect(partsIn(counted({ gte: 1 }, { generate: true }))).toEqual([]);
    expect(partsIn(counted({ gte: 1 }, { rules: ['5d6d3a6e-9a6b-4a52-9a55-0b7a3b6a1c03'] }))).toEqual([]);
  });

  test('that leads into a circle comes to an end', () => {
    const ring = (name: string, to: string) =>
      `title: ${name}\nname: ${name}\ncorrelation:\n  type: temporal\n  timespan: 1m\n  rules: [${to}]\n`;
    const { rules } = packOf([ring('top', 'x'), ring('x', 'y'), ring('y', 'x')].join('---\n'));
    expect([...partsAmong(rules)].map(({ name }) => name)).toEqual(['x', 'y']);
    expect(matcher(rules[0]!, { references: rules }).diagnostics).toMatchObject([
      { code: 'match/unsupported' },
    ]);
  });

  test('finds what the rule of Elastic finds that it is cast into', () => {
    const shell = sigma('Image|endswith: \\cmd.exe');
    const other = sigma('Image|endswith: \\net.exe')
      .replace('name: shell', 'name: net')
      .replace('1c01', '1c04');
    const ordered = counted({ gte: 2 }, { type: 'temporal_ordered', rules: ['shell', 'net'] }).replace(
      shell,
      `${shell}---\n${other}`,
    );
    const together = counted({ gte: 3 }, { rules: ['shell', 'net'] }).replace(shell, `${shell}---\n${other}`);
    const events = fc.array(
      fc.record({
        '@timestamp': fc.integer({ min: 0, max: 12 }).map((second) => second * 1000),
        'process.executable': fc.constantFrom('C:\\cmd.exe', 'C:\\NET.exe', 'C:\\other.exe'),
        'user.name': fc.constantFrom('u', 'v'),
        'event.category': fc.constant('process'),
        'event.type': fc.constant('start'),
        'host.os.type': fc.constant('windows'),
      }),
      { maxLength: 12 },
    );
    for (const text of [counted({ gte: 2 }), counted({ gt: 2 }), together, ordered]) {
      const { rules } = packOf(text);
      const cast = must(convert(text, { to: 'elastic', today: '2024-01-01' }));
      const elastic = ruleOf(cast.text);
      fc.assert(
        fc.property(events, (list) => {
          const named = list.map((event) => ({
            ...event,
            'process.name': event['process.executable'].slice(3),
          }));
          expect(found(elastic, named)).toEqual(
            found(rules.at(-1)!, named, { references: rules, taxonomy: 'ecs' }),
          );
        }),
      );
    }
  });
});
