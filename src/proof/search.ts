import { type Formula, type Literal, negated } from './formula.ts';

/** What is known of atoms beside each other while truth is given to them, one after the other. */
export interface Theory<State> {
  readonly start: State;
  /** With one more atom true, or not; null where that can not be, undefined where it is not known whether it can. */
  readonly with: (state: State, atom: number, isTrue: boolean) => State | null | undefined;
}

/** How a search ended: with what was made of a truth that does; certain that there is none; or without knowing. */
export type Found<Result> =
  | { readonly kind: 'found'; readonly result: Result }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly because: string };

/** How much is looked for before it is given up; never by a clock. */
export interface Budget {
  /** How many parts of formulas are looked at. */
  readonly steps: number;
  /** How many truths are tried that then come to nothing. */
  readonly tries: number;
  /** How many expectations of automata are followed. */
  readonly looked: number;
}

/**
 * Gives truth to atoms until all formulas are true, and the theory has nothing against it (after Davis, Logemann and
 * Loveland 1962): what follows at once first, then one alternative after the other. `make` makes of the truth what is looked
 * for, and may fail to.
 */
export function search<State, Result>(
  formulas: readonly Formula[],
  theory: Theory<State>,
  make: (truth: ReadonlyMap<number, boolean>, state: State) => Result | undefined,
  budget: Budget,
): Found<Result> {
  let { steps, tries } = budget;
  let because: string | undefined;

  const solve = (
    open: readonly Formula[],
    before: ReadonlyMap<number, boolean>,
    from: State,
  ): Result | undefined => {
    const truth = new Map(before);
    let state = from;
    let left = open;
    for (;;) {
      const asked: Formula[] = [];
      const literals: Literal[] = [];
      for (const formula of left) {
        steps -= 'of' in formula ? formula.of.length : 1;
        const now = reduced(formula, truth);
        if (now.kind === 'constant') {
          if (now.value) continue;
          return undefined;
        }
        spread(now, literals, asked);
      }
      if (steps < 0) return undefined;
      for (const { atom, positive } of literals) {
        const known = truth.get(atom);
        if (known === positive) continue;
        if (known !== undefined) return undefined;
        const next = theory.with(state, atom, positive);
        if (next === undefined) because ??= 'of some of its tests it is not known whether they hold together';
        if (next === null || next === undefined) return undefined;
        truth.set(atom, positive);
        state = next;
      }
      left = asked;
      if (literals.length === 0) break;
    }
    const choice = smallest(left);
    if (choice === undefined) return made(truth, state);
    const others = left.filter((formula) => formula !== choice);
    const refuted: Formula[] = [];
    for (const part of choice.of) {
      if (steps < 0) return undefined;
      const found = solve([part, ...refuted, ...others], truth, state);
      if (found !== undefined) return found;
      refuted.push(negated(part));
    }
    return undefined;
  };

  const made = (truth: ReadonlyMap<number, boolean>, state: State): Result | undefined => {
    const result = make(truth, state);
    if (result !== undefined) return result;
    because ??= 'no event was found for what its tests ask together';
    tries -= 1;
    if (tries <= 0) steps = -1;
    return undefined;
  };

  const result = solve(formulas, new Map(), theory.start);
  if (result !== undefined) return { kind: 'found', result };
  if (because !== undefined) return { kind: 'unknown', because };
  if (steps < 0)
    return { kind: 'unknown', because: 'there are more ways to satisfy it than are looked through' };
  return { kind: 'none' };
}

/** What is left of a formula where some atoms have their truth. */
function reduced(formula: Formula, truth: ReadonlyMap<number, boolean>): Formula {
  switch (formula.kind) {
    case 'constant':
      return formula;
    case 'literal': {
      const known = truth.get(formula.atom);
      return known === undefined ? formula : { kind: 'constant', value: known === formula.positive };
    }
    case 'and':
    case 'or': {
      const ends = formula.kind === 'or';
      const of: Formula[] = [];
      for (const part of formula.of) {
        const now = reduced(part, truth);
        if (now.kind !== 'constant') of.push(now);
        else if (now.value === ends) return now;
      }
      if (of.length === 0) return { kind: 'constant', value: !ends };
      return of.length === 1 ? of[0]! : { kind: formula.kind, of };
    }
    default:
      return formula satisfies never;
  }
}

/** What has to be true at once: literals, and the joins of which one part is enough. */
function spread(formula: Formula, literals: Literal[], joins: Formula[]): void {
  if (formula.kind === 'literal') literals.push(formula);
  else if (formula.kind === 'and') for (const part of formula.of) spread(part, literals, joins);
  else joins.push(formula);
}

function smallest(joins: readonly Formula[]): Extract<Formula, { of: unknown }> | undefined {
  let found: Extract<Formula, { of: unknown }> | undefined;
  for (const join of joins) {
    if ('of' in join && (found === undefined || join.of.length < found.of.length)) found = join;
  }
  return found;
}
