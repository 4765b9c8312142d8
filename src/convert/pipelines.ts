import type { Report } from '../diagnostic/diagnostic.ts';
import { type Asked, lookUp } from '../mapping/lookup.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { applyPipelines, type Piped, type Subject } from '../mapping/pipeline/apply.ts';
import { mapParts, partsOf } from '../query/walk.ts';
import { sameJson } from '../rule/json.ts';
import type { LogSource, Rule } from '../rule/rule.ts';
import { keysOf, withKeys } from './keys.ts';
import type { Question } from './question.ts';

/**
 * A question in Sigma's names as the user's pipelines leave it: in the names of the index, as far as these give any. The
 * rest is for the tables. Fails where a pipeline refuses the rule.
 */
export function throughPipelines(
  question: Question,
  rule: Rule | undefined,
  mapping: Mapping,
  report: Report,
): Question {
  const { pipelines } = mapping;
  if (pipelines.length === 0) return question;
  const apply = (subject: Subject) => applyPipelines(pipelines, subject, report);
  const keys = keysOf(question.query);
  // A correlation has keys of its own, and its rules have theirs.
  const whole =
    rule?.detection.kind === 'correlation'
      ? apply({ sources: question.sources, isCorrelation: true, rule, keys })
      : undefined;
  const parts = partsOf(question.query).map(({ where }, index): Part => {
    const written = question.sources[index] ?? {};
    const of = question.rules?.[index];
    const subject = { where, sources: [written], ...(of && { rule: of }), ...(!whole && { keys }) };
    return { ...apply(subject), written };
  });
  const asked = mapParts(question.query, ({ category, where }, index) => ({
    category,
    where: parts[index]?.where ?? where,
  }));
  const said = whole ?? parts[0];
  const fields = said && !sameJson(said.fields, rule?.fields ?? []) ? said.fields : undefined;
  return {
    ...question,
    query: said ? withKeys(asked, (key) => said.keys.get(key) ?? [key]) : asked,
    sources: parts.map(({ logSource }) => logSource),
    piped: {
      final: new Set([...(whole?.named ?? []), ...parts.flatMap((part) => finalIn(part, mapping))]),
      parts: parts.map(({ written, saysSource, indices = [] }) => ({ written, saysSource, indices })),
      ...(fields && { fields }),
    },
  };
}

interface Part extends Piped {
  readonly written: LogSource;
}

/** Names that pipelines gave, and fields of the conditions that they added, unless a table knows these by Sigma's name. */
function finalIn({ named, added, logSource, written }: Part, mapping: Mapping): readonly string[] {
  const asked: Asked = { mapping, logSource, written, way: 'toEcs' };
  return [...named, ...[...added].filter((field) => !lookUp(field, asked)?.rows)];
}
