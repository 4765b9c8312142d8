import { attempt, Failure } from '../../diagnostic/attempt.ts';
import type { Mapping } from '../../mapping/mapping.ts';
import type { Event } from '../../match/event.ts';
import { match } from '../../match/match.ts';
import { compareQueries } from '../../proof/compare-queries.ts';
import type { Relation, Verdict } from '../../proof/relation.ts';
import { and } from '../../query/build.ts';
import type { Query } from '../../query/query.ts';
import { type Json, sameJson } from '../../rule/json.ts';
import type { Rule } from '../../rule/rule.ts';
import type { Cast, Casting } from '../cast.ts';
import { clauseOf } from '../clause.ts';
import type { Proof, Shown } from '../proof.ts';
import type { Question } from '../question.ts';
import type { Against, Asked } from './asked.ts';
import { unreadable } from './graded.ts';
import { asKept, withNetworks } from './kept.ts';
import { comparesOneValue, withSeveralValues } from './several-values.ts';
import { type Compared, shownBy } from './shown.ts';
import { sidesAlike, sidesOf } from './sides.ts';
import type { ThrownAway } from './unlike.ts';
import { questionsIn, rulesIn } from './written.ts';

/**
 * How the text that was written for a rule stands to what was read, once its own format and language have read it back. Fails
 * where they can not, which is a fault of ours.
 */
export function proofOf({ rules, against = nothing }: Cast, text: string, casting: Casting): Proof {
  if (against.kind === 'nothing') return unknown(against.because);
  if (text.length > longest) return unknown('it is longer than what is proved');
  const outcome = attempt(() => {
    const found = rulesIn(text, casting.target);
    if (against.kind === 'same') return () => proofOfSame(rules.at(-1)!, found.at(-1)!, casting);
    const questions = questionsIn(found, Math.max(against.pieces.length, 1), casting.options);
    return () => proofOfQuestions(against, questions, casting);
  });
  if (!outcome.ok) throw new Failure(unreadable(clauseOf(outcome.diagnostics[0]?.message)));
  return outcome.value();
}

const nothing: Against = { kind: 'nothing', because: 'nothing was written for its query' };

/** How a text that was thrown away stands to what was read. */
export function proofOfThrownAway({ asked, written }: ThrownAway, casting: Casting): Proof {
  return proofOfQuestions(asked, [written], casting);
}

function proofOfQuestions(
  asked: Asked,
  said: readonly Question[],
  { mapping, options }: Pick<Casting, 'mapping' | 'options'>,
): Proof {
  const { pieces, question: read } = asked;
  if (pieces.length === 0) return proofAlike(read, said[0]!, mapping);
  const written = said.map((one, index) => {
    const { trace } = pieces[index]!;
    return trace.way === 'toEcs' ? withNetworks(asKept(one, mapping, options.caseless), trace) : one;
  });
  const sides = sidesOf(asked, written, mapping);
  const assume = sides.facts.length > 0 ? { assume: and(sides.facts) } : {};
  const verdict = compareQueries(sides.read, sides.written, assume);
  const compared = { pieces, read, written, sides, mapping };
  const proof = shownIn(verdict, compared);
  if (!comparesOneValue(read, written)) return proof;
  return withSeveralValues(proof, sides.read, assume, mapping, (event) =>
    shownBy({ matches: 'first', events: [event] }, compared),
  );
}

/** Of two languages of one engine, in which fields are called alike. */
function proofAlike(question: Question, said: Question, mapping: Mapping): Proof {
  const [read, written] = sidesAlike(question, said, mapping);
  const proof = proofByNames(read, written);
  if (!comparesOneValue(question, [said])) return proof;
  const isFound = (query: Query, event: Event) =>
    match(query, [event], { comparesOneValue: query === written }).length > 0;
  return withSeveralValues(proof, read, {}, mapping, (event) =>
    isFound(read, event) && !isFound(written, event) ? { matches: 'read', events: [event] } : undefined,
  );
}

/** Nothing was found, or events that both texts say the same of as the verdict does. */
function shownIn({ relation, counterexamples, because }: Verdict, compared: Compared): Proof {
  const shown = counterexamples.map((one) => shownBy(one, compared)).filter((one) => one !== undefined);
  const missing = asks(relation).filter((side) => !shown.some(({ matches }) => matches === side));
  const why = because ?? (missing.length > 0 ? notShown : undefined);
  return {
    relation: missing.length > 0 ? 'unknown' : relation,
    ...(shown.length > 0 && { shown }),
    ...(why !== undefined && { because: why }),
  };
}

const notShown =
  'what would show a difference by the names that were read does not do so by those that were written';

/** Who has to match an event alone for a relation to be shown. */
function asks(relation: Relation): readonly Shown['matches'][] {
  switch (relation) {
    case 'broader':
      return ['written'];
    case 'narrower':
      return ['read'];
    case 'overlapping':
    case 'disjoint':
      return ['read', 'written'];
    case 'equal':
    case 'unknown':
      return [];
    default:
      return relation satisfies never;
  }
}

function unknown(because: string): Proof {
  return { relation: 'unknown', because };
}

/** Nobody writes rules of this length; what a proof takes would go by far beyond what their conversion does. */
const longest = 300_000;

/** Whether a detection that was to stay what it was is the one that was read back. */
function proofOfSame(meant: Rule, found: Rule, { options }: Casting): Proof {
  if (sameJson(toldIn(meant), toldIn(found))) return { relation: 'equal' };
  const asked = attempt(() => [meant, found].map((rule) => questionsIn([rule], 1, options)[0]!.query));
  if (!asked.ok) return unknown(clauseOf(asked.diagnostics[0]?.message));
  const [first, second] = asked.value;
  const isWhole = [meant, found].every(isQueryAlone) || sameJson(besideQuery(meant), besideQuery(found));
  return isWhole ? proofByNames(first!, second!) : unknown('it reads back as another');
}

/** Two queries by the same names: what shows a difference stands as it was found. */
function proofByNames(read: Query, written: Query): Proof {
  const { relation, counterexamples, because } = compareQueries(read, written);
  const shown = counterexamples.map(({ matches, events }): Shown => {
    return { matches: matches === 'first' ? 'read' : 'written', events };
  });
  return { relation, ...(shown.length > 0 && { shown }), ...(because !== undefined && { because }) };
}

/** Rules of all other kinds ask more than their queries do. */
function isQueryAlone({ detection }: Rule): boolean {
  return detection.kind === 'query' || detection.kind === 'threshold';
}

function besideQuery({ detection }: Rule): Json {
  return { ...detection, query: null } as unknown as Json;
}

/** A detection without what only says where it stands. */
function toldIn({ detection }: Rule): Json {
  if (!('query' in detection) || detection.query === undefined) return detection as unknown as Json;
  const { text, language = null } = detection.query;
  return { ...detection, query: { text: text.trim(), language } } as unknown as Json;
}
