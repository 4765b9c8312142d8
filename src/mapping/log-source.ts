import type { Predicate } from '../query/query.ts';
import type { LogSource } from '../rule/rule.ts';
import { type Mapping, sourceKey, stem } from './mapping.ts';
import type { ImpliedTest, LogSourceRow } from './table.ts';
import { testOf } from './words.ts';

/** The row of a log source: the same category, product and service. Undefined if no table has one. */
export function findLogSource(source: LogSource, mapping: Mapping): LogSourceRow | undefined {
  return mapping.bySource.get(sourceKey(source));
}

/** The tests that a log source implies, as predicates; the system first, as Elastic's rules have it. */
export function impliedTests(row: LogSourceRow): readonly Predicate[] {
  const tests = row.where ?? [];
  const isSystem = ({ field }: ImpliedTest) => field === 'host.os.type';
  return [...tests.filter(isSystem), ...tests.filter((test) => !isSystem(test))].map(({ field, is }) =>
    testOf(field, is),
  );
}

/**
 * A log source for data that no table knows, from the name of its data stream: `logs-acme.audit-*` is
 * product `acme`, service `audit`; without one, from the category of the events.
 */
export function derivedLogSource({
  category,
  indices,
}: {
  readonly category?: string;
  readonly indices: readonly string[];
}): LogSource {
  for (const index of indices) {
    const stream = /^(?:logs|metrics|traces)-([a-z0-9_]+)(?:\.([a-z0-9_]+))?/.exec(index);
    if (stream) return { product: stream[1]!, ...(stream[2] && { service: stream[2] }) };
  }
  const [first] = indices;
  const beat = first === undefined ? undefined : stem(first).replace(/[^a-z0-9_.-]/g, '');
  return {
    ...(category !== undefined && { category }),
    ...(category === undefined && { product: beat === undefined || beat === '' ? 'elastic' : beat }),
  };
}

export const categoryField = 'event.category';

/** A test that a rule is of a category, for log sources that do not say it. */
export function categoryTest(category: string): Predicate {
  return testOf(categoryField, [category]);
}
