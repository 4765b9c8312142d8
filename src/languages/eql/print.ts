import { attempt, Failure } from '../../diagnostic/attempt.ts';
import type { Code } from '../../diagnostic/codes.ts';
import type { Outcome } from '../../diagnostic/diagnostic.ts';
import type { Opaque, Operand, Predicate, Query, Sample, Sequence, Stage, Step } from '../../query/query.ts';
import type { Span } from '../../source/source.ts';
import { printDuration } from './duration.ts';
import { lay } from './layout.ts';
import { printCategory } from './name.ts';
import { type Losses, printKey, printPredicate } from './print-expression.ts';
import { flawsOf } from './sequence.ts';

/** The query as Elastic's rule authors break its lines; or all that EQL has no words for. */
export function print(query: Query): Outcome<string> {
  return attempt(() => {
    const losses: Losses = [];
    if (query.from.length > 0) {
      lose(losses, 'loss/log-source', 'EQL leaves the indices to the rule, so these cannot be said in it.');
    }
    const find = printFind(query.find, losses);
    const pipes = query.stages.map((stage) => `| ${printStage(stage, losses)}`);
    if (losses.length > 0) throw new Failure(losses);
    return [find, ...pipes].join(find.includes('\n') ? '\n' : ' ');
  });
}

function printFind(find: Query['find'], losses: Losses): string {
  switch (find.kind) {
    case 'filter':
      return printEvent(find, { before: '', indent: 2, after: 0 }, losses);
    case 'sequence':
    case 'sample':
      return printSteps(find, losses);
    case 'correlation':
      lose(
        losses,
        'loss/correlation',
        'EQL joins single events alone, and all of them, so this correlation cannot be said in it.',
        find.span,
      );
      return '';
    case 'opaque':
      return printOpaque(find, losses);
    default:
      return find satisfies never;
  }
}

/**
 *     sequence by host.id with maxspan=1m
 *       [process where process.name == "a"] by process.entity_id
 *       [network where true] by process.entity_id
 *     until [process where event.type == "end"] by process.entity_id
 */
function printSteps(find: Sequence | Sample, losses: Losses): string {
  for (const { fact, loss, step } of flawsOf(find)) {
    lose(losses, loss, `${fact} in EQL, so this cannot be said in it.`, step?.span ?? find.span);
  }
  const within = find.within === undefined ? '' : ` with maxspan=${printDuration(find.within)}`;
  const lines = [
    `${find.kind}${printKeys(find.by, losses)}${within}`,
    ...find.steps.map((step) => printStep(step, '  ', losses)),
  ];
  if (find.kind === 'sequence' && find.until) lines.push(printStep(find.until, 'until ', losses));
  return lines.join('\n');
}

function printStep(step: Step, before: string, losses: Losses): string {
  const open = `${before}${step.missing ? '![' : '['}`;
  const runs = step.runs === 1 ? '' : ` with runs=${step.runs}`;
  const close = `]${printKeys(step.by, losses)}${runs}`;
  return printEvent(step, { before: open, indent: open.length, after: close.length }, losses) + close;
}

function printKeys(keys: readonly Operand[], losses: Losses): string {
  return keys.length === 0 ? '' : ` by ${keys.map((key) => printKey(key, losses)).join(', ')}`;
}

interface Event {
  readonly category?: string;
  readonly where: Predicate;
}

/** What stands before it on its first line, where its other lines begin, and how much follows its last. */
interface Frame {
  readonly before: string;
  readonly indent: number;
  readonly after: number;
}

function printEvent({ category, where }: Event, { before, indent, after }: Frame, losses: Losses): string {
  const head = `${before}${printCategory(category)} where`;
  const doc = printPredicate(where, losses);
  const place = { column: head.length + 1, indent, after, fresh: false };
  // A single test of an event query has nothing to stand in under.
  const condition = lay(doc, before === '' && doc.kind !== 'join' ? { ...place, indent: 0 } : place);
  return condition.startsWith('\n') ? head + condition : `${head} ${condition}`;
}

function printStage(stage: Stage, losses: Losses): string {
  switch (stage.kind) {
    case 'limit':
      if (!Number.isSafeInteger(stage.count) || stage.count < 0) {
        lose(
          losses,
          'loss/pipe',
          'EQL counts events in whole numbers, so this cannot be said in it.',
          stage.span,
        );
      }
      return `${stage.end === 'first' ? 'head' : 'tail'} ${stage.count}`;
    case 'aggregate':
      lose(
        losses,
        'loss/aggregation',
        'EQL does not count by groups, so this cannot be said in it.',
        stage.span,
      );
      return '';
    case 'keep':
    case 'sort':
      lose(
        losses,
        'loss/pipe',
        `EQL has no pipe like "${stage.kind}", so this cannot be said in it.`,
        stage.span,
      );
      return '';
    case 'opaque':
      return printOpaque(stage, losses);
    default:
      return stage satisfies never;
  }
}

function printOpaque({ language, text, span }: Opaque, losses: Losses): string {
  if (language !== 'eql')
    lose(losses, 'loss/language', `This is text of ${language}, which EQL cannot hold.`, span);
  return text;
}

function lose(losses: Losses, code: Code, message: string, span?: Span): void {
  losses.push({ code, message, ...(span && { span }) });
}
