import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { mappingOf } from '../../src/convert/tables.ts';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { eventToEcs, eventToSigma } from '../../src/mapping/events.ts';
import { renameFields } from '../../src/mapping/fields.ts';
import { lookUp, nameIn, type Way } from '../../src/mapping/lookup.ts';
import { anyField, compileMapping } from '../../src/mapping/mapping.ts';
import { inScope } from '../../src/mapping/scope.ts';
import { shippedTables } from '../../src/mapping/shipped.ts';
import type { FieldRow } from '../../src/mapping/table.ts';
import { testOf as wordTest } from '../../src/mapping/words.ts';
import { and, not } from '../../src/query/build.ts';
import type { Event, Scalar } from '../../src/query/event.ts';
import type { Predicate } from '../../src/query/query.ts';
import { sameTree } from '../../src/query/walk.ts';
import type { LogSource } from '../../src/rule/rule.ts';
import { effectOf, faultOf, type Reworded, taken, testsFor, typesOf } from '../support/event-laws.ts';
import { heldBy } from '../support/event-values.ts';

const mapping = mappingOf({});
const types = typesOf(mapping);
const rows = shippedTables().flatMap(({ fields = [] }) => fields);
const sources = shippedTables().flatMap(({ logSources = [] }) => logSources.map(({ sigma }) => sigma));
const ways = ['toEcs', 'toSigma'] as const;

/** A field of a log source, with what has to stand beside it for a row to hold. */
interface Case {
  readonly way: Way;
  readonly field: string;
  readonly logSource: LogSource;
  readonly beside: Readonly<Record<string, Scalar>>;
  readonly rows: readonly FieldRow[];
}

/** Every field of every row, for two of the log sources that the row is for. */
function casesOf(way: Way): readonly Case[] {
  const cases = new Map<string, Case>();
  for (const row of rows.filter(({ direction = 'both' }) => direction !== other[way])) {
    const [field, beside] = [fieldOf(row, way), besideIn(row, way)];
    for (const logSource of sources.filter((source) => inScope(row.scope, source)).slice(0, 2)) {
      const known = lookUp(field, {
        mapping,
        logSource,
        way,
        around: [{ kind: 'and', of: testsOf(beside) }],
      });
      const key = JSON.stringify([field, logSource, beside]);
      if (known?.rows) cases.set(key, { way, field, logSource, beside, rows: known.rows });
    }
  }
  return [...cases.values()];
}

const other = { toEcs: 'to-sigma', toSigma: 'to-ecs' } as const;

function fieldOf(row: FieldRow, way: Way): string {
  const name = way === 'toEcs' ? row.sigma : row.ecs;
  return name.endsWith(anyField) ? `${name.slice(0, -1)}Anything` : name;
}

function besideIn({ scope }: FieldRow, way: Way): Case['beside'] {
  const index = way === 'toEcs' ? mapping.bySigma : mapping.byEcs;
  const known = Object.entries(scope?.beside ?? {}).find(([field]) => index.has(field));
  return known ? { [known[0]]: known[1][0] ?? 'x' } : {};
}

function testsOf(beside: Case['beside']): readonly Predicate[] {
  return Object.entries(beside).map(([field, is]) => wordTest(field, [is]));
}

/** Rows with a word of ECS for a field that is not there. */
const outcomes = rows.filter(({ change }) => change?.kind === 'presence' || change?.kind === 'otherwise');

