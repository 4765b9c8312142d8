import { describe, expect, test } from 'vitest';

import { mappingOf } from '../../src/convert/tables.ts';
import { lookUp } from '../../src/mapping/lookup.ts';
import { anyField } from '../../src/mapping/mapping.ts';
import { shippedTables } from '../../src/mapping/shipped.ts';
import type { FieldRow, LogSourceRow } from '../../src/mapping/table.ts';
import { type Difference, differences, type Pair, peerPairs, withoutPeer } from '../support/peer.ts';

const fields = shippedTables().flatMap((table): readonly FieldRow[] => table.fields ?? []);
const sources = shippedTables().flatMap((table): readonly LogSourceRow[] => table.logSources ?? []);
const mapping = mappingOf({});
const listed = differences();
const pairs = peerPairs();

/** Whether our tables say the same. */
function isOurs({ pipeline, name, theirs, where }: Pair): boolean {
  switch (pipeline) {
    case 'windows_service_to_channel':
      return sources.some(
        ({ sigma, where: tests = [] }) =>
          sigma.product === 'windows' &&
          sigma.service === name &&
          tests.some(({ is }) => is.includes(theirs)),
      );
    case 'sysmon_category_to_eventid':
      return sources.some(
        ({ sigma, where: tests = [] }) =>
          sigma.category === name &&
          tests.some(({ field, is }) => field === 'event.code' && is.includes(theirs)),
      );
    default:
      return (
        fields.some((row) => row.sigma === name && row.ecs === theirs && holdsIn(row, where)) ||
        (where === undefined && fields.some((row) => isSaidOfAll(row, name, theirs)))
      );
  }
}

/** Whether a row for every field of a log source is the one that is taken for this name there. */
function isSaidOfAll(row: FieldRow, name: string, theirs: string): boolean {
  if (row.sigma !== anyField || row.ecs.replace(anyField, name) !== theirs) return false;
  const { category, product, service } = row.scope ?? {};
  const words = Object.entries({ category, product, service }).map(([key, word]) => [key, [word].flat()[0]]);
  const logSource = Object.fromEntries(words.filter(([, word]) => word !== undefined));
  return (
    lookUp(name, { mapping, logSource, way: 'toEcs' })?.rows?.some((one) => one.ecs === row.ecs) ?? false
  );
}

function holdsIn({ scope }: FieldRow, where: string | undefined): boolean {
  if (where === undefined || scope === undefined) return true;
  const [key, word] = where.split('=') as ['category' | 'service', string];
  return scope[key] === undefined || [scope[key]].flat().includes(word);
}

const isAbout = ({ pipelines, names, theirs }: Difference, pair: Pair) =>
  pipelines.includes(pair.pipeline) &&
  names.includes(pair.name) &&
  (theirs === undefined || theirs === pair.theirs);

const spell = ({ pipeline, name, theirs, where = '' }: Pair) =>
  `${pipeline} ${name} -> ${theirs} ${where}`.trim();

describe.skipIf(withoutPeer)("every pair of pySigma's tables (set CORPUS to run)", () => {
  test('is in ours, or listed with the reason why ours differs', () => {
    const silent = pairs.filter((pair) => !isOurs(pair) && !listed.some((one) => isAbout(one, pair)));
    expect(silent.map(spell)).toEqual([]);
  });

  test('is in one of both: no difference is listed that is none', () => {
    const idle = listed.filter((one) => !pairs.some((pair) => isAbout(one, pair) && !isOurs(pair)));
    expect(idle).toEqual([]);
    const unneeded = listed.flatMap(({ names, ...one }) =>
      names.filter(
        (name) => !pairs.some((pair) => isAbout({ ...one, names: [name] }, pair) && !isOurs(pair)),
      ),
    );
    expect(unneeded).toEqual([]);
  });
});
