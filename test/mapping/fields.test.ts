import { describe, expect, test } from 'vitest';

import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { renameField, renameFields } from '../../src/mapping/fields.ts';
import type { Way } from '../../src/mapping/lookup.ts';
import { compileMapping } from '../../src/mapping/mapping.ts';
import type { FieldRow, Table } from '../../src/mapping/table.ts';
import { and, not, or } from '../../src/query/build.ts';
import { many } from '../../src/query/pattern.ts';
import type { Equals, Predicate, Value } from '../../src/query/query.ts';

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
  ],
};
const mapping = compileMapping([table], { long: ['destination.port'], ip: ['destination.ip'] });

function rename(where: Predicate, way: Way, logSource = {}) {
  const found: Diagnostic[] = [];
  const result = renameFields(where, { mapping, logSource, way, report: (one) => found.push(one) });
  return { result, found };
}

const is = (field: string, ...values: Value[]): Equals => ({
  kind: 'equals',
  field,
  values,
  quantifier: 'any',
  caseSensitive: false,
});

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
      result: { ...regex, field: 'Image', patterns: ['.*[\\\\/]([a-z]{8})'] },
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
    ['beside what is there', and([is('Line', ['']), not(is('Line', null))]), ['broader']],
  ])('%s', (_, where, effects) => {
    expect(effectsOf(where).filter((effect) => effect !== undefined)).toEqual(effects);
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
