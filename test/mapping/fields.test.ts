import { describe, expect, test } from 'vitest';

import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { renameField, renameFields } from '../../src/mapping/fields.ts';
import type { Way } from '../../src/mapping/lookup.ts';
import { compileMapping } from '../../src/mapping/mapping.ts';
import type { FieldRow, Table } from '../../src/mapping/table.ts';
import { and, not, or } from '../../src/query/build.ts';
import { many } from '../../src/query/pattern.ts';
import type { Predicate } from '../../src/query/query.ts';
import { is } from '../support/is.ts';

const row = (sigma: string, ecs: string, more: Partial<FieldRow> = {}): FieldRow => ({
  sigma,
  ecs,
  source: 'a test',
  ...more,
});

const table: Table = {
  title: 'For tests',
  version: 1,
  fields: [
    row('Image', 'process.name', { change: { kind: 'file-name', separator: '\\' } }),
    row('Image', 'process.executable'),
    row('CommandLine', 'process.args', { change: { kind: 'arguments' }, direction: 'to-sigma' }),
    row('CommandLine', 'process.command_line'),
    row('Port', 'destination.port'),
    row('Ip', 'destination.ip'),
    row('EventID', 'event.code', { change: { kind: 'number' } }),
    row('Only', 'only.linux', { scope: { product: 'linux' } }),
    row('Only', 'only.mac', { scope: { product: ['macos'] } }),
    row('*', 'winlog.event_data.*', { scope: { service: 'security' } }),
    row('given.name', 'acme.given_name', { copy: true, direction: 'to-ecs' }),
    row('given.*', 'acme.flattened.given.*'),
    row('targets.name', 'acme.targets.*.display_name'),
    row('account', 'user.name', { change: { kind: 'mailbox', part: 'name' }, direction: 'to-sigma' }),
    row('a0', 'process.args', { scope: { beside: { type: ['EXECVE'] } } }),
    row('a0', 'auditd.a0'),
    row('User', 'user.id', {
      change: { kind: 'words', words: { root: '0' }, closed: true },
      direction: 'to-sigma',
    }),
  ],
  unnamed: [{ ecs: ['user.id'], because: 'Sigma knows users by name.', source: 'a test' }],
};
const mapping = compileMapping([table], { long: ['destination.port'], ip: ['destination.ip'] });

function rename(where: Predicate, way: Way, logSource = {}) {
  const found: Diagnostic[] = [];
  const result = renameFields(where, { mapping, logSource, way, report: (one) => found.push(one) });
  return { result, found };
}

