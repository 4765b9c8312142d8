import type { Diagnostic } from '../../../diagnostic/diagnostic.ts';
import { allOf } from '../../../query/bound.ts';
import type { Aggregate, Bound, Query, Stage } from '../../../query/query.ts';
import type { PrintOptions } from '../../language.ts';
import { foundAlone } from '../../lose.ts';
import type * as syntax from '../syntax.ts';
import { holdsForNone, measureNames } from './aggregate.ts';
import { call, column, join, number } from './build.ts';
import { conditionOf } from './condition.ts';
import { type Lose, Loss } from './loss.ts';
import { metadataOf } from './metadata.ts';
import { columnOf } from './operand.ts';
import { everything, preparedWhere } from './said.ts';
import { readAggregates, readCommands } from './text.ts';

/** A statement that asks for the same events; what can not be said is noted. */
export function statementOf(query: Query, options: PrintOptions, losses: Diagnostic[]): syntax.Statement {
  const lose: Lose = (code, what, span) => {
    losses.push({ code, message: `${what}, so it can not be said in ES|QL.`, ...(span && { span }) });
  };
  const { names: metadata, stages } = metadataOf(query.stages);
  const from = query.from.length === 0 ? everything : query.from;
  const sources = from.map((pattern) => ({ kind: 'source', pattern }) as const);
  const where = whereOf(query, options, lose);
  const commands = stages.flatMap((stage) => commandsOf(stage, lose));
  return {
    settings: [],
    commands: [{ kind: 'from', series: false, sources, metadata }, ...where, ...commands],
  };
}

function whereOf(query: Query, options: PrintOptions, lose: Lose): readonly syntax.Command[] {
  const find = foundAlone(query.find, lose);
  if (find?.kind === 'opaque') lose('loss/language', `The query is text of "${find.language}"`, find.span);
  if (find?.kind !== 'filter') return [];
  const where = preparedWhere(query, options);
  if (where.kind === 'constant' && where.value) return [];
  return [{ kind: 'where', condition: conditionOf(where, options.factsOf ?? (() => ({})), lose) }];
}

function commandsOf(stage: Stage, lose: Lose): readonly syntax.Command[] {
  try {
    return said(stage);
  } catch (error) {
    if (!(error instanceof Loss)) throw error;
    lose(error.code, error.message, stage.span);
    return [];
  }
}

function said(stage: Stage): readonly syntax.Command[] {
  switch (stage.kind) {
    case 'limit':
      if (stage.end === 'last')
        throw new Loss('loss/pipe', 'The last of the events are asked for, which have no order');
      return [{ kind: 'limit', count: number(stage.count), by: [] }];
    case 'keep':
      return [{ kind: 'keep', patterns: stage.fields.map(patternOf) }];
    case 'sort':
      return [
        {
          kind: 'sort',
          keys: stage.by.map(({ field, order, missing }) => {
            const usual = order === 'ascending' ? 'last' : 'first';
            const nulls = missing === usual ? {} : { nulls: missing };
            return {
              value: columnOf(field),
              ...(order === 'descending' && { order: 'desc' as const }),
              ...nulls,
            };
          }),
        },
      ];
    case 'aggregate':
      return aggregated(stage);
    case 'opaque':
      if (stage.language !== 'esql')
        throw new Loss('loss/language', `A part of the query is text of "${stage.language}"`);
      return readCommands(stage.text);
    default:
      return stage satisfies never;
  }
}

function patternOf(field: string): syntax.NamePattern {
  return field.includes('*') ? { kind: 'wild-name', texts: field.split('*') } : column(field);
}

const median = 50;

/** Groups, and what is asked of them. Times that slide along the events are no times of a clock. */
function aggregated(stage: Aggregate): readonly syntax.Command[] {
  if (stage.within !== undefined) {
    throw new Loss(
      'loss/aggregation',
      'Events are counted within a time that begins with any of them, and here times begin by the clock',
    );
  }
  if (stage.also || stage.least !== undefined) {
    throw new Loss(
      'loss/aggregation',
      'Several things are counted at once, and here a group is asked for one',
    );
  }
  if (holdsForNone(stage)) {
    throw new Loss('loss/aggregation', 'So few events are asked for that none would do, which is no find');
  }
  const name = freeName(stage);
  const given = stage.measure === 'count' ? ({ kind: 'star' } as const) : columnOf(stage.field ?? '');
  const rank = stage.measure === 'percentile' ? [number(stage.percentile ?? median)] : [];
  const value = call(measureNames.get(stage.measure) ?? 'count', given, ...rank);
  const others = stage.beside ? readAggregates(stage.beside.text) : [];
  const stats: syntax.Stats = {
    kind: 'stats',
    inline: false,
    aggregates: [{ name: column(name), value }, ...others],
    by: stage.by.map((field) => ({ value: columnOf(field) })),
  };
  if (!stage.keep) return [stats];
  return [stats, { kind: 'where', condition: bounded(name, stage.keep) }];
}

function bounded(name: string, keep: Bound): syntax.Expression {
  return join(
    'and',
    allOf(keep).map(({ operator, value }) => ({
      kind: 'compare',
      left: column(name),
      operator,
      right: number(value),
    })),
  );
}

/** A name that no key has: what stands behind `by` would take its place. */
function freeName(stage: Aggregate): string {
  let name = stage.as ?? nameOf(stage);
  while (stage.by.includes(name)) name = `${name}_1`;
  return name;
}

/** As Elastic's rules call what they make. */
function nameOf({ measure, field }: Aggregate): string {
  const what = measure.replace('-', '_');
  return measure === 'count'
    ? 'Esql.event_count'
    : `Esql.${(field ?? '').replace(/[^A-Za-z0-9_]/g, '_')}_${what}`;
}
