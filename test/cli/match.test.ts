import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { runIn, runLineIn } from '../support/command.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rulecast-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, text: string) => writeFileSync(join(folder, name), text);
const run = (args: readonly string[], input = '') => runIn(folder, ['match', ...args], input);
const objects = (stdout: string) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

const rules = `title: Login
name: login
logsource:
  category: authentication
detection:
  selection:
    kind: login
  condition: selection
---
title: Many logins
id: 3f1c9a52-2b77-4f0e-9a4e-4b0f5d1a7c11
correlation:
  type: event_count
  rules: [login]
  group-by: [user]
  timespan: 1m
  condition:
    gte: 2
`;
const login = (second: number, user: string) =>
  JSON.stringify({ '@timestamp': `2024-01-01T00:00:0${second}Z`, kind: 'login', user });
const events = [login(1, 'a'), login(2, 'b'), login(3, 'a')].join('\n');

test('tells of each match by the lines of its events, and of all in the end', () => {
  put('rules.yml', rules);
  put('events.ndjson', events);
  expect(run(['rules.yml', '--events', 'events.ndjson'])).toEqual({
    status: 0,
    stdout: 'events.ndjson:1,3: Many logins\n',
    stderr: '1 rule, 3 events: 1 match.\n',
  });
});

test('tells machines by the positions of the events', () => {
  put('rules.yml', rules);
  const { status, stdout } = run(['rules.yml', '--events', '-', '--json'], events);
  const rule = { rule: '3f1c9a52-2b77-4f0e-9a4e-4b0f5d1a7c11', title: 'Many logins', path: 'rules.yml' };
  expect([status, objects(stdout)]).toEqual([
    0,
    [
      { ...rule, events: [0, 2], lines: [1, 3], matched: true },
      { summary: { rules: 1, refused: 0, events: 3, unread: 0, matches: 1 } },
    ],
  ]);
});

describe('a query', () => {
  const kql = (text: string, ...more: readonly string[]) => [
    '--language',
    'kuery',
    '--query',
    text,
    '--events',
    '-',
    ...more,
  ];

  test('finds events of their own', () => {
    const { stdout } = run(kql('user: a', '--json'), events);
    const found = { rule: 'user: a', title: 'user: a', path: '--query', matched: true };
    expect(objects(stdout).slice(0, -1)).toEqual([
      { ...found, event: 0, line: 1 },
      { ...found, event: 2, line: 3 },
    ]);
  });

  test('that finds nothing is no fault', () => {
    expect(run(kql('user: c'), events)).toEqual({
      status: 0,
      stdout: '',
      stderr: '1 rule, 3 events: no matches.\n',
    });
  });

  test.each([
    ['a list', '[{"a": 1},\n {"a": 2}]', 2],
    ['one printed over lines', '{\n  "a": 2\n}', 1],
    ['several printed one after another', '{\n  "a": 1\n}\n{\n  "a": 2\n}\n', 4],
    ['lines that end as in Windows', '\uFEFF{"a": 1}\r\n\r\n{"a": 2}\r\n', 3],
  ])('reads %s', (_, input, line) => {
    expect(run(kql('a: 2'), input).stdout).toBe(`-:${line}: a: 2\n`);
  });

  test('goes by the types that are said, in a file or beside one another', () => {
    put('types.json', '{"ip": "ip", "m": "text"}');
    const input = '{"ip": "0:0::1", "m": "The Fox"}';
    expect(run(kql('ip: "::1" and m: fox'), input).stdout).toBe('');
    expect(run(kql('ip: "::1" and m: fox', '--types', 'ip=ip,m=text'), input).stdout).not.toBe('');
    expect(run(kql('ip: "::1" and m: fox', '--types', 'types.json'), input).stdout).not.toBe('');
  });

  test('goes by the fields that are said', () => {
    const eql = 'sequence [file where true] [process where true]';
    const input = '{"k": "process", "t": 2, "n": 2}\n{"k": "file", "t": 2, "n": 1}';
    const fields = ['--category-field', 'k', '--timestamp-field', 't', '--tiebreaker-field', 'n'];
    expect(run(['--language', 'eql', '--query', eql, '--events', '-', ...fields], input).stdout).toBe(
      `-:2,1: ${eql}\n`,
    );
  });
});

test('lines that are no events are told of with their places, and cost nothing but themselves', () => {
  const lines = [login(1, 'a'), '{"user": a}', login(2, 'a'), '"text"', '{"user": "a"', login(3, 'a')];
  const { status, stdout, stderr } = run(
    ['--language', 'kuery', '--query', 'user: *', '--events', '-'],
    lines.join('\n'),
  );
  expect([status, stdout]).toEqual([1, '-:1: user: *\n-:3: user: *\n-:6: user: *\n']);
  expect(stderr).toMatch(/^-:2:10: error: .*\n-:4:1: error: .*\n-:6:1: error: .*\n/);
  expect(stderr).toContain('3 events (3 could not be read)');
});

