import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { TaxonomyId } from '../../formats/format.ts';
import type { Mapping } from '../../mapping/mapping.ts';
import type { Event } from '../../match/event.ts';
import { oneValueTest } from '../../match/one-value.ts';
import { occurrenceOf, testOf } from '../../match/predicate.ts';
import { compareQueries, type QueryBudget } from '../../proof/compare-queries.ts';
import type { Counterexample, Relation, Verdict } from '../../proof/relation.ts';
import { spell } from '../../query/normal.ts';
import type { Query } from '../../query/query.ts';
import { type Json, sameJson } from '../../rule/json.ts';
import { clauseOf } from '../clause.ts';
import { type Asked, withoutPlaces } from './asked.ts';
import type { BothQueries } from './both-queries.ts';
import { type Exactness, exact, type Facts, factsFrom, joinedFacts, relationOf } from './facts.ts';
import { type Named, namedAs, namedIn, saysSource } from './named.ts';
import { onlyInEsql, withOneValueIn } from './several-values.ts';
import { areToldByTests, assumedOf, sayingOf, strangers, withSources } from './sources.ts';

/** Events that one of two rules matches and the other does not. */
export interface NamedCounterexample extends Counterexample {
  /** The names that the fields of the events have. */
  readonly taxonomy: TaxonomyId;
  /** The same in the names of a rule that has others. */
  readonly also?: { readonly taxonomy: TaxonomyId; readonly events: readonly Event[] };
}

/** How a second rule stands to a first. */
export interface RuleRelation {
  readonly relation: Relation;
  readonly counterexamples: readonly NamedCounterexample[];
  /** Why it is not known, or no event can show it, as a clause. */
  readonly because?: string;
  /** The two as they were compared, in the same names. */
  readonly queries?: readonly [Query, Query];
}

export interface RelateRulesOptions {
  readonly mapping: Mapping;
  readonly budget?: Partial<QueryBudget>;
  /** What was found out before of two queries, for packs in which several rules ask the same. */
  readonly known?: BothQueries<Verdict>;
}

/** How the events of a second rule stand to those of a first, as far as that follows from their queries in one naming. */
export function relateRules(first: Asked, second: Asked, options: RelateRulesOptions): RuleRelation {
  if (isSameWord(first, second)) return { relation: 'equal', counterexamples: [] };
  const seen: InNaming[] = [];
  let facts: Facts = {};
  for (const taxonomy of namingsFor(first, second, options.mapping)) {
    const found = inNaming(first, second, taxonomy, options);
    if (found.isDeclared) {
      facts = found.facts;
      seen.splice(0, seen.length, found);
      break;
    }
    seen.push(found);
    facts = joinedFacts(facts, found.facts);
    if (relationOf(facts) === 'equal') break;
  }
  const relation = relationOf(facts);
  const counterexamples = (['first', 'second'] as const).flatMap((matches) => shownIn(seen, facts, matches));
  const [reason] = seen.flatMap(({ because }) => because ?? []);
  const [queries] = seen.flatMap((one) => (one.queries ? [one.queries] : []));
  const compared = queries ? { counterexamples, queries } : { counterexamples };
  if (relation !== 'unknown') {
    const isShown = relation === 'equal' || relation === 'disjoint' || counterexamples.length > 0;
    return { relation, ...compared, ...(!isShown && reason !== undefined && { because: reason }) };
  }
  return { relation, ...compared, because: partly(facts, reason) };
}

/** The first events that one of the two matches alone, where it is certain that there are such. */
function shownIn(
  seen: readonly InNaming[],
  facts: Facts,
  matches: 'first' | 'second',
): readonly NamedCounterexample[] {
  const side = matches === 'first' ? 'firstInSecond' : 'secondInFirst';
  if (facts[side] !== false) return [];
  const all = seen.filter((one) => one.facts[side] === false).flatMap(({ shown }) => shown);
  return all.filter((one) => one.matches === matches).slice(0, 1);
}

/** What is known is said, even where it is not all. */
function partly({ firstInSecond, secondInFirst }: Facts, reason = 'nothing is known of the two'): string {
  if (firstInSecond)
    return `the second matches all that the first does; whether it matches more is open, as ${reason}`;
  if (secondInFirst)
    return `the second matches nothing that the first does not; whether it matches less is open, as ${reason}`;
  return reason;
}