describe('to ECS', () => {
  test('the first row that can say all values is taken', () => {
    const { result } = rename(is('Image', [many, '\\a.exe'], [many, '\\b.exe']), 'toEcs');
    expect(result).toEqual(is('process.name', ['a.exe'], ['b.exe']));
  });

  test('no path, and any path, is asked of the whole path, which may have no name', () => {
    expect(rename(is('Image', null), 'toEcs').result).toEqual(is('process.executable', null));
    expect(rename({ kind: 'exists', field: 'Image' }, 'toEcs').result).toEqual({
      kind: 'exists',
      field: 'process.executable',
    });
  });

  test('a value that it can not say makes the next row the one for all', () => {
    const { result } = rename(is('Image', [many, '\\a.exe'], ['C:\\b.exe']), 'toEcs');
    expect(result).toEqual(is('process.executable', [many, '\\a.exe'], ['C:\\b.exe']));
  });

  test('values take the type of their field', () => {
    expect(rename(is('Port', ['443']), 'toEcs').result).toEqual(is('destination.port', 443));
    expect(rename(is('EventID', 4624), 'toEcs').result).toEqual({
      ...is('event.code', ['4624']),
      caseSensitive: true,
    });
  });

  test('the beginning of an address is a network', () => {
    expect(rename(is('Ip', ['10.', many], ['1.2.3.4']), 'toEcs').result).toEqual(
      or([
        { ...is('destination.ip', ['1.2.3.4']), caseSensitive: true },
        { kind: 'cidr', field: 'destination.ip', networks: ['10.0.0.0/8'] },
      ]),
    );
  });

  test('what no value of the type can say is a loss, turned round under a negation', () => {
    const { found } = rename(and([is('Port', ['44', many]), not(is('Port', [many, '3']))]), 'toEcs');
    expect(found.map(({ code, effect }) => [code, effect])).toEqual([
      ['loss/value-type', 'narrower'],
      ['loss/value-type', 'broader'],
    ]);
  });

  test('a row holds for its log source alone', () => {
    expect(rename(is('Only', ['x']), 'toEcs', { product: 'linux' }).result).toEqual(is('only.linux', ['x']));
    expect(rename(is('Only', ['x']), 'toEcs', { product: 'macos' }).result).toEqual(is('only.mac', ['x']));
  });

  test('a row for every field of a source is the last resort', () => {
    const source = { product: 'windows', service: 'security' };
    expect(rename(is('ShareName', ['x']), 'toEcs', source).result).toEqual(
      is('winlog.event_data.ShareName', ['x']),
    );
    expect(rename(is('Port', ['1']), 'toEcs', source).result).toEqual(is('destination.port', 1));
  });

  test('what follows the name of a kind stays as it is, and a row of its own comes first', () => {
    expect(rename(is('given.a.b', ['x']), 'toEcs').result).toEqual(is('acme.flattened.given.a.b', ['x']));
    expect(rename(is('given.name', ['x']), 'toEcs').result).toEqual(is('acme.given_name', ['x']));
  });

  test('any place of a list is asked', () => {
    expect(rename(is('targets.name', ['x']), 'toEcs').result).toEqual(
      is('acme.targets.*.display_name', ['x']),
    );
  });

  test('a field without a row keeps its name and is told of', () => {
    const { result, found } = rename(is('Strange', ['x']), 'toEcs');
    expect(result).toEqual(is('Strange', ['x']));
    expect(found).toMatchObject([{ code: 'mapping/unknown-field', path: 'Strange' }]);
  });
});

describe('to Sigma', () => {
  test('a name is the end of a path', () => {
    expect(rename(is('process.name', ['a.exe'], ['b.exe']), 'toSigma').result).toEqual(
      is('Image', [many, '\\a.exe'], [many, '\\b.exe']),
    );
  });

  test('an approximation is told with what it does where it stands', () => {
    const { found } = rename(and([is('process.args', ['x']), not(is('process.args', ['y']))]), 'toSigma');
    expect(found.map(({ code, effect }) => [code, effect])).toEqual([
      ['loss/mapping', 'broader'],
      ['loss/mapping', 'narrower'],
    ]);
  });

  test('a regular expression for a name becomes one for the path', () => {
    const regex = {
      kind: 'regex',
      field: 'process.name',
      patterns: ['[a-z]{8}'],
      quantifier: 'any',
      flavour: 'lucene',
      caseSensitive: true,
    } as const;
    expect(rename(regex, 'toSigma')).toEqual({
      result: { ...regex, field: 'Image', patterns: ['.*\\\\([a-z]{8})'] },
      found: [],
    });
    expect(rename({ ...regex, patterns: ['a.*'] }, 'toSigma').found).toMatchObject([{ effect: 'broader' }]);
  });

  test('each value of `all` stays a condition of its own', () => {
    expect(rename({ ...is('process.args', ['x'], ['y']), quantifier: 'all' }, 'toSigma').result).toEqual({
      ...is('CommandLine', [many, 'x', many], [many, 'y', many]),
      quantifier: 'all',
    });
  });

  test('what follows the name of a kind stays as it is', () => {
    const field = 'acme.flattened.given.a.b';
    expect(rename(is(field, ['x']), 'toSigma')).toEqual({ result: is('given.a.b', ['x']), found: [] });
    expect(rename(is('winlog.event_data.A', ['x']), 'toSigma', { service: 'security' }).result).toEqual(
      is('A', ['x']),
    );
  });

  test('one place of a list is less than the list, and any place is the same', () => {
    const anywhere = rename(is('acme.targets.*.display_name', ['x']), 'toSigma');
    expect(anywhere).toEqual({ result: is('targets.name', ['x']), found: [] });
    const first = rename(not(is('acme.targets.0.display_name', ['x'])), 'toSigma');
    expect(first.result).toEqual(not(is('targets.name', ['x'])));
    expect(first.found).toMatchObject([{ code: 'loss/mapping', effect: 'narrower' }]);
  });

  test('a join key that the other side has in other words keeps its name, and is told of', () => {
    const found: Diagnostic[] = [];
    const to = {
      mapping,
      logSource: {},
      way: 'toSigma',
      report: (one: Diagnostic) => found.push(one),
    } as const;
    expect(renameField('user.name', to)).toBe('user.name');
    expect(found).toMatchObject([{ code: 'mapping/no-name', path: 'user.name' }]);
  });

  test('a join key is renamed where only the name changes', () => {
    const to = { mapping, logSource: { service: 'security' }, way: 'toSigma', report: () => {} } as const;
    expect(renameField('process.executable', to)).toBe('Image');
    expect(renameField('winlog.event_data.LogonId', to)).toBe('LogonId');
  });
});