test('a rule that can not be asked is told of, and the others are', () => {
  put('a.yml', rules.split('---')[0]!.replace('kind: login', 'kind|re: (?=a)'));
  put('b.yml', rules.split('---')[0]!);
  put('note.txt', 'no rule');
  const { status, stdout, stderr } = run(['.', '--events', '-'], events);
  expect([status, stdout.split('\n').length]).toEqual([1, 4]);
  expect(stderr).toContain('[match/unsupported]');
  expect(stderr).toContain('2 rules (1 could not be asked), 3 events: 3 matches.');
  const json = objects(run(['.', '--events', '-', '--json'], events).stdout);
  expect(json[0]).toMatchObject({ path: 'a.yml', diagnostics: [{ code: 'match/unsupported' }] });
});

test.each([
  [['rules.yml'], 'where the events are'],
  [['--events', '-'], 'Name the rules'],
  [['--query', 'a: 1', '--events', '-'], 'in which language'],
  [['rules.yml', '--query', 'a: 1', '--language', 'kuery', '--events', '-'], 'not both'],
  [['rules.yml', '--language', 'kuery', '--events', '-'], 'say --query'],
  [['nowhere', '--events', '-'], 'nothing at nowhere'],
  [['rules.yml', '--events', 'nowhere.ndjson'], 'nothing at nowhere.ndjson'],
  [['rules.yml', '--events', '-', '--types', 'a=colour'], '--types knows'],
  [['rules.yml', '--events', '-', '--types', 'rules.yml'], 'JSON object'],
  [['rules.yml', '--events', '-', '--events', '-'], 'say it once'],
])('what is asked wrongly is exit code 2: %j', (args, why) => {
  put('rules.yml', rules);
  const { status, stderr } = run(args, events);
  expect(stderr).toContain(why);
  expect(status).toBe(2);
});

test('many events are read in pieces, and keep their lines', () => {
  const filler = 'x'.repeat(1000);
  const line = (n: number) => JSON.stringify({ n, filler });
  put('many.ndjson', Array.from({ length: 20_000 }, (_, n) => `${line(n)}\n`).join(''));
  const { stdout } = run([
    '--language',
    'kuery',
    '--query',
    'n: (0 or 10000 or 19999)',
    '--events',
    'many.ndjson',
  ]);
  expect(stdout.match(/:\d+:/g)).toEqual([':1:', ':10001:', ':20000:']);
});

const whoami = `title: Who am I
id: 3f1c9a52-2b77-4f0e-9a4e-4b0f5d1a7c12
logsource:
  category: process_creation
  product: windows
detection:
  selection:
    Image|endswith: '\\whoami.exe'
  condition: selection
`;

