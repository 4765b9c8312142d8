import { attempt, Failure } from '../diagnostic/attempt.ts';
import type { Code } from '../diagnostic/codes.ts';
import type { Diagnostic, Outcome, Report } from '../diagnostic/diagnostic.ts';
import type { Filter, Opaque, Query, Stage } from '../query/query.ts';
import type { Span } from '../source/source.ts';

/** Notes what can not be said, and why. What it gives back stands in for it, and is never printed. */
export type Lose<Instead> = (code: Code, what: string, span?: Span) => Instead;

/** A text, or all that the language, which `name` is in a sentence, has no words for, and not only the first of it. */
export function unlessLost<Instead>(
  name: string,
  instead: Instead,
  print: (lose: Lose<Instead>, report: Report) => string,
): Outcome<string> {
  return attempt((report) => {
    const losses: Diagnostic[] = [];
    const lose: Lose<Instead> = (code, what, span) => {
      losses.push({ code, message: `${what}, so it can not be said in ${name}.`, ...(span && { span }) });
      return instead;
    };
    const text = print(lose, report);
    if (losses.length > 0) throw new Failure(losses);
    return text;
  });
}

/** What is asked of one event, by languages that say nothing else; whatever else the query asks is lost. */
export function askedOfOne({ from, find, stages }: Query, lose: Lose<unknown>): Filter | Opaque | undefined {
  if (from.length > 0) lose('loss/log-source', `The query names what it searches (${from.join(', ')})`);
  for (const stage of stages) loseStage(stage, lose);
  return foundAlone(find, lose);
}

function loseStage(stage: Stage, lose: Lose<unknown>): void {
  const what = 'What comes after a pipe is about several events';
  lose(lossOf(stage), what, stage.span);
}

/** What is lost with a stage: a count, also one that is kept as text, or any other pipe. */
export function lossOf(stage: Stage): 'loss/aggregation' | 'loss/pipe' {
  const counts =
    stage.kind === 'opaque' ? /^(?:inline\s*)?stats\b/i.test(stage.text) : stage.kind === 'aggregate';
  return counts ? 'loss/aggregation' : 'loss/pipe';
}

/** Several events that are found together are lost. */
export function foundAlone(find: Query['find'], lose: Lose<unknown>): Filter | Opaque | undefined {
  switch (find.kind) {
    case 'filter':
    case 'opaque':
      return find;
    case 'sequence':
    case 'sample':
    case 'correlation':
      lose(`loss/${find.kind}`, `A ${find.kind} is about several events`, find.span);
      return undefined;
    default:
      return find satisfies never;
  }
}