describe('what is empty in the log is absent in ECS', () => {
  const rows = [row('Line', 'line', { change: { kind: 'empty' } }), row('Line', 'line')];
  const lines = compileMapping([{ title: 'Lines', version: 1, fields: rows }], {});
  const effectsOf = (where: Predicate) => {
    const effects: unknown[] = [];
    const report = (one: Diagnostic) => effects.push(one.effect);
    renameFields(where, { mapping: lines, logSource: {}, way: 'toEcs', report });
    return effects;
  };
  const other = is('other', ['x']);

  test.each<[string, Predicate, readonly string[]]>([
    ['alone', is('Line', ['']), ['broader']],
    ['in a list with what is absent', is('Line', [''], null), []],
    ['negated', not(is('Line', [''])), ['narrower']],
    ['negated, beside what is absent', and([not(is('Line', [''])), not(is('Line', null))]), []],
    [
      'beside what is absent with more',
      and([not(is('Line', [''])), not(and([is('Line', null), other]))]),
      ['narrower'],
    ],
    ['beside what is there', and([is('Line', ['']), not(is('Line', null))]), ['broader', 'narrower']],
    ['what is absent, without what is empty', is('Line', null), ['broader']],
    ['what is there, empty or not', { kind: 'exists', field: 'Line' }, ['narrower']],
    ['a pattern that takes what is empty in', is('Line', [many]), ['narrower']],
    ['a pattern that does not', is('Line', ['x', many]), []],
  ])('%s', (_, where, effects) => {
    expect(effectsOf(where).filter((effect) => effect !== undefined)).toEqual(effects);
  });
});

describe('an absent field, and one that is there,', () => {
  const closed = { kind: 'words', words: { 3: 'Network' }, closed: true } as const;
  const rows = [
    row('Way', 'way', { change: closed }),
    row('Way', 'kept.Way'),
    row('Less', 'less', { effect: { toEcs: 'narrower' } }),
    row('Path', 'extension', { change: { kind: 'extension' } }),
  ];
  const some = compileMapping([{ title: 'Some', version: 1, fields: rows }], {});
  const asked = (where: Predicate, way: 'toEcs' | 'toSigma') => {
    const effects: unknown[] = [];
    const report = ({ effect }: Diagnostic) => effect && effects.push(effect);
    return { result: renameFields(where, { mapping: some, logSource: {}, way, report }), effects };
  };
  const there = (field: string): Predicate => ({ kind: 'exists', field });

  test('are asked for where all of its values stand', () => {
    expect(asked(is('Way', null), 'toEcs')).toEqual({ result: is('kept.Way', null), effects: [] });
    expect(asked(there('Way'), 'toEcs')).toEqual({ result: there('kept.Way'), effects: [] });
  });

  test('are more and less than in a field that holds less', () => {
    expect(asked(is('Less', null), 'toEcs').effects).toEqual(['broader']);
    expect(asked(there('Less'), 'toEcs').effects).toEqual(['narrower']);
  });

  test('are less and more than in the whole of which they are a piece', () => {
    expect(asked(is('extension', null), 'toSigma').effects).toEqual(['narrower']);
    expect(asked(there('extension'), 'toSigma').effects).toEqual(['broader']);
  });
});