/** Events that no log has, and tests of which therefore nothing is claimed. */
const neverLogged: readonly {
  readonly why: string;
  readonly holds: (one: Case, event: Event, there: Event, near: Event) => boolean;
}[] = [
  {
    why: 'What the log source implies, and what ECS says of a field that is absent, is said in every event.',
    holds: ({ way, field, rows: known, logSource }, event, there) => {
      const said = taken.toEcs({}, logSource, mapping);
      const names = known.map((row) => nameIn(row, field, way));
      const isElsewhere = names.some((name) => !Object.hasOwn(said, name) && Object.hasOwn(there, name));
      const isSaid = way === 'toEcs' && names.some((name) => Object.hasOwn(said, name));
      return isSaid && (isElsewhere || !Object.hasOwn(event, field));
    },
  },
  {
    why: 'Where another field says the same by not being there, every event has it.',
    holds: ({ way, field, rows: known, logSource }) =>
      way === 'toEcs' &&
      outcomes.some(
        ({ sigma, ecs, scope }) =>
          sigma !== field && inScope(scope, logSource) && known.some((row) => row.ecs === ecs),
      ),
  },
  {
    why: 'Of several spellings of one thing a product has one, and a rule asks for all those that it may meet.',
    holds: ({ way, field, logSource }, event, there, near) =>
      way === 'toSigma' &&
      event[field] !== near[field] &&
      sameTree(there, taken.toSigma(near, logSource, mapping)),
  },
  {
    why: 'Where ECS has a word for a field that is there and one for a field that is not, every event has one of them.',
    holds: ({ way, field, rows: known }, event) =>
      way === 'toSigma' &&
      !Object.hasOwn(event, field) &&
      known.some(({ change }) => change?.kind === 'presence' || change?.kind === 'otherwise'),
  },
];

/** An account has a domain, as its row assumes. */
function valuesOf({ rows: known, way }: Case): fc.Arbitrary<Scalar> {
  const accounts = known.filter(({ change }) => change?.kind === 'account');
  return fc.oneof(...(accounts.length > 0 ? accounts : known).map((row) => heldBy(row, way, mapping)));
}

/** A test in the other names; undefined where these have no words for it. */
function reworded(before: Predicate, { way, logSource }: Case): Reworded | undefined {
  const found: Diagnostic[] = [];
  let isSaid = true;
  const after = renameFields(before, {
    ...{ mapping, logSource, way, report: (one: Diagnostic) => found.push(one) },
    around: [before.kind === 'and' ? before : { kind: 'and', of: [before] }],
    used: ({ row }) => {
      isSaid &&= row !== undefined && 'source' in row && !('because' in row);
    },
  });
  const effect = effectOf(found);
  return isSaid && effect !== 'approximate' ? { before, after, effect } : undefined;
}

let pairs = 0;

function keepsItsWord(one: Case): void {
  const values = valuesOf(one);
  const asked = fc.record({
    ...{ held: values, near: values, choice: fc.nat() },
    ...{ isNear: fc.nat(2), isNegated: fc.boolean(), isThere: fc.boolean() },
  });
  fc.assert(
    fc.property(asked, ({ held, near, choice, isNear, isNegated, isThere }) => {
      const event = { ...one.beside, ...(isThere && { [one.field]: held }) };
      const there = taken[one.way](event, one.logSource, mapping);
      const beside = { ...one.beside, [one.field]: near };
      if (neverLogged.some(({ holds }) => holds(one, event, there, beside))) return;
      const tests = testsFor(one.field, isNear === 0 ? near : held);
      const test = tests[choice % tests.length]!;
      const words = reworded(and([...testsOf(one.beside), isNegated ? not(test) : test]), one);
      if (words === undefined) return;
      pairs += 1;
      expect(faultOf(words, [event, there], one.way, types)).toBeUndefined();
    }),
    { numRuns: 25 },
  );
}

describe.each(ways)('on the way %s, a test of a row holds of an event as it did', (way) => {
  const cases = casesOf(way);

  test('for each field of each row', { timeout: 60_000 }, () => {
    pairs = 0;
    for (const one of cases) keepsItsWord(one);
    expect(cases.length).toBeGreaterThan(1500);
    expect(pairs).toBeGreaterThan(cases.length * 10);
  });
});

const windows = { category: 'process_creation', product: 'windows' };
const cloudtrail = { product: 'aws', service: 'cloudtrail' };

