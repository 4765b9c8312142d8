import { type Change, changesOf } from './piece-changes.ts';

/** Three versions of one thing: what two sides had in common, and what each made of it. */
export interface Versions<T> {
  readonly base: T;
  readonly ours: T;
  readonly theirs: T;
}

/** What became of the pieces, and whether both sides changed the same of them; then those of ours stand. */
export interface MergedPieces {
  readonly pieces: readonly string[];
  readonly isClean: boolean;
}

export interface MergePiecesOptions {
  /** What both sides put at one place: first that of ours, then that of theirs, rather than a conflict. */
  readonly keepsBoth?: boolean;
}

/** The changes of both sides in one text, cut into pieces: lines of a note, words of a query. */
export function mergePieces(
  { base, ours, theirs }: Versions<readonly string[]>,
  { keepsBoth = false }: MergePiecesOptions = {},
): MergedPieces {
  const [mine, its] = [changesOf(base, ours), changesOf(base, theirs)];
  const taken: Change[] = [...mine];
  let isClean = true;
  for (const change of its) {
    const touched = mine.filter((one) => touch(one, change));
    if (touched.some((one) => isSame(one, change))) continue;
    const isBeside = keepsBoth && isAddition(change) && touched.every((one) => one.end === change.start);
    if (touched.length === 0 || isBeside) taken.push(change);
    else isClean = false;
  }
  return { pieces: applied(base, taken), isClean };
}

/** Two additions at one place touch; a change that ends where another begins does not. */
function touch(a: Change, b: Change): boolean {
  if (a.start === b.start && (isAddition(a) || isAddition(b))) return isAddition(a) === isAddition(b);
  return a.start < b.end && b.start < a.end;
}

function isAddition({ start, end }: Change): boolean {
  return start === end;
}

function isSame(a: Change, b: Change): boolean {
  return a.start === b.start && a.end === b.end && a.pieces.join('\0') === b.pieces.join('\0');
}

/** At one place, additions stand before what takes the place of something; those of ours come first. */
function applied(base: readonly string[], changes: readonly Change[]): readonly string[] {
  const inOrder = [...changes].sort((a, b) => a.start - b.start || a.end - b.end);
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, pieces: own } of inOrder) {
    pieces.push(...base.slice(at, start), ...own);
    at = end;
  }
  return [...pieces, ...base.slice(at)];
}
