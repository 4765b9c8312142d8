import {
  anyCharacter,
  type CharacterClass,
  type ClassPart,
  type Expression,
  nothing,
  type Shorthand,
} from './expression.ts';

/** A set of code points: ranges in order, none touching the next. */
export type Characters = readonly (readonly [from: number, to: number])[];

const last = 0x10ffff;

export const everyCharacter: Characters = [[0, last]];

const code = (char: string) => char.codePointAt(0)!;
const ranges = (...pairs: readonly string[]): Characters =>
  union(pairs.map((pair) => [[code(pair), code([...pair].at(-1)!)]]));

export const digits = ranges('09');
export const wordCharacters = ranges('AZ', 'az', '09', '_');
/** White space as PCRE has it; Lucene knows the first four alone. */
const spaces = ranges(' ', '\t', '\n', '\r', '\f', '\v');
export const lineEnd = ranges('\n');

export const shorthands: Readonly<Record<Shorthand, Characters>> = {
  digit: digits,
  word: wordCharacters,
  space: spaces,
};

export function union(sets: readonly Characters[]): Characters {
  const sorted = sets.flat().sort((a, b) => a[0] - b[0]);
  const result: [number, number][] = [];
  for (const [from, to] of sorted) {
    const before = result.at(-1);
    if (before && from <= before[1] + 1) before[1] = Math.max(before[1], to);
    else result.push([from, to]);
  }
  return result;
}

export function inverse(set: Characters): Characters {
  const result: [number, number][] = [];
  let next = 0;
  for (const [from, to] of set) {
    if (from > next) result.push([next, from - 1]);
    next = to + 1;
  }
  if (next <= last) result.push([next, last]);
  return result;
}

export function intersection(a: Characters, b: Characters): Characters {
  return inverse(union([inverse(a), inverse(b)]));
}

export function without(a: Characters, b: Characters): Characters {
  return intersection(a, inverse(b));
}

export function has(set: Characters, point: number): boolean {
  let [low, high] = [0, set.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [from, to] = set[middle]!;
    if (point < from) high = middle - 1;
    else if (point > to) low = middle + 1;
    else return true;
  }
  return false;
}

export function isSame(a: Characters, b: Characters): boolean {
  return a.length === b.length && a.every(([from, to], at) => b[at]![0] === from && b[at]![1] === to);
}

/** What the parts of a class hold, before it is negated. */
export function charactersOfParts(parts: readonly ClassPart[]): Characters {
  return union(
    parts.map((part): Characters => {
      if (part.kind === 'range') return [[part.from, part.to]];
      return part.negated ? inverse(shorthands[part.of]) : shorthands[part.of];
    }),
  );
}

export function charactersOfClass({ parts, negated }: CharacterClass): Characters {
  const set = charactersOfParts(parts);
  return negated ? inverse(set) : set;
}

/** The characters of what stands for exactly one; undefined for the rest. Whether case counts is left out of account. */
export function charactersOf(node: Expression): Characters | undefined {
  switch (node.kind) {
    case 'character':
      return [[code(node.char), code(node.char)]];
    case 'any':
      return everyCharacter;
    case 'class':
      return charactersOfClass(node);
    default:
      return undefined;
  }
}

export function rangesOf(set: Characters): readonly ClassPart[] {
  return set.map(([from, to]) => ({ kind: 'range', from, to }));
}

/** The shortest thing that stands for one of a set: a character, a dot, a class. */
export function expressionOf(set: Characters): Expression {
  const [first] = set;
  if (first === undefined) return nothing;
  if (isSame(set, everyCharacter)) return anyCharacter;
  if (set.length === 1 && first[0] === first[1])
    return { kind: 'character', char: String.fromCodePoint(first[0]) };
  const negated = set.at(-1)![1] === last;
  return { kind: 'class', negated, parts: rangesOf(negated ? inverse(set) : set) };
}
