import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { staysBehind } from '../../rule/carry.ts';
import { isList, type Json, type JsonObject } from '../../rule/json.ts';
import { nameOf } from './lists.ts';

/** Where nothing is to travel: what stays behind of exclusions that are written in other words. */

/** What an exception says as well as a filter, or is made of. */
const saidByExceptions: ReadonlySet<string> = new Set(['title', 'id', 'description', 'logsource', 'filter']);

export function leftOfFilter(body: JsonObject): readonly Diagnostic[] {
  const fields = Object.keys(body).filter((key) => !saidByExceptions.has(key));
  return staysBehind(`Of the filter "${nameOf(body)}" nothing was to travel`, {}, fields);
}

/** What says which exception it is, and what a filter says as well or is told of by itself. */
const saidByFilters: ReadonlySet<string> = new Set([
  ...['item_id', 'list_id', 'namespace_type', 'type', 'id', '_version', 'tie_breaker_id'],
  ...['name', 'description', 'entries', 'expire_time', 'os_types', 'created_at', 'updated_at'],
]);

export function leftOfException(exception: JsonObject, list: JsonObject | undefined): readonly Diagnostic[] {
  const left = Object.entries(exception).filter(([key, value]) => !saidByFilters.has(key) && !isEmpty(value));
  const fields = [...left.map(([key]) => key), ...(list ? ['the list it stands in'] : [])];
  return staysBehind(`Of the exception "${nameOf(exception)}" nothing was to travel`, {}, fields);
}

function isEmpty(value: Json): boolean {
  return value === null || value === '' || (isList(value) && value.length === 0);
}
