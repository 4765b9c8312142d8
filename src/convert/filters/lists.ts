import { isList, isObject, type Json, type JsonObject } from '../../rule/json.ts';
import type { Rule, RuleFilter } from '../../rule/rule.ts';
import type { Served } from './cast-filters.ts';

/** An exception list of Kibana's and the exceptions in it, as they stand in an export. */
export interface ExceptionList {
  readonly key: string;
  /** Absent where only its exceptions are there. */
  readonly list?: RuleFilter;
  readonly exceptions: readonly RuleFilter[];
}

/** Lists in the order in which they, or their exceptions, first stand. */
export function listsOf(filters: readonly RuleFilter[]): ReadonlyMap<string, ExceptionList> {
  const lists = new Map<string, ExceptionList & { readonly exceptions: RuleFilter[] }>();
  for (const one of filters) {
    if (one.format !== 'kibana') continue;
    const key = keyOfList(one.body);
    const known = lists.get(key) ?? { key, exceptions: [] };
    if (isException(one.body)) known.exceptions.push(one);
    lists.set(key, isException(one.body) ? known : { ...known, list: one });
  }
  return lists;
}

/** Without those that stand word for word in another text as well: a list is exported with each of its rules. */
export function eachOnce(filters: readonly RuleFilter[]): readonly RuleFilter[] {
  return [...new Map(filters.map((one) => [JSON.stringify(one.body), one])).values()];
}

/** The lists that a rule lays over what it finds. */
export function referencesOf({ engine }: Rule): readonly JsonObject[] {
  const references = engine?.['exceptions_list'];
  return isList(references) ? references.filter(isObject) : [];
}

/** The rules that refer to a list, by the key of the list. */
export function referringTo(served: readonly Served[]): ReadonlyMap<string, readonly Served[]> {
  const referring = new Map<string, Served[]>();
  for (const one of served) {
    for (const key of new Set(referencesOf(one.rule).map(keyOfList))) {
      const known = referring.get(key);
      if (known) known.push(one);
      else referring.set(key, [one]);
    }
  }
  return referring;
}

/** Lists are told apart by their id within a space, or within all of them. */
export function keyOfList(value: Json): string {
  const { list_id = '', namespace_type = 'single' } = isObject(value) ? value : {};
  return JSON.stringify([namespace_type, list_id]);
}

/** What a rule says to refer to a list. */
export function referenceTo(list: JsonObject): JsonObject {
  const { id, list_id = '', type = 'detection', namespace_type = 'single' } = list;
  return { id: id ?? list_id, list_id, type, namespace_type };
}

export function isException(body: JsonObject): boolean {
  return Object.hasOwn(body, 'item_id') || Object.hasOwn(body, 'entries');
}

/** What people call an exception, a list or a filter. */
export function nameOf(body: JsonObject): string {
  const names = [body['name'], body['title'], body['item_id'], body['list_id'], body['id']];
  return names.find((name): name is string => typeof name === 'string' && name !== '') ?? 'without a name';
}
