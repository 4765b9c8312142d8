import { attempt } from '../../diagnostic/attempt.ts';
import type { Outcome } from '../../diagnostic/diagnostic.ts';
import { filter } from '../../query/build.ts';
import type { Predicate, Query } from '../../query/query.ts';
import { parseAll } from './filter.ts';
import { readJson } from './json.ts';
import { Reading } from './reading.ts';

/**
 * Text := JSON of a list of filters, of one filter, or of one clause
 *
 * A clause without a neutral form is kept as text of this language.
 */
export function parse(text: string): Outcome<Query> {
  return attempt(() => {
    const { value, places } = readJson(text);
    const filters: readonly unknown[] = Array.isArray(value) ? value : [value];
    return filter(parseAll(filters, new Reading(places, 'kept')));
  });
}

/**
 * What the filters beside a query ask for, as one predicate: all of them, but for those that are
 * switched off. Both ages of filter objects are read: `{ meta, query: { … } }` and the older
 * `{ meta, exists: { … } }`. Fails with `loss/filter` on clauses that have no neutral form.
 */
export function parseFilters(filters: readonly unknown[]): Outcome<Predicate> {
  return attempt(() => parseAll(filters, new Reading(new WeakMap(), 'refused')));
}
