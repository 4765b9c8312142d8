import { type Event, type Fields, fieldsOf, type Scalar } from '../query/event.ts';
import type { And } from '../query/query.ts';
import type { LogSource } from '../rule/rule.ts';
import { asValue } from './changes/change.ts';
import { valueToEcs, valueToSigma } from './changes/index.ts';
import { eventOf } from './event.ts';
import { categoryField, findLogSource } from './log-source.ts';
import { type Asked, lookUp, nameIn } from './lookup.ts';
import { anyField, type Mapping } from './mapping.ts';
import { inScope } from './scope.ts';
import { type Move, settled } from './settle.ts';
import type { FieldRow, LogSourceRow } from './table.ts';
import { typedScalar } from './types.ts';
import { testOf } from './words.ts';

/**
 * An event of Sigma's taxonomy as Elastic keeps it: every row that holds for one of its fields is applied, and what the log
 * source implies is there. A field without a row keeps its name; one that ECS has no name for stays behind.
 */
export function eventToEcs(event: Event, logSource: LogSource, mapping: Mapping): Event {
  const held = fieldsOf(event);
  const asked: Asked = { mapping, logSource, way: 'toEcs', around: [saying(held)] };
  const moves = [...held].flatMap(([field, values]) => movesToEcs(field, values, asked));
  const fields = settled([...moves, ...movesOfAbsent(held, asked)], ready(mapping).order);
  return eventOf(withImplied(fields, findLogSource(logSource, mapping)));
}

/**
 * An event of Elastic's as Sigma's taxonomy has it: every row that holds for one of its fields is applied. Where Elastic
 * keeps a piece of what Sigma has whole, and nothing tells the whole, it is the shortest that has the piece in its place.
 */
export function eventToSigma(event: Event, logSource: LogSource, mapping: Mapping): Event {
  const held = fieldsOf(event);
  const asked: Asked = { mapping, logSource, way: 'toSigma', around: [saying(held)] };
  const row = findLogSource(logSource, mapping);
  const moves = [...held].flatMap(([field, values]) => movesToSigma(field, values, asked, row));
  return eventOf(settled(moves, ready(mapping).order));
}

/** An event as what a rule would ask that wants just it: some names depend on what stands beside them. */
function saying(held: Fields): And {
  return {
    kind: 'and',
    of: [...held].flatMap(([field, values]) => values.map((value) => testOf(field, [value]))),
  };
}

function asTheyAre(field: string, values: readonly Scalar[]): readonly Move[] {
  return values.map((value) => ({ from: field, to: field, value: asValue(value) }));
}

function movesToEcs(field: string, values: readonly Scalar[], asked: Asked): readonly Move[] {
  const known = lookUp(field, asked);
  if (known === undefined) return asTheyAre(field, values);
  return values.flatMap((value) =>
    firstOfEach(placesOf(field, value, untilPlain(known.rows ?? []), asked.mapping)),
  );
}

/** A row that takes values as they are takes all that come to it. */
function untilPlain(rows: readonly FieldRow[]): readonly FieldRow[] {
  const last = rows.findIndex(({ change }) => change === undefined);
  return last < 0 ? rows : rows.slice(0, last + 1);
}

/** Where each row puts a value. */
function placesOf(
  field: string,
  value: Scalar | null,
  rows: readonly FieldRow[],
  mapping: Mapping,
): readonly Move[] {
  return rows.flatMap((row) => {
    const name = nameIn(row, field, 'toEcs').replaceAll(anyField, '0');
    const places = valueToEcs(value, name, row.change) ?? [];
    return places.map(({ field: to, value: there }) => ({
      from: field,
      to,
      value: there === null ? null : asValue(typedScalar(there, to, mapping)),
      row,
    }));
  });
}

/** Of several rows that lead a value to one field, the first has words for it. */
function firstOfEach(moves: readonly Move[]): readonly Move[] {
  return moves.filter((move, index) => moves.findIndex(({ to }) => to === move.to) === index);
}

