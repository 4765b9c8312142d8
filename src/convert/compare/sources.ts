import { categoryTest, findLogSource, impliedTests } from '../../mapping/log-source.ts';
import { type Mapping, sourceKey } from '../../mapping/mapping.ts';
import { nameOf } from '../../mapping/spell.ts';
import type { LogSourceRow } from '../../mapping/table.ts';
import { testOf, wordsOf } from '../../mapping/words.ts';
import { always, and, not } from '../../query/build.ts';
import type { Predicate, Query } from '../../query/query.ts';
import { mapParts, partsOf, predicates } from '../../query/walk.ts';
import type { LogSource } from '../../rule/rule.ts';

/** How log sources are said beside tests in Sigma's names. */
export type Saying = (source: LogSource) => Predicate;

/** What tells the events of two log sources apart: nothing, the tests that the tables have for them, or what they are called. */
type Told = 'same' | 'by-tests' | 'by-words';

function toldApart(a: LogSource, b: LogSource, mapping: Mapping): Told {
  if (sourceKey(a) === sourceKey(b)) return 'same';
  const [one, other] = [findLogSource(a, mapping), findLogSource(b, mapping)];
  if (one === undefined || other === undefined) return 'by-words';
  const [tests, others] = [testsKey(one), testsKey(other)];
  if (tests === nothing || others === nothing) return 'by-words';
  if (tests !== others) return 'by-tests';
  return searchedKey(one) === searchedKey(other) ? 'same' : 'by-words';
}

function testsKey({ category, where = [] }: LogSourceRow): string {
  return JSON.stringify([category, where.map(({ field, is }) => [field, is])]);
}

const nothing = JSON.stringify([undefined, []]);

function searchedKey({ indices = [] }: LogSourceRow): string {
  return JSON.stringify([...indices].sort());
}

function* pairs<T>(all: readonly T[]): Generator<readonly [T, T]> {
  for (const [index, a] of all.entries()) for (const b of all.slice(index + 1)) yield [a, b];
}

function toldAll(sources: readonly LogSource[], mapping: Mapping): Told {
  const different = [...new Map(sources.map((source) => [sourceKey(source), source])).values()];
  let told: Told = 'same';
  for (const [a, b] of pairs(different)) {
    const one = toldApart(a, b, mapping);
    if (one === 'by-words') return one;
    if (one === 'by-tests') told = one;
  }
  return told;
}

/** Whether the tables have tests for all that is different about some log sources. */
export function areToldByTests(sources: readonly LogSource[], mapping: Mapping): boolean {
  return toldAll(sources, mapping) === 'by-tests';
}

/** What makes the events of different log sources different. Undefined where nothing need be said about it. */
export function sayingOf(sources: readonly LogSource[], mapping: Mapping): Saying | undefined {
  const told = toldAll(sources, mapping);
  if (told === 'same') return undefined;
  return told === 'by-words' ? attributesOf : byTests(mapping);
}

const sayings = new WeakMap<Mapping, Saying>();

function byTests(mapping: Mapping): Saying {
  const saying = sayings.get(mapping) ?? ((source) => testsOf(source, mapping));
  sayings.set(mapping, saying);
  return saying;
}

function testsOf(source: LogSource, mapping: Mapping): Predicate {
  const row = findLogSource(source, mapping)!;
  const category = row.category === undefined ? [] : [categoryTest(row.category)];
  return and([...category, ...impliedTests(row)]);
}

const attributes = ['category', 'product', 'service'] as const;

/** By its three words, as if events had them. */
function attributesOf(source: LogSource): Predicate {
  const tests = attributes.flatMap((key) =>
    source[key] === undefined ? [] : [testOf(`logsource.${key}`, [source[key]])],
  );
  return tests.length === 0 ? always : and(tests);
}

/** Why it can not be said how the events of some log sources stand to one another; undefined where it can. */
export function strangers(
  one: readonly LogSource[],
  other: readonly LogSource[],
  mapping: Mapping,
): string | undefined {
  for (const a of one) {
    for (const b of other) {
      if (isComparable(a, b) || toldApart(a, b, mapping) !== 'by-words') continue;
      return `no table says how the events of ${nameOf(a)} and of ${nameOf(b)} stand to one another`;
    }
  }
  return undefined;
}

/** One that says all that the other says is a part of it; two that call one thing by different words are apart. */
function isComparable(a: LogSource, b: LogSource): boolean {
  const both = attributes.filter((key) => a[key] !== undefined && b[key] !== undefined);
  if (both.some((key) => a[key] !== b[key])) return true;
  const [mine, its] = [a, b].map((source) => attributes.filter((key) => source[key] !== undefined).length);
  return both.length === Math.min(mine!, its!);
}

const said = new WeakMap<Query, Map<Saying, Query>>();

/** A query whose parts say their log sources; worked out once, for a query is always of the same ones. */
export function withSources(query: Query, sources: readonly LogSource[], saying: Saying): Query {
  const known = said.get(query) ?? new Map<Saying, Query>();
  said.set(query, known);
  const found = known.get(saying) ?? withSourcesAnew(query, sources, saying);
  known.set(saying, found);
  return found;
}

function withSourcesAnew(query: Query, sources: readonly LogSource[], saying: Saying): Query {
  return mapParts(query, ({ category, where }, index) => ({
    category,
    where: and([saying(sources[index] ?? {}), where]),
  }));
}

/** Fields that every event has one value of at most: it comes from one host, and from one log source. */
const single = ['host.os.type', 'logsource.category', 'logsource.product', 'logsource.service'];

/** Of so many words each is held against each other. */
const mostWords = 8;

/** That no event is of two systems at once, as far as queries ask for systems. */
export function assumedOf(queries: readonly Query[]): Predicate | undefined {
  const words = new Map<string, Set<string>>();
  for (const query of queries) {
    for (const { where } of partsOf(query)) {
      for (const test of predicates(where)) {
        if (test.kind !== 'equals' || !single.includes(test.field)) continue;
        const known = words.get(test.field) ?? new Set<string>();
        for (const word of wordsOf(test) ?? []) known.add(String(word).toLowerCase());
        words.set(test.field, known);
      }
    }
  }
  const assumed = [...words].flatMap(([field, found]) =>
    [...pairs([...found].slice(0, mostWords))].map(([a, b]) => notBoth(field, a, b)),
  );
  return assumed.length === 0 ? undefined : and(assumed);
}

function notBoth(field: string, a: string, b: string): Predicate {
  const test = (word: string): Predicate => ({ ...testOf(field, [word]), caseSensitive: false });
  return not(and([test(a), test(b)]));
}
