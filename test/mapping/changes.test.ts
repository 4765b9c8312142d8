import { describe, expect, test } from 'vitest';

import { expressionOfName, expressionOfWhole } from '../../src/mapping/changes/expression.ts';
import { changeValue } from '../../src/mapping/changes/index.ts';
import type { Change } from '../../src/mapping/table.ts';
import { filter } from '../../src/query/build.ts';
import { sameMeaning } from '../../src/query/normal.ts';
import { many } from '../../src/query/pattern.ts';
import type { Pattern, Regex, Value } from '../../src/query/query.ts';

const target = { field: 'there', from: 'here', caseSensitive: false };
const is = (...values: Value[]) => ({
  kind: 'equals',
  field: 'there',
  values,
  quantifier: 'any',
  caseSensitive: false,
});
const toEcs = (value: Value, change: Change) => changeValue(value, target, change, 'toEcs');
const toSigma = (value: Value, change: Change) => changeValue(value, target, change, 'toSigma');

/** Values that go to ECS and come back as they were. */
const circles: readonly (readonly [Change, Value, Value])[] = [
  [{ kind: 'file-name', separator: '\\' }, [many, '\\cmd.exe'], ['cmd.exe']],
  [{ kind: 'file-name', separator: '/' }, [many, '/sh'], ['sh']],
  [{ kind: 'extension' }, [many, '.exe'], ['exe']],
  [{ kind: 'account', domain: 'domain' }, [many, '\\SYSTEM'], ['SYSTEM']],
  [{ kind: 'hash', algorithm: 'SHA256' }, [many, 'SHA256=ab12', many], ['ab12']],
  [{ kind: 'words', words: { true: 'egress', false: 'ingress' } }, ['true'], ['egress']],
  [{ kind: 'words', words: { System: 'system' } }, ['Other'], ['Other']],
  [{ kind: 'number' }, 4624, ['4624']],
  [{ kind: 'mailbox', part: 'name' }, ['jo@', many], ['jo']],
  [{ kind: 'mailbox', part: 'domain' }, [many, '@acme.com'], ['acme.com']],
  [
    { kind: 'prefix', sigma: 'HKLM\\', ecs: 'HKEY_LOCAL_MACHINE\\' },
    ['HKLM\\x', many],
    ['HKEY_LOCAL_MACHINE\\x', many],
  ],
];

describe('a value that goes to ECS comes back', () => {
  test.each(circles)('$0.kind %j', (change, sigma, ecs) => {
    // Words and numbers have one spelling in ECS, so case counts there.
    const cased = changesCase(change, sigma, ecs);
    expect(toEcs(sigma, change)).toEqual({ test: { ...is(ecs), caseSensitive: cased } });
    expect(toSigma(ecs, change)).toEqual({ test: is(sigma) });
  });
});

describe('a change has no words for', () => {
  test.each<[string, Value, Change]>([
    ['a whole path', ['C:\\cmd.exe'], { kind: 'file-name', separator: '\\' }],
    ['two pieces of a path', [many, '\\a\\b.exe'], { kind: 'file-name', separator: '\\' }],
    ['an open end', [many, '\\cmd', many], { kind: 'file-name', separator: '\\' }],
    ['an ending with two dots', [many, '.tar.gz'], { kind: 'extension' }],
    ['another algorithm', [many, 'MD5=ab', many], { kind: 'hash', algorithm: 'SHA1' }],
    ['a part of an account on both sides', [many, 'a\\b', many], { kind: 'account', domain: 'd' }],
    ['words that are not listed', ['x'], { kind: 'words', words: { a: 'b' }, closed: true }],
    ['a whole address', ['jo@acme.com'], { kind: 'mailbox', part: 'name' }],
    ['what a field holds', ['x'], { kind: 'presence', present: 'failure', absent: 'success' }],
    ['pieces of a command line', [many, 'x', many], { kind: 'arguments' }],
  ])('%s', (_, value, change) => {
    expect(toEcs(value, change)).toBeUndefined();
  });
});

describe('a word for a field that is there', () => {
  const change: Change = { kind: 'presence', present: 'failure', absent: 'success' };

  test('asks whether it is', () => {
    expect(toSigma(['Failure'], change)?.test).toEqual({ kind: 'exists', field: 'there' });
    expect(toSigma(['success'], change)?.test).toEqual(is(null));
    expect(toSigma(['unknown'], change)).toBeUndefined();
  });

  test('comes back as the word', () => {
    expect(toEcs(null, change)?.test).toEqual({ ...is(['success']), caseSensitive: true });
    expect(toEcs([many], change)?.test).toEqual({ ...is(['failure']), caseSensitive: true });
  });
});

test('a word for all the others is the negation of those', () => {
  const change: Change = { kind: 'otherwise', word: 'success', but: ['Failed', 'False'] };
  expect(toSigma(['success'], change)?.test).toEqual({ kind: 'not', of: is(['Failed'], ['False']) });
  expect(toSigma(['failure'], change)).toBeUndefined();
  expect(toEcs(['Succeeded'], change)).toBeUndefined();
});

