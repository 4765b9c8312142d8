import { type Json, type JsonObject, objectOf, sameJson } from '../../rule/json.ts';

const flat = { fields: 'new_terms_fields', since: 'history_window_start' } as const;

/**
 * The fields of a rule on new terms stand side by side in the API, and in a table of their own in a file:
 *
 *     new_terms_fields, history_window_start
 *     new_terms = { field = "new_terms_fields", value, history_window_start = [{ field, value }] }
 *
 * From the file to the API. A table of any other form stays what it is.
 */
export function flatten(rule: JsonObject): JsonObject {
  const { new_terms: table, ...rest } = rule;
  const fields = valueIn(table, 'value');
  const since = valueIn(valueIn(valueIn(table, flat.since), '0'), 'value');
  if (fields === undefined || since === undefined || !sameJson(table, tableOf(fields, since))) return rule;
  if (Object.hasOwn(rest, flat.fields) || Object.hasOwn(rest, flat.since)) return rule;
  return objectOf([...Object.entries(rest), [flat.fields, fields], [flat.since, since]]);
}

/** The way back. */
export function nest(rule: JsonObject): JsonObject {
  if (!Object.hasOwn(rule, flat.fields)) return rule;
  const { [flat.fields]: fields, [flat.since]: since, ...rest } = rule;
  if (fields === undefined || since === undefined || Object.hasOwn(rule, 'new_terms')) return rule;
  return objectOf([...Object.entries(rest), ['new_terms', tableOf(fields, since)]]);
}

function tableOf(fields: Json, since: Json): JsonObject {
  return { field: flat.fields, value: fields, [flat.since]: [{ field: flat.since, value: since }] };
}

function valueIn(value: Json | undefined, key: string): Json | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as JsonObject)[key];
}
