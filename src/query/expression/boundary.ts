import { type Characters, intersection, inverse, wordCharacters } from './characters.ts';
import { firstOf, isNullable, lastOf } from './ends.ts';
import { mostAlternatives } from './expand.ts';
import {
  anything,
  type Boundary,
  type CharacterClass,
  type Expression,
  repeat,
  sequence,
} from './expression.ts';
import { narrowed, nonEmpty } from './narrow.ts';
import { refuse } from './print.ts';
import type { Line } from './whole.ts';

/**
 * Without boundaries of words. What stands beside one is a character of a word, or none, or the edge of the value:
 * where it can be either, the line becomes as many lines. A line on which a boundary can not be is left out.
 */
export function boundariesSettled(given: Line): readonly Line[] {
  const all = given.items.filter((item) => item.kind === 'boundary');
  if (all.length > mostBoundaries) refuse(all[mostBoundaries]!, 'too many boundaries of words');
  const settled: Line[] = [];
  const waiting = [given];
  for (let line = waiting.pop(); line; line = waiting.pop()) {
    const at = line.items.findIndex((item) => item.kind === 'boundary');
    if (at < 0) settled.push(line);
    else waiting.push(...waysOf(line, at, line.items[at] as Boundary).toReversed());
    if (settled.length + waiting.length > mostAlternatives)
      refuse(all[0]!, 'boundaries of words in too many alternatives');
  }
  return settled;
}

/** How many boundaries of words are taken out of one line; each may take two of them. */
const mostBoundaries = 100;

function waysOf(line: Line, at: number, boundary: Boundary): readonly Line[] {
  const [before, behind] = [line.items[at - 1], line.items[at + 1]];
  if (behind?.kind === 'boundary')
    return behind.negated === boundary.negated ? [replaced(line, at, 1, [])] : [];
  if (before && isNullable(before)) return either(line, at - 1, before, boundary);
  if (behind && isNullable(behind)) return either(line, at + 1, behind, boundary);
  const lefts = before ? sidesOf(before, 'last', boundary) : edgeSides(line.isOpenBefore, 'last');
  const rights = behind ? sidesOf(behind, 'first', boundary) : edgeSides(line.isOpenBehind, 'first');
  const from = Math.max(at - 1, 0);
  return lefts.flatMap((left) =>
    rights
      .filter((right) => (left.isWord !== right.isWord) !== boundary.negated)
      .map((right) => ({
        items: [...line.items.slice(0, from), ...left.items, ...right.items, ...line.items.slice(at + 2)],
        isOpenBefore: before ? line.isOpenBefore : false,
        isOpenBehind: behind ? line.isOpenBehind : false,
      })),
  );
}

/** What may be empty, once without it and once where it is not. */
function either(line: Line, at: number, item: Expression, boundary: Boundary): readonly Line[] {
  return [replaced(line, at, 1, []), replaced(line, at, 1, nonEmpty(item, boundary))];
}

function replaced(line: Line, at: number, count: number, items: readonly Expression[]): Line {
  return { ...line, items: [...line.items.slice(0, at), ...items, ...line.items.slice(at + count)] };
}

/** One of the two things that can stand beside a boundary. */
interface Side {
  readonly isWord: boolean;
  readonly items: readonly Expression[];
}

const kinds = [
  { isWord: false, set: inverse(wordCharacters) },
  { isWord: true, set: wordCharacters },
] as const;

function sidesOf(item: Expression, edge: 'first' | 'last', boundary: Boundary): readonly Side[] {
  const set: Characters = edge === 'first' ? firstOf(item) : lastOf(item);
  const possible = kinds.filter((kind) => intersection(set, kind.set).length > 0);
  if (possible.length === 1) return [{ isWord: possible[0]!.isWord, items: [item] }];
  return possible.map((kind) => ({ isWord: kind.isWord, items: narrowed(item, kind.set, edge, boundary) }));
}

/** At the edge of the value stands nothing, or any text with such a character next to here. */
function edgeSides(isOpen: boolean, edge: 'first' | 'last'): readonly Side[] {
  if (!isOpen) return [{ isWord: false, items: [] }];
  return kinds.map(({ isWord }) => {
    const char: CharacterClass = {
      kind: 'class',
      negated: false,
      parts: [{ kind: 'shorthand', of: 'word', negated: !isWord }],
    };
    const text = edge === 'last' ? [anything, char] : [char, anything];
    return { isWord, items: isWord ? text : [repeat(sequence(text), 0, 1)] };
  });
}
