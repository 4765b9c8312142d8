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
  /** How much each rule shares with the one that is looked at. */
  readonly #shared: Float64Array;

  constructor(rules: readonly Keys[], weigh: Weigh) {
    this.#weigh = weigh;
    rules.forEach((keys, place) => {
      for (const key of keys) {
        const known = this.#postings.get(key);
        if (known) known.push(place);
        else this.#postings.set(key, [place]);
      }
    });
    this.#shared = new Float64Array(rules.length);
    this.#weights = rules.map((keys) => weightOf(keys, weigh));
  }

  /** The rules that share most with a rule of these tests, the nearest first. */
  near(keys: Keys, most: number): readonly Sharing[] {
    const shared = this.#shared;
    const places: number[] = [];
    let led = 0;
    for (const { weight, posting } of this.#inOrder(keys)) {
      const leads = led < rarest || posting.length <= crowd;
      if (leads) led += 1;
      for (const place of posting) {
        const before = shared[place]!;
        if (before === 0 && !leads) continue;
        if (before === 0) places.push(place);
        shared[place] = before + weight;
      }
    }
    const own = weightOf(keys, this.#weigh);
    const found = places.map((place) => this.#sharing(place, shared[place]!, own));
    for (const place of places) shared[place] = 0;
    return found.sort((a, b) => b.nearness - a.nearness || a.place - b.place).slice(0, most);
  }

  /** The tests that other rules have as well, the rarest first. */
  #inOrder(keys: Keys): readonly { readonly weight: number; readonly posting: readonly number[] }[] {
    return [...keys]
      .flatMap((key) => {
        const posting = this.#postings.get(key);
        return posting ? [{ weight: this.#weigh(key), posting }] : [];
      })
      .sort((a, b) => a.posting.length - b.posting.length);
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