describe('what can find nothing is told of', () => {
  const ecs = '{"event": {"category": "process"}, "process": {"executable": "C:\\\\whoami.exe"}}';

  test('where no event has the fields that a rule asks for', () => {
    put('rule.yml', whoami);
    const { status, stderr } = run(['rule.yml', '--events', '-'], ecs);
    expect(status).toBe(0);
    expect(stderr).toContain('rule.yml: warning: Image is in no event that was read');
    expect(stderr).toContain('--taxonomy says which names the events have');
  });

  test('to machines, with the rule', () => {
    put('rule.yml', whoami);
    const [first] = objects(run(['rule.yml', '--events', '-', '--json', '--taxonomy', 'ecs'], ecs).stdout);
    expect(first).toMatchObject({ title: 'Who am I', diagnostics: [{ code: 'match/unknown-field' }] });
  });

  test('rule by rule for a few, and then by their number', () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) put(`${name}.yml`, whoami);
    const { stderr } = run(['.', '--events', '-'], ecs);
    expect(stderr.match(/is in no event/g)?.length).toBe(3);
    expect(stderr).toContain('5 of 5 rules ask for fields that are in no event; -v shows all of them.');
  });

  const asked = (language: string, text: string, input: string) =>
    run(['--language', language, '--query', text, '--events', '-'], input).stderr;

  test.each([
    ['kql', 'a: 1 and b: 1', '{"a": 2}', 'b is in'],
    ['kql', 'a: 1 or b: 1', '{"c": 2}', 'a, b are in'],
    ['kql', 'a.b: *', '{"a": {"c": 1}}', 'a.b is in'],
    ['eql', 'process where a == 1', '{"a": 2}', 'event.category is in'],
    ['eql', 'sequence by h [any where a == 1] [any where b == 1]', '{"a": 1, "b": 1}', 'h is in'],
    ['esql', 'FROM x | WHERE u IS NOT NULL | STATS n = COUNT(*) BY u | WHERE n > 1', '{"a": 1}', 'u is in'],
  ])('%s %s', (language, text, input, message) => {
    expect(asked(language, text, input)).toContain(`${message} no event that was read`);
  });

  test.each([
    ['kql', 'a: 1 or b: 1', '{"b": 2}'],
    ['kql', 'not a: 1 and b: 1', '{"b": 2}'],
    ['kql', 'a: *', '{"a": {"c": 1}}'],
    ['kql', 'a*: 1', '{"abc": 2}'],
    ['eql', 'any where a == null and b == 1', '{"b": 2}'],
    ['eql', 'any where a == 1', ''],
    ['kql', 'word', '{"a": 1}'],
  ])('but not of %s %s, which could', (language, text, input) => {
    expect(asked(language, text, input)).not.toContain('in no event');
  });

  test('where events do not say when they happened, and that counts', () => {
    const text = 'sequence [any where a == 1] [any where a == 2]';
    expect(asked('eql', text, '{"a": 1}\n{"a": 2}')).toContain('None of the 2 events that matter here says');
    const one = '{"a": 1, "@timestamp": "2024-01-01T00:00:00Z"}\n{"a": 2, "@timestamp": "soon"}';
    expect(asked('eql', text, one)).toContain('Of 2 events that matter here, 1 do not say in @timestamp');
    expect(asked('eql', text, one.replace('soon', '2024-01-02'))).not.toContain('@timestamp');
    expect(asked('kql', 'a: 1', '{"a": 1}')).not.toContain('@timestamp');
  });
});

test('a rule that can not be asked to the end is given up, and the others are not', () => {
  put('a.yml', rules.split('---')[0]!.replace('kind: login', 'kind|re: ((a{1,1000}){1,1000}){1,1000}'));
  put('b.yml', rules.split('---')[0]!);
  const input = `${JSON.stringify({ kind: 'a'.repeat(5000) })}\n${login(1, 'a')}`;
  const { status, stdout, stderr } = run(['.', '--events', '-'], input);
  expect([status, stdout]).toEqual([1, '-:2: Login\n']);
  expect(stderr).toContain('it was given up after 0 events. [match/unsupported]');
  expect(stderr).toContain('2 rules (1 could not be asked), 2 events: 1 match.');
});

describe('events of Windows', () => {
  const wrapped = (data: unknown, rest: object = {}) =>
    JSON.stringify({
      Event: {
        System: {
          Provider: { '#attributes': { Name: 'Microsoft-Windows-Sysmon' } },
          EventID: { '#text': 1 },
          TimeCreated: { '#attributes': { SystemTime: '2024-01-01T00:00:00Z' } },
          ...rest,
        },
        EventData: data,
      },
    });

  test('are read in their wrapping, which a note says', () => {
    put('rule.yml', whoami);
    const { stdout, stderr } = run(
      ['rule.yml', '--events', '-', '-v'],
      wrapped({ Image: 'C:\\whoami.exe', __proto__: 1 }),
    );
    expect(stdout).toBe('-:1: Who am I\n');
    expect(stderr).toContain('wrapping of Windows');
  });

  test.each([
    'EventID: 1',
    'Provider_Name: *Sysmon',
    '@timestamp: "2024-01-01T00:00:00Z"',
    'Event.EventData.Image: *',
  ])('have %s', (text) => {
    const { stdout } = run(['--language', 'kql', '--query', text, '--events', '-'], wrapped({ Image: 'a' }));
    expect(stdout).toBe(`-:1: ${text}\n`);
  });

  test('hold what a provider says under a name of its own', () => {
    const event = { Event: { System: {}, UserData: { Own: { Param: 'x' } } } };
    const { stdout } = run(
      ['--language', 'kql', '--query', 'Param: x', '--events', '-'],
      JSON.stringify(event),
    );
    expect(stdout).toBe('-:1: Param: x\n');
  });
});

test('a list of any length, or a line, is read in time that grows with it', () => {
  const one = JSON.stringify({ filler: 'x'.repeat(300) });
  for (const text of [`[${`${one},\n`.repeat(100_000)}{"a": 1}]`, `${one.repeat(100_000)}{"a": 1}`]) {
    put('many.json', text);
    const started = performance.now();
    const { stdout } = run(['--language', 'kql', '--query', 'a: 1', '--events', 'many.json']);
    expect(stdout).toMatch(/^many.json:\d+: a: 1\n$/);
    expect(performance.now() - started).toBeLessThan(10_000);
  }
});

