/** Other pieces in place of those from `start` to `end`; either may be none. */
export interface Change {
  readonly start: number;
  readonly end: number;
  readonly pieces: readonly string[];
}

/** Beyond so many pairs of pieces, all that lies between the same beginning and the same end is one change. */
const mostPairs = 4_000_000;

/** What it takes to make a second list of pieces out of a first, leaving as many as can be. */
export function changesOf(before: readonly string[], after: readonly string[]): readonly Change[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < Math.min(before.length, after.length) - start && before.at(-1 - end) === after.at(-1 - end))
    end += 1;
  const [a, b] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  if (a.length === 0 && b.length === 0) return [];
  const shared = a.length * b.length > mostPairs ? [] : longestShared(a, b);
  const changes: Change[] = [];
  let [here, there] = [0, 0];
  for (const [mine, its] of [...shared, [a.length, b.length] as const]) {
    if (mine > here || its > there) {
      changes.push({ start: start + here, end: start + mine, pieces: b.slice(there, its) });
    }
    [here, there] = [mine + 1, its + 1];
  }
  return changes;
}

/** Places of the longest list of pieces that both have, in order. */
function longestShared(a: readonly string[], b: readonly string[]): readonly (readonly [number, number])[] {
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const below = lengths[(i + 1) * width + j]!;
      const beside = lengths[i * width + j + 1]!;
      lengths[i * width + j] =
        a[i] === b[j] ? lengths[(i + 1) * width + j + 1]! + 1 : Math.max(below, beside);
    }
  }
  const shared: [number, number][] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      shared.push([i, j]);
      i += 1;
      j += 1;
    } else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) i += 1;
    else j += 1;
  }
  return shared;
}
