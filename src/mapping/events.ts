import { type Event, type Fields, fieldsOf, type Scalar } from '../query/event.ts';
import type { And } from '../query/query.ts';
import type { LogSource } from '../rule/rule.ts';
import { eventOf } from './event.ts';
import { categoryField, findLogSource } from './log-source.ts';
import type { Way } from './lookup.ts';
import type { Mapping } from './mapping.ts';
import { type Going, movesOfAbsent, movesToEcs, movesToSigma, ready, type Told } from './moves.ts';
import { settled } from './settle.ts';
import type { LogSourceRow } from './table.ts';
import { testOf } from './words.ts';

export type { Told };

/**
 * An event of Sigma's taxonomy as Elastic keeps it: every row that holds for one of its fields is applied, and what the log
 * source implies is there. A field without a row keeps its name; one that ECS has no name for stays behind.
 */
export function eventToEcs(event: Event, logSource: LogSource, mapping: Mapping, told: Told = {}): Event {
  const held = fieldsOf(event);
  const going = goingTo('toEcs', held, logSource, mapping, told);
  const moves = [...held].flatMap(([field, values]) => movesToEcs(field, values, going));
  const { order } = ready(mapping);
  // What is there says more than what is not.
  const absent = told.keepsNames ? [] : settled(movesOfAbsent(held, going), order);
  return eventOf(withImplied(new Map([...absent, ...settled(moves, order)]), going.row));
}

/**
 * An event of Elastic's as Sigma's taxonomy has it: every row that holds for one of its fields is applied, and what the log
 * source stands for is not there. Where Elastic keeps a piece of what Sigma has whole, and nothing tells the whole, it is
 * the shortest that has the piece in its place. What Sigma has no words for keeps its name.
 */
export function eventToSigma(event: Event, logSource: LogSource, mapping: Mapping, told: Told = {}): Event {
  const held = fieldsOf(event);
  const going = goingTo('toSigma', held, logSource, mapping, told);
  const moves = [...held].flatMap(([field, values]) => movesToSigma(field, values, going));
  return eventOf(settled(moves, ready(mapping).order));
}

function goingTo(way: Way, held: Fields, logSource: LogSource, mapping: Mapping, told: Told): Going {
  const row = told.saysSource ? undefined : findLogSource(logSource, mapping);
  return { ...told, mapping, logSource, way, around: [saying(held)], row };
}

/** An event as what a rule would ask that wants just it: some names depend on what stands beside them. */
function saying(held: Fields): And {
  return {
    kind: 'and',
    of: [...held].flatMap(([field, values]) => values.map((value) => testOf(field, [value]))),
  };
}

/** What the log source implies, in its own spelling, unless the event says something else of it. */
function withImplied(fields: Fields, row: LogSourceRow | undefined): Fields {
  const implied = new Map<string, readonly Scalar[]>();
  if (row?.category !== undefined) implied.set(categoryField, [row.category]);
  for (const { field, is } of row?.where ?? []) {
    const said = fields.get(field)?.map((value) => String(value).toLowerCase());
    const meant = is.filter((word) => said === undefined || said.includes(String(word).toLowerCase()));
    if (meant.length > 0) implied.set(field, meant.slice(0, 1));
  }
  return new Map([...implied, ...[...fields].filter(([field]) => !implied.has(field))]);
}
