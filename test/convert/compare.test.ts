import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  type Comparison,
  compare,
  comparePacks,
  convert,
  matchAll,
  matcher,
  type Relation,
  type Rule,
  read,
} from '../../src/index.ts';
import { must } from '../support/laws.ts';

const creation = '{category: process_creation, product: windows}';
const sigma = (detection: string, source = creation, more = '') => `title: Shell
id: 5d6d3a6e-9a6b-4a52-9a55-0b7a3b6a1c01
${more}logsource: ${source}
detection:
${detection.replace(/^/gm, '  ')}
`;
const one = (selection: string, source = creation) =>
  sigma(`selection: ${selection}\ncondition: selection`, source);
const toml = (query: string, more = '', language = 'eql') => `[metadata]
creation_date = "2026/01/15"
updated_date = "2026/01/15"

[rule]
author = ["rulecast"]
description = "Shells."
from = "now-9m"
index = ["logs-endpoint.events.process-*"]
language = "${language}"
license = "MIT"
name = "Shell"
risk_score = 21
rule_id = "5d6d3a6e-9a6b-4a52-9a55-0b7a3b6a1c01"
severity = "low"
type = "${language === 'eql' ? 'eql' : 'query'}"
${more}query = '''
${query}
'''
`;
const eql = (tests: string, more = '') =>
  toml(`process where host.os.type == "windows" and event.type == "start" and ${tests}`, more);

const opposite: Readonly<Record<Relation, Relation>> = {
  equal: 'equal',
  broader: 'narrower',
  narrower: 'broader',
  overlapping: 'overlapping',
  disjoint: 'disjoint',
  unknown: 'unknown',
};
const ruleOf = (text: string): Rule => must(read(text)).rules.at(-1)!;

/** What is said of two texts, once it holds the other way round, too, and the matcher has agreed to each event. */
function compared(first: string, second: string): Comparison {
  const found = must(compare(first, second));
  expect(must(compare(second, first)).relation).toBe(opposite[found.relation]);
  for (const { matches, events, taxonomy, also } of found.counterexamples) {
    for (const text of also ? [first, second] : []) {
      if (
        ruleOf(text).detection.kind !== 'query' ||
        text.startsWith('title') !== (also?.taxonomy === 'sigma')
      )
        continue;
      const asked = must(matcher(ruleOf(text), { taxonomy: also!.taxonomy }));
      const isMatched = (text === first) === (matches === 'first');
      expect([...matchAll([asked], also!.events)].length > 0, JSON.stringify(also)).toBe(isMatched);
    }
    const [a, b] = [first, second].map((text) => {
      const asked = must(matcher(ruleOf(text), { taxonomy }));
      return [...matchAll([asked], events)].length > 0;
    });
    expect([a, b], JSON.stringify(events)).toEqual([matches === 'first', matches === 'second']);
  }
  return found;
}

const cmd = one("{Image|endswith: '\\cmd.exe'}");

describe('the relation of a second rule to a first', () => {
  test.each<[string, string, string, Relation]>([
    ['the same rule', cmd, cmd, 'equal'],
    [
      'the same in other words',
      cmd,
      sigma("a: {Image|endswith: ['\\CMD.EXE']}\ncondition: 1 of a*"),
      'equal',
    ],
    ['one more value', cmd, one("{Image|endswith: ['\\cmd.exe', '\\sh.exe']}"), 'broader'],
    ['one more test', cmd, one("{Image|endswith: '\\cmd.exe', User: root}"), 'narrower'],
    ['another test', one('{User: root}'), one('{Company: Acme}'), 'overlapping'],
    ['the contrary', one('{User: root}'), sigma('a: {User: root}\ncondition: not a'), 'disjoint'],
    ['a rule of Elastic', cmd, eql('process.name : "cmd.exe"'), 'equal'],
    ['a rule of Elastic that minds case', cmd, eql('process.name == "cmd.exe"'), 'narrower'],
    [
      'a rule of Elastic without the test of its log source',
      cmd,
      toml('process where process.name : "cmd.exe"'),
      'broader',
    ],
    [
      'two of Elastic in two languages',
      eql('process.name == "a"'),
      toml(
        'event.category: process and host.os.type: windows and event.type: start and process.name: a',
        '',
        'kuery',
      ),
      'equal',
    ],
    [
      'a search of fewer words',
      toml('process.name: (a or b)', '', 'kuery'),
      toml('process.name: a', '', 'kuery'),
      'narrower',
    ],
  ])('%s', (_, first, second, relation) => {
    expect(compared(first, second).relation).toBe(relation);
  });

  test('is that which the tables declare, where one query stands for both', () => {
    const text = eql('process.args : "-enc"');
    const written = must(convert(text, { to: 'sigma' })).text;
    const { relation, because, event } = must(compare(text, written));
    expect([relation, event]).toEqual(['broader', undefined]);
    expect(because).toContain('process.args');
  });
});

