import { Failure } from '../../diagnostic/attempt.ts';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { TaxonomyId } from '../../formats/format.ts';
import { and } from '../../query/build.ts';
import { withoutPlainExpressions } from '../../query/plain.ts';
import type { Predicate } from '../../query/query.ts';
import { mapPredicates } from '../../query/walk.ts';
import type { Json } from '../../rule/json.ts';
import type { Rule, RuleFilter } from '../../rule/rule.ts';
import { clauseOf } from '../clause.ts';
import { questionOfRule } from '../matched-query.ts';
import type { Question } from '../question.ts';
import type { References } from '../references.ts';
import { asSearched } from '../searched.ts';
import { isSigma } from '../taxonomies.ts';

/** A rule as it asks, in the names it has. */
export interface Asked {
  readonly rule: Rule;
  readonly taxonomy: TaxonomyId;
  /** What it asks of events; none where that can not be said. */
  readonly question?: Question;
  /** Why there is none, as a clause. */
  readonly because?: string;
  /** In what its question differs from what it means. */
  readonly doubts: readonly Diagnostic[];
  /** What it asks for beside its query, as data: nothing of it can be seen in single events. */
  readonly beside?: Json;
}

/** What stands beside a rule and counts as a part of it. */
export interface Beside {
  readonly known: References;
  readonly exclusions: readonly RuleFilter[];
  readonly reading: 'pysigma' | 'specification';
}

/** Makes a rule ready to be compared. One that can not be read says why. */
export function askedBy(rule: Rule, around: Beside): Asked {
  const doubts: Diagnostic[] = [];
  const taxonomy = isSigma(rule) && rule.taxonomy !== 'ecs' ? 'sigma' : 'ecs';
  const beside = besideQuery(rule);
  const asked = { rule, taxonomy, doubts, ...(beside !== undefined && { beside }) } as const;
  try {
    const question = questionOfRule(rule, around, (found) => doubts.push(found), ['broader']);
    return {
      ...asked,
      question: withTerms(inOneWay(question, rule), rule),
      doubts: doubts.filter(changesMeaning),
    };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { ...asked, because: clauseOf(error.diagnostics[0]?.message), doubts: [] };
  }
}

/** What other languages have one test for takes two in Lucene. */
function inOneWay(question: Question, rule: Rule): Question {
  if (isSigma(rule)) return question;
  const plainly = (where: Predicate) => asSearched(withoutPlainExpressions(where));
  return { ...question, query: mapPredicates(question.query, plainly) };
}

/** What has no value in a field has no new one. */
function withTerms(question: Question, { detection }: Rule): Question {
  if (detection.kind !== 'new-terms') return question;
  const exist = detection.fields.map((field): Predicate => ({ kind: 'exists', field }));
  const query = mapPredicates(question.query, (where) => and([where, ...exist]));
  return { ...question, query };
}

/** Whether what is found makes a difference to which events are matched. */
export function changesMeaning({ effect }: Diagnostic): boolean {
  return effect === 'broader' || effect === 'narrower' || effect === 'approximate';
}

/** What a rule asks for of which its query says nothing. */
function besideQuery({ detection }: Rule): Json | undefined {
  switch (detection.kind) {
    case 'new-terms':
      return { kind: detection.kind, fields: detection.fields, since: detection.since };
    case 'indicator-match': {
      const { query: _, filters: __, ...rest } = detection;
      return JSON.parse(JSON.stringify(rest, withoutPlaces)) as Json;
    }
    default:
      return undefined;
  }
}

/** Where a text stands, and what was made of it on the way, is no part of what it says. */
export function withoutPlaces(key: string, value: unknown): unknown {
  return key === 'span' || key === 'parsed' ? undefined : value;
}