describe('a name holds for some sources only', () => {
  const rows = [
    row('Near', 'shared', { scope: { service: 'security', beside: { code: [1], 'event.code': ['1'] } } }),
    row('Wide', 'shared', { scope: { product: 'windows', except: ['file_event', 'dns'] } }),
  ];
  const some = compileMapping([{ title: 'Some', version: 1, fields: rows }], {});
  const namesIn = (logSource: object, beside: Predicate) => {
    const found: Diagnostic[] = [];
    const asked = {
      mapping: some,
      logSource,
      way: 'toSigma',
      report: (one: Diagnostic) => found.push(one),
    } as const;
    const result = renameFields(and([beside, is('shared', ['x'])]), asked);
    return { result: JSON.stringify(result), codes: found.map(({ code }) => code) };
  };
  const one = is('event.code', ['1']);

  test('and not for those that are excepted', () => {
    for (const kept of [{ category: 'file_event' }, { service: 'dns' }]) {
      expect(namesIn({ product: 'windows', ...kept }, one).result).toContain('"field":"shared"');
    }
    expect(namesIn({ product: 'windows', category: 'other' }, one).result).toContain('"field":"Wide"');
  });

  test('the nearer one is no choice', () => {
    const { result, codes } = namesIn({ product: 'windows', service: 'security' }, one);
    expect(result).toContain('"field":"Near"');
    expect(codes).not.toContain('mapping/ambiguous');
    expect(namesIn({ product: 'windows', service: 'security' }, is('event.code', ['2'])).result).toContain(
      '"field":"Wide"',
    );
  });
});

test('where no row has words for a value, the reason why there are none is told', () => {
  const words = row('User', 'user.id', {
    change: { kind: 'words', words: { SYSTEM: 'S-1-5-18' }, closed: true },
    direction: 'to-sigma',
  });
  const unnamed = [{ ecs: ['user.*'], because: 'no log has a SID', source: 'a test' }];
  const tables = compileMapping([{ title: 'SIDs', version: 1, fields: [words], unnamed }], {});
  const found: Diagnostic[] = [];
  const report = (one: Diagnostic) => found.push(one);
  renameFields(is('user.id', ['S-1-5-21']), { mapping: tables, logSource: {}, way: 'toSigma', report });
  expect(found.map(({ code, message }) => [code, message.includes('no log has a SID')])).toEqual([
    ['mapping/no-name', true],
  ]);
});

describe('a field that has a name for some values only', () => {
  test('has it for those, and is said to have none for others', () => {
    expect(rename(is('user.id', ['0']), 'toSigma').result).toEqual(is('User', ['root']));
    const { result, found } = rename(is('user.id', ['1000']), 'toSigma');
    expect(result).toEqual(is('user.id', ['1000']));
    expect(found.map(({ code }) => code)).toEqual(['mapping/no-name']);
  });

  test('is said to have none as a key', () => {
    const found: Diagnostic[] = [];
    const way = 'toSigma';
    const report = (one: Diagnostic) => found.push(one);
    expect(renameField('user.id', { mapping, logSource: {}, way, report })).toBe('user.id');
    expect(found.map(({ code }) => code)).toEqual(['mapping/no-name']);
  });
});

describe('a name that depends on what stands beside', () => {
  const codes = (where: Predicate) => rename(where, 'toEcs').found.map(({ code }) => code);

  test('is no choice where that is asked', () => {
    expect(codes(and([is('a0', ['cat']), is('EventID', 1)]))).not.toContain('mapping/ambiguous');
    expect(codes(and([is('type', ['EXECVE']), is('a0', ['cat'])]))).not.toContain('mapping/ambiguous');
  });

  test('is the name for what is asked', () => {
    const beside = is('type', ['EXECVE']);
    expect(rename(and([beside, is('a0', ['cat'])]), 'toEcs').result).toEqual(
      and([beside, is('process.args', ['cat'])]),
    );
    expect(rename(is('a0', ['cat']), 'toEcs').result).toEqual(is('auditd.a0', ['cat']));
  });
});
