import { spell } from '../query/normal.ts';
import type { Not, Or, Predicate } from '../query/query.ts';
import { isFieldTest } from '../query/walk.ts';
import { knownValues } from './values.ts';
import { witness } from './witness.ts';

/** How many pairs of parts are held against each other. */
const mostPairs = 20_000;

/**
 * Whether one predicate is true wherever another is, as far as their shapes show it: part by part, by what is known to follow from
 * what, and by the values of single tests. What it says is so; what it does not say may be so as well.
 */
export class Entailment {
  readonly #following = new Map<string, Predicate[]>();
  readonly #known = new Map<string, boolean>();
  #left = mostPairs;

  /** From facts in normal form. */
  constructor(facts: readonly Predicate[]) {
    for (const fact of facts) this.#learn(fact);
  }

  /** Both in normal form. */
  entails(one: Predicate, other: Predicate): boolean {
    if (one === other) return true;
    const [a, b] = [spell(one), spell(other)];
    if (a === b) return true;
    const key = `${a}>${b}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#left -= 1;
    if (this.#left < 0) return false;
    // While it is looked for, it follows from nothing.
    this.#known.set(key, false);
    const found =
      this.#follows(one, other) ||
      (this.#following.get(a)?.some((part) => this.entails(part, other)) ?? false);
    this.#known.set(key, found);
    return found;
  }

  #follows(one: Predicate, other: Predicate): boolean {
    if (one.kind === 'constant') return !one.value || (other.kind === 'constant' && other.value);
    if (other.kind === 'constant') return other.value;
    if (other.kind === 'and') return other.of.every((part) => this.entails(one, part));
    if (one.kind === 'or') return one.of.every((part) => this.entails(part, other));
    if (one.kind === 'and' && one.of.some((part) => this.entails(part, other))) return true;
    if (other.kind === 'or') return other.of.some((part) => this.entails(one, part));
    if (one.kind === 'not' && other.kind === 'not') return this.entails(other.of, one.of);
    return isFieldTest(one) && isFieldTest(other) && one.field === other.field && isWithin(one, other);
  }

  #learn(fact: Predicate): void {
    if (fact.kind === 'and') fact.of.forEach((part) => this.#learn(part));
    if (fact.kind === 'or') for (const part of fact.of) if (part.kind === 'not') this.#learnFrom(part, fact);
  }

  /** One of two is so: where the one is not, the other is. */
  #learnFrom(part: Not, { of }: Or): void {
    const [other, ...more] = of.filter((one) => one !== part);
    if (other === undefined || more.length > 0) return;
    const key = spell(part.of);
    this.#following.set(key, [...(this.#following.get(key) ?? []), other]);
  }
}

function isWithin(one: Parameters<typeof knownValues>[0], other: Parameters<typeof knownValues>[0]): boolean {
  const [values, others] = [knownValues(one), knownValues(other)];
  return values !== undefined && others !== undefined && witness([values], [others], { left: 2000 }) === null;
}
