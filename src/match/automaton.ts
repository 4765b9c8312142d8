import { Failure } from '../diagnostic/attempt.ts';
import {
  type Characters,
  charactersOf,
  everyCharacter,
  has,
  lineEnd,
  without,
} from '../query/expression/characters.ts';
import { type Expression, partsOf } from '../query/expression/expression.ts';
import { intervalOf } from '../query/expression/interval.ts';

/** What is still to come of a text: a number for each different expectation. */
type State = number;

type Expectation =
  | { readonly kind: 'none' | 'end' }
  | { readonly kind: 'one'; readonly of: Characters }
  | Then
  | { readonly kind: 'or' | 'and'; readonly of: readonly State[] }
  | { readonly kind: 'not'; readonly of: State }
  | { readonly kind: 'repeat'; readonly of: State; readonly least: number; readonly most: number };

interface Then {
  readonly kind: 'then';
  readonly head: State;
  readonly tail: State;
}

/** How many expectations an expression may lead to before it is given up. */
const mostStates = 20_000;

/**
 * Reads a text once, and knows at each character what may still come: the derivative of the expression by what was
 * read (Brzozowski 1964). So complements and intersections take no more time than the rest.
 */
export class Automaton {
  readonly #all: Expectation[] = [];
  readonly #isEnd: boolean[] = [];
  readonly #known = new Map<string, State>();
  readonly #next = new Map<number, State>();
  /** Where one kind of characters ends and the next begins, as far as the expression tells them apart. */
  readonly #borders: readonly number[];
  readonly #none: State;
  readonly #end: State;
  readonly #anything: State;
  readonly #start: State;
  /** How many expectations were followed so far: what time it takes goes by this. */
  looked = 0;

  /** From a tree without anchors and boundaries, and in which case counts. */
  constructor(tree: Expression) {
    this.#borders = bordersOf(tree);
    this.#none = this.#add({ kind: 'none' }, 'none', false);
    this.#end = this.#add({ kind: 'end' }, 'end', true);
    this.#anything = this.#not(this.#none);
    this.#start = this.#of(tree);
  }

