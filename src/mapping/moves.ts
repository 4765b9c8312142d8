import type { Fields, Scalar } from '../query/event.ts';
import { sameTree } from '../query/walk.ts';
import { asValue } from './changes/change.ts';
import { valueToEcs, valueToSigma } from './changes/index.ts';
import { categoryField } from './log-source.ts';
import { type Asked, type Known, lookUp, nameIn } from './lookup.ts';
import { anyField, type Mapping } from './mapping.ts';
import { inScope } from './scope.ts';
import type { Move } from './settle.ts';
import type { FieldRow, LogSourceRow } from './table.ts';
import { typedScalar } from './types.ts';

/** What is known of the rule that the event is for. */
export interface Told extends Pick<Asked, 'final' | 'written'> {
  /** Fields are called alike on both sides, as in a Sigma rule whose taxonomy is ECS. */
  readonly keepsNames?: boolean | undefined;
  /** A pipeline said what the log source means: no row of the tables stands for it. */
  readonly saysSource?: boolean | undefined;
  /** Names of ECS that the rule asks for in Sigma, as it has no others: they stay, whatever the log source says. */
  readonly asks?: ReadonlySet<string> | undefined;
}

/** The same, with where its names are looked up. */
export interface Going extends Asked, Told {
  readonly row: LogSourceRow | undefined;
}

/** When an event happened is said alike everywhere. */
const timestamp = '@timestamp';

function asTheyAre(field: string, values: readonly Scalar[]): readonly Move[] {
  return values.map((value) => ({ from: field, to: field, value: asValue(value) }));
}

export function movesToEcs(field: string, values: readonly Scalar[], going: Going): readonly Move[] {
  const known = going.keepsNames || field === timestamp ? undefined : lookUp(field, going);
  if (known === undefined) return asTheyAre(field, values);
  const rows = rowsFor(known);
  return values.flatMap((value) => firstOfEach(placesOf(field, value, rows, going.mapping)));
}

/** Rows that a value can come to: of those that do the same to it the first, and none behind one that takes all as they are. */
function rowsFor(known: Known | undefined): readonly FieldRow[] {
  const rows = known?.rows ?? [];
  const last = rows.findIndex(({ change }) => change === undefined);
  const before = rows.filter(
    ({ change }, index) => last < 0 || index <= last || change?.kind === 'otherwise',
  );
  return before.filter((row, index) => before.findIndex((one) => sameTree(one.change, row.change)) === index);
}

/** Where each row puts a value. */
function placesOf(
  field: string,
  value: Scalar | null,
  rows: readonly FieldRow[],
  mapping: Mapping,
): readonly Move[] {
  const isNamed = rows.some(({ change }) => change?.kind === 'prefix' && valueToEcs(value, field, change));
  return rows.flatMap((row) => {
    // What is named by its prefix is not among the rest.
    if (isNamed && row.effect?.toEcs !== undefined) return [];
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
export function movesOfAbsent(held: Fields, asked: Going): readonly Move[] {
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

export function movesToSigma(field: string, values: readonly Scalar[], going: Going): readonly Move[] {
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

export function ready(mapping: Mapping): Ready {
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
