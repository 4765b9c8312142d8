import type { Stage } from '../../../query/query.ts';
import type { Touched } from './read.ts';

/**
 * The stages without those that make columns which nobody sees: a later `keep` leaves them out, or the events are
 * counted, and conditions say what they stand for themselves.
 */
export function withoutDead(stages: readonly Touched[]): readonly Stage[] {
  const after: Stage[] = [];
  for (const { stage, names } of stages.toReversed()) {
    if (names === undefined || isSeen(names, after)) after.push(stage);
  }
  return after.reverse();
}

/** Whether one of these columns may be seen by what comes after, the last of all first. */
function isSeen(names: readonly string[], after: readonly Stage[]): boolean {
  for (let at = after.length - 1; at >= 0; at -= 1) {
    const stage = after[at]!;
    if (stage.kind === 'opaque') return true;
    if (stage.kind === 'aggregate') return stage.beside !== undefined;
    if (stage.kind === 'keep') return names.some((name) => stage.fields.some((field) => covers(field, name)));
  }
  return true;
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
