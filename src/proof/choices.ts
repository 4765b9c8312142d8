import { always, and } from '../query/build.ts';
import type { Predicate } from '../query/query.ts';

/** Narrower predicates, each with one choice made that the predicate leaves open: the outermost choices first. */
export function* choicesOf(where: Predicate): Generator<Predicate> {
  switch (where.kind) {
    case 'or':
      yield* where.of;
      yield* inTurn(where.of.map(choicesOf));
      return;
    case 'and':
      yield* inTurn(where.of.map((part, at) => joinedWith(where.of, at, choicesOf(part))));
      return;
    case 'equals':
      if (where.quantifier === 'any' && where.values.length > 1)
        for (const value of where.values) yield { ...where, values: [value] };
      return;
    case 'regex':
      if (where.quantifier === 'any' && where.patterns.length > 1)
        for (const text of where.patterns) yield { ...where, patterns: [text] };
      return;
    case 'cidr':
      if (where.networks.length > 1)
        for (const network of where.networks) yield { ...where, networks: [network] };
      return;
    case 'not':
    case 'range':
    case 'exists':
    case 'compare':
    case 'call':
    case 'free-text':
    case 'nested':
    case 'constant':
    case 'opaque':
      return;
    default:
      where satisfies never;
  }
}

/** Something that a predicate excludes. */
export interface Exclusion {
  /** What passes all the rest, and is excluded. */
  readonly met: Predicate;
  /** The same as if nothing were excluded here. */
  readonly lifted: Predicate;
}

/** What a predicate excludes, each alternative by itself. */
export function* exclusionsOf(where: Predicate): Generator<Exclusion> {
  switch (where.kind) {
    case 'not':
      for (const met of where.of.kind === 'or' ? where.of.of : [where.of]) yield { met, lifted: always };
      return;
    case 'and':
      yield* inTurn(
        where.of.map(function* (part, at) {
          for (const { met, lifted } of exclusionsOf(part)) {
            yield { met: and(where.of.with(at, met)), lifted: and(where.of.with(at, lifted)) };
          }
        }),
      );
      return;
    case 'or':
      yield* inTurn(where.of.map(exclusionsOf));
      return;
    default:
      return;
  }
}

function* joinedWith(
  of: readonly Predicate[],
  at: number,
  choices: Iterable<Predicate>,
): Generator<Predicate> {
  for (const choice of choices) yield and(of.with(at, choice));
}

/** One of each, then the next one of each. */
function* inTurn<T>(all: readonly Generator<T>[]): Generator<T> {
  let left = all;
  while (left.length > 0) {
    const going: Generator<T>[] = [];
    for (const one of left) {
      const { done, value } = one.next();
      if (done) continue;
      yield value;
      going.push(one);
    }
    left = going;
  }
}