test('events are shown in the names of both', () => {
  const [shown] = compared(cmd, eql('process.name : ("cmd.exe", "sh.exe")')).counterexamples;
  expect(shown).toEqual({
    matches: 'second',
    taxonomy: 'ecs',
    events: [
      {
        'event.category': 'process',
        'event.type': 'start',
        'host.os.type': 'windows',
        'process.name': 'sh.exe',
      },
    ],
    also: { taxonomy: 'sigma', events: [{ Image: '\\sh.exe' }] },
  });
});

test('ES|QL finds no event with several values of what it compares', () => {
  const esql = `[metadata]
creation_date = "2026/01/15"

[rule]
description = "Shells."
language = "esql"
name = "Shell"
rule_id = "5d6d3a6e-9a6b-4a52-9a55-0b7a3b6a1c02"
type = "esql"
query = '''
from logs-* metadata _id | where event.category == "process" and process.name == "a"
'''
`;
  const kql = toml('event.category : process and process.name : a', '', 'kuery');
  const there = must(compare(kql, esql));
  expect(there.relation).toBe('narrower');
  expect(there.counterexamples).toEqual([
    {
      matches: 'first',
      taxonomy: 'ecs',
      events: [{ 'event.category': ['process', 'x'], 'process.name': 'a' }],
    },
  ]);
  expect(must(compare(esql, kql)).relation).toBe('broader');
  expect(must(compare(esql, esql)).relation).toBe('equal');
});

describe('log sources', () => {
  const login = '{EventID: 1}';
  test.each<[string, string, string, Relation]>([
    ['are part of what is asked', '{category: process_creation, product: linux}', creation, 'disjoint'],
    ['may hold others', '{category: process_creation}', creation, 'narrower'],
    [
      'may hold others, as the tables know them',
      '{category: registry_event, product: windows}',
      '{category: registry_set, product: windows}',
      'narrower',
    ],
    [
      'that no table knows are what they are called',
      '{product: acme, service: a}',
      '{product: acme, service: b}',
      'disjoint',
    ],
    [
      'that no table knows hold those that say more',
      '{product: acme}',
      '{product: acme, service: b}',
      'narrower',
    ],
    ['that no table knows may be anything to others', '{category: acme}', '{service: b}', 'unknown'],
    [
      'without a test that tells them apart are not the same',
      '{product: python, category: application}',
      '{product: ruby_on_rails, category: application}',
      'disjoint',
    ],
  ])('%s', (_, first, second, relation) => {
    const [a, b] = [one(login, first), one(login, second)];
    const found = must(compare(a, b));
    expect(found.relation).toBe(relation);
    expect(must(compare(b, a)).relation).toBe(opposite[relation]);
  });
});

describe('rules that ask for more than their query', () => {
  const terms = (query: string, since: string) =>
    toml(
      query,
      `[rule.new_terms]\nfield = "new_terms_fields"\nvalue = ["user.name"]\n[[rule.new_terms.history_window_start]]\nfield = "history_window_start"\nvalue = "${since}"\n[rule.x]\n`,
      'kuery',
    )
      .replace('type = "query"', 'type = "new_terms"')
      .replace(/\[rule\.x\]\nquery = '''\n.*\n'''\n/, '')
      .replace('[rule.new_terms]', `query = "${query}"\n\n[rule.new_terms]`);
  const [a, b] = [terms('user.name: a*', 'now-7d'), terms('user.name: *', 'now-7d')];

  test('are equal to themselves', () => {
    expect(compared(a, a).relation).toBe('equal');
  });

  test('find less than their query does, and nobody knows how much', () => {
    const { relation, because } = must(compare(b, a));
    expect(relation).toBe('unknown');
    expect(because).toContain('beside a query');
    const plain = compared(toml('user.name: a*', '', 'kuery'), a);
    expect([plain.relation, plain.event]).toEqual(['narrower', undefined]);
    expect(plain.because).toContain('beside a query');
    expect(must(compare(toml('user.name: *', '', 'kuery'), a)).relation).toBe('narrower');
    expect(must(compare(toml('host.name: x', '', 'kuery'), a)).relation).toBe('overlapping');
    expect(must(compare(toml('host.name: x and not user.name: a*', '', 'kuery'), a)).relation).toBe(
      'disjoint',
    );
  });
});

describe('what stands beside the queries', () => {
  const more = 'level: low\nstatus: test\nreferences: []\n';
  const text = sigma('a: {User: root}\ncondition: a', creation, more);

  test('is told field by field; unsaid, empty and something are three things', () => {
    const other = sigma('a: {User: root}\ncondition: a', creation, 'level: high\nstatus: test\n');
    const third = sigma(
      'a: {User: root}\ncondition: a',
      creation,
      'level: high\nstatus: test\nreferences: [x]\n',
    );
    expect(compared(text, other).differences).toEqual([
      { field: 'severity', first: 'low', second: 'high' },
      { field: 'references', first: [] },
    ]);
    expect(compared(text, third).differences.at(-1)).toEqual({
      field: 'references',
      first: [],
      second: ['x'],
    });
    expect(compared(other, third).differences).toEqual([{ field: 'references', second: ['x'] }]);
  });

  test('is no difference where a format has no words for it, or other words', () => {
    const tagged = sigma(
      "a: {Image|endswith: '\\x.exe'}\ncondition: a",
      creation,
      'description: d\nlevel: medium\nstatus: stable\nauthor: me\ntags: [attack.execution, attack.t1059.001]\n',
    );
    const written = must(convert(tagged, { to: 'elastic', today: '2026-01-01' })).text;
    expect(compared(tagged, written)).toMatchObject({ relation: 'equal', differences: [] });
  });
});

