import { Failure } from '../diagnostic/attempt.ts';
import { satisfies } from '../query/bound.ts';
import type { PartTest, Presence } from '../query/query.ts';
import type { Watch } from './window.ts';

/** A find of one of several parts. */
export interface PartHit {
  readonly part: number;
  readonly time: number;
  /** Where it stands among all in order of time. */
  readonly place: number;
}

/** In order of time; of one event in the order of the parts. */
export function inTime(a: PartHit, b: PartHit): number {
  return a.place - b.place || a.part - b.part;
}

/** Beyond this many, the orders in which some of the parts may come are too many to look through. */
const mostChosen = 10;

/**
 * Which parts there are finds of, asked of a window of them. What makes up a find is the latest of each part that is
 * asked for, in the order of the parts; the latest of all is one of them.
 */
export function presenceWatch<T extends PartHit>(
  { ordered, where }: Presence,
  names: readonly string[],
): Watch<T> {
  const parts = new Map(names.map((name, part) => [name, part]));
  const all = names.map((_, part) => part);
  const wanted = all.filter((part) => isWanted(where, names[part]!));
  const isPlain = where.kind === 'and' && where.of.every(({ kind }) => kind === 'part');
  const isAll = isPlain && wanted.length === all.length;
  if (ordered && !isAll && names.length > mostChosen) throw tooMany(names.length);
  const ways = ordered && !isAll ? waysOf(where, parts) : () => [all];
  const hits = new Hits<T>(names.length);
  const made = (there: readonly boolean[]): readonly (readonly T[])[] =>
    ordered
      ? ways(there).map((way) => hits.chain(way) ?? [])
      : [wanted.map((part) => hits.last(part)).filter((one) => one !== undefined)];
  return {
    add: (one) => hits.add(one),
    remove: (one) => hits.remove(one),
    found: (latest) => {
      const there = all.map((part) => hits.last(part) !== undefined);
      if (!partsHold(where, parts, there, there)) return undefined;
      return made(there).find((finds) => finds.includes(latest));
    },
  };
}

/** The finds of each part in a window, in order of time. */
class Hits<T extends PartHit> {
  readonly #lists: readonly T[][];
  /** How many of each list have left the window. */
  readonly #gone: number[];

  constructor(parts: number) {
    this.#lists = Array.from({ length: parts }, () => []);
    this.#gone = new Array<number>(parts).fill(0);
  }

  add(one: T): void {
    this.#lists[one.part]!.push(one);
  }

  remove({ part }: T): void {
    this.#gone[part]! += 1;
  }

  /** The last find of a part, or the last before a place. */
  last(part: number, before = Number.POSITIVE_INFINITY): T | undefined {
    const list = this.#lists[part]!;
    let [from, to] = [this.#gone[part]!, list.length];
    const first = from;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (list[middle]!.place < before) from = middle + 1;
      else to = middle;
    }
    return from > first ? list[from - 1] : undefined;
  }

  /** Finds of these parts one after the other, as late as can be. */
  chain(parts: readonly number[]): readonly T[] | undefined {
    const chain: T[] = [];
    for (const part of [...parts].reverse()) {
      const one = this.last(part, chain.at(-1)?.place);
      if (one === undefined) return undefined;
      chain.push(one);
    }
    return chain.reverse();
  }
}

/** Whether it is enough that there are finds of some parts; what is negated goes by all that are there. */
function partsHold(
  where: PartTest,
  parts: ReadonlyMap<string, number>,
  some: readonly boolean[],
  there: readonly boolean[],
): boolean {
  switch (where.kind) {
    case 'part':
      return some[parts.get(where.name) ?? -1] === true;
    case 'and':
      return where.of.every((part) => partsHold(part, parts, some, there));
    case 'or':
      return where.of.some((part) => partsHold(part, parts, some, there));
    case 'not':
      return !partsHold(where.of, parts, there, some);
    case 'count':
      return satisfies(some.filter(Boolean).length, where.keep);
    default:
      return where satisfies never;
  }
}

/** The parts that would do together, of those that are there: the most of them first. */
function waysOf(where: PartTest, parts: ReadonlyMap<string, number>) {
  const all = [...parts.values()];
  const sets = Array.from({ length: 2 ** all.length - 1 }, (_, index) =>
    all.filter((part) => ((index + 1) >> part) & 1),
  ).sort((a, b) => b.length - a.length);
  return (there: readonly boolean[]): readonly (readonly number[])[] =>
    sets.filter((set) => {
      if (!set.every((part) => there[part])) return false;
      const some = all.map((part) => set.includes(part));
      return partsHold(where, parts, some, there);
    });
}

/** Whether a find of a part can be one of those that are asked for. */
function isWanted(where: PartTest, name: string, positive = true): boolean {
  switch (where.kind) {
    case 'part':
      return positive && where.name === name;
    case 'and':
    case 'or':
      return where.of.some((part) => isWanted(part, name, positive));
    case 'not':
      return isWanted(where.of, name, !positive);
    case 'count':
      return positive;
    default:
      return where satisfies never;
  }
}

function tooMany(count: number): Failure {
  const message = `The correlation asks for some of ${count} rules in order, and at most ${mostChosen} are looked through; no event was matched.`;
  return new Failure({ code: 'match/unsupported', message });
}
