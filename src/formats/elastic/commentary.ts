import type { Comment, Side } from './comments.ts';
import type { Pointer } from './pointer.ts';

/** The comments of a file by their places. */
export type Commentary = ReadonlyMap<Pointer, Sides>;

/** What is said around one place. */
export type Sides = { readonly [S in Side]: readonly string[] };

/** What is said around a place. */
export function around(comments: Commentary | undefined, at: Pointer): Sides {
  return comments?.get(at) ?? none;
}

const none: Sides = { head: [], above: [], open: [], behind: [], last: [], foot: [] };

/** What follows on the same line. */
export function trailing(behind: readonly string[]): string {
  return behind.length === 0 ? '' : behind.map((text) => ` ${text}`).join('');
}

export function commentaryOf(comments: readonly Comment[]): Commentary {
  const places = new Map<Pointer, Record<Side, string[]>>();
  for (const { text, at, side } of comments) {
    const sides = places.get(at) ?? { head: [], above: [], open: [], behind: [], last: [], foot: [] };
    places.set(at, sides);
    sides[side].push(text);
  }
  return places;
}
