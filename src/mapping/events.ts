import { type Event, type Fields, fieldsOf, type Scalar } from '../query/event.ts';
import type { And } from '../query/query.ts';
import { sameTree } from '../query/walk.ts';
import type { LogSource } from '../rule/rule.ts';
import { asValue } from './changes/change.ts';
import { valueToEcs, valueToSigma } from './changes/index.ts';
import { eventOf } from './event.ts';
import { categoryField, findLogSource } from './log-source.ts';
import { type Asked, type Known, lookUp, nameIn, type Way } from './lookup.ts';
import { anyField, type Mapping } from './mapping.ts';
import { inScope } from './scope.ts';
import { type Move, settled } from './settle.ts';
import type { FieldRow, LogSourceRow } from './table.ts';
import { typedScalar } from './types.ts';
import { testOf } from './words.ts';

/** What is known of the rule that the event is for. */
export interface Told extends Pick<Asked, 'final' | 'written'> {
  /** Fields are called alike on both sides, as in a Sigma rule whose taxonomy is ECS. */
  readonly keepsNames?: boolean | undefined;
  /** Names of ECS that the rule asks for in Sigma, as it has no others: they stay, whatever the log source says. */
  readonly asks?: ReadonlySet<string> | undefined;
}

interface Going extends Asked, Told {
  readonly row: LogSourceRow | undefined;
}

/**
 * An event of Sigma's taxonomy as Elastic keeps it: every row that holds for one of its fields is applied, and what the log
 * source implies is there. A field without a row keeps its name; one that ECS has no name for stays behind.
 */
export function eventToEcs(event: Event, logSource: LogSource, mapping: Mapping, told: Told = {}): Event {
  const held = fieldsOf(event);
  const going = goingTo('toEcs', held, logSource, mapping, told);
  const moves = [...held].flatMap(([field, values]) => movesToEcs(field, values, going));
  const absent = told.keepsNames ? [] : movesOfAbsent(held, going);
  return eventOf(withImplied(settled([...moves, ...absent], ready(mapping).order), going.row));
}

/**
 * An event of Elastic's as Sigma's taxonomy has it: every row that holds for one of its fields is applied, and what the log
 * source stands for is not there. Where Elastic keeps a piece of what Sigma has whole, and nothing tells the whole, it is
 * the shortest that has the piece in its place. What Sigma has no words for keeps its name.
 */
export function eventToSigma(event: Event, logSource: LogSource, mapping: Mapping, told: Told = {}): Event {
  const held = fieldsOf(event);
  const going = goingTo('toSigma', held, logSource, mapping, told);
  const moves = [...held].flatMap(([field, values]) => movesToSigma(field, values, going));
  return eventOf(settled(moves, ready(mapping).order));
}

function goingTo(way: Way, held: Fields, logSource: LogSource, mapping: Mapping, told: Told): Going {
  return { ...told, mapping, logSource, way, around: [saying(held)], row: findLogSource(logSource, mapping) };
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

function movesToEcs(field: string, values: readonly Scalar[], going: Going): readonly Move[] {
  const known = going.keepsNames ? undefined : lookUp(field, going);
  if (known === undefined) return asTheyAre(field, values);
  const rows = rowsFor(known);
  return values.flatMap((value) => firstOfEach(placesOf(field, value, rows, going.mapping)));
}

/** Rows that a value can come to: of those that do the same to it the first, and none behind one that takes all as they are. */
function rowsFor(known: Known | undefined): readonly FieldRow[] {
  const rows = known?.rows ?? [];
  const last = rows.findIndex(({ change }) => change === undefined);
  const before = last < 0 ? rows : rows.slice(0, last + 1);
  return before.filter((row, index) => before.findIndex((one) => sameTree(one.change, row.change)) === index);
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
function movesOfAbsent(held: Fields, asked: Going): readonly Move[] {
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

function movesToSigma(field: string, values: readonly Scalar[], going: Going): readonly Move[] {
  const rows = going.keepsNames ? [] : rowsFor(lookUp(field, going));
  const moves = values.flatMap((value) => firstOfEach(rows.flatMap((one) => moveToSigma(field, value, one))));
  const kept = going.asks?.has(field) ? asTheyAre(field, values) : [];
  if (moves.length > 0 || kept.length > 0) return [...moves, ...kept];
  const isSaid =
    isImplied(field, values, going.row) || values.every((value) => rows.some((one) => isAbsence(value, one)));
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
