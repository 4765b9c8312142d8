import { sameTree } from '../query/walk.ts';
import type { Way } from './lookup.ts';
import { sourceKey } from './mapping.ts';
import type { RowKind } from './schema.ts';
import { shippedTypes } from './shipped.ts';
import type { FieldRow, LogSourceRow, Scope, Table, UnnamedRow } from './table.ts';

/** Where a row stands in its table. */
export type RowPlace = readonly [list: RowKind, index: number];

/** A row that is never taken, whatever rule comes, and one before it that is. */
export interface Idle {
  readonly place: RowPlace;
  readonly before: RowPlace;
}

/** The rows of a table that earlier ones of the same table leave nothing to. */
export function idleRows({ logSources = [], fields = [], unnamed = [] }: Table): readonly Idle[] {
  const toEcs = hiders(fields, ({ sigma }) => sigma, hidesGoing('toEcs'));
  const toSigma = hiders(fields, ({ ecs }) => ecs, hidesGoing('toSigma'));
  const ofFields = fields.map(({ direction }, index) => {
    const ways = [direction !== 'to-sigma' && toEcs, direction !== 'to-ecs' && toSigma];
    const found = ways.filter((way) => way !== false).map((way) => way[index]);
    return found.includes(undefined) ? undefined : found[0];
  });
  const ofSources = hiders(logSources, ({ sigma }) => sourceKey(sigma), hidesSource);
  const ofUnnamed = hiders(unnamed, ({ sigma, ecs }) => JSON.stringify([sigma, ecs]), hidesUnnamed);
  return [...idle('logSources', ofSources), ...idle('fields', ofFields), ...idle('unnamed', ofUnnamed)];
}

function idle(list: RowKind, found: readonly (number | undefined)[]): readonly Idle[] {
  return found.flatMap((before, index) =>
    before === undefined ? [] : [{ place: [list, index], before: [list, before] }],
  );
}

/** Of rows of one name, so many are held against each other. */
const most = 100;

/** For each row the first one before it that hides it. */
function hiders<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  hides: (earlier: Row, later: Row) => boolean,
): readonly (number | undefined)[] {
  const known = new Map<string, number[]>();
  return rows.map((row, index) => {
    const before = known.get(keyOf(row)) ?? [];
    known.set(keyOf(row), before);
    const first = before.find((other) => hides(rows[other]!, row));
    if (before.length < most) before.push(index);
    return first;
  });
}

/** Coming back, several rows may share a log source; going to ECS the first one is taken. */
function hidesSource(earlier: LogSourceRow, later: LogSourceRow): boolean {
  return later.direction === 'to-ecs' && earlier.direction !== 'to-sigma';
}

function hidesUnnamed(earlier: UnnamedRow, later: UnnamedRow): boolean {
  return covers(earlier.scope, later.scope);
}

/**
 * Whether a row has words for all that another one of its name has: the same change to the same name, or no change, and
 * a name that holds any value.
 */
function hidesGoing(way: Way): (earlier: FieldRow, later: FieldRow) => boolean {
  const there = way === 'toEcs' ? 'ecs' : 'sigma';
  return (earlier, later) =>
    earlier.direction !== (way === 'toEcs' ? 'to-sigma' : 'to-ecs') &&
    (earlier.key || !later.key) &&
    covers(earlier.scope, later.scope) &&
    ((earlier[there] === later[there] && sameTree(earlier.change, later.change)) ||
      (earlier.change === undefined && !isTyped(earlier[there])));
}

let typed: ReadonlySet<string> | undefined;

function isTyped(name: string): boolean {
  typed ??= new Set(Object.values(shippedTypes()).flat());
  return typed.has(name);
}

/** Whether one scope holds wherever the other does. */
function covers(wide: Scope = {}, narrow: Scope = {}): boolean {
  return (
    includes(wide.category, narrow.category) &&
    includes(wide.product, narrow.product) &&
    includes(wide.service, narrow.service) &&
    (wide.beside === undefined || sameTree(wide.beside, narrow.beside))
  );
}

type Words = string | readonly string[] | undefined;

function includes(wide: Words, narrow: Words): boolean {
  if (wide === undefined) return true;
  if (narrow === undefined) return false;
  const known = new Set([wide].flat());
  return [narrow].flat().every((word) => known.has(word));
}
