import type { Scalar } from '../match/event.ts';
import { occurrenceOf, testOf } from '../match/predicate.ts';
import type { Operand } from '../query/query.ts';
import { fieldsOf } from '../query/walk.ts';
import type { Holding } from './atoms.ts';
import type { Atom } from './formula.ts';
import type { Values } from './values.ts';

/** Functions and comparisons of fields, each to be true or not. */
export interface Asked {
  readonly atom: Atom;
  readonly isTrue: boolean;
}

/** How many events are tried. */
const mostTries = 4000;
/** Texts longer than this are made for nobody. */
const longest = 5000;

/**
 * Values of the fields that functions are asked of, with which all of them are as asked; the other tests of these fields hold on.
 * Undefined where none of those that are tried will do.
 */
export function heldByFunctions(
  asked: readonly Asked[],
  holding: Holding,
  values: ReadonlyMap<number, Values>,
): Holding | undefined {
  if (asked.length === 0) return holding;
  const fields = [...new Set(asked.flatMap(({ atom }) => fieldsOf(atom)))];
  const tests = asked.map(({ atom, isTrue }) => ({ test: testOf(atom), isTrue }));
  const literals = asked.flatMap(({ atom }) => literalsIn(atom));
  const pools = fields.map((field) => poolOf(field, fields, literals, holding, values));
  if (pools.some((pool) => pool.length === 0)) return undefined;
  let tries = mostTries;
  const choose = (at: number, chosen: Holding): Holding | undefined => {
    if (at === fields.length) {
      tries -= 1;
      const one = occurrenceOf(eventWith(fields, chosen));
      return tests.every(({ test, isTrue }) => test(one) === isTrue) ? chosen : undefined;
    }
    const field = fields[at]!;
    for (const value of pools[at]!) {
      if (tries <= 0) return undefined;
      const held = chosen.get(field) ?? { passing: [], failing: [], values: [] };
      const next = new Map(chosen).set(field, { ...held, values: value === undefined ? [] : [value] });
      const found = choose(at + 1, next);
      if (found) return found;
    }
    return undefined;
  };
  return choose(0, holding);
}

function eventWith(fields: readonly string[], holding: Holding): { [field: string]: unknown } {
  return Object.fromEntries(fields.map((field) => [field, holding.get(field)?.values ?? []]));
}

type Candidate = Scalar | undefined;

/** Values of a field that its own tests allow. */
function poolOf(
  field: string,
  fields: readonly string[],
  literals: readonly Scalar[],
  holding: Holding,
  values: ReadonlyMap<number, Values>,
): readonly Candidate[] {
  const held = holding.get(field);
  const passing = (held?.passing ?? []).map((test) => values.get(test)!);
  const failing = (held?.failing ?? []).map((test) => values.get(test)!);
  const isAllowed = (value: Candidate) =>
    value === undefined
      ? passing.length === 0
      : passing.every(({ has }) => has(value)) && !failing.some(({ has }) => has(value));
  const there = fields.flatMap((one) => holding.get(one)?.values ?? []);
  const seeds: readonly Scalar[] = [...there, ...literals, 'x', 'ab', 1];
  const varied = seeds.flatMap((seed) => variantsOf(seed, literals));
  return [...new Set<Candidate>([...seeds, undefined, ...varied])].filter(isAllowed);
}

function variantsOf(seed: Scalar, literals: readonly Scalar[]): readonly Scalar[] {
  if (typeof seed === 'number') return [seed + 1, seed - 1, ...textsOfLength(seed), String(seed)];
  if (typeof seed !== 'string') return [];
  const lengths = literals.filter((one) => typeof one === 'number');
  return [
    `${seed}x`,
    `x${seed}`,
    `x${seed}x`,
    seed.slice(1),
    seed.toUpperCase(),
    seed.toLowerCase(),
    ...lengths.flatMap((length) => paddedTo(seed, length)),
    ...literals.flatMap((one) => (typeof one === 'string' ? [seed + one, one + seed] : [])),
  ];
}

function textsOfLength(length: number): readonly string[] {
  if (!Number.isInteger(length) || length < 0 || length > longest) return [];
  return [length, length + 1, length - 1].filter((count) => count >= 0).map((count) => 'x'.repeat(count));
}

/** Made longer at its end, its beginning or in its middle. */
function paddedTo(seed: string, length: number): readonly string[] {
  if (length > longest) return [];
  const middle = seed.length >> 1;
  return [length, length + 1, length - 1]
    .filter((count) => count > seed.length)
    .map((count) => 'x'.repeat(count - seed.length))
    .flatMap((more) => [seed + more, more + seed, seed.slice(0, middle) + more + seed.slice(middle)]);
}

function literalsIn(atom: Atom): readonly Scalar[] {
  const found: Scalar[] = [];
  const look = (operand: Operand): void => {
    if (operand.kind === 'literal' && operand.value !== null) found.push(operand.value);
    else if (operand.kind === 'call') operand.arguments.forEach(look);
  };
  if (atom.kind === 'compare') [atom.left, atom.right].forEach(look);
  else if (atom.kind === 'call') atom.arguments.forEach(look);
  return found;
}
