import type { Predicate } from '../query/query.ts';
import type { LogSource } from '../rule/rule.ts';
import { type Mapping, sourceKey, stem } from './mapping.ts';
import { inScope } from './scope.ts';
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

/** The tags that rules of these log sources have in Elastic. */
export function tagsOf(sources: readonly LogSource[], { tags }: Mapping): readonly string[] {
  const rows = tags.filter(({ scope }) => sources.some((source) => inScope(scope, source)));
  return [...new Set(rows.flatMap((row) => row.tags))];
}

/**
 * A log source for data that no table knows, from what the names of its data streams share: `logs-acme.audit-*`
 * is product `acme`, service `audit`; without one, from the category of the events.
 */
export function derivedLogSource({
  category,
  indices,
}: {
  readonly category?: string;
  readonly indices: readonly string[];
}): LogSource {
  const streams = indices.map((index) => dataStream.exec(index)).filter((found) => found !== null);
  const products = new Set(streams.map(([, name]) => name));
  const services = new Set(streams.map(([, , name]) => name));
  const [product] = products;
  const [service] = services;
  if (product !== undefined && products.size === 1) {
    return { product, ...(service !== undefined && services.size === 1 && { service }) };
  }
  const [first] = products.size === 0 ? indices : [];
  const beat = first === undefined ? undefined : stem(first).replace(/[^a-z0-9_.-]/g, '');
  return {
    ...(category !== undefined && { category }),
    ...(category === undefined && { product: beat === undefined || beat === '' ? 'elastic' : beat }),
  };
}

const dataStream = /^(?:logs|metrics|traces)-([a-z0-9_]+)(?:\.([a-z0-9_]+))?/;

export const categoryField = 'event.category';

/** A test that a rule is of a category, for log sources that do not say it. */
export function categoryTest(category: string): Predicate {
  return testOf(categoryField, [category]);
}
