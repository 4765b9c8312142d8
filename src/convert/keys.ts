import { Failure } from '../diagnostic/attempt.ts';
import type { Measure, Operand, Query, Step } from '../query/query.ts';
import { fieldsOfOperands, mapOperandFields } from '../query/walk.ts';

/** The fields that events are joined, grouped and counted by, once each. */
export function keysOf({ find, stages }: Query): readonly string[] {
  const counted = stages.flatMap((stage) =>
    stage.kind === 'aggregate' ? [...stage.by, ...measuredBy(stage)] : [],
  );
  return [...new Set([...counted, ...joinedBy(find)])];
}

function measuredBy({ field, also = [] }: Measure): readonly string[] {
  return field === undefined ? also : [field, ...also];
}

function joinedBy(find: Query['find']): readonly string[] {
  if (find.kind === 'correlation') {
    const asked = find.asks.kind === 'measured' ? measuredBy(find.asks) : [];
    return [...asked, ...find.of.flatMap(({ by, query }) => [...by, ...keysOf(query)])];
  }
  if (find.kind !== 'sequence' && find.kind !== 'sample') return [];
  const until = find.kind === 'sequence' && find.until ? [find.until] : [];
  return fieldsOfOperands([...find.by, ...[...find.steps, ...until].flatMap(({ by }) => by)]);
}

/** What a key is called: several names where a list of keys may hold them all. */
type Names = (key: string) => readonly string[];

/** The same query with its keys called by other names. */
export function withKeys(query: Query, names: Names): Query {
  const stages = query.stages.map((stage) =>
    stage.kind === 'aggregate' ? { ...stage, by: stage.by.flatMap(names), ...measured(stage, names) } : stage,
  );
  return { ...query, stages, find: withJoins(query.find, names) };
}

function measured({ field, also }: Measure, names: Names): Partial<Measure> {
  return {
    ...(field !== undefined && { field: only(field, names) }),
    ...(also && { also: also.flatMap(names) }),
  };
}

function withJoins(find: Query['find'], names: Names): Query['find'] {
  const step = (one: Step): Step => ({ ...one, by: one.by.map((key) => alone(key, names)) });
  switch (find.kind) {
    case 'sequence':
      return {
        ...find,
        by: find.by.flatMap((key) => several(key, names)),
        steps: find.steps.map(step),
        ...(find.until && { until: step(find.until) }),
      };
    case 'sample':
      return { ...find, by: find.by.flatMap((key) => several(key, names)), steps: find.steps.map(step) };
    case 'correlation':
      return {
        ...find,
        of: find.of.map((part) => ({
          ...part,
          query: withKeys(part.query, names),
          by: part.by.map((key) => only(key, names)),
        })),
        asks: find.asks.kind === 'measured' ? { ...find.asks, ...measured(find.asks, names) } : find.asks,
      };
    case 'filter':
    case 'opaque':
      return find;
    default:
      return find satisfies never;
  }
}

function several(key: Operand, names: Names): readonly Operand[] {
  return key.kind === 'field' ? names(key.field).map((field) => ({ ...key, field })) : [alone(key, names)];
}

function alone(key: Operand, names: Names): Operand {
  return mapOperandFields(key, (field) => only(field, names));
}

/** Where each event has its own key for the same thing, one name must stand for one. */
function only(key: string, names: Names): string {
  const [name, ...more] = names(key);
  if (name !== undefined && more.length === 0) return name;
  const message = `A pipeline gives ${key} several names or none, and events are joined or counted by one; the rule was not written.`;
  throw new Failure({ code: 'loss/join-key', message });
}
