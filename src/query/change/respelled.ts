import { normalPredicate, spell } from '../normal.ts';
import { isPattern } from '../pattern.ts';
import type { Equals, Predicate, Query, Value } from '../query.ts';
import { mapPredicates, partsOf } from '../walk.ts';

/**
 * A query in normal form with its tests as their authors spelled them, in the order in which they stood: letters, expressions,
 * names that may be missing. What nobody spelled stays as it is.
 */
export function respelled(query: Query, authors: readonly Query[]): Query {
  return mapPredicates(query, spellerOf(authors));
}

/** The same for single predicates. */
export function spellerOf(authors: readonly Query[]): (where: Predicate) => Predicate {
  const known = new Spellings();
  for (const author of authors) for (const { where } of partsOf(author)) known.learn(where);
  return (where) => known.apply(where);
}

class Spellings {
  readonly #tests = new Map<string, Predicate>();
  readonly #values = new Map<string, Value>();
  readonly #optional = new Set<string>();
  readonly #places = new Map<string, number>();

  learn(where: Predicate): void {
    switch (where.kind) {
      case 'and':
      case 'or':
        where.of.forEach((part) => this.learn(part));
        break;
      case 'not':
        this.learn(where.of);
        break;
      case 'nested':
        this.learn(where.where);
        break;
      default: {
        const { span: _, ...test } = where as Predicate & { readonly span?: unknown };
        const key = spell(normalPredicate(where));
        if (!this.#tests.has(key)) this.#tests.set(key, test as Predicate);
        if ('optional' in where && where.optional) this.#optional.add(where.field);
        if (where.kind === 'equals') this.#learnValues(where);
        const place = placeKey(where);
        if (!this.#places.has(place)) this.#places.set(place, this.#places.size);
      }
    }
  }

  #learnValues(test: Equals): void {
    for (const value of test.values) {
      const one = normalPredicate({ ...test, values: [value], quantifier: 'any' });
      const key = spell(one);
      if (!this.#values.has(key)) this.#values.set(key, value);
    }
  }

  apply(where: Predicate): Predicate {
    switch (where.kind) {
      case 'and':
      case 'or': {
        const inOrder = [...where.of].sort((a, b) => this.#placeOf(a) - this.#placeOf(b));
        return { kind: where.kind, of: inOrder.map((part) => this.apply(part)) };
      }
      case 'not':
        return { kind: 'not', of: this.apply(where.of) };
      case 'nested':
        return { ...where, where: this.apply(where.where) };
      case 'equals':
        return this.#tests.get(spell(where)) ?? this.#withValues(where);
      default:
        return this.#tests.get(spell(where)) ?? where;
    }
  }

  #withValues(test: Equals): Equals {
    const values = test.values.map((value) => {
      const isCased = test.caseSensitive && value !== null && isPattern(value);
      const one = normalPredicate({ ...test, values: [value], caseSensitive: isCased });
      return this.#values.get(spell(one)) ?? value;
    });
    return { ...test, values, ...(this.#optional.has(test.field) && { optional: true as const }) };
  }

  #placeOf(where: Predicate): number {
    switch (where.kind) {
      case 'and':
      case 'or':
        return Math.min(...where.of.map((part) => this.#placeOf(part)));
      case 'not':
        return this.#placeOf(where.of);
      case 'nested':
        return this.#placeOf(where.where);
      default:
        return this.#places.get(placeKey(where)) ?? this.#places.size;
    }
  }
}

/** Tests of one field stand where the first of them stood. */
function placeKey(where: Predicate): string {
  return 'field' in where ? where.field : spell(normalPredicate(where));
}
