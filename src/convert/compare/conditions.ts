import { normalPredicate, spell } from '../../query/normal.ts';
import { isPattern } from '../../query/pattern.ts';
import type { Equals, Predicate, Query, Value } from '../../query/query.ts';
import { mapLeaves, partsOf } from '../../query/walk.ts';
import { clause } from './words.ts';

/** What the query of a second rule says otherwise than that of a first, as clauses. */
export interface Conditions {
  /** The second also asks that … */
  readonly asks: readonly string[];
  /** The second does not ask that … */
  readonly omits: readonly string[];
  /** The second also matches where … */
  readonly takes: readonly string[];
  /** The second does not match where … */
  readonly leaves: readonly string[];
}

/** What two queries in the same names say otherwise; of several events, one after the other. */
export function conditionsOf(first: Query, second: Query): Conditions {
  const [a, b] = [partsOf(first), partsOf(second)];
  const found = new Found();
  if (a.length !== b.length) return found.told();
  a.forEach((part, index) => {
    const place = a.length === 1 ? '' : `of event ${index + 1}, `;
    found.compare(normalPredicate(part.where), normalPredicate(b[index]!.where), place);
  });
  return found.told();
}

type List = 'asks' | 'omits' | 'takes' | 'leaves';

class Found {
  readonly #lists: Record<List, string[]> = { asks: [], omits: [], takes: [], leaves: [] };

  told(): Conditions {
    return this.#lists;
  }

  compare(a: Predicate, b: Predicate, place: string): void {
    const add = (list: List, where: Predicate) => this.#lists[list].push(place + clause(where));
    const [only, other] = this.#apart(conjunctsOf(a), conjunctsOf(b), place);
    const left = new Set(other);
    for (const mine of only) {
      const its = [...left].find((one) => areAlternatives(mine, one));
      if (its === undefined) {
        add('omits', mine);
        continue;
      }
      left.delete(its);
      const [gone, come] = this.#apart(alternativesOf(mine), alternativesOf(its), place);
      for (const one of joinedLists(gone)) add('leaves', one);
      for (const one of joinedLists(come)) add('takes', one);
    }
    for (const one of left) add('asks', one);
  }

  /** What one has and the other has not. Where that is upper and lower case alone, it is told as that. */
  #apart(
    a: readonly Predicate[],
    b: readonly Predicate[],
    place: string,
  ): readonly [readonly Predicate[], readonly Predicate[]] {
    const [only, other] = apart(a, b, spell);
    if (only.length === 0 || other.length === 0 || ![...only, ...other].some(isCased)) return [only, other];
    const [gone, come] = apart(only, other, (one) => spell(withoutCase(one)));
    const tell = (list: List, where: Predicate) =>
      this.#lists[list].push(`${place}case counts where ${clause(where)}`);
    for (const one of joinedLists(other.filter((part) => !come.includes(part) && isCased(part))))
      tell('asks', one);
    for (const one of joinedLists(only.filter((part) => !gone.includes(part) && isCased(part))))
      tell('omits', one);
    return [gone, come];
  }
}

function withoutCase(where: Predicate): Predicate {
  return normalPredicate(
    mapLeaves(where, (leaf) => ('caseSensitive' in leaf ? { ...leaf, caseSensitive: false } : leaf)),
  );
}

function isCased(where: Predicate): boolean {
  let found = false;
  mapLeaves(where, (leaf) => {
    found ||= 'caseSensitive' in leaf && leaf.caseSensitive;
    return leaf;
  });
  return found;
}

/** What is asked together; of a list that must not be, each value for itself. */
function conjunctsOf(where: Predicate): readonly Predicate[] {
  const parts = where.kind === 'and' ? where.of : [where];
  return parts.flatMap((part) =>
    part.kind === 'not' && part.of.kind === 'equals'
      ? valuesOf(part.of).map((of) => ({ ...part, of }))
      : [part],
  );
}

/** What is enough for itself. */
function alternativesOf(where: Predicate): readonly Predicate[] {
  const parts = where.kind === 'or' ? where.of : [where];
  return parts.flatMap((part): readonly Predicate[] => (part.kind === 'equals' ? valuesOf(part) : [part]));
}

function valuesOf(test: Equals): readonly Equals[] {
  if (test.quantifier === 'all') return [test];
  return test.values.map((value) => {
    const isCased = test.caseSensitive && value !== null && isPattern(value);
    return { ...test, values: [value], caseSensitive: isCased };
  });
}

function apart(
  a: readonly Predicate[],
  b: readonly Predicate[],
  key: (where: Predicate) => string,
): readonly [readonly Predicate[], readonly Predicate[]] {
  const [mine, its] = [new Set(a.map(key)), new Set(b.map(key))];
  return [a.filter((one) => !its.has(key(one))), b.filter((one) => !mine.has(key(one)))];
}

/** Whether two ask the same of an event, but for some of what is enough: lists of one field, joins that share something. */
function areAlternatives(a: Predicate, b: Predicate): boolean {
  if (a.kind === 'equals' && b.kind === 'equals') return a.field === b.field;
  if (a.kind !== 'or' && b.kind !== 'or') return false;
  const shared = new Set(alternativesOf(a).map(spell));
  return alternativesOf(b).some((one) => shared.has(spell(one)));
}

/** Values of one field are told as one list. */
function joinedLists(parts: readonly Predicate[]): readonly Predicate[] {
  const lists = new Map<string, { readonly head: Equals; readonly values: Value[] }>();
  const others: Predicate[] = [];
  for (const part of parts) {
    if (part.kind !== 'equals' || part.quantifier === 'all') {
      others.push(part);
      continue;
    }
    const key = `${part.caseSensitive} ${part.field}`;
    const list = lists.get(key) ?? { head: part, values: [] };
    list.values.push(...part.values);
    lists.set(key, list);
  }
  return [...[...lists.values()].map(({ head, values }) => ({ ...head, values })), ...others];
}
