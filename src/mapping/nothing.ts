import type { Effect } from '../diagnostic/diagnostic.ts';
import { hasWildcard, isPattern } from '../query/pattern.ts';
import type { And, Equals, Value } from '../query/query.ts';
import { wildcardTest } from '../query/wildcard.ts';
import { asksForAbsent, asksForEmpty } from './absent.ts';
import { leftOut } from './changes/empty.ts';
import { together, underNegation } from './effect.ts';
import { nameIn, type Way } from './lookup.ts';
import type { FieldRow } from './table.ts';

/**
 * The rows to ask what an absent field is called, and one that is there: first those that lead all values of a field to one
 * place. None where the other side says in other words that there is nothing.
 */
export function rowsOfNothing(rows: readonly FieldRow[], way: Way): readonly FieldRow[] {
  if (way === 'toSigma' && rows.some(saysOtherwise)) return [];
  const rest = rows.filter(({ change }) => change?.kind === 'otherwise');
  const ofSome = rows.filter((row) => isOfSome(row) || rest.some(({ ecs }) => ecs === row.ecs));
  return [...new Set([...rows.filter((row) => !ofSome.includes(row)), ...rest, ...ofSome])];
}

/** Whether a row is for some values only, and the rest of them stand elsewhere. */
function isOfSome({ change }: FieldRow): boolean {
  const { kind } = change ?? {};
  return kind === 'prefix' || kind === 'otherwise' || (change?.kind === 'words' && change.closed === true);
}

function saysOtherwise({ change }: FieldRow): boolean {
  return change?.kind === 'presence' || change?.kind === 'otherwise';
}

/** Where a test stands whose values go by rows. */
export interface Asking {
  readonly rows: readonly FieldRow[];
  readonly positive: boolean;
  readonly around?: readonly And[] | undefined;
  readonly way: Way;
}

/** What it does that what is empty on one side is left out on the other, or that a field is kept in pieces. */
export function effectOfNothing(
  value: Value,
  test: Equals,
  row: FieldRow,
  { rows, positive, around = [], way }: Asking,
): Effect | undefined {
  const dropped = way === 'toEcs' ? droppedBetween(row, rows, test.field) : [];
  if (value === null) {
    const isSaid = dropped.length === 0 || asksForEmpty(test, positive, around);
    return together(isSaid ? undefined : 'broader', effectOfPieces(row, rows, test.field, way));
  }
  if (dropped.length === 0 || !isPattern(value) || asksForAbsent(test, positive, around)) return undefined;
  return hasWildcard(value) && dropped.some(wildcardTest(value)) ? 'narrower' : undefined;
}

/** The same for a test that a field is there at all. */
export function effectOfPresence(
  field: string,
  row: FieldRow,
  { rows, way }: Pick<Asking, 'rows' | 'way'>,
): Effect | undefined {
  const dropped = way === 'toEcs' && droppedBetween(row, rows, field).length > 0;
  const absent = effectOfPieces(row, rows, field, way);
  const pieces = absent === undefined ? undefined : absent === 'broader' ? 'narrower' : 'broader';
  const isAlways = way === 'toEcs' && rows.some((one) => saysOtherwise(one) && one.ecs === row.ecs);
  return together(together(dropped ? 'narrower' : undefined, pieces), isAlways ? 'broader' : undefined);
}

/** What a log writes for nothing, and this field of the other side has not. */
function droppedBetween(row: FieldRow, rows: readonly FieldRow[], field: string): readonly string[] {
  const name = nameIn(row, field, 'toEcs');
  return rows.flatMap((one) =>
    one.change?.kind === 'empty' && nameIn(one, field, 'toEcs') === name ? leftOut(one.change) : [],
  );
}

/** One of several fields may be absent while others are there, and a whole may be there without a piece. */
function effectOfPieces(
  row: FieldRow,
  rows: readonly FieldRow[],
  field: string,
  way: Way,
): Effect | undefined {
  const names = new Set(rows.filter(isOfSome).map((one) => nameIn(one, field, way)));
  if (isOfSome(row)) return names.size > 1 ? 'broader' : undefined;
  const { change } = row;
  const isPiece =
    change?.kind === 'extension' ||
    change?.kind === 'mailbox' ||
    (change?.kind === 'account' && change.domain === field);
  return way === 'toSigma' && isPiece ? 'narrower' : undefined;
}

/** What a row does by itself: a field that holds less is absent more often. */
export function effectOfRow({ effect }: FieldRow, values: readonly Value[], way: Way): Effect | undefined {
  const said = effect?.[way];
  if (said === undefined || !values.includes(null)) return said;
  const absent = underNegation(said);
  return values.length === 1 ? absent : together(said, absent);
}
