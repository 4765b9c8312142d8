import { attempt } from '../../diagnostic/attempt.ts';
import type { Way } from '../../mapping/lookup.ts';
import type { Mapping } from '../../mapping/mapping.ts';
import type { Use } from '../../mapping/telling.ts';
import { withoutPlainExpressions } from '../../query/plain.ts';
import { mapPredicates } from '../../query/walk.ts';
import { apart } from '../apart.ts';
import type { Family } from '../family.ts';
import { lower } from '../lower.ts';
import type { LogSourceSeen } from '../mapping-seen.ts';
import type { ConvertOptions } from '../options.ts';
import { throughPipelines } from '../pipelines.ts';
import type { Question } from '../question.ts';
import { filesOf, sourceToEcs, sourceToSigma } from '../seen-rows.ts';
import { writesEcs } from '../taxonomies.ts';
import { questionToEcs, questionToSigma, type SourceUse } from '../taxonomy.ts';
import { type Leaf, leavesOf } from './leaves.ts';

/** What the tables did to a rule on its way, test by test. */
export interface Journey {
  readonly uses: readonly Use[];
  /** What joins events, or is counted. */
  readonly keys: readonly Use[];
  readonly sources: readonly LogSourceSeen[];
  /** The tests in the other names; their places are those of the tests they were made of. */
  readonly renamed: readonly Leaf[];
}

const none: Journey = { uses: [], keys: [], sources: [], renamed: [] };

/** The way that a conversion went, once more, with somebody watching. What stopped it has been told of. */
export function journeyOf(
  family: Family,
  way: Way | undefined,
  mapping: Mapping,
  options: ConvertOptions,
): Journey {
  if (way === undefined) return none;
  const outcome = attempt(() => travelled(family, way, mapping, options));
  return outcome.ok ? outcome.value : none;
}

function travelled(family: Family, way: Way, mapping: Mapping, options: ConvertOptions): Journey {
  const lowered = lower(family, { ...options, allow: ['broader'] }, () => {});
  const asked =
    way === 'toEcs'
      ? throughPipelines(lowered, family.rule, mapping, () => {})
      : { ...plainly(lowered), keepsNames: writesEcs(family.rule, options) };
  const questions = (way === 'toSigma' ? apart(asked, mapping) : undefined) ?? [asked];
  const travels = questions.map((question) => watched(question, way, mapping));
  return {
    uses: travels.flatMap(({ uses }) => uses),
    keys: travels.flatMap(({ keys }) => keys),
    sources: travels.flatMap(({ sources }) => sources),
    renamed: travels.flatMap(({ renamed }) => renamed),
  };
}

function plainly(question: Question): Question {
  return { ...question, query: mapPredicates(question.query, withoutPlainExpressions) };
}

function watched(question: Question, way: Way, mapping: Mapping): Journey {
  const [uses, keys, sources]: [Use[], Use[], SourceUse[]] = [[], [], []];
  const watch = {
    source: (_: number, seen: SourceUse) => sources.push(seen),
    field: (index: number | undefined, use: Use) => (index === undefined ? keys : uses).push(use),
  };
  const rename = way === 'toEcs' ? questionToEcs : questionToSigma;
  const { query } = rename(question, mapping, () => {}, watch);
  const files = filesOf(mapping);
  const seen = sources.map((one) =>
    way === 'toEcs' ? sourceToEcs(one, mapping, files) : sourceToSigma(one, question.indices, mapping, files),
  );
  return { uses, keys, sources: seen, renamed: leavesOf(query) };
}
