import { describe, expect, test } from 'vitest';

import { mappingOf } from '../../src/convert/tables.ts';
import { renameField, renameFields } from '../../src/mapping/fields.ts';
import type { Way } from '../../src/mapping/lookup.ts';
import { anyField } from '../../src/mapping/mapping.ts';
import { inScope } from '../../src/mapping/scope.ts';
import { shippedTables } from '../../src/mapping/shipped.ts';
import type { FieldRow, LogSourceRow } from '../../src/mapping/table.ts';
import type { Use } from '../../src/mapping/telling.ts';
import { and, filter, not } from '../../src/query/build.ts';
import { normal } from '../../src/query/normal.ts';
import { many } from '../../src/query/pattern.ts';
import type { Equals, Predicate, Value } from '../../src/query/query.ts';
import { sameTree } from '../../src/query/walk.ts';
import type { LogSource } from '../../src/rule/rule.ts';
import { is } from '../support/is.ts';

const mapping = mappingOf({});
const rows = shippedTables().flatMap(({ fields = [] }) => fields);
const sources = shippedTables().flatMap(({ logSources = [] }) =>
  logSources.map(({ sigma }: LogSourceRow) => sigma),
);

/** Values that a row has words for, on the side it is read from. */
function samplesOf({ change, ecs }: FieldRow, way: Way): readonly Value[] {
  const plain: readonly Value[] = [typedSample(ecs)];
  switch (change?.kind) {
    case undefined:
      return plain;
    case 'file-name':
      return way === 'toSigma' ? [['xy.exe']] : [[many, change.separator === '/' ? '/xy.exe' : '\\xy.exe']];
    case 'extension':
      return way === 'toSigma' ? [['exe']] : [[many, '.exe']];
    case 'directory':
      return [['C:\\dir']];
    case 'arguments':
      return [['-x']];
    case 'account':
      return way === 'toSigma' ? [['SYSTEM']] : [[many, '\\SYSTEM']];
    case 'hash':
      return way === 'toSigma' ? [['ab12']] : [[many, `${change.algorithm}=ab12`, many]];
    case 'words':
      return Object.entries(change.words).map(([sigma, word]) =>
        way === 'toEcs'
          ? /^\d+$/.test(sigma)
            ? Number(sigma)
            : [sigma]
          : typeof word === 'string'
            ? [word]
            : word,
      );
    case 'number':
      return way === 'toEcs' ? [4624] : [['4624']];
    case 'prefix':
      return [[`${change[way === 'toEcs' ? 'sigma' : 'ecs']}x`]];
    case 'empty':
      return way === 'toEcs' ? [['']] : [null];
    case 'hexadecimal':
      return way === 'toEcs' ? [['0x1a4']] : [420];
    case 'registry-path':
      return way === 'toEcs' ? [['HKU\\x', many]] : [['HKEY_USERS\\x', many]];
    case 'registry-key':
      return [['SOFTWARE\\x']];
    case 'registry-hive':
      return [['HKEY_USERS']];
    case 'registry-number':
      return way === 'toEcs' ? [['DWORD (0x00000001)']] : [['1']];
    case 'presence':
      return [change.present ?? change.absent ?? ''].map((word) => [way === 'toEcs' ? many : word]);
    case 'entries':
      return [[many, 'Suspended', many]];
    case 'otherwise':
      return [[change.word]];
    case 'mailbox':
      return way === 'toSigma' ? [['jo']] : [change.part === 'name' ? ['jo@', many] : [many, '@jo']];
    default:
      return change satisfies never;
  }
}

function typedSample(field: string): Value {
  const type = mapping.types.get(field) ?? 'keyword';
  if (type === 'ip') return ['10.1.2.3'];
  if (type === 'boolean') return true;
  return /long|integer|short|float|double/.test(type) ? 7 : ['Xy1z'];
}

const fieldOf = (row: FieldRow, way: Way) => {
  const name = way === 'toEcs' ? row.sigma : row.ecs;
  return name.endsWith(anyField) && row.sigma.endsWith(anyField) ? `${name.slice(0, -1)}Anything` : name;
};

/** What a rule of a log source becomes, with the rows that were taken. */
/** A row for keys is taken where the name alone counts. */
function isTaken(row: FieldRow, way: Way, value: Value, logSource: LogSource): boolean {
  const uses: Use[] = [];
  const used = (use: Use) => uses.push(use);
  if (row.key) renameField(fieldOf(row, way), { mapping, logSource, way, report: () => {}, used });
  return takes([...uses, ...renamed(asked(row, way, value), logSource, way).uses], row);
}

