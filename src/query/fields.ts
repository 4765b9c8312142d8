import type { Predicate, Query, Stage } from './query.ts';
import { fieldsOf, fieldsOfOperands, predicates } from './walk.ts';

/**
 * Every field that a query asks its events for, once each: what it tests, the lists of objects it looks into,
 * what joins or groups its events. Undefined where a part of it is text that nobody reads.
 */
export function fieldsOfQuery({ find, stages }: Query): readonly string[] | undefined {
  if (find.kind === 'opaque' || stages.some(({ kind }) => kind === 'opaque')) return undefined;
  if (find.kind === 'correlation') {
    const parts = find.of.map(({ query, by }) => {
      const fields = fieldsOfQuery(query);
      return fields && [...(query.find.kind === 'filter' ? by : []), ...fields];
    });
    return parts.every((fields) => fields !== undefined) ? [...new Set(parts.flat())] : undefined;
  }
  const isAlone = find.kind === 'filter';
  const until = find.kind === 'sequence' && find.until ? [find.until] : [];
  const parts = isAlone ? [find] : [...find.steps, ...until];
  const keys = isAlone ? [] : [...find.by, ...[...find.steps, ...until].flatMap((step) => step.by)];
  if (parts.some(({ where }) => isOpaque(where))) return undefined;
  return [
    ...new Set([
      ...fieldsOfOperands(keys),
      ...stages.flatMap(countedBy),
      ...parts.flatMap(({ where }) => [...fieldsOf(where), ...paths(where)]),
    ]),
  ];
}

/** What is counted, and by what. What is given of each event need not be there. */
export function countedBy(stage: Stage): readonly string[] {
  if (stage.kind !== 'aggregate') return [];
  return [stage.by, stage.field ?? [], stage.also ?? []].flat();
}

function isOpaque(where: Predicate): boolean {
  for (const { kind } of predicates(where)) if (kind === 'opaque') return true;
  return false;
}

/** KQL `path: { … }` needs the path itself, too. */
function paths(where: Predicate): readonly string[] {
  return [...predicates(where)].flatMap((part) => (part.kind === 'nested' ? [part.path] : []));
}
