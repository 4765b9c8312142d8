import { type Characters, charactersOfParts, has, isSame, rangesOf, union, without } from './characters.ts';
import {
  type Character,
  type CharacterClass,
  type ClassPart,
  type Expression,
  mapParts,
  partsOf,
  type Quoted,
  sequence,
} from './expression.ts';

/** Letters beside what they are in the other case, where that is one letter: `a` and `A`, `é` and `É`. */
function othersOf(char: string): readonly string[] {
  return [char.toLowerCase(), char.toUpperCase()].filter(
    (other) => other !== char && [...other].length === 1 && isBack(char, other),
  );
}

/** `ſ` has `S` for its capital, and that has another for its small letter: they are no pair. */
function isBack(char: string, other: string): boolean {
  return other.toLowerCase() === char || other.toUpperCase() === char;
}

const highest = 0x1e943;
let pairs: readonly (readonly [number, number])[] | undefined;

/** Every pair of letters there is, looked for once, and only if a class goes beyond ASCII. */
function everyPair(): readonly (readonly [number, number])[] {
  pairs ??= Array.from({ length: highest + 1 }, (_, point) => point)
    .filter((point) => point < 0xd800 || point > 0xdfff)
    .flatMap((point) =>
      othersOf(String.fromCodePoint(point)).map((other) => [point, other.codePointAt(0)!] as const),
    );
  return pairs;
}

const small = Array.from({ length: 26 }, (_, at) => 0x61 + at);
const asciiPairs: readonly (readonly [number, number])[] = [
  ...small.map((point) => [point - 0x20, point] as const),
  ...small.map((point) => [point, point - 0x20] as const),
];

/** A set and the other case of all that is in it. */
export function folded(set: Characters): Characters {
  const isAscii = set.every(([, to]) => to < 0x80);
  const others: (readonly [number, number])[] = [];
  let at = 0;
  for (const [point, other] of isAscii ? asciiPairs : everyPair()) {
    while (at < set.length && set[at]![1] < point) at += 1;
    if (at === set.length) break;
    if (set[at]![0] <= point && !has(set, other)) others.push([other, other]);
  }
  return others.length === 0 ? set : union([set, others]);
}

/** The same for the parts of a class; a shorthand has both cases of all that is in it. */
export function foldedParts(parts: readonly ClassPart[]): Characters {
  const ranges = charactersOfParts(parts.filter(({ kind }) => kind === 'range'));
  return union([folded(ranges), charactersOfParts(parts.filter(({ kind }) => kind === 'shorthand'))]);
}

/** What stands for text, on which case may count. */
export type Lettered = Character | Quoted | CharacterClass;

function isLettered(node: Expression): node is Lettered {
  return node.kind === 'character' || node.kind === 'quoted' || node.kind === 'class';
}

/** Whether case could count for it: it holds a letter without the other that belongs to it. */
export function hasCase(node: Lettered): boolean {
  switch (node.kind) {
    case 'character':
      return othersOf(node.char).length > 0;
    case 'quoted':
      return [...node.text].some((char) => othersOf(char).length > 0);
    case 'class': {
      const set = charactersOfParts(node.parts);
      return !isSame(foldedParts(node.parts), set);
    }
    default:
      return node satisfies never;
  }
}

/** The expression that matches without regard to case, said by classes: `[aA]`. */
export function foldCase(node: Expression): Expression {
  return isLettered(node) ? foldLetters(node) : mapParts(node, foldCase);
}

/** The same for those parts alone that ignore case. */
export function foldIgnoring(node: Expression): Expression {
  if (!isLettered(node)) return mapParts(node, foldIgnoring);
  return node.ignoresCase ? foldLetters(node) : node;
}

/**
 * Without saying that parts ignore case, for where that is said of the whole. Classes have both cases all the same:
 * what Lucene calls insensitive folds single letters and leaves ranges as they are.
 */
export function withoutCase(node: Expression): Expression {
  if (!isLettered(node)) return mapParts(node, withoutCase);
  if (node.kind === 'class' && node.ignoresCase) return foldLetters(node);
  const { ignoresCase: _, ...plain } = node;
  return plain;
}

function foldLetters(node: Lettered): Expression {
  const { ignoresCase: _, ...plain } = node;
  if (!hasCase(node)) return plain;
  switch (node.kind) {
    case 'character':
      return foldCharacter(node.char);
    case 'quoted':
      return sequence([...node.text].map(foldCharacter));
    case 'class': {
      const set = charactersOfParts(node.parts);
      return {
        ...plain,
        parts: [...node.parts, ...rangesOf(without(foldedParts(node.parts), set))],
      } as CharacterClass;
    }
    default:
      return node satisfies never;
  }
}

function foldCharacter(char: string): Expression {
  const others = othersOf(char);
  if (others.length === 0) return { kind: 'character', char };
  const all = [...new Set([char.toLowerCase(), char, ...others])].filter((one) => [...one].length === 1);
  const parts = all
    .map((one) => one.codePointAt(0)!)
    .map((from) => ({ kind: 'range', from, to: from }) as const);
  return { kind: 'class', negated: false, parts };
}

/** How case stands in a tree: for all of its letters it counts, or for none; or there are no letters. */
export function caseOf(tree: Expression): 'counts' | 'ignored' | 'mixed' | 'none' {
  const found = new Set<boolean>();
  const look = (node: Expression): void => {
    if (isLettered(node) && hasCase(node)) found.add(node.ignoresCase === true);
    else partsOf(node).forEach(look);
  };
  look(tree);
  return found.size === 2 ? 'mixed' : found.size === 0 ? 'none' : found.has(true) ? 'ignored' : 'counts';
}
