import type { TaxonomyId } from '../../formats/format.ts';
import type { Mapping } from '../../mapping/mapping.ts';
import type { QueryBudget } from '../../proof/compare-queries.ts';
import type { Relation, Verdict } from '../../proof/relation.ts';
import { spell } from '../../query/normal.ts';
import type { Rule } from '../../rule/rule.ts';
import { mappingOf } from '../tables.ts';
import type { Asked } from './asked.ts';
import { BothQueries } from './both-queries.ts';
import { askedAmong, type CompareOptions, type RulesToCompare, rulesToAsk } from './compare.ts';
import { type Conditions, conditionsOf } from './conditions.ts';
import { type Sharing, TestIndex, type Weigh, weighing } from './index-of-tests.ts';
import { namedIn } from './named.ts';
import { type NamedCounterexample, relateRules } from './relate-rules.ts';
import { testKeys } from './tests.ts';

/** Two rules of two packs that have to do with one another. */
export interface Pair {
  readonly first: Rule;
  readonly second: Rule;
  /** How the second stands to the first. */
  readonly relation: Relation;
  /** How many of their tests they share, from 0 to 1: tests weigh the more the fewer rules have them. */
  readonly nearness: number;
  readonly counterexamples: readonly NamedCounterexample[];
  readonly because?: string;
  readonly conditions?: Conditions;
}

/** What two packs have in common. */
export interface PackComparison {
  /** Equal ones first, then those of which one holds the other, then the near ones; each by nearness. */
  readonly pairs: readonly Pair[];
  /** Rules that have to do with none of the other pack. */
  readonly alone: { readonly first: readonly Rule[]; readonly second: readonly Rule[] };
  /** Rules that can not be compared by what they ask, and why, as a clause. */
  readonly unread: readonly { readonly rule: Rule; readonly because: string }[];
}

/** How two packs are compared. */
export interface ComparePacksOptions extends CompareOptions {
  /** Told how far the work has come. */
  readonly progress?: (done: number, total: number) => void;
}

/** Rules that share this much are near, whatever is known of their events. */
const isNear = 0.5;
/** Only of rules that share this much of the smaller one it is looked whether one holds the other. */
const covers = 0.6;
/** As many are looked at for each rule. */
const candidates = 8;

const small: QueryBudget = { steps: 1000, tries: 2, looked: 1000, events: 100 };

/** Which rules of a second pack are equal to, hold, are held by, or are near to rules of a first. */
export function comparePacks(
  first: RulesToCompare,
  second: RulesToCompare,
  options: ComparePacksOptions = {},
): PackComparison {
  const mapping = mappingOf(options);
  const [a, b] = [askedOf(first, options), askedOf(second, options)];
  const taxonomy = namingOf([...a, ...b]);
  const pairs: Pair[] = [];
  const pairOf = pairing(mapping);
  const found = candidatesOf(keysOf(a, taxonomy, mapping), keysOf(b, taxonomy, mapping));
  found.forEach(([mine, its, sharing], index) => {
    const pair = pairOf(a[mine]!, b[its]!, sharing);
    if (pair) pairs.push(pair);
    options.progress?.(index + 1, found.length);
  });
  const partnered = new Set(pairs.flatMap((pair) => [pair.first, pair.second]));
  const aloneIn = (all: readonly Asked[]) =>
    all.map(({ rule }) => rule).filter((rule) => !partnered.has(rule));
  return {
    pairs: pairs.sort(inOrder),
    alone: { first: aloneIn(a), second: aloneIn(b) },
    unread: [...a, ...b].flatMap(({ rule, because }) => (because === undefined ? [] : [{ rule, because }])),
  };
}

function askedOf(pack: RulesToCompare, options: ComparePacksOptions): readonly Asked[] {
  return rulesToAsk(pack).map(askedAmong(pack, options));
}

/** The names that all have; those of ECS where they differ. */
function namingOf(all: readonly Asked[]): TaxonomyId {
  return all.every(({ taxonomy }) => taxonomy === 'sigma') ? 'sigma' : 'ecs';
}

function keysOf(all: readonly Asked[], taxonomy: TaxonomyId, mapping: Mapping): readonly Keyed[] {
  return all.map((asked) => {
    const { query } = namedIn(asked, taxonomy, mapping);
    return query === undefined
      ? { whole: JSON.stringify(asked.rule.detection), tests: new Set() }
      : { whole: spell(query), tests: testKeys(query) };
  });
}

/** By what a rule is found. */
interface Keyed {
  /** Rules that ask the same in the same way have the same. */
  readonly whole: string;
  readonly tests: ReadonlySet<string>;
}

type Candidate = readonly [first: number, second: number, sharing: Sharing];

/** The pairs that are worth a look, from either side. */
function candidatesOf(first: readonly Keyed[], second: readonly Keyed[]): readonly Candidate[] {
  const found = new Map<number, Candidate>();
  const add = (mine: number, its: number, sharing: Sharing) =>
    found.set(mine * second.length + its, [mine, its, sharing]);
  const weigh = weighing([...first, ...second].map(({ tests }) => tests));
  near(first, second, weigh, (place, sharing) => add(place, sharing.place, sharing));
  near(second, first, weigh, (place, sharing) => add(sharing.place, place, sharing));
  const wholes = placesByWhole(second);
  first.forEach(({ whole }, mine) => {
    for (const its of wholes.get(whole) ?? []) add(mine, its, { place: its, nearness: 1, cover: 1 });
  });
  return [...found.values()];
}

type Add = (place: number, sharing: Sharing) => void;

function near(from: readonly Keyed[], into: readonly Keyed[], weigh: Weigh, add: Add): void {
  const index = new TestIndex(
    into.map(({ tests }) => tests),
    weigh,
  );
  from.forEach(({ tests }, place) => {
    for (const sharing of index.near(tests, candidates)) {
      if (sharing.nearness >= isNear || sharing.cover >= covers) add(place, sharing);
    }
  });
}

/** Of rules that are all the same, so many are paired with each. */
const mostAlike = 20;

function placesByWhole(rules: readonly Keyed[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  rules.forEach(({ whole }, place) => {
    const known = places.get(whole) ?? [];
    if (known.length < mostAlike) places.set(whole, [...known, place]);
  });
  return places;
}

/** Makes a pair of two rules, if they have to do with one another. */
function pairing(mapping: Mapping): (first: Asked, second: Asked, sharing: Sharing) => Pair | undefined {
  const known = new BothQueries<Verdict>();
  const told = new BothQueries<Conditions>();
  return (first, second, { nearness }) => {
    const { queries, ...related } = relateRules(first, second, { mapping, budget: small, known });
    const isHeld = ['equal', 'broader', 'narrower'].includes(related.relation);
    if (!isHeld && nearness < isNear) return undefined;
    return {
      first: first.rule,
      second: second.rule,
      nearness: Math.round(nearness * 100) / 100,
      ...related,
      ...(queries &&
        related.relation !== 'equal' && { conditions: told.get(queries, () => conditionsOf(...queries)) }),
    };
  };
}

const order: readonly Relation[] = ['equal', 'broader', 'narrower', 'overlapping', 'unknown', 'disjoint'];

function inOrder(a: Pair, b: Pair): number {
  return order.indexOf(a.relation) - order.indexOf(b.relation) || b.nearness - a.nearness;
}