/** Names that both can be asked in. Those that both have come first, then those of ECS. */
function namingsFor(first: Asked, second: Asked, mapping: Mapping): readonly TaxonomyId[] {
  // What ES|QL does not find is said in the names of ECS alone.
  if (onlyInEsql(first, second, mapping)) return ['ecs'];
  if (first.taxonomy !== second.taxonomy) return ['ecs', 'sigma'];
  if (first.taxonomy === 'ecs') return ['ecs'];
  const sources = [first, second].flatMap((one) => namedIn(one, 'sigma', mapping).sources);
  // Where the tables have no tests for a log source, it is nothing in the names of ECS.
  return areToldByTests(sources, mapping) ? ['ecs', 'sigma'] : ['sigma'];
}

interface InNaming {
  readonly facts: Facts;
  /**
   * One query stands for both rules, and for one of them not exactly: then the tables say that they differ, whatever the way
   * back makes of it.
   */
  readonly isDeclared: boolean;
  readonly shown: readonly NamedCounterexample[];
  readonly because?: string;
  readonly queries?: readonly [Query, Query];
}

function inNaming(
  first: Asked,
  second: Asked,
  taxonomy: TaxonomyId,
  { mapping, budget, known }: RelateRulesOptions,
): InNaming {
  const [a, b] = namedBoth(first, second, taxonomy, mapping);
  const queries = queriesOf(a, b, mapping);
  if (typeof queries === 'string') return { facts: {}, isDeclared: false, shown: [], because: queries };
  const verdictOn = (both: readonly [Query, Query]) =>
    known ? known.get(both, () => verdictOf(both, budget, true)) : verdictOf(both, budget, false);
  const plain = verdictOn(queries);
  const esql = onlyInEsql(first, second, mapping);
  const verdict = esql ? withOneValueIn(esql, plain, queries, mapping) : plain;
  const besides = besideOf(first, second, verdict.relation);
  const shared = verdict.relation === 'equal' ? sharedDoubts(first, second) : nothing;
  const doubts = [a, b].map((one) => one.doubts.filter(({ message }) => !shared.has(message)));
  const stands = [
    exactnessOf(doubts[0]!, besides.first && first),
    exactnessOf(doubts[1]!, besides.second && second),
  ] as const;
  const because = verdict.because ?? besides.because ?? doubtIn(doubts.flat());
  const facts = factsFrom(verdict, ...stands);
  const asTheyAre = () =>
    queriesOf(namedIn(first, taxonomy, mapping), namedIn(second, taxonomy, mapping), mapping);
  const counterexamples =
    a.isTakenFor || b.isTakenFor
      ? shownAsTheyAre(verdict, asTheyAre(), facts, esql, verdictOn)
      : verdict.counterexamples;
  return {
    facts,
    queries,
    isDeclared: verdict.relation === 'equal' && (stands[0] === exact) !== (stands[1] === exact),
    shown: counterexamples.map((one) => ({ ...one, taxonomy })),
    ...(because !== undefined && { because }),
  };
}

/**
 * Events that show the same of the rules as they stand: what a rule is taken for leaves tests out that the tables call implied, and an
 * event need not pass them.
 */
function shownAsTheyAre(
  { counterexamples }: Verdict,
  queries: readonly [Query, Query] | string,
  { firstInSecond, secondInFirst }: Facts,
  esql: 'first' | 'second' | undefined,
  verdictOn: (queries: readonly [Query, Query]) => Verdict,
): readonly Counterexample[] {
  if (typeof queries === 'string') return [];
  const kept = counterexamples.filter((one) => isShownBy(one, queries, esql));
  const isOpen = (matches: 'first' | 'second', isWithin: boolean | undefined) =>
    isWithin === false && !kept.some((one) => one.matches === matches);
  if (!isOpen('first', firstInSecond) && !isOpen('second', secondInFirst)) return kept;
  const others = verdictOn(queries).counterexamples;
  return [...kept, ...others.filter(({ matches }) => !kept.some((one) => one.matches === matches))];
}

/** Whether the matcher says so too, where single events are asked. */
function isShownBy(
  { matches, events }: Counterexample,
  [first, second]: readonly [Query, Query],
  esql: 'first' | 'second' | undefined,
): boolean {
  const [event, ...more] = events;
  if (event === undefined || more.length > 0) return false;
  const test = { first: testOf, second: testOf, ...(esql && { [esql]: oneValueTest }) };
  const [a, b] = (['first', 'second'] as const).map((which) => {
    const { find, stages } = which === 'first' ? first : second;
    return find.kind === 'filter' && stages.length === 0
      ? test[which](find.where)(occurrenceOf(event))
      : undefined;
  });
  return matches === 'first' ? a === true && b === false : a === false && b === true;
}

