import { always, and, not } from '../../query/build.ts';
import type { Predicate } from '../../query/query.ts';
import { parseClause } from './clause.ts';
import { alternatives, type Fields, type Reading } from './reading.ts';

/** All filters of a list have to hold; those that are switched off ask nothing. */
export function parseAll(filters: readonly unknown[], reading: Reading): Predicate {
  const parts = filters.map((filter) => parseFilter(filter, reading)).filter((part) => part !== always);
  return parts.length === 0 ? always : and(parts);
}

/** What Kibana writes beside the clause of a filter. */
const beside: ReadonlySet<string> = new Set(['meta', '$state']);

/**
 * Filter := { meta, query: Clause } | { meta, <kind>: … } | Clause
 *
 * The second is the older form; the third has nothing of Kibana's.
 */
function parseFilter(value: unknown, reading: Reading): Predicate {
  return reading.deeper(value, () => {
    const filter = reading.fields(value, 'A filter');
    const meta = filter['meta'] === undefined ? {} : reading.fields(filter['meta'], 'The meta part', filter);
    if (meta['disabled'] === true) return always;
    const where = meta['type'] === 'combined' ? parseCombined(meta, reading) : parseAsked(filter, reading);
    return meta['negate'] === true ? not(where) : where;
  });
}

function parseAsked(filter: Fields, reading: Reading): Predicate {
  const { query } = filter;
  if (query !== undefined)
    return parseClause(reading.fields(query, 'The query of a filter', filter), reading);
  const kinds = Object.entries(filter).filter(([key]) => !beside.has(key));
  return kinds.length === Object.keys(filter).length
    ? parseClause(filter, reading)
    : parseClause(Object.fromEntries(kinds), reading, filter);
}

/** Filters within a filter: Kibana makes the query anew from them, and looks at no other. */
function parseCombined(meta: Fields, reading: Reading): Predicate {
  const { params, relation } = meta;
  if (!Array.isArray(params)) return reading.refuse('A combined filter has no filters in it', meta);
  if (relation === 'AND') return parseAll(params, reading);
  if (relation !== 'OR') return reading.refuse('A combined filter says neither AND nor OR', meta);
  const parts = params.map((filter) => parseFilter(filter, reading));
  return parts.length === 0 ? always : alternatives(parts);
}