describe('an object as one text', () => {
  const change: Change = { kind: 'entries' };

  test('has its entries in two spellings', () => {
    expect(toEcs([many, '"a":"x"', many], change)).toEqual({ test: is([many, 'a=x', many]) });
    expect(toSigma([many, 'a=x', many], change)).toEqual({
      test: is([many, '"a":"x', many], [many, '"a":x', many]),
    });
    expect(toSigma([many, 'a=', many], change)).toEqual({ test: is([many, '"a":', many]) });
  });

  test('is the same where there are no signs of a spelling, and nearly so elsewhere', () => {
    expect(toEcs([many, 'Suspended', many], change)).toEqual({ test: is([many, 'Suspended', many]) });
    expect(toSigma([many, '{a=x, b', many], change)?.effect).toBe('approximate');
  });
});

describe('an account is a domain and a name', () => {
  const change: Change = { kind: 'account', domain: 'domain' };
  const at = (field: string, value: Pattern) => ({ ...is(value), field });

  test('said whole', () => {
    expect(toEcs(['NT AUTHORITY\\SYSTEM'], change)?.test).toEqual({
      kind: 'and',
      of: [at('domain', ['NT AUTHORITY']), at('there', ['SYSTEM'])],
    });
  });

  test('text without a backslash stands in one of them', () => {
    expect(toEcs([many, 'AUTHORI', many], change)?.test).toEqual({
      kind: 'or',
      of: [at('domain', [many, 'AUTHORI', many]), at('there', [many, 'AUTHORI', many])],
    });
  });

  test('a name alone may belong to any domain, and says so', () => {
    expect(toEcs(['SYSTEM'], change)).toEqual({ test: at('there', ['SYSTEM']), effect: 'broader' });
  });

  test('a domain comes back as the beginning', () => {
    expect(changeValue(['NT'], { ...target, from: 'domain' }, change, 'toSigma')?.test).toEqual(
      is(['NT\\', many]),
    );
  });
});

describe('what a path says more loosely than a name is told', () => {
  test.each<[Value, 'broader' | undefined]>([
    [['cmd.exe'], undefined],
    [[many, '.tmp'], undefined],
    [['python', many], 'broader'],
    [[many, 'x', many], 'broader'],
  ])('%j', (value, effect) => {
    expect(toSigma(value, { kind: 'file-name', separator: '\\' })?.effect).toBe(effect);
  });

  test('both kinds of separators where the system is not known', () => {
    expect(toSigma(['sh'], { kind: 'file-name', separator: 'either' })?.test).toEqual(
      is([many, '\\sh'], [many, '/sh']),
    );
  });

  test('an argument stands somewhere in the command line', () => {
    expect(toSigma(['-enc', many], { kind: 'arguments' })).toEqual({
      test: is([many, '-enc', many]),
      effect: 'broader',
    });
  });
});

/** Words and numbers have one spelling in ECS, so case counts there; words that are not listed stay as they are. */
function changesCase(change: Change, sigma: Value, ecs: Value): boolean {
  return change.kind === 'number' || (change.kind === 'words' && String(sigma) !== String(ecs));
}

describe('an expression for a name is one for the end of a path, and back', () => {
  const name: Change = { kind: 'file-name', separator: '\\' };
  const regex = (patterns: readonly string[], caseSensitive = true): Regex => ({
    kind: 'regex',
    field: 'there',
    patterns,
    quantifier: 'any',
    flavour: 'lucene',
    caseSensitive,
  });

  test.each(['[a-z]{8}', 'a|b', '[0-9a-f]+\\.exe', 'x[^\\\\/]*', '<1-100>'])('%s', (text) => {
    const there = expressionOfWhole(regex([text], false), name);
    expect(there).toMatchObject({ isLoose: false, test: { patterns: [`.*[\\\\/](${text})`] } });
    const back = expressionOfName({ ...regex([]), ...there!.test }, name);
    expect(back).toMatchObject({ isLoose: false, test: { caseSensitive: false } });
    expect(sameMeaning(filter(regex(back!.test.patterns, false)), filter(regex([text], false)))).toBe(true);
  });

  test.each(['a.*', 'x[^y]', '.'])('%s may run over a separator, so it finds more', (text) => {
    expect(expressionOfWhole(regex([text]), name)?.isLoose).toBe(true);
  });

  test.each(['.*x', '.*[\\\\/]a.*', '.*[\\\\/]a/b', '[\\\\/]x', '.*[\\\\/:]x', '.*[\\\\/]'])(
    '%s is of more than a name',
    (text) => {
      expect(expressionOfName(regex([text]), name)).toBeUndefined();
    },
  );

  test('an expression that is searched for is one of a name only at the end', () => {
    const pcre = (text: string) => ({ ...regex([text]), flavour: 'pcre' as const });
    expect(expressionOfName(pcre('[\\\\/][a-z]+\\.exe$'), name)?.test.patterns).toEqual(['[a-z]+\\.exe']);
    expect(expressionOfName(pcre('[\\\\/][a-z]+\\.exe'), name)).toBeUndefined();
  });
});