function renamed(where: Predicate, logSource: LogSource, way: Way) {
  const uses: Use[] = [];
  const result = renameFields(where, {
    mapping,
    logSource,
    way,
    report: () => {},
    used: (use) => uses.push(use),
  });
  return { result, uses };
}

/** All the values for which ECS has another word. */
const noneOf = (test: Equals, but: readonly (string | number)[]): Equals => ({
  ...test,
  values: but.map((word): Value => (typeof word === 'string' ? [word] : word)),
});

/** A test with what its row wants to stand beside it. */
function asked(row: FieldRow, way: Way, value: Value): Predicate {
  const beside = Object.entries(row.scope?.beside ?? {})[way === 'toEcs' ? 0 : 1];
  const plain = is(fieldOf(row, way), value);
  const test =
    way === 'toEcs' && row.change?.kind === 'otherwise' ? not(noneOf(plain, row.change.but)) : plain;
  if (!beside) return test;
  const [word = 'x'] = beside[1];
  return and([is(beside[0], typeof word === 'string' ? [word] : word), test]);
}

const nameOf = ({ sigma, ecs, change, scope, direction }: FieldRow) =>
  `${sigma} ${{ both: '<->', 'to-ecs': '->', 'to-sigma': '<-' }[direction ?? 'both']} ${ecs} ${change?.kind ?? ''} ${JSON.stringify(scope ?? {})}`;

const waysOf = ({ direction = 'both' }: FieldRow): readonly Way[] =>
  direction === 'both' ? ['toEcs', 'toSigma'] : [direction === 'to-ecs' ? 'toEcs' : 'toSigma'];

const placesOf = (row: FieldRow) => sources.filter((source) => inScope(row.scope, source));

describe('every row of the tables', () => {
  test('holds for a log source that the tables have', () => {
    expect(rows.filter((row) => placesOf(row).length === 0).map(nameOf)).toEqual([]);
  });

  test('is taken for something, each way that it is read', () => {
    const idle = rows.flatMap((row) =>
      waysOf(row)
        .filter(
          (way) =>
            !placesOf(row).some((source) =>
              samplesOf(row, way).some((value) => isTaken(row, way, value, source)),
            ),
        )
        .map((way) => `${way}: ${nameOf(row)}`),
    );
    expect(idle).toEqual([]);
  });

  test('comes back from where it went, under its own name somewhere, unless it is one-way or says what it costs', () => {
    const strange = rows.flatMap((row) => {
      if (waysOf(row).length < 2 || row.effect) return [];
      const journeys = placesOf(row).flatMap((source) =>
        samplesOf(row, 'toEcs').flatMap((value) => journeyOf(row, source, value) ?? []),
      );
      const lost = journeys.find(({ there, again }) => there !== again);
      if (lost) return [`${nameOf(row)} goes to ${lost.there}, and from ${lost.back} to ${lost.again}`];
      const isHome =
        journeys.length === 0 || isOfTwo(row) || journeys.some(({ start, back }) => start === back);
      return isHome ? [] : [`${nameOf(row)} never comes back: ${journeys[0]!.back}`];
    });
    expect(strange).toEqual([]);
  });
});

/** To ECS, back to Sigma and to ECS again, as texts that are equal for the same; undefined where another row is taken. */
function journeyOf(row: FieldRow, source: LogSource, value: Value) {
  const start = asked(row, 'toEcs', value);
  const there = renamed(start, source, 'toEcs');
  if (!takes(there.uses, row) || there.uses.some(({ effect }) => effect)) return undefined;
  const back = renamed(there.result, source, 'toSigma').result;
  const again = renamed(back, source, 'toEcs').result;
  return { start: spelled(start), there: spelled(there.result), back: spelled(back), again: spelled(again) };
}

/** What has several spellings in Sigma comes back as all of them: paths of either system, nothing at all, a level by its SID. */
const isOfTwo = ({ change }: FieldRow) =>
  (change?.kind === 'file-name' && change.separator === 'either') ||
  change?.kind === 'empty' ||
  (change?.kind === 'words' && change.alike);

const takes = (uses: readonly Use[], row: FieldRow) => uses.some((use) => use.row && sameTree(use.row, row));

/** Case is left out: words and numbers have one spelling. */
const spelled = (where: Predicate) =>
  JSON.stringify(normal(filter(where)).find)
    .replaceAll('"caseSensitive":true', '"caseSensitive":false')
    .replaceAll(/,\[\{"wildcard":"many"\},"\/[^\]]*\]/g, '');
