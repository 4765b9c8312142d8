import { always, and, or } from '../query/build.ts';
import type { Predicate } from '../query/query.ts';

/** One of the ways that a predicate leaves open. */
export interface Choice {
  readonly chosen: Predicate;
  /** The whole predicate with this choice made. */
  readonly narrowed: Predicate;
}

/** The choices that a predicate leaves open, the outermost first. */
export function* choicesOf(where: Predicate): Generator<Choice> {
  switch (where.kind) {
    case 'or':
      // What is excluded leaves no choice of what to show.
      if (negationOf(where)) return;
      yield* where.of.map(alone);
      yield* inTurn(where.of.map(choicesOf));
      return;
    case 'and':
      yield* inTurn(where.of.map((part, at) => joinedWith(where.of, at, choicesOf(part))));
      return;
    case 'equals':
      if (where.quantifier === 'any' && where.values.length > 1)
        for (const value of where.values) yield alone({ ...where, values: [value] });
      return;
    case 'regex':
      if (where.quantifier === 'any' && where.patterns.length > 1)
        for (const text of where.patterns) yield alone({ ...where, patterns: [text] });
      return;
    case 'cidr':
      if (where.networks.length > 1)
        for (const network of where.networks) yield alone({ ...where, networks: [network] });
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

function alone(chosen: Predicate): Choice {
  return { chosen, narrowed: chosen };
}

/** Something that a predicate excludes. */
export interface Exclusion {
  readonly excluded: Predicate;
  /** What passes all the rest, and is excluded. */
  readonly met: Predicate;
  /** The same as if nothing were excluded here. */
  readonly lifted: Predicate;
}

/** What a predicate excludes, each alternative by itself. */
export function* exclusionsOf(where: Predicate): Generator<Exclusion> {
  switch (where.kind) {
    case 'not':
      for (const excluded of where.of.kind === 'or' ? where.of.of : [where.of])
        yield { excluded, met: excluded, lifted: always };
      return;
    case 'and':
      yield* inTurn(
        where.of.map(function* (part, at) {
          for (const { excluded, met, lifted } of exclusionsOf(part)) {
            yield { excluded, met: and(where.of.with(at, met)), lifted: and(where.of.with(at, lifted)) };
          }
        }),
      );
      return;
    case 'or': {
      const excluded = negationOf(where);
      if (excluded) yield { excluded, met: excluded, lifted: always };
      else yield* inTurn(where.of.map(exclusionsOf));
      return;
    }
    default:
      return;
  }
}

/** What a predicate excludes that does nothing else: the normal form has it in pieces, `not a or not b`. */
function negationOf(where: Predicate): Predicate | undefined {
  if (where.kind === 'not') return where.of;
  if (where.kind !== 'or' && where.kind !== 'and') return undefined;
  const negated = where.of.map(negationOf).filter((one) => one !== undefined);
  if (negated.length < where.of.length) return undefined;
  return where.kind === 'or' ? and(negated) : or(negated);
}

function* joinedWith(of: readonly Predicate[], at: number, choices: Iterable<Choice>): Generator<Choice> {
  for (const { chosen, narrowed } of choices) yield { chosen, narrowed: and(of.with(at, narrowed)) };
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
