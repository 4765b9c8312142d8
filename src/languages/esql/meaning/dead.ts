import type { Stage } from '../../../query/query.ts';
import type { Touched } from './read.ts';

/**
 * The stages without those that make columns which nobody sees: a later `keep` leaves them out, or the events are
 * counted, and conditions say what they stand for themselves.
 */
export function withoutDead(stages: readonly Touched[]): readonly Stage[] {
  const after: Stage[] = [];
  let next: Stage | undefined;
  for (const { stage, names } of stages.toReversed()) {
    if (names !== undefined && !isSeen(names, next)) continue;
    after.push(stage);
    if (stage.kind !== 'sort' && stage.kind !== 'limit') next = stage;
  }
  return after.reverse();
}

/** Whether one of these columns may be seen by the next stage that takes columns. */
function isSeen(names: readonly string[], next: Stage | undefined): boolean {
  if (next?.kind === 'aggregate') return next.beside !== undefined;
  if (next?.kind !== 'keep') return true;
  return names.some((name) => next.fields.some((field) => covers(field, name)));
}

/** Whether a name with stars stands for a name. */
function covers(field: string, name: string): boolean {
  if (!field.includes('*')) return field === name;
  const [first = '', ...pieces] = field.split('*');
  const last = pieces.pop() ?? '';
  if (!name.startsWith(first) || name.length < first.length + last.length || !name.endsWith(last))
    return false;
  let at = first.length;
  for (const piece of pieces) {
    const found = name.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= name.length - last.length;
}
