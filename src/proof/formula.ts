import { spell } from '../query/normal.ts';
import type { And, Not, Or, Predicate } from '../query/query.ts';

/** What is asked of an event by itself: a test of a field, a function, a text in any field. */
export type Atom = Exclude<Predicate, And | Or | Not | { readonly kind: 'constant' }>;

/**
 * A predicate as what has to be true of its atoms, which are known by their numbers: negations stand on atoms alone.
 */
export type Formula = Literal | Join | { readonly kind: 'constant'; readonly value: boolean };

export interface Literal {
  readonly kind: 'literal';
  readonly atom: number;
  readonly positive: boolean;
}

export interface Join {
  readonly kind: 'and' | 'or';
  readonly of: readonly Formula[];
}

/** The atoms of some predicates, each once, however often they are asked. */
export class Atoms {
  readonly all: Atom[] = [];
  readonly #numbers = new Map<string, number>();

  /** The formula of a predicate in its normal form. */
  formulaOf(where: Predicate): Formula {
    switch (where.kind) {
      case 'and':
      case 'or':
        return { kind: where.kind, of: where.of.map((part) => this.formulaOf(part)) };
      case 'not':
        return negated(this.formulaOf(where.of));
      case 'constant':
        return { kind: 'constant', value: where.value };
      default:
        return { kind: 'literal', atom: this.#numberOf(where), positive: true };
    }
  }

  #numberOf(atom: Atom): number {
    const key = spell(atom);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.all.push(atom) - 1;
    this.#numbers.set(key, number);
    return number;
  }
}

/** The formula that is true where this one is not. */
export function negated(formula: Formula): Formula {
  switch (formula.kind) {
    case 'literal':
      return { ...formula, positive: !formula.positive };
    case 'constant':
      return { kind: 'constant', value: !formula.value };
    case 'and':
    case 'or':
      return { kind: formula.kind === 'and' ? 'or' : 'and', of: formula.of.map(negated) };
    default:
      return formula satisfies never;
  }
}