/** Words of ECS for fields of Sigma's that are not there. */
function movesOfAbsent(held: Fields, asked: Asked): readonly Move[] {
  const { mapping, logSource, around } = asked;
  return ready(mapping)
    .absent.filter((row) => !held.has(row.sigma) && inScope(row.scope, logSource, around))
    .filter((row) => !isSaidElsewhere(row, asked))
    .flatMap((row) => placesOf(row.sigma, null, [row], mapping));
}

/** Whether beside what the event says another field has the word. */
function isSaidElsewhere(row: FieldRow, asked: Asked): boolean {
  const [first] = lookUp(row.ecs, { ...asked, way: 'toSigma' })?.rows ?? [];
  return first?.scope?.beside !== undefined && first.sigma !== row.sigma;
}

/** What the log source implies, in its own spelling, unless the event says something else of it. */
function withImplied(fields: Fields, row: LogSourceRow | undefined): Fields {
  const implied = new Map<string, readonly Scalar[]>();
  if (row?.category !== undefined) implied.set(categoryField, [row.category]);
  for (const { field, is } of row?.where ?? []) {
    const said = fields.get(field)?.map((value) => String(value).toLowerCase());
    const meant = is.filter((word) => said === undefined || said.includes(String(word).toLowerCase()));
    if (meant.length > 0) implied.set(field, meant.slice(0, 1));
  }
  return new Map([...implied, ...[...fields].filter(([field]) => !implied.has(field))]);
}

function movesToSigma(
  field: string,
  values: readonly Scalar[],
  asked: Asked,
  row: LogSourceRow | undefined,
): readonly Move[] {
  const rows = lookUp(field, asked)?.rows ?? [];
  const moves = values.flatMap((value) =>
    firstOfEach(untilPlain(rows).flatMap((one) => moveToSigma(field, value, one))),
  );
  // What Sigma has no words for is asked for as it is.
  if (moves.length > 0) return moves;
  const isSaid =
    isImplied(field, values, row) || values.every((value) => rows.some((one) => isAbsence(value, one)));
  return isSaid ? [] : asTheyAre(field, values);
}

function moveToSigma(field: string, value: Scalar, row: FieldRow): readonly Move[] {
  const there = valueToSigma(value, field, row.change);
  return there === undefined ? [] : [{ from: field, to: nameIn(row, field, 'toSigma'), value: there, row }];
}

/** Whether a word of ECS says that a field of Sigma's is not there, or none of some values. */
function isAbsence(value: Scalar, { change }: FieldRow): boolean {
  const word = String(value).toLowerCase();
  return change?.kind === 'presence'
    ? word === change.absent
    : change?.kind === 'otherwise' && word === change.word;
}

/** Whether the log source says as much. */
function isImplied(field: string, values: readonly Scalar[], row: LogSourceRow | undefined): boolean {
  const { category, where = [], absorb = [] } = row ?? {};
  const said = [
    ...where.map((test) => ({ field: test.field, within: test.is })),
    ...absorb,
    ...(category === undefined ? [] : [{ field: categoryField, within: [category] }]),
  ];
  return said.some((one) => one.field === field && values.every((value) => one.within.includes(value)));
}

interface Ready {
  /** Rows with a word for a field that is not there. */
  readonly absent: readonly FieldRow[];
  readonly order: ReadonlyMap<FieldRow, number>;
}

const made = new WeakMap<Mapping, Ready>();

function ready(mapping: Mapping): Ready {
  const known = made.get(mapping);
  if (known) return known;
  const rows = mapping.tables.flatMap(({ fields = [] }) => fields);
  const absent = rows.filter(
    ({ change, direction }) =>
      direction !== 'to-sigma' && (change?.kind === 'presence' || change?.kind === 'otherwise'),
  );
  const fresh = { absent, order: new Map(rows.map((row, index) => [row, index])) };
  made.set(mapping, fresh);
  return fresh;
}