function verdictOf(
  queries: readonly [Query, Query],
  budget: Partial<QueryBudget> | undefined,
  isOneOfMany: boolean,
): Verdict {
  const [first, second] = queries;
  if (spell(first) === spell(second)) return { relation: 'equal', counterexamples: [] };
  const assume = assumedOf(queries);
  return compareQueries(first, second, { isOneOfMany, ...(assume && { assume }), ...(budget && { budget }) });
}

/** Beside a rule of Sigma's, one of Elastic's is taken for the same log source where the tables do so. */
function namedBoth(
  first: Asked,
  second: Asked,
  taxonomy: TaxonomyId,
  mapping: Mapping,
): readonly [Named, Named] {
  const [a, b] = [namedIn(first, taxonomy, mapping), namedIn(second, taxonomy, mapping)];
  if (taxonomy !== 'ecs' || saysSource(first) === saysSource(second)) return [a, b];
  return saysSource(first)
    ? [a, namedAs(second, first.question?.sources ?? [], mapping) ?? b]
    : [namedAs(first, second.question?.sources ?? [], mapping) ?? a, b];
}

/** The two queries with what their log sources say; or why they can not be compared. */
function queriesOf(a: Named, b: Named, mapping: Mapping): readonly [Query, Query] | string {
  if (a.query === undefined) return `of the first, ${a.because}`;
  if (b.query === undefined) return `of the second, ${b.because}`;
  const saying = sayingOf([...a.sources, ...b.sources], mapping);
  if (saying === undefined) return [a.query, b.query];
  return (
    strangers(a.sources, b.sources, mapping) ?? [
      withSources(a.query, a.sources, saying),
      withSources(b.query, b.sources, saying),
    ]
  );
}

/**
 * What rules ask for beside their queries makes them match less, and no one knows how much; if both ask for the same of the same
 * events, they are as their queries are.
 */
function besideOf(
  first: Asked,
  second: Asked,
  relation: Relation,
): { readonly first: boolean; readonly second: boolean; readonly because?: string } {
  const isSame = sameJson(first.beside, second.beside);
  if (isSame && (first.beside === undefined || relation === 'equal')) return { first: false, second: false };
  const because = 'of what is asked beside a query nothing can be seen in single events';
  return { first: first.beside !== undefined, second: second.beside !== undefined, because };
}

const nothing: ReadonlySet<string> = new Set();

/** What the questions of both leave out alike, before they are renamed: an exception list that is not there, for one. */
function sharedDoubts(first: Asked, second: Asked): ReadonlySet<string> {
  const [a, b] = [first, second].map((one) => one.doubts.map(({ message }) => message));
  return sameJson(a, b) ? new Set(a) : nothing;
}

/** `more` is the rule, if it asks for more than its query. */
function exactnessOf(doubts: readonly Diagnostic[], more: Asked | false): Exactness {
  if (doubts.length === 0 && !more) return exact;
  const isOf = (effect: string) =>
    doubts.some((one) => (one.effect === effect || one.effect === 'approximate') && !isOfKind(one));
  const mayGain = isOf('broader');
  // What is new is new where nothing came before.
  const isExactAlone = !mayGain && more !== false && more.rule.detection.kind === 'new-terms';
  return { mayGain: mayGain || more !== false, mayLose: isOf('narrower'), isExactAlone };
}

/** That a query alone is compared of a rule that asks for more is known without being told. */
function isOfKind({ code }: Diagnostic): boolean {
  return code === 'loss/rule-type';
}

function doubtIn(doubts: readonly Diagnostic[]): string | undefined {
  const [doubt] = doubts.filter((one) => !isOfKind(one));
  return doubt && clauseOf(doubt.message);
}

/** Whether two rules are the same word for word, for what can be compared in no other way. */
function isSameWord(first: Asked, second: Asked): boolean {
  if (first.question !== undefined && second.question !== undefined) return false;
  return first.rule.detection.kind !== 'correlation' && sameJson(wordsOf(first), wordsOf(second));
}

function wordsOf({ rule: { detection, logSource, indices } }: Asked): Json {
  return JSON.parse(JSON.stringify({ detection, logSource, indices }, withoutPlaces)) as Json;
}
