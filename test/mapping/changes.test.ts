import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { expressionOfName, expressionOfWhole } from '../../src/mapping/changes/expression.ts';
import { changeValue } from '../../src/mapping/changes/index.ts';
import type { Change } from '../../src/mapping/table.ts';
import { filter } from '../../src/query/build.ts';
import { sameMeaning } from '../../src/query/normal.ts';
import { many, one, pattern } from '../../src/query/pattern.ts';
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
  [{ kind: 'hash', algorithm: 'SHA256' }, [many, 'SHA256=ab12', many], ['ab12', many]],
  [{ kind: 'hexadecimal' }, ['0x1a4'], 420],
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
    ['an account with two backslashes', [many, 'a\\b\\c', many], { kind: 'account', domain: 'd' }],
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
    expect(toSigma(['{a', many], change)?.effect).toBe('approximate');
  });
});

describe('a pattern among words', () => {
  const change: Change = { kind: 'words', words: { 1: 'critical', 2: 'error', 3: 'error' } };

  test('takes the words that it matches with it', () => {
    expect(toSigma([many, 'ical'], change)).toEqual({ test: is([many, 'ical'], 1) });
    expect(toEcs(['1', many], change)).toEqual({ test: is(['1', many], ['critical']) });
    expect(toSigma(['x', many], change)).toEqual({ test: is(['x', many]) });
  });

  test('is more where it matches a word of the other side, or one of several', () => {
    expect(toEcs([many, 'er', many], change)?.effect).toBe('broader');
    expect(toEcs(['2', many], change)?.effect).toBe('broader');
    expect(toEcs([many], change)).toEqual({ test: is([many]) });
  });
});

describe('a number in several spellings', () => {
  const change: Change = { kind: 'registry-number' };

  test.each<[Value, 'toEcs' | 'toSigma', string | undefined]>([
    [[many, '0001)'], 'toEcs', 'narrower'],
    [[many, '1'], 'toEcs', 'broader'],
    [[many, '1', many], 'toEcs', 'approximate'],
    [[many, '1'], 'toSigma', 'narrower'],
    [[many, 'word (', many], 'toSigma', 'broader'],
    [[many, '.exe'], 'toEcs', undefined],
    [[many], 'toEcs', undefined],
  ])('a part of it, %j, %s', (value, way, effect) => {
    expect(changeValue(value, target, change, way)?.effect).toBe(effect);
  });
});

describe('a prefix that the other side has not', () => {
  const change: Change = { kind: 'prefix', sigma: 'Host=', ecs: '' };

  test('stands in front of whatever is asked for', () => {
    expect(toSigma([many, 'a'], change)?.test).toEqual(is(['Host=', many, 'a']));
    expect(toEcs([many, 'Host=a', many], change)?.test).toEqual(is(['a', many]));
  });
});

