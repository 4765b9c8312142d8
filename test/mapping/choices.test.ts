import { describe, expect, test } from 'vitest';

import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { renameField, renameFields } from '../../src/mapping/fields.ts';
import type { Way } from '../../src/mapping/lookup.ts';
import { compileMapping } from '../../src/mapping/mapping.ts';
import { recognise, twinsOf } from '../../src/mapping/recognise.ts';
import type { FieldRow, LogSourceRow, Table } from '../../src/mapping/table.ts';
import { always, and, not, or } from '../../src/query/build.ts';
import { many } from '../../src/query/pattern.ts';
import type { Predicate, Value } from '../../src/query/query.ts';
import { is } from '../support/is.ts';

const row = (sigma: string, ecs: string, more: Partial<FieldRow> = {}): FieldRow => ({
  sigma,
  ecs,
  source: 'a test',
  ...more,
});
const source = (sigma: LogSourceRow['sigma'], more: Partial<LogSourceRow> = {}): LogSourceRow => ({
  sigma,
  source: 'a test',
  ...more,
});

const table: Table = {
  title: 'For tests',
  version: 1,
  logSources: [
    source({ product: 'acme' }, { indices: ['logs-acme.audit-*', 'acme-*'], direction: 'to-ecs' }),
    source({ category: 'acme' }, { indices: ['acme-*', 'logs-acme.audit-*'], direction: 'to-ecs' }),
    source({ product: 'other' }, { indices: ['logs-other.log-*'], saidByIndex: true }),
    source({ category: 'start' }, { category: 'process', where: [{ field: 'event.type', is: ['start'] }] }),
  ],
  fields: [
    row('Loaded', 'dll.path'),
    row('Loaded', 'file.path', { direction: 'to-sigma' }),
    row('Code', 'event.code'),
    row('Code', 'winlog.event_id', { direction: 'to-sigma', copy: true }),
    row('Machine', 'host.name'),
    row('Machine', 'host.id', { key: true, effect: { toSigma: 'approximate' } }),
    row('Status', 'event.outcome', {
      change: { kind: 'otherwise', word: 'success', but: ['Failed', 'False'] },
    }),
    row('Status', 'acme.status'),
    row('Error', 'event.outcome', {
      scope: { product: 'cloud' },
      change: { kind: 'presence', present: 'failure', absent: 'success' },
    }),
    row('Error', 'cloud.error', { scope: { product: 'cloud' } }),
    row('User', 'user.name', { change: { kind: 'account', domain: 'user.domain' } }),
  ],
  unnamed: [
    { sigma: ['Seen'], because: 'Nobody writes it.', source: 'a test' },
    { ecs: ['acme.secret.*'], because: 'Only Acme knows it.', source: 'a test' },
  ],
};
const mapping = compileMapping([table], {});

function rename(where: Predicate, way: Way, logSource = {}) {
  const found: Diagnostic[] = [];
  const result = renameFields(where, { mapping, logSource, way, report: (one) => found.push(one) });
  return {
    result,
    found: found.map(({ code, effect }) => (effect ? `${code} ${effect}` : code)),
    told: found,
  };
}

describe('a field with several names on the other side', () => {
  test('is told with the choice and the others', () => {
    const { result, told } = rename(is('Loaded', ['x']), 'toEcs');
    expect(result).toEqual(is('dll.path', ['x']));
    expect(told).toMatchObject([
      {
        code: 'mapping/ambiguous',
        message: 'Loaded may be file.path in ECS as well; it is taken for dll.path.',
      },
    ]);
  });

  test('is no choice where one is a copy of the other', () => {
    expect(rename(is('Code', ['1']), 'toEcs').found).toEqual([]);
  });

  test('is no choice where a table of the user says one', () => {
    const own: Table = { title: 'Own', version: 1, fields: [row('Loaded', 'own.path')] };
    const overlaid = compileMapping([own, table], {}, [own]);
    const found: Diagnostic[] = [];
    const to = {
      mapping: overlaid,
      logSource: {},
      way: 'toEcs',
      report: (one: Diagnostic) => found.push(one),
    } as const;
    expect(renameFields(is('Loaded', ['x']), to)).toEqual(is('own.path', ['x']));
    expect(found).toEqual([]);
  });

  test('is called by its key where the name alone counts', () => {
    const to = { mapping, logSource: {}, report: () => {} };
    expect(renameField('Machine', { ...to, way: 'toEcs' })).toBe('host.id');
    expect(renameField('host.id', { ...to, way: 'toSigma' })).toBe('Machine');
    expect(rename(is('Machine', ['a']), 'toEcs').result).toEqual(is('host.name', ['a']));
  });
});

