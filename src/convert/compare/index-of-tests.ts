/** A candidate: a rule that shares tests with another. */
export interface Sharing {
  /** Its place in the list. */
  readonly place: number;
  /** How much of what both ask for they share, from 0 to 1: tests weigh the more the fewer rules have them. */
  readonly nearness: number;
  /** How much of what the one asks for that asks for less. */
  readonly cover: number;
}

/** The tests of a rule, as keys. */
export type Keys = ReadonlySet<string>;

export type Weigh = (key: string) => number;

/** Tests that more rules have than this lead to none of them, unless they are among the rarest of a rule. */
const crowd = 150;
const rarest = 4;

/** An index of some rules by their tests, in which the rules that share most of those of another are found. */
export class TestIndex {
  readonly #postings = new Map<string, number[]>();
  readonly #weights: readonly number[];
  readonly #weigh: Weigh;

  constructor(rules: readonly Keys[], weigh: Weigh) {
    this.#weigh = weigh;
    rules.forEach((keys, place) => {
      for (const key of keys) {
        const known = this.#postings.get(key);
        if (known) known.push(place);
        else this.#postings.set(key, [place]);
      }
    });
    this.#weights = rules.map((keys) => weightOf(keys, weigh));
  }

  /** The rules that share most with a rule of these tests, the nearest first. */
  near(keys: Keys, most: number): readonly Sharing[] {
    const shared = new Map<number, number>();
    const inOrder = [...keys]
      .map((key) => ({ weight: this.#weigh(key), places: this.#postings.get(key) ?? [] }))
      .sort((a, b) => a.places.length - b.places.length);
    let led = 0;
    for (const { weight, places } of inOrder) {
      const leads = places.length > 0 && (led < rarest || places.length <= crowd);
      if (leads) led += 1;
      for (const place of places) {
        const before = shared.get(place);
        if (before !== undefined || leads) shared.set(place, (before ?? 0) + weight);
      }
    }
    const own = weightOf(keys, this.#weigh);
    return [...shared]
      .map(([place, weight]) => this.#sharing(place, weight, own))
      .sort((a, b) => b.nearness - a.nearness || a.place - b.place)
      .slice(0, most);
  }

  #sharing(place: number, shared: number, own: number): Sharing {
    const other = this.#weights[place]!;
    return {
      place,
      nearness: (2 * shared) / (own + other || 1),
      cover: shared / (Math.min(own, other) || 1),
    };
  }
}

function weightOf(keys: Keys, weigh: Weigh): number {
  let sum = 0;
  for (const key of keys) sum += weigh(key);
  return sum;
}

/** What a test weighs: the more, the fewer of all rules have it. */
export function weighing(rules: Iterable<Keys>): Weigh {
  const counts = new Map<string, number>();
  let all = 0;
  for (const keys of rules) {
    all += 1;
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return (key) => Math.log((all + 1) / (counts.get(key) ?? 1));
}