describe('an event goes to ECS', () => {
  test.each<[string, LogSource, Event, Event]>([
    [
      'with the pieces that ECS has, and what the log source implies',
      windows,
      { Image: 'C:\\x\\a.exe', User: 'ACME\\jo', Hashes: `MD5=${'ab'.repeat(16)},SHA1=${'cd'.repeat(20)}` },
      {
        'event.category': 'process',
        'event.type': 'start',
        'host.os.type': 'windows',
        'process.executable': 'C:\\x\\a.exe',
        'process.name': 'a.exe',
        'user.domain': 'ACME',
        'user.name': 'jo',
        'process.hash.md5': 'ab'.repeat(16),
        'process.hash.sha1': 'cd'.repeat(20),
      },
    ],
    [
      'without what is empty',
      windows,
      { Image: '-', ProcessId: 4 },
      { 'event.category': 'process', 'event.type': 'start', 'host.os.type': 'windows', 'process.pid': 4 },
    ],
    [
      'with a word for what is not there',
      cloudtrail,
      { eventName: 'GetObject' },
      { 'data_stream.dataset': 'aws.cloudtrail', 'event.action': 'GetObject', 'event.outcome': 'success' },
    ],
    [
      'with all that one list holds',
      { product: 'linux', service: 'auditd' },
      { type: 'PATH', a1: '-i', a2: '/x' },
      {
        'event.dataset': 'auditd.log',
        'auditd.log.record_type': 'PATH',
        'event.action': 'path',
        'process.args': ['-i', '/x'],
      },
    ],
    ['as it is, where no table knows its log source', { product: 'kettle' }, { Lid: 'on' }, { Lid: 'on' }],
  ])('%s', (_, logSource, event, there) => {
    expect(eventToEcs(event, logSource, mapping)).toEqual(there);
  });
});

describe('an event goes to Sigma', () => {
  test.each<[string, LogSource, Event, Event]>([
    [
      'with the whole, where that is known, and without what the log source says',
      windows,
      { event: { category: 'process', type: 'start' }, process: { executable: 'C:\\a.exe', name: 'a.exe' } },
      { Image: 'C:\\a.exe' },
    ],
    ['with the least that has the piece', windows, { 'process.name': 'a.exe' }, { Image: '\\a.exe' }],
    ['with several pieces', windows, { 'user.name': 'jo', 'user.domain': 'ACME' }, { User: 'ACME\\jo' }],
    [
      'with arguments that its line does not show',
      windows,
      { 'process.args': ['-x', '/c'], 'process.command_line': 'a.exe /c' },
      { CommandLine: 'a.exe /c -x' },
    ],
    [
      'with what is known better than that it is there',
      cloudtrail,
      { 'event.outcome': 'failure', 'aws.cloudtrail.error_code': 'Denied' },
      { errorCode: 'Denied' },
    ],
    ['with names for which Sigma has none', windows, { 'process.Ext.odd': 1 }, { 'process.Ext.odd': 1 }],
  ])('%s', (_, logSource, event, there) => {
    expect(eventToSigma(event, logSource, mapping)).toEqual(there);
  });

  test('with what a rule asks for by the names of ECS', () => {
    const event = { 'event.category': 'process', 'host.os.type': 'windows' };
    const asks = new Set(['host.os.type']);
    expect(eventToSigma(event, windows, mapping, { asks })).toEqual({ 'host.os.type': 'windows' });
  });
});

test('of several fields for one, the row that comes first is taken, in whatever order the event has them', () => {
  const table = {
    ...{ title: 'Two', version: 1 as const },
    fields: [
      { sigma: 'Near', ecs: 'there', source: 's' },
      { sigma: 'Far', ecs: 'there', source: 's' },
    ],
  };
  const two = compileMapping([table], {});
  expect(eventToEcs({ Far: 'f', Near: 'n' }, {}, two)).toEqual({ there: 'n' });
  expect(eventToEcs({ Near: 'n', Far: 'f' }, {}, two)).toEqual({ there: 'n' });
});

test('events of any depth and any names come to an end', () => {
  let deep: Event = { Image: 'x' };
  for (let depth = 0; depth < 5000; depth += 1) deep = { a: deep };
  expect(eventToEcs(deep, windows, mapping)).toBeDefined();
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (event) => {
      for (const way of ways) expect(taken[way](event as Event, windows, mapping)).toBeDefined();
    }),
  );
});