describe('in words', () => {
  test('what the second asks for besides, and does not ask for', () => {
    const a = sigma("a: {Image|endswith: '\\cmd.exe'}\nb: {User: x}\ncondition: a and not b");
    const b = sigma(
      "a: {Image|endswith: '\\cmd.exe', CommandLine|contains|all: [p, q]}\nb: {User: y}\ncondition: a and not b",
    );
    expect(compared(a, b).conditions).toEqual({
      asks: ['CommandLine contains "p"', 'CommandLine contains "q"', 'User is not "y"'],
      omits: ['User is not "x"'],
      takes: [],
      leaves: [],
    });
  });

  test('which values it takes besides, and which it does not', () => {
    const conditions = compared(one('{User: [a, b]}'), one('{User: [b, c*]}')).conditions;
    expect(conditions).toEqual({
      asks: [],
      omits: [],
      takes: ['User begins with "c"'],
      leaves: ['User is "a"'],
    });
  });

  test('where case counts', () => {
    const conditions = compared(one('{User: Root}'), one('{User|cased: Root}')).conditions;
    expect(conditions).toMatchObject({ asks: ['case counts where User is "Root"'], takes: [], leaves: [] });
  });
});

test('one rule is compared with one', () => {
  const outcome = compare(`${cmd}---\n${cmd}`, cmd);
  expect(outcome.ok).toBe(false);
  expect(outcome.diagnostics.map(({ code }) => code)).toEqual(['compare/several-rules']);
  expect(compare('', cmd).ok).toBe(false);
});

const selection = fc
  .dictionary(
    fc.constantFrom('Image|endswith', 'CommandLine|contains', 'User', 'User|cased', 'Company'),
    fc.array(fc.constantFrom('a', 'A', 'ab', '*b', 'a*'), { minLength: 1, maxLength: 2 }),
    { minKeys: 1, maxKeys: 2, noNullPrototype: true },
  )
  .map((tests) => JSON.stringify(tests));
const condition = fc.constantFrom('a', 'a and b', 'a or b', 'a and not b', 'not a');
const random = fc
  .tuple(selection, selection, condition)
  .map(([a, b, asked]) => sigma(`a: ${a}\nb: ${b}\ncondition: ${asked}`));

test('turned round it is the converse, and each event is the matcher’s, in either naming', {
  timeout: 60_000,
}, () => {
  fc.assert(
    fc.property(random, random, (first, second) => {
      const { relation } = compared(first, second);
      expect(relation).not.toBe('unknown');
      const elastic = must(convert(second, { to: 'elastic', allow: ['narrower', 'broader'] })).text;
      const across = compared(first, elastic);
      if (relation === 'equal') expect(['equal', 'unknown']).toContain(across.relation);
    }),
    { numRuns: 60 },
  );
});

describe('two packs', () => {
  const named = (title: string, text: string) => text.replace('title: Shell', `title: ${title}`);
  const pack = (...texts: string[]) => must(read(texts.join('---\n')));
  const download = "{Image|endswith: '\\certutil.exe', CommandLine|contains: 'urlcache'}";
  const first = pack(
    named('Same', one("{Image|endswith: '\\rundll32.exe', CommandLine|contains: 'javascript'}")),
    named('Held', one(download)),
    named('Near', one("{CommandLine|contains|all: ['delete', 'shadows', 'vssadmin'], User: a}")),
    named('Alone', one('{User: nobody-else}')),
  );
  const second = pack(
    named('Near it', one("{CommandLine|contains|all: ['delete', 'shadows', 'vssadmin'], User: b}")),
    named(
      'Holds',
      one("{Image|endswith: ['\\certutil.exe', '\\bitsadmin.exe'], CommandLine|contains: 'urlcache'}"),
    ),
    named('Same again', one("{Image|endswith: '\\rundll32.exe', CommandLine|contains: 'javascript'}")),
  );

  test('have pairs, equal ones first, and rules without a partner', () => {
    const { pairs, alone } = comparePacks(first, second);
    expect(pairs.map((pair) => [pair.first.title, pair.relation, pair.second.title])).toEqual([
      ['Same', 'equal', 'Same again'],
      ['Held', 'broader', 'Holds'],
      ['Near', 'overlapping', 'Near it'],
    ]);
    expect(alone).toEqual({ first: [first.rules[3]], second: [] });
  });

  test('may be of different formats', () => {
    const text = must(convert(must(read(one(download))) && one(download), { to: 'elastic' })).text;
    const { pairs } = comparePacks(first, must(read(text)));
    expect(pairs.map((pair) => [pair.first.title, pair.relation])).toEqual([['Held', 'equal']]);
  });
});
