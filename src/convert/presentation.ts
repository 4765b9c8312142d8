import type { Diagnostic, Report } from '../diagnostic/diagnostic.ts';
import { lossOf } from '../languages/lose.ts';
import type { Query, Stage } from '../query/query.ts';
import type { ConvertOptions } from './options.ts';

/**
 * A query without what only says how its finds are given, for languages that give whole events in order of time: the
 * fields that are kept, and the order, unless it decides which events are the first. Where the user accepts that more
 * is found, it ends before the first stage that is text of a language alone: whatever that does, it finds no more.
 */
export function withoutPresentation(
  query: Query,
  report: Report,
  { allow = [] }: Pick<ConvertOptions, 'allow'> = {},
): Query {
  const end = allow.includes('broader') ? query.stages.findIndex(isText) : -1;
  const asked = end < 0 ? query.stages : query.stages.slice(0, end);
  if (end >= 0) report(leftOut(query.stages[end]!));
  const stages = asked
    .filter((stage, index) => {
      const gone = isPresentation(stage, asked.slice(index + 1));
      if (gone) report(dropped(stage));
      return !gone;
    })
    .map((stage) => measureAlone(stage, report));
  return { ...query, stages };
}

/** What is given of each group beside what it is asked for. */
function measureAlone(stage: Stage, report: Report): Stage {
  if (stage.kind !== 'aggregate' || stage.beside === undefined) return stage;
  report(dropped(stage));
  const { beside: _, ...rest } = stage;
  return rest;
}

function isText(stage: Stage): boolean {
  return stage.kind === 'opaque' && !stage.keepsEvents;
}

function isPresentation(stage: Stage, after: readonly Stage[]): boolean {
  const { kind } = stage;
  if (kind === 'opaque') return stage.keepsEvents === true;
  return kind === 'keep' || (kind === 'sort' && after.every((one) => one.kind !== 'limit'));
}

function leftOut(stage: Stage): Diagnostic {
  const { span } = stage;
  return {
    code: lossOf(stage),
    effect: 'broader',
    message:
      'The query goes on behind a pipe with what only its own language says; that was left out, so the rule may match more.',
    ...(span && { span }),
  };
}

const givenBy: Readonly<Record<Stage['kind'], string>> = {
  sort: 'in which order events are given',
  keep: 'which fields of an event are given',
  opaque: 'which fields of an event are given',
  aggregate: 'what is given of each group beside',
  limit: 'how many events are given',
};

function dropped({ kind, span }: Stage): Diagnostic {
  const what = givenBy[kind];
  return {
    code: 'loss/pipe',
    effect: 'dropped',
    message: `The query says ${what}, which the target has no words for; that was left out, and the same events are found.`,
    ...(span && { span }),
  };
}
