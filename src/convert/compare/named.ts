import { Failure } from '../../diagnostic/attempt.ts';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { TaxonomyId } from '../../formats/format.ts';
import { categoryTest, findLogSource, impliedTests } from '../../mapping/log-source.ts';
import { type Mapping, sourceKey } from '../../mapping/mapping.ts';
import { recognise } from '../../mapping/recognise.ts';
import { nameOf } from '../../mapping/spell.ts';
import { retyped } from '../../mapping/types.ts';
import { always, and } from '../../query/build.ts';
import { normal } from '../../query/normal.ts';
import type { Query } from '../../query/query.ts';
import { type ChangedPart, mapParts, partsOf } from '../../query/walk.ts';
import type { LogSource } from '../../rule/rule.ts';
import { clauseOf } from '../clause.ts';
import { throughPipelines } from '../pipelines.ts';
import type { Question } from '../question.ts';
import { questionToEcs, questionToSigma } from '../taxonomy.ts';
import { type Asked, changesMeaning } from './asked.ts';

/** What a rule asks in the names of one taxonomy. */
export interface Named {
  /** In its normal form. */
  readonly query?: Query;
  /** Why there is none, as a clause. */
  readonly because?: string;
  /** Of each part; empty in the names of ECS, where tests say it. */
  readonly sources: readonly LogSource[];
  /** In what it differs from what the rule means. */
  readonly doubts: readonly Diagnostic[];
  /** It is taken for events of a log source, with the tests of that in place of its own. */
  readonly isTakenFor?: true;
}

/** Whether a rule says its log source in so many words, and not by tests. */
export function saysSource({ taxonomy, question }: Asked): boolean {
  return taxonomy === 'sigma' || question?.keepsNames === true;
}

/**
 * What a rule of Elastic's asks in its own names, with tests of its own for what a log source implies, as far as the tables take it for
 * events of these sources: the tests that a rule of Sigma's is given there. Undefined where they take it for others.
 */
export function namedAs(asked: Asked, sources: readonly LogSource[], mapping: Mapping): Named | undefined {
  const before = takenFor.get(asked) ?? new Map<string, Named | undefined>();
  takenFor.set(asked, before);
  const key = sources.map(sourceKey).join(' ');
  if (!before.has(key)) before.set(key, namedAsAnew(asked, sources, mapping));
  return before.get(key);
}

const takenFor = new WeakMap<Asked, Map<string, Named | undefined>>();

function namedAsAnew(asked: Asked, sources: readonly LogSource[], mapping: Mapping): Named | undefined {
  const { question } = asked;
  if (question === undefined || sources.length !== partsOf(question.query).length) return undefined;
  const doubts: Diagnostic[] = [...asked.doubts];
  let isSame = true;
  const query = mapParts(question.query, (part, index) => {
    const where = retyped(part.where, mapping, question.comparesWords);
    const { category } = part;
    const events = { ...(category !== undefined && { category }), where, indices: question.indices };
    const found = recognise(events, mapping);
    const row = findLogSource(sources[index]!, mapping);
    isSame &&=
      found !== undefined && row !== undefined && sourceKey(found.row.sigma) === sourceKey(row.sigma);
    if (!isSame) return part as ChangedPart;
    for (const { effect, because } of found!.losses) {
      const message = `The rule is taken for Sigma's ${nameOf(row!.sigma)}, and ${because}`;
      doubts.push({ code: 'loss/log-source', effect, message });
    }
    return { category: row!.category, where: and([...impliedTests(row!), found!.where]) };
  });
  return isSame ? { query: withCategories(query), sources: [], doubts, isTakenFor: true } : undefined;
}

const known = new WeakMap<Asked, Map<TaxonomyId, Named>>();

/** What a rule asks, in these names; worked out once. */
export function namedIn(asked: Asked, taxonomy: TaxonomyId, mapping: Mapping): Named {
  const before = known.get(asked) ?? new Map<TaxonomyId, Named>();
  known.set(asked, before);
  const found = before.get(taxonomy) ?? namedAnew(asked, taxonomy, mapping);
  before.set(taxonomy, found);
  return found;
}

function namedAnew(asked: Asked, taxonomy: TaxonomyId, mapping: Mapping): Named {
  const { question, because } = asked;
  if (question === undefined) return { because: because!, sources: [], doubts: [] };
  const found: Diagnostic[] = [];
  const report = (one: Diagnostic) => found.push(one);
  try {
    const named =
      taxonomy === 'ecs'
        ? inEcs(asked, question, mapping, report)
        : asked.taxonomy === 'sigma'
          ? question
          : questionToSigma(question, mapping, report);
    const { query, sources } = named;
    return {
      query: withCategories(query),
      sources,
      doubts: [...asked.doubts, ...found.filter(changesMeaning)],
    };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { because: clauseOf(error.diagnostics[0]?.message), sources: [], doubts: [] };
  }
}

function inEcs(
  { rule, taxonomy }: Asked,
  question: Question,
  mapping: Mapping,
  report: (found: Diagnostic) => void,
): Question {
  // Of Sigma's rules with the names of ECS, too, the log source becomes tests.
  if (taxonomy === 'sigma' || question.keepsNames)
    return {
      ...questionToEcs(throughPipelines(question, rule, mapping, report), mapping, report),
      sources: [],
    };
  const query = mapParts(question.query, ({ category, where }) => ({
    category,
    where: retyped(where, mapping, question.comparesWords),
  }));
  return { ...question, query, sources: [] };
}

/** The word before `where` is a test like any other. In normal form, so that it is worked out once. */
function withCategories(query: Query): Query {
  return normal(
    mapParts(query, ({ category, where }) => {
      const test = category === undefined ? [] : [categoryTest(category)];
      return {
        category: undefined,
        where: and(where === always && test.length > 0 ? test : [...test, where]),
      };
    }),
  );
}
