import { Failure } from '../../diagnostic/attempt.ts';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { readBackIn } from '../print.ts';
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

/** The work of writing a question, as `asked` was translated into it. Of several events each has a text of its own. */
export function orUnlike<T>(question: Question, asked: () => Asked, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const said = error instanceof Failure ? readBackIn(error.diagnostics) : undefined;
    if (!(error instanceof Failure) || said === undefined || question.query.find.kind !== 'filter')
      throw error;
    const stages = said.stages.length > 0 ? said.stages : question.query.stages;
    const written = { ...question, query: { from: [], find: said.find, stages } };
    throw new Unlike(error.diagnostics, { asked: asked(), written });
  }
}