test('warnings of one kind are told ten times, and then counted', () => {
  const { stderr } = run(
    ['--language', 'kql', '--query', 'a: *', '--events', '-'],
    '{"a":9007199254740993}\n'.repeat(12),
  );
  expect(stderr.match(/is kept as/g)?.length).toBe(10);
  expect(stderr).toContain('-: 2 more of [read/rounded]; -v shows all.');
});

test('with --json, what could not be read is an object, too', () => {
  const { stdout, stderr } = run(
    ['--language', 'kql', '--query', 'a: *', '--events', '-', '--json'],
    '{"a": 1}\n{a',
  );
  expect(stderr).toBe('');
  expect(objects(stdout)).toMatchObject([
    { event: 0 },
    { path: '-', diagnostics: [{ code: 'parse/unexpected', line: 2 }] },
    { summary: { unread: 1 } },
  ]);
});

test('a query over several lines is told in one', () => {
  const text = 's:\n  a: 1\ncondition: s\n';
  const { stdout } = run(['--language', 'sigma', '--query', text, '--events', '-'], '{"a": 1}');
  expect(stdout).toBe('-:1: s: a: 1 condition: s\n');
});

test('who stops to read ends the run', () => {
  put('many.ndjson', '{"a": 1}\n'.repeat(500_000));
  const command = "rulecast match --language kql --query 'a: 1' --events many.ndjson | head -1";
  const { stdout, stderr } = runLineIn(folder, command);
  expect([stdout, stderr]).toEqual(['many.ndjson:1: a: 1\n', '']);
});

test.each([
  [['--events', '.'], 'is a folder'],
  [['--events', 'nowhere'], 'nothing at nowhere'],
  [['--evnts', '-'], 'no option --evnts; did you mean --events?'],
  [['--events', '-', '--language', 'eqll'], 'did you mean eql?'],
  [
    ['--events', '-', '--taxonomy', 'sigmaa'],
    '--taxonomy knows ecs, sigma, and not "sigmaa"; did you mean sigma?',
  ],
])('a mistake is told with what was meant: %j', (args, why) => {
  const { status, stderr } = run(
    ['--language', 'kql', '--query', 'a: 1', ...args].slice(args.includes('--language') ? 2 : 0),
  );
  expect([status, stderr]).toEqual([2, expect.stringContaining(why)]);
});

test('bytes that are no UTF-8 cost the event that they are in, and are told of with their place', () => {
  const bytes = Buffer.concat([
    Buffer.from('{"a": 1, "b": "\uFFFD"}\n{"a": 1, "b": "'),
    Buffer.from([0xff]),
    Buffer.from('"}\n{"a": 1}'),
  ]);
  writeFileSync(join(folder, 'events.ndjson'), bytes);
  const { status, stdout, stderr } = run([
    '--language',
    'kql',
    '--query',
    'a: 1',
    '--events',
    'events.ndjson',
  ]);
  expect([status, stdout]).toEqual([1, 'events.ndjson:1: a: 1\nevents.ndjson:3: a: 1\n']);
  expect(stderr).toMatch(/^events.ndjson:2:16: error: This is not UTF-8 text; .* \[read\/not-utf8\]\n/);
});

test('documents of Elasticsearch are read by their source', () => {
  const input = JSON.stringify({ _index: 'logs', _id: 'x', _source: { user: { name: 'bob' } } });
  const { stdout } = run(
    ['--language', 'kql', '--query', 'user.name: bob and _id: x', '--events', '-'],
    input,
  );
  expect(stdout).toBe('-:1: user.name: bob and _id: x\n');
});

test('a query that is none is exit code 2; one that can not be asked is 1', () => {
  const statusOf = (text: string) =>
    run(['--language', 'eql', '--query', text, '--events', '-'], '{}').status;
  expect([statusOf('any where ('), statusOf('join by a [any where true] [any where true]')]).toEqual([2, 1]);
});

test('--placeholders fills in the lists of a site', () => {
  put('rule.yml', whoami.replace('Image|endswith: ', "User|expand: '%admins%'\n    Image|endswith: "));
  put('lists.yml', 'admins: [root, adm*]');
  const input = '{"Image": "C:\\\\whoami.exe", "User": "admin"}';
  expect(run(['rule.yml', '--events', '-'], input).status).toBe(1);
  const { stdout } = run(['rule.yml', '--events', '-', '--placeholders', 'lists.yml'], input);
  expect(stdout).toBe('-:1: Who am I\n');
});