describe('a name that the other side does not have', () => {
  test('is a test that never holds going to ECS, and always under a negation or where nothing is asked', () => {
    expect(rename(is('Seen', ['x']), 'toEcs').found).toEqual(['loss/no-field narrower']);
    expect(rename(not(is('Seen', ['x'])), 'toEcs').found).toEqual(['loss/no-field broader']);
    expect(rename(is('Seen', null), 'toEcs').found).toEqual(['loss/no-field broader']);
    expect(rename(not(is('Seen', null)), 'toEcs').found).toEqual(['loss/no-field narrower']);
  });

  test('keeps its name in Sigma, and the table says why', () => {
    const { result, told } = rename(is('acme.secret.key', ['x']), 'toSigma');
    expect(result).toEqual(is('acme.secret.key', ['x']));
    const message = 'Sigma has no name for acme.secret.key: Only Acme knows it; the field keeps its name.';
    expect(told).toMatchObject([{ code: 'mapping/no-name', message }]);
  });

  test('is told with the nearest name where no table says anything of it', () => {
    expect(rename(is('Loadde', ['x']), 'toEcs').told[0]!.message).toMatch(/; Loaded may be meant\.$/);
  });
});

describe('words for what is there, and for all the rest', () => {
  const cloud = { product: 'cloud' };
  test('go to ECS and come back', () => {
    const success = { ...is('event.outcome', ['success']), caseSensitive: true };
    const failure = { ...is('event.outcome', ['failure']), caseSensitive: true };
    expect(rename(is('Error', null), 'toEcs', cloud).result).toEqual(success);
    expect(rename({ kind: 'exists', field: 'Error' }, 'toEcs', cloud).result).toEqual(failure);
    expect(rename(is('Error', ['E1']), 'toEcs', cloud).result).toEqual(is('cloud.error', ['E1']));
    const rest = not(is('Status', ['false'], ['failed']));
    expect(rename(rest, 'toEcs').result).toEqual(success);
    expect(rename(success, 'toSigma').result).toEqual(not(is('Status', ['Failed'], ['False'])));
  });

  test('leave other lists to other rows', () => {
    for (const test of [not(is('Status', ['Failed'])), is('Status', ['Failed'], ['False'])])
      expect(JSON.stringify(rename(test, 'toEcs').result)).toContain('acme.status');
  });
});

test('a text in either field of an account comes back as a text in the whole', () => {
  const part: Value = [many, 'AUTHORI', many];
  const there = rename(is('User', part), 'toEcs').result;
  expect(there).toEqual(or([is('user.domain', part), is('user.name', part)]));
  expect(rename(there, 'toSigma').result).toEqual(is('User', part));
  expect(rename(not(there), 'toSigma').result).toEqual(not(is('User', part)));
  const others = or([is('user.domain', part), is('user.name', [many, 'x', many])]);
  expect(rename(others, 'toSigma').result).toMatchObject({ kind: 'or' });
});

describe('a log source', () => {
  const found = (indices: readonly string[], ...tests: Predicate[]) =>
    recognise({ where: tests.length === 0 ? always : and(tests), indices }, mapping);

  test('is known again by its indices, all of them and no others, in any order and spelling', () => {
    expect(found(['acme-*', 'logs-acme.audit*'])?.row.sigma).toEqual({ product: 'acme' });
    expect(found(['acme-*'])).toBeUndefined();
    expect(found(['acme-*', 'logs-acme.audit-*', 'x-*'])).toBeUndefined();
  });

  test('is told with the others that mean the same events', () => {
    expect(twinsOf(table.logSources![0]!, mapping)).toEqual([{ category: 'acme' }]);
    expect(twinsOf(table.logSources![2]!, mapping)).toEqual([]);
  });

  test('takes the data set that its only indices name', () => {
    expect(found(['logs-other.log-*'], is('data_stream.dataset', ['other.log']))?.where).toMatchObject({
      value: true,
    });
    expect(found(['logs-other.log-*'], is('event.dataset', ['else.log']))?.where).toMatchObject({
      field: 'event.dataset',
    });
  });

  test("has the category that Elastic Defend's data stream is called after", () => {
    const start = is('event.type', ['start']);
    expect(found(['logs-endpoint.events.process-*'], start)?.row.sigma).toEqual({ category: 'start' });
    expect(found(['logs-endpoint.events.process-*', 'logs-endpoint.events.file-*'], start)).toBeUndefined();
  });
});