test('a hash is absent where the text has none of its kind', () => {
  const change: Change = { kind: 'hash', algorithm: 'MD5' };
  expect(toSigma(null, change)?.test).toEqual({ kind: 'not', of: is([many, 'MD5=', many]) });
  expect(toSigma([many], change)?.test).toEqual(is([many, 'MD5=', many]));
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

  test('said from somewhere in one to somewhere in the other', () => {
    expect(toEcs([many, 'a\\b', many], change)?.test).toEqual({
      kind: 'and',
      of: [at('domain', [many, 'a']), at('there', ['b', many])],
    });
    expect(toEcs(['a', many, 'b'], change)?.test).toEqual({
      kind: 'and',
      of: [at('domain', ['a', many]), at('there', [many, 'b'])],
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

/** A value there and back, each of several on its own; what a change has no words for stays as it is. */
const all = (values: readonly Value[], change: Change, way: 'toEcs' | 'toSigma'): readonly Value[] => {
  const changed = values.flatMap((value) => {
    const found = changeValue(value, target, change, way);
    if (found && found.test.kind !== 'equals')
      throw new Error(`${change.kind} makes more than a list of it.`);
    return found?.test.kind === 'equals' ? found.test.values : [value];
  });
  return [...new Map(changed.map((value) => [JSON.stringify(value).toLowerCase(), value])).values()];
};
const lower = (values: readonly Value[]) => values.map((value) => JSON.stringify(value).toLowerCase()).sort();

/** It comes back as itself, among its other spellings, and these go where it went. */
function comesHome(value: Value, change: Change) {
  const there = all([value], change, 'toEcs');
  const back = all(there, change, 'toSigma');
  expect(lower(back)).toContain(lower([value])[0]);
  expect(lower(all(back, change, 'toEcs'))).toEqual(lower(there));
}

const word = fc.stringMatching(/^[A-Za-z0-9 _.()-]{1,8}$/);
const words = fc.array(word, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('\\'));
const digits = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });
const ends = fc.constantFrom<readonly Pattern[]>([[], []], [[many], []], [[], [many]], [[many], [many]]);
const ended = (text: string, [before, after]: readonly Pattern[]) => pattern([...before!, text, ...after!]);

describe('on any value, a change is undone by its twin', () => {
  test('registry-path: hives and control sets', () => {
    const keys = fc
      .tuple(
        fc.constantFrom('HKLM\\', 'HKU\\', 'HKCU\\', 'HKCR\\', '\\', ''),
        fc.constantFrom('', 'SYSTEM\\CurrentControlSet\\'),
        words,
        ends,
      )
      .filter(([hive, , , [before]]) => hive.startsWith('HK') || before!.length > 0)
      .map(([hive, set, path, around]) => ended(hive + set + path, around));
    fc.assert(fc.property(keys, (value) => comesHome(value, { kind: 'registry-path' })));
  });

  test('registry-number: numbers of either length', () => {
    const numbers = fc.oneof(
      digits(8).map((text) => [`DWORD (0x${text})`]),
      fc
        .tuple(digits(8), digits(8))
        .filter(([high]) => !/^0+$/.test(high))
        .map(([high, low]) => [`QWORD (0x${high}-0x${low})`])
        .filter(([text]) => BigInt(`0x${text!.slice(9, 17)}${text!.slice(20, 28)}`) < 10n ** 19n),
    );
    fc.assert(fc.property(numbers, (value) => comesHome(value, { kind: 'registry-number' })));
  });

  test('hexadecimal: ids of processes', () => {
    const ids = fc.integer({ min: 0, max: 2 ** 40 }).map((id) => [`0x${id.toString(16)}`]);
    fc.assert(fc.property(ids, (value) => comesHome(value, { kind: 'hexadecimal' })));
  });

  test('empty: nothing, in each of its spellings', () => {
    const nothings = fc.constantFrom<Value>([''], ['-'], null, ['x'], [many]);
    const kinds = fc.constantFrom<Change>(
      { kind: 'empty' },
      { kind: 'empty', keeps: ['-'] },
      { kind: 'empty', keeps: [''] },
    );
    fc.assert(fc.property(nothings, kinds, comesHome));
  });

  test('hash: whole or cut, by any algorithm', () => {
    const kinds = fc.constantFrom<['MD5' | 'SHA1' | 'SHA256' | 'IMPHASH', number]>(
      ['MD5', 32],
      ['SHA1', 40],
      ['SHA256', 64],
      ['IMPHASH', 32],
    );
    const texts = kinds.chain(([algorithm, length]) =>
      fc.oneof(digits(length), digits(6)).map((text) => [algorithm, text] as const),
    );
    fc.assert(
      fc.property(texts, ([algorithm, text]) => {
        fc.pre(!/^0+$/.test(text));
        comesHome([many, `${algorithm}=${text}`, many], { kind: 'hash', algorithm });
      }),
    );
  });

  test('words, number, prefix, file-name and extension', () => {
    const plain = fc.stringMatching(/^[a-z]{1,8}$/);
    fc.assert(
      fc.property(plain, fc.integer({ min: 0, max: 1e9 }), (text, number) => {
        comesHome([text], { kind: 'words', words: { [text]: 'x', S1: 'x' }, alike: true });
        comesHome(number, { kind: 'number' });
        comesHome([`HKLM\\${text}`], { kind: 'prefix', sigma: 'HKLM\\', ecs: 'HKEY_LOCAL_MACHINE\\' });
        comesHome([many, `\\${text}`], { kind: 'file-name', separator: '\\' });
        comesHome([many, `.${text}`], { kind: 'extension' });
      }),
    );
  });
});

describe('the registry as its writers spell it', () => {
  const path: Change = { kind: 'registry-path' };
  const spelled = (value: Value, change: Change, way: 'toEcs' | 'toSigma') =>
    all([value], change, way).map((found) =>
      (found as Pattern).map((part) => (typeof part === 'string' ? part : part === one ? '?' : '*')).join(''),
    );

  test.each<[Pattern, readonly string[]]>([
    [
      ['HKU\\x', many],
      ['HKU\\x*', 'HKEY_USERS\\x*', '\\REGISTRY\\USER\\x*', 'USER\\x*'],
    ],
    [
      ['HKLM\\System\\CurrentControlSet\\y'],
      ['HKLM', 'HKEY_LOCAL_MACHINE', '\\REGISTRY\\MACHINE', 'MACHINE'].map(
        (hive) => `${hive}\\System\\*ControlSet*\\y`,
      ),
    ],
    [[many, '\\CurrentControlSet\\y', many], ['*\\*ControlSet*\\y*']],
    [[many, 'CurrentControlSet\\y', many], ['*ControlSet*\\y*']],
    [
      [many, 'HKLM\\y'],
      ['*HKLM\\y', '*MACHINE\\y'],
    ],
    [[many, '\\Run\\', many], ['*\\Run\\*']],
    [
      [many, '\\x\\(Default)'],
      ['*\\x\\(Default)', '*\\x\\'],
    ],
    [[many, 'MyCurrentControlSets\\', many], ['*MyCurrentControlSets\\*']],
  ])('from Sigma %j', (value, there) => {
    expect(spelled(value, path, 'toEcs')).toEqual(there);
  });

  test.each<[Pattern, readonly string[]]>([
    [['HKEY_USERS\\', many, '\\x'], ['HKU\\*\\x']],
    [['\\REGISTRY\\MACHINE\\SYSTEM\\ControlSet', many, '\\x'], ['HKLM\\SYSTEM\\CurrentControlSet\\x']],
    [['MACHINE\\x'], ['HKLM\\x']],
    [['HKLM\\SYSTEM\\ControlSet001\\x'], ['HKLM\\SYSTEM\\CurrentControlSet\\x']],
    [['HKLM\\SYSTEM\\ControlSet00', one, '\\x'], ['HKLM\\SYSTEM\\CurrentControlSet\\x']],
    [[many, '\\', many, 'ControlSet', many, '\\x'], ['*\\CurrentControlSet\\x']],
    [[many, 'ControlSet', many], ['*ControlSet*']],
    [['HK', many, '\\InprocServer32\\'], ['HK*\\InprocServer32\\(Default)']],
    [['HKLM\\', one, 'ControlSet\\x'], ['HKLM\\?ControlSet\\x']],
  ])('from ECS %j', (value, there) => {
    expect(spelled(value, path, 'toSigma')).toEqual(there);
  });

  test('a key stands between hive and value', () => {
    expect(spelled(['SYSTEM\\ControlSet001\\x'], { kind: 'registry-key' }, 'toSigma')).toEqual([
      '*\\SYSTEM\\CurrentControlSet\\x',
      '*\\SYSTEM\\CurrentControlSet\\x\\*',
    ]);
    expect(spelled(['HKEY_USERS'], { kind: 'registry-hive' }, 'toSigma')).toEqual(['HKU\\*']);
  });
});

describe('hashes in one text', () => {
  const md5 = 'a'.repeat(32);
  const sha1 = 'b'.repeat(40);
  test.each<[Value, 'MD5' | 'SHA1' | 'IMPHASH', unknown]>([
    [[`MD5=${md5},SHA1=${sha1}`], 'SHA1', { test: is([sha1]), effect: 'broader' }],
    [[`SHA1=${sha1}`, many], 'SHA1', { test: is([sha1]) }],
    [[many, `IMPHASH=${md5}`], 'IMPHASH', { test: is([md5]) }],
    [[many, sha1, many], 'SHA1', { test: is([sha1]) }],
    [[many, md5, many], 'MD5', { test: is([md5]), effect: 'narrower' }],
    [[many, 'IMPHASH=', many], 'IMPHASH', { test: is([many]) }],
    [[many, `IMPHASH=${'0'.repeat(32)}`, many], 'IMPHASH', { test: is(null), effect: 'broader' }],
    [[many, sha1, many], 'MD5', undefined],
    [[many, 'x=y', many], 'MD5', undefined],
  ])('%j by %s', (value, algorithm, there) => {
    expect(toEcs(value, { kind: 'hash', algorithm })).toEqual(there);
  });
});

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
    expect(there).toMatchObject({ isLoose: false, test: { patterns: [`.*\\\\(${text})`] } });
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
