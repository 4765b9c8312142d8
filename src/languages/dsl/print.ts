import { attempt, Failure } from '../../diagnostic/attempt.ts';
import type { Diagnostic, Outcome } from '../../diagnostic/diagnostic.ts';
import { always } from '../../query/build.ts';
import type { Predicate, Query, Stage } from '../../query/query.ts';
import { asKept } from '../kept.ts';
import type { PrintOptions } from '../language.ts';
import { filterOf } from './filter-of.ts';
import { leaving, withCategory } from './said.ts';
import type { Lose } from './spell.ts';

/** A list of filters, one for each part that has to hold; or all that filters have no words for. */
export function print(query: Query, options?: PrintOptions): Outcome<string> {
  return attempt((report) => {
    const losses: Diagnostic[] = [];
    const lose: Lose = (code, what, span) => {
      losses.push({ code, message: `${what}, so it can not be said in a filter.`, ...(span && { span }) });
      return {};
    };
    const parts = partsOf(asKept(query, leaving, options, report), lose);
    const filters = parts.map((part) => filterOf(part, lose));
    if (losses.length > 0) throw new Failure(losses);
    return JSON.stringify(filters, undefined, 2);
  });
}

function partsOf({ from, find, stages }: Query, lose: Lose): readonly Predicate[] {
  if (from.length > 0) lose('loss/log-source', `The query names what it searches (${from.join(', ')})`);
  for (const stage of stages) loseStage(stage, lose);
  switch (find.kind) {
    case 'filter': {
      const where = withCategory(find);
      if (depthOf(where) > deepest) {
        lose('loss/filter', `The query is nested more than ${deepest} levels deep`, find.span);
        return [];
      }
      if (where.kind === 'and') return where.of;
      return where.kind === 'constant' && where.value === always.value ? [] : [where];
    }
    case 'sequence':
      lose('loss/sequence', 'A sequence is about several events', find.span);
      return [];
    case 'sample':
      lose('loss/sample', 'A sample is about several events', find.span);
      return [];
    case 'correlation':
      lose('loss/correlation', 'A correlation is about several events', find.span);
      return [];
    case 'opaque':
      return [find];
    default:
      return find satisfies never;
  }
}

/** Elasticsearch takes 30 levels unless it is told otherwise, and JSON needs three for each. */
const deepest = 100;

function depthOf(node: Predicate): number {
  switch (node.kind) {
    case 'and':
    case 'or':
      return 1 + node.of.reduce((most, part) => Math.max(most, depthOf(part)), 0);
    case 'not':
      return 1 + depthOf(node.of);
    case 'nested':
      return 1 + depthOf(node.where);
    default:
      return 0;
  }
}

function loseStage(stage: Stage, lose: Lose): void {
  const what = 'What comes after a pipe is about several events';
  lose(stage.kind === 'aggregate' ? 'loss/aggregation' : 'loss/pipe', what, stage.span);
}
