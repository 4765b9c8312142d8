import type { Fields, Scalar } from '../query/event.ts';
import { hasWildcard, isPattern, plainText } from '../query/pattern.ts';
import type { Pattern, Value } from '../query/query.ts';
import { beginning, ending, middle } from './changes/change.ts';
import { changes } from './changes/index.ts';
import { isMany } from './ecs.ts';
import { anyField } from './mapping.ts';
import type { FieldRow } from './table.ts';

/** A value of a field, or a piece of it, on its way to another field. Null: it is left out there. */
export interface Move {
  readonly from: string;
  readonly to: string;
  readonly value: Value;
  /** Absent where no table knows the field. */
  readonly row?: FieldRow;
}

/**
 * What each field holds in the end. Of several fields that lead to one, the one whose row comes first is taken, unless it holds
 * a list; pieces are put together only where none of them has the whole.
 */
export function settled(moves: readonly Move[], order: ReadonlyMap<FieldRow, number>): Fields {
  const byField = new Map<string, Move[]>();
  for (const move of moves) {
    const own = byField.get(move.to);
    if (own) own.push(move);
    else byField.set(move.to, [move]);
  }
  return new Map([...byField].map(([field, own]) => [field, valuesOf(own, order, isMany(field))]));
}

function valuesOf(
  moves: readonly Move[],
  order: ReadonlyMap<FieldRow, number>,
  isList: boolean,
): readonly Scalar[] {
  const wholes = moves.filter(({ value }) => value !== null && !(isPattern(value) && hasWildcard(value)));
  if (wholes.length === 0) return joined(moves);
  const rank = ({ row }: Move) => (row && order.get(row)) ?? order.size;
  const best = wholes.reduce((a, b) => (rank(b) < rank(a) ? b : a));
  const taken = wholes.filter((one) => isList || one.from === best.from || isPlace(one, best));
  const held = [...new Set(taken.flatMap(({ value }) => scalarOf(value) ?? []))];
  const [only] = held;
  return held.length === 1 && typeof only === 'string' ? [withPieces(only, moves)] : held;
}

/** Places of one list. */
function isPlace({ row }: Move, { row: other }: Move): boolean {
  return row?.ecs.includes(`.${anyField}.`) === true && row.ecs === other?.ecs && row.sigma === other.sigma;
}

/** A text with the end that it ought to have, or the arguments that it ought to hold, where it has them not. */
function withPieces(whole: string, moves: readonly Move[]): string {
  const pieces = moves.flatMap(({ value }) => (value !== null && isPattern(value) ? [value] : []));
  const end = longest(pieces, ending);
  if (!folded(whole).endsWith(folded(end)))
    return meeting(whole, isUnix(whole) ? end.replace(/^\\/, '/') : end);
  const between = betweenOf(moves);
  const loose = between === '' ? [] : pieces.flatMap((piece) => middle(piece) ?? []);
  return [whole, ...loose.filter((piece) => !folded(whole).includes(folded(piece)))].join(between);
}

function folded(text: string): string {
  return text.toLowerCase().replaceAll('/', '\\');
}

function isUnix(path: string): boolean {
  return path.includes('/') && !path.includes('\\');
}

function scalarOf(value: Value): Scalar | undefined {
  if (value === null) return undefined;
  return isPattern(value) ? plainText(value) : value;
}

/** The shortest text that begins, ends and goes on as its pieces say. */
function joined(moves: readonly Move[]): readonly Scalar[] {
  const pieces = moves.flatMap(({ value }) => (value !== null && isPattern(value) ? [value] : []));
  if (pieces.length === 0) return [];
  const [start, end] = [longest(pieces, beginning), longest(pieces, ending)];
  const inner = [...new Set(pieces.flatMap((piece) => middle(piece) ?? []))].join(betweenOf(moves));
  const begun = meeting(start, inner);
  return [meeting(begun, end)];
}

function longest(pieces: readonly Pattern[], read: (piece: Pattern) => string | undefined): string {
  return pieces.map((piece) => read(piece) ?? '').reduce((a, b) => (b.length > a.length ? b : a));
}

/** Two texts, one behind the other. The sign that parts them stands in both. */
function meeting(a: string, b: string): string {
  if (b === '' || a.endsWith(b)) return a;
  return a.endsWith(b.charAt(0)) ? a + b.slice(1) : a + b;
}

function betweenOf(moves: readonly Move[]): string {
  const kinds = moves.flatMap(({ row }) => row?.change?.kind ?? []);
  return kinds.map((kind) => changes[kind]).find((one) => 'between' in one)?.between ?? '';
}
