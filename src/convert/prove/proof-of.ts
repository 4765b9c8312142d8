import { attempt } from '../../diagnostic/attempt.ts';
import { compareQueries } from '../../proof/compare-queries.ts';
import type { Relation, Verdict } from '../../proof/relation.ts';
import { and } from '../../query/build.ts';
import { sameMeaning } from '../../query/normal.ts';
import type { Query } from '../../query/query.ts';
import { type Json, sameJson } from '../../rule/json.ts';
import type { Rule } from '../../rule/rule.ts';
import type { Casting } from '../cast.ts';
import type { Proof, Shown } from '../proof.ts';
import type { Question } from '../question.ts';
import type { Asked } from './asked.ts';
import { asKept, withNetworks } from './kept.ts';
import { type Compared, shownBy } from './shown.ts';
import { sidesOf } from './sides.ts';
import type { ThrownAway } from './unlike.ts';
import { questionsIn, rulesIn } from './written.ts';

/** How the text of a translated rule stands to what was read, once its own format and language have read it back. */
export function proofOf(asked: Asked, text: string, casting: Casting): Proof {
  if (text.length > longest) return { relation: 'unknown', because: 'it is longer than what is proved' };
  const outcome = attempt(() =>
    questionsIn(rulesIn(text, casting.target), asked.pieces.length, casting.options),
  );
  return outcome.ok
    ? proofOfQuestions(asked, outcome.value, casting)
    : notRead(outcome.diagnostics[0]?.message);
}

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
  const written = said.map((one, index) => {
    const { trace } = pieces[index]!;
    return trace.way === 'toEcs' ? withNetworks(asKept(one, mapping, options.caseless), trace) : one;
  });
  const sides = sidesOf(asked, written, mapping);
  const verdict = compareQueries(
    sides.read,
    sides.written,
    sides.facts.length > 0 ? { assume: and(sides.facts) } : {},
  );
  return shownIn(verdict, { pieces, read, written, sides, mapping });
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

/** A text that its own format can not read, or whose query its language can not, says nothing. */
function notRead(message = 'it can not be read back'): Proof {
  return { relation: 'unknown', because: message.replace(/\.$/, '') };
}

/** Nobody writes rules of this length; what a proof takes would go by far beyond what their conversion does. */
const longest = 300_000;

/** Whether a detection that was to stay what it was stands in the text that was written. */
export function proofOfSame(cast: readonly Rule[], text: string, { target, options }: Casting): Proof {
  const [meant] = cast.slice(-1);
  const outcome = attempt(() => rulesIn(text, target).at(-1)!);
  if (meant === undefined || !outcome.ok) return notRead(outcome.diagnostics[0]?.message);
  const found = outcome.value;
  if (sameJson(toldIn(meant), toldIn(found))) return { relation: 'equal' };
  const asked = attempt(() => [meant, found].map((rule) => questionsIn([rule], 1, options)[0]!.query));
  if (!asked.ok) return notRead(asked.diagnostics[0]?.message);
  const [first, second] = asked.value;
  const isWhole = [meant, found].every(isQueryAlone) || sameJson(besideQuery(meant), besideQuery(found));
  if (!isWhole) return { relation: 'unknown', because: 'it reads back as another' };
  return sameMeaning(first!, second!) ? { relation: 'equal' } : proofByNames(first!, second!);
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
