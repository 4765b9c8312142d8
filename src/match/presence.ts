import { Failure } from '../diagnostic/attempt.ts';
import { satisfies } from '../query/bound.ts';
import type { PartTest, Presence } from '../query/query.ts';
import { type Asked, isLower, type Watch } from './window.ts';

/** A find of one of several parts. */
export interface PartHit {
  readonly part: number;
  readonly time: number;
  /** Where it stands among all in order of time. */
  readonly place: number;
}

/** Which parts there are finds of, asked of a window of them. */
export interface PresenceAsked<T> extends Asked<T> {
  /** The finds that make one up: the latest of each part that is asked for, in the order of the parts. */
  readonly chosen: (window: readonly T[]) => readonly T[];
}

/** Beyond this many, the orders in which some of the parts may come are too many to look through. */
const mostChosen = 10;

export function presenceAsked<T extends PartHit>(
  { ordered, where }: Presence,
  names: readonly string[],
): PresenceAsked<T> {
  const parts = new Map(names.map((name, part) => [name, part]));
  const wanted = names.map((name) => isWanted(where, name));
  const isAll =
    where.kind === 'and' && where.of.every(({ kind }) => kind === 'part') && !wanted.includes(false);
  if (ordered && !isAll && names.length > mostChosen) throw tooMany(names.length);
  const ways = ordered && !isAll ? waysOf(where, parts) : undefined;
  const holds = (hits: Hits<T>): readonly T[] | undefined => {
    const there = names.map((_, part) => hits.last(part) !== undefined);
    if (!partsHold(where, parts, there, there)) return undefined;
    if (!ordered) return names.flatMap((_, part) => (wanted[part] ? (hits.last(part) ?? []) : []));
    if (ways === undefined) return hits.chain(names.map((_, part) => part));
    for (const way of ways(there)) {
      const chain = hits.chain(way);
      if (chain) return chain;
    }
    return undefined;
  };
  return {
    isLasting: isLasting(where, true),
    watch: () => {
      const hits = new Hits<T>(names.length);
      return {
        add: (one) => hits.add(one),
        remove: (one) => hits.remove(one),
        holds: () => holds(hits) !== undefined,
      } satisfies Watch<T>;
    },
    chosen: (window) => {
      const hits = new Hits<T>(names.length);
      for (const one of window) hits.add(one);
      return holds(hits) ?? [];
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

function isLasting(where: PartTest, positive: boolean): boolean {
  switch (where.kind) {
    case 'part':
      return positive;
    case 'and':
    case 'or':
      return where.of.every((part) => isLasting(part, positive));
    case 'not':
      return isLasting(where.of, !positive);
    case 'count':
      return positive && isLower(where.keep);
    default:
      return where satisfies never;
  }
}

function tooMany(count: number): Failure {
  const message = `The correlation asks for some of ${count} rules in order, and at most ${mostChosen} are looked through; no event was matched.`;
  return new Failure({ code: 'match/unsupported', message });
}
