import { describe, expect, test } from 'vitest';

import { languageOf } from '../../src/languages/index.ts';
import { match } from '../../src/match/match.ts';
import { argumentsOf } from '../support/command-line.ts';
import { ecsEvent } from '../support/ecs-event.ts';
import { must } from '../support/laws.ts';
import { bareEvent, saying } from '../support/log-sources.ts';
import { agreeOn, disagreements, witnesses } from '../support/witnesses.ts';

const eql = (text: string) => must(languageOf('eql')!.parse(text));

describe('witnesses tell queries apart', () => {
  test.each([
    ['any where a : "x"', 'any where a == "x"'],
    ['any where a : "x*"', 'any where a : "x"'],
    ['any where a : "x?z"', 'any where a : "x*z"'],
    ['any where a : "*x*"', 'any where a : "*x"'],
    ['any where a : ("x", "y")', 'any where a : ("x", "y", "z")'],
    ['any where a == null', 'any where a != null'],
    ['any where a > 5', 'any where a >= 5'],
    ['any where cidrMatch(a, "10.0.0.0/8")', 'any where cidrMatch(a, "10.0.0.0/9")'],
    ['any where a regex "ab+c"', 'any where a regex "abc"'],
    ['any where a regex "[0-9]{2}"', 'any where a regex "[0-9]{3}"'],
    ['any where a : "x" and b : "y"', 'any where a : "x" or b : "y"'],
    ['any where a : "x" and not b : "y"', 'any where a : "x"'],
    ['any where not (a : "x" and b : "y")', 'any where not a : "x" and not b : "y"'],
    ['any where length(a) > 20', 'any where length(a) > 21'],
    ['any where endsWith(a, b)', 'any where endsWith~(a, b)'],
  ])('%s | %s', (one, other) => {
    const [a, b] = [eql(one), eql(other)];
    const events = witnesses(a, b);
    expect(agreeOn(a, b, events)).toBe(false);
    expect(disagreements(a, a, events)).toEqual([]);
    expect(events.length).toBeLessThanOrEqual(200);
  });

  test('and are the same each time', () => {
    const query = eql('any where a : ("x*", "y") and not b regex "[a-f]+"');
    expect(witnesses(query)).toEqual(witnesses(query));
  });

  test('some satisfy a query, and some do not', () => {
    const query = eql('any where a : "*\\\\cmd.exe" and b : ("x", "y") and not (c == null or d : "z*")');
    const events = witnesses(query);
    const found = match(query, events).length;
    expect(found).toBeGreaterThan(0);
    expect(found).toBeLessThan(events.length);
  });
});

describe('the command line is cut as Windows cuts it', () => {
  test.each<[string, readonly string[]]>([
    ['a.exe /b  c', ['a.exe', '/b', 'c']],
    ['"C:\\Program Files\\a.exe" -x="y z"', ['C:\\Program Files\\a.exe', '-x=y z']],
    ['a "b ""c"" d"', ['a', 'b "c', 'd']],
    ['a C:\\b\\ c', ['a', 'C:\\b\\', 'c']],
    ['a \\"b\\" c', ['a', '"b"', 'c']],
    ['a "b\\\\" c', ['a', 'b\\', 'c']],
    ['', []],
    ['""', ['']],
  ])('%s', (line, args) => {
    expect(argumentsOf(line)).toEqual(args);
  });
});

describe('events of Windows in ECS', () => {
  const started = saying(bareEvent({ product: 'windows', category: 'process_creation' })!, {
    Image: 'C:\\Windows\\cmd.exe',
    CommandLine: 'cmd.exe /c "a b"',
    User: 'HOST\\me',
    Hashes: 'MD5=0123456789ABCDEF0123456789ABCDEF',
    Company: '-',
  })!;

  test('a process that starts, as Winlogbeat stores it', () => {
    const event = ecsEvent(started, 'winlog')!;
    expect(event).toMatchObject({
      'event.category': 'process',
      'event.type': ['start'],
      'event.code': '1',
      'process.name': 'cmd.exe',
      'process.args': ['cmd.exe', '/c', 'a b'],
      'process.hash.md5': '0123456789abcdef0123456789abcdef',
      'user.domain': 'HOST',
      'user.name': 'me',
    });
    expect(event).not.toHaveProperty(['process.pe.company']);
    expect(event).not.toHaveProperty(['winlog.event_data.Image']);
  });

  test('and as Elastic Defend does', () => {
    expect(ecsEvent(started, 'defend')).toMatchObject({
      'event.dataset': 'endpoint.events.process',
      'process.executable': 'C:\\Windows\\cmd.exe',
    });
  });

  test('a value of the registry, by each', () => {
    const set = saying(bareEvent({ product: 'windows', category: 'registry_set' })!, {
      TargetObject: 'HKLM\\System\\CurrentControlSet\\One\\Two',
      Details: 'DWORD (0x00000010)',
    })!;
    expect(ecsEvent(set, 'winlog')).toMatchObject({
      'registry.key': 'System\\CurrentControlSet\\One\\Two',
      'registry.value': 'Two',
      'registry.data.strings': ['16'],
    });
    expect(ecsEvent(set, 'defend')).toMatchObject({
      'registry.path': 'HKLM\\SYSTEM\\ControlSet001\\One\\Two',
      'registry.key': 'SYSTEM\\ControlSet001\\One',
    });
  });
});
