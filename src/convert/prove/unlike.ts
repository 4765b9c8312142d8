import { Failure } from '../../diagnostic/attempt.ts';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Query } from '../../query/query.ts';
import { mapParts } from '../../query/walk.ts';
import { type Misprint, misprintIn } from '../print.ts';
import type { Question } from '../question.ts';
import type { Asked } from './asked.ts';

/** A text that was thrown away, since it does not say what was meant: what was asked, and what it says instead. */
export interface ThrownAway {
  readonly asked: Asked;
  readonly written: Question;
}

/** Leaves the cast of a rule with what a text says that was thrown away, so that an event can show it. */
export class Unlike extends Failure {
  readonly thrownAway: ThrownAway;

  constructor(diagnostics: readonly Diagnostic[], thrownAway: ThrownAway) {
    super(diagnostics);
    this.thrownAway = thrownAway;
  }
}

/** The work of writing a question as a detection; `asked` is what it was before it was translated. */
export function orUnlike<T>(question: Question, asked: () => Asked, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const misprint = error instanceof Failure ? misprintIn(error.diagnostics) : undefined;
    if (!(error instanceof Failure) || misprint === undefined) throw error;
    const query = saidInstead(question.query, misprint);
    throw query ? new Unlike(error.diagnostics, { asked: asked(), written: { ...question, query } }) : error;
  }
}

/** The whole query with what the text of one of its parts says. */
function saidInstead(whole: Query, { query, said }: Misprint): Query | undefined {
  if (said.find.kind !== 'filter' || query.find.kind !== 'filter') {
    return whole.find.kind === said.find.kind ? { ...said, from: [] } : undefined;
  }
  const { where: meant } = query.find;
  const { category, where: instead } = said.find;
  const isAlone = whole.find.kind === 'filter';
  const stages = said.stages.length > 0 ? said.stages : whole.stages;
  return mapParts({ ...whole, from: [], stages }, (part) =>
    isAlone || part.where === meant
      ? { category, where: instead }
      : { category: part.category, where: part.where },
  );
}