  test(text: string): boolean {
    let state = this.#start;
    for (const char of text) {
      state = this.#after(state, this.#kindOf(char.codePointAt(0)!));
      if (state === this.#none) return false;
      if (state === this.#anything) return true;
    }
    return this.#isEnd[state]!;
  }

  /**
   * The shortest text that it accepts, of those that are as short one of plain letters; null if there is none, undefined if it was
   * not found with so many expectations looked at.
   */
  shortest(most: number): string | null | undefined {
    const signs = this.#signs();
    const ways = new Map<State, string>([[this.#start, '']]);
    const last = this.looked + most;
    for (const [state, text] of ways) {
      if (this.#isEnd[state]) return text;
      for (const [kind, sign] of signs) {
        this.looked += 1;
        const next = this.#after(state, kind);
        if (next !== this.#none && !ways.has(next)) ways.set(next, text + sign);
        if (this.looked > last) return undefined;
      }
    }
    return null;
  }

  /** A character of each kind, the plainest kinds first. */
  #signs(): readonly (readonly [kind: number, sign: string])[] {
    return this.#borders
      .map((from, kind) => [kind, plainestIn(from, (this.#borders[kind + 1] ?? 0x110000) - 1)] as const)
      .filter((one): one is readonly [number, string] => one[1] !== undefined)
      .sort(([, a], [, b]) => plainness(a) - plainness(b));
  }

  #kindOf(point: number): number {
    let [low, high] = [0, this.#borders.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#borders[middle]! <= point) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #after(state: State, kind: number): State {
    const key = state * this.#borders.length + kind;
    const known = this.#next.get(key);
    if (known !== undefined) return known;
    const next = this.#derive(this.#all[state]!, kind);
    this.#next.set(key, next);
    return next;
  }

  #derive(expected: Expectation, kind: number): State {
    switch (expected.kind) {
      case 'none':
      case 'end':
        return this.#none;
      case 'one':
        return has(expected.of, this.#borders[kind]!) ? this.#end : this.#none;
      case 'then':
        return this.#deriveThen(expected, kind);
      case 'or':
      case 'and':
        this.looked += expected.of.length;
        return this.#join(
          expected.kind,
          expected.of.map((part) => this.#after(part, kind)),
        );
      case 'not':
        return this.#not(this.#after(expected.of, kind));
      case 'repeat': {
        const { of, least, most } = expected;
        return this.#then(this.#after(of, kind), this.#repeat(of, Math.max(least - 1, 0), most - 1));
      }
      default:
        return expected satisfies never;
    }
  }

  /** A chain, link by link for as long as each may be empty. */
  #deriveThen(chain: Then, kind: number): State {
    const ways: State[] = [];
    let link = chain;
    for (;;) {
      this.looked += 1;
      ways.push(this.#then(this.#after(link.head, kind), link.tail));
      if (!this.#isEnd[link.head]) break;
      const tail: Expectation = this.#all[link.tail]!;
      if (tail.kind !== 'then') {
        ways.push(this.#after(link.tail, kind));
        break;
      }
      link = tail;
    }
    return this.#join('or', ways);
  }

  #of(node: Expression): State {
    switch (node.kind) {
      case 'alternation':
        return this.#join(
          'or',
          node.of.map((part) => this.#of(part)),
        );
      case 'intersection':
        return this.#join(
          'and',
          node.of.map((part) => this.#of(part)),
        );
      case 'sequence':
        return node.of.reduceRight((tail, part) => this.#then(this.#of(part), tail), this.#end);
      case 'group':
        return this.#of(node.of);
      case 'complement':
        return this.#not(this.#of(node.of));
      case 'repeat':
        return this.#repeat(this.#of(node.of), node.least, node.most ?? Number.POSITIVE_INFINITY);
      case 'interval':
        return this.#of(intervalOf(node));
      case 'any-string':
        return this.#anything;
      case 'nothing':
        return this.#none;
      case 'quoted':
        return [...node.text].reduceRight(
          (tail, char) => this.#then(this.#one(setOf(char)), tail),
          this.#end,
        );
      case 'character':
      case 'class':
      case 'any':
        return this.#one(setsOf(node)[0]!);
      case 'anchor':
      case 'boundary':
        throw new Error('Anchors and boundaries are taken out before.');
      default:
        return node satisfies never;
    }
  }

  #one(of: Characters): State {
    return of.length === 0 ? this.#none : this.#add({ kind: 'one', of }, `one ${of.join(' ')}`, false);
  }

  /** Chains lean to the right, so that the same rest is the same state. */
  #then(first: State, rest: State): State {
    const links: State[] = [];
    let last = first;
    for (let at = this.#all[first]!; at.kind === 'then'; at = this.#all[last]!) {
      links.push(at.head);
      last = at.tail;
    }
    return [...links, last].reduceRight((tail, head) => this.#link(head, tail), rest);
  }

  #link(head: State, tail: State): State {
    if (head === this.#none || tail === this.#none) return this.#none;
    if (head === this.#end) return tail;
    if (tail === this.#end) return head;
    const isEnd = this.#isEnd[head]! && this.#isEnd[tail]!;
    return this.#add({ kind: 'then', head, tail }, `then ${head} ${tail}`, isEnd);
  }

  #join(kind: 'or' | 'and', parts: readonly State[]): State {
    const [whole, neutral] = kind === 'or' ? [this.#anything, this.#none] : [this.#none, this.#anything];
    const flat = parts.flatMap((part) => {
      const known = this.#all[part]!;
      return known.kind === kind ? known.of : [part];
    });
    const of = [...new Set(flat)].filter((part) => part !== neutral).sort((a, b) => a - b);
    if (of.includes(whole)) return whole;
    if (of.length < 2) return of[0] ?? neutral;
    const isEnd =
      kind === 'or' ? of.some((part) => this.#isEnd[part]) : of.every((part) => this.#isEnd[part]);
    return this.#add({ kind, of }, `${kind} ${of.join(' ')}`, isEnd);
  }

  #not(of: State): State {
    const known = this.#all[of]!;
    return known.kind === 'not' ? known.of : this.#add({ kind: 'not', of }, `not ${of}`, !this.#isEnd[of]);
  }

  #repeat(of: State, least: number, most: number): State {
    if (most === 0 || of === this.#end) return this.#end;
    if (least === 1 && most === 1) return of;
    if (of === this.#none) return least === 0 ? this.#end : this.#none;
    const needed = this.#isEnd[of] ? 0 : least;
    return this.#add(
      { kind: 'repeat', of, least: needed, most },
      `repeat ${of} ${needed} ${most}`,
      needed === 0,
    );
  }

  #add(expectation: Expectation, key: string, isEnd: boolean): State {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const state = this.#all.push(expectation) - 1;
    if (state === mostStates) {
      const message = 'A regular expression leads to more states than are kept; no event was matched.';
      throw new Failure({ code: 'match/unsupported', message });
    }
    this.#isEnd.push(isEnd);
    this.#known.set(key, state);
    return state;
  }
}

const plainest = 'xyzabcdefghijklmnopqrstuvwABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -_./\\:';

function plainness(sign: string): number {
  const at = plainest.indexOf(sign);
  return at < 0 ? plainest.length : at;
}

/** The plainest character of a range; undefined where it has none that a text can hold. */
function plainestIn(from: number, to: number): string | undefined {
  const found = [...plainest].find((sign) => sign.charCodeAt(0) >= from && sign.charCodeAt(0) <= to);
  if (found !== undefined) return found;
  if (from > 0x10ffff) return undefined;
  const printable = from < 0x20 && to >= 0x20 ? 0x20 : from;
  if (printable < 0xd800 || printable > 0xdfff) return String.fromCodePoint(printable);
  return to > 0xdfff ? String.fromCodePoint(0xe000) : undefined;
}

/** The first code points of the ranges within which the expression tells no two apart. */
function bordersOf(tree: Expression): readonly number[] {
  const borders = new Set([0]);
  const look = (node: Expression): void => {
    for (const set of setsOf(node)) {
      for (const [from, to] of set) borders.add(from).add(to + 1);
    }
    for (const part of partsOf(node)) look(part);
    if (node.kind === 'interval') look(intervalOf(node));
  };
  look(tree);
  return [...borders].sort((a, b) => a - b);
}

/** The sets of characters that a node asks for by itself. */
function setsOf(node: Expression): readonly Characters[] {
  if (node.kind === 'quoted') return [...node.text].map(setOf);
  if (node.kind === 'any') return [node.lineEnds ? everyCharacter : without(everyCharacter, lineEnd)];
  const own = charactersOf(node);
  return own === undefined ? [] : [own];
}

function setOf(char: string): Characters {
  return charactersOf({ kind: 'character', char })!;
}
