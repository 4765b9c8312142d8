import { attempt, Failure } from '../../diagnostic/attempt.ts';
import type { Diagnostic, Outcome } from '../../diagnostic/diagnostic.ts';
import type { Query, Stage } from '../../query/query.ts';
import type { PrintOptions } from '../language.ts';
import { type Clause, phraseOf } from './clause.ts';
import { layout } from './layout.ts';
import { said } from './said.ts';
import { type Lose, spell } from './spell.ts';

/** In the idiom of rule files. Everything that can not be said is told of, not only the first. */
export function print(query: Query, options: PrintOptions = {}): Outcome<string> {
  return attempt((report) => {
    const losses: Diagnostic[] = [];
    const told: Diagnostic[] = [];
    const lose: Lose = (code, what, span) => {
      losses.push({ code, message: `${what}, so it can not be said in Lucene.`, ...(span && { span }) });
      return { kind: 'text', text: '' };
    };
    const clause = spellQuery(
      said(query, options, (found) => told.push(found)),
      lose,
    );
    // What is not written assumes nothing.
    if (losses.length > 0) throw new Failure(losses);
    told.forEach(report);
    return layout(phraseOf(clause));
  });
}

function spellQuery({ from, find, stages }: Query, lose: Lose): Clause {
  if (from.length > 0) lose('loss/log-source', `The query names what it searches (${from.join(', ')})`);
  stages.forEach((stage) => loseStage(stage, lose));
  switch (find.kind) {
    case 'filter':
      return spell(find.where, lose);
    case 'sequence':
      return lose('loss/sequence', 'A sequence is about several events', find.span);
    case 'sample':
      return lose('loss/sample', 'A sample is about several events', find.span);
    case 'opaque':
      return spell(find, lose);
    default:
      return find satisfies never;
  }
}

function loseStage(stage: Stage, lose: Lose): void {
  const what = 'What comes after a pipe is about several events';
  lose(stage.kind === 'aggregate' ? 'loss/aggregation' : 'loss/pipe', what, stage.span);
}
