import type { Diagnostic, Report } from '../diagnostic/diagnostic.ts';
import type { Query, Stage } from '../query/query.ts';

/**
 * A query without what only says how its finds are given, for languages that give whole events in order of time: the
 * fields that are kept, and the order, unless it decides which events are the first.
 */
export function withoutPresentation(query: Query, report: Report): Query {
  const stages = query.stages.filter((stage, index) => {
    const gone = isPresentation(stage, query.stages.slice(index + 1));
    if (gone) report(dropped(stage));
    return !gone;
  });
  return stages.length === query.stages.length ? query : { ...query, stages };
}

function isPresentation(stage: Stage, after: readonly Stage[]): boolean {
  const { kind } = stage;
  if (kind === 'opaque') return stage.keepsEvents === true;
  return kind === 'keep' || (kind === 'sort' && after.every((stage) => stage.kind !== 'limit'));
}

function dropped({ kind, span }: Stage): Diagnostic {
  const what = kind === 'sort' ? 'in which order events are given' : 'which fields of an event are given';
  return {
    code: 'loss/pipe',
    effect: 'dropped',
    message: `The query says ${what}, which the target has no words for; that was left out, and the same events are found.`,
    ...(span && { span }),
  };
}
