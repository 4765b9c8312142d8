import type { Scalar } from '../match/event.ts';
import type { Values } from './values.ts';
import { type Effort, witness } from './witness.ts';

/** How many values an event may have of a field: any number, as events have, or one, as they mostly do. */
export type Multiplicity = 'many' | 'one';

/** What has been asked of a field so far, and values that do. */
export interface Held {
  readonly passing: readonly number[];
  readonly failing: readonly number[];
  readonly values: readonly Scalar[];
}

export const nothingHeld: Held = { passing: [], failing: [], values: [] };

/**
 * Values of one field that pass some of its tests and fail others. A test passes if one of the values does, so that of many
 * values each is for a test by itself.
 */
export class Field {
  readonly #tests: ReadonlyMap<number, Values>;
  readonly #multiplicity: Multiplicity;
  readonly #effort: Effort;
  readonly #known = new Map<string, Scalar | null | undefined>();

  constructor(tests: ReadonlyMap<number, Values>, multiplicity: Multiplicity, effort: Effort) {
    this.#tests = tests;
    this.#multiplicity = multiplicity;
    this.#effort = effort;
  }

  /** With one more test that has to pass, or fail; null where no values do, undefined where that is not known. */
  with(held: Held, test: number, passes: boolean): Held | null | undefined {
    const values = this.#tests.get(test)!;
    const isSo = held.values.some(values.has);
    if (passes) {
      const asked = { ...held, passing: [...held.passing, test] };
      return isSo ? asked : this.#filled(asked, this.#multiplicity === 'many' ? held.values : []);
    }
    const asked = { ...held, failing: [...held.failing, test] };
    return isSo
      ? this.#filled(
          asked,
          held.values.filter((value) => !values.has(value)),
        )
      : asked;
  }

  /** With a value for each test that none of those there are passes. */
  #filled(asked: Held, values: readonly Scalar[]): Held | null | undefined {
    if (this.#multiplicity === 'one') return this.#withOne(asked);
    const found = [...values];
    for (const test of asked.passing) {
      if (found.some(this.#tests.get(test)!.has)) continue;
      const value = this.#witness([test], asked.failing);
      if (value === null || value === undefined) return value;
      found.push(value);
    }
    return { ...asked, values: found };
  }

  #withOne(asked: Held): Held | null | undefined {
    if (asked.passing.length === 0) return { ...asked, values: [] };
    const value = this.#witness(asked.passing, asked.failing);
    return value === null || value === undefined ? value : { ...asked, values: [value] };
  }

  #witness(passing: readonly number[], failing: readonly number[]): Scalar | null | undefined {
    const key = `${[...passing].sort().join(' ')}|${[...failing].sort().join(' ')}`;
    if (this.#known.has(key)) return this.#known.get(key);
    const values = (tests: readonly number[]) => tests.map((test) => this.#tests.get(test)!);
    const found = witness(telling(values(passing)), values(failing), this.#effort);
    this.#known.set(key, found);
    return found;
  }
}

/** That there is a value at all says nothing beside what it is. */
function telling(passing: readonly Values[]): readonly Values[] {
  const others = passing.filter(({ parts }) => parts.some(({ kind }) => kind !== 'any'));
  return others.length === 0 ? passing.slice(0, 1) : others;
}
