import { carryKey } from '../../rule/carry.ts';
import { isList, isObject, type Json, type JsonObject } from '../../rule/json.ts';
import type { RuleFilter } from '../../rule/rule.ts';
import type { Renaming } from './renaming.ts';

/** What leaves things out of rules, for the rules under their new ids. */
export function renamedExclusions(filters: readonly RuleFilter[], renaming: Renaming): readonly RuleFilter[] {
  return filters.map(({ format, body }) => ({
    format,
    body: format === 'sigma' ? renamedFilter(body, renaming) : renamedList(body, renaming),
  }));
}

/** A Sigma filter for the rules under their new ids. It is another filter then, and has another id. */
function renamedFilter(body: JsonObject, renaming: Renaming): JsonObject {
  const { filter } = body;
  if (!isObject(filter)) return body;
  const { rules } = filter;
  const named = isList(rules) ? rules.map((name) => calledNow(name, renaming)) : calledNow(rules, renaming);
  const isSame =
    isList(named) && isList(rules) ? named.every((name, at) => name === rules[at]) : named === rules;
  if (named === undefined || isSame) return body;
  return withNewId({ ...body, filter: { ...filter, rules: named } }, renaming);
}

function calledNow<T extends Json | undefined>(name: T, { idOf }: Renaming): T | string {
  return typeof name === 'string' ? (idOf(name) ?? name) : name;
}

/** An exception list of Kibana's, with the filter that it was made of. */
function renamedList(body: JsonObject, renaming: Renaming): JsonObject {
  const { meta } = body;
  const notes = isObject(meta) ? meta[carryKey] : undefined;
  if (!isObject(meta) || !isObject(notes) || !isObject(notes['sigma'])) return body;
  const sigma = renamedFilter(notes['sigma'], renaming);
  return { ...body, meta: { ...meta, [carryKey]: { ...notes, sigma } } };
}

/** A filter that was made of an exception names rules by their new ids; made again for others, it is another. */
export function renewedFilter(filter: RuleFilter, renaming: Renaming): RuleFilter {
  const { body, format } = filter;
  const { id } = body;
  const isAnother = format === 'sigma' && typeof id === 'string' && renaming.before(id) === undefined;
  return isAnother && namesRules(body) ? { format, body: withNewId(body, renaming) } : filter;
}

function namesRules({ filter }: JsonObject): boolean {
  const rules = isObject(filter) ? filter['rules'] : undefined;
  return isList(rules) ? rules.length > 0 && !rules.includes('any') : rules !== undefined && rules !== 'any';
}

function withNewId(body: JsonObject, { renew }: Renaming): JsonObject {
  return typeof body['id'] === 'string' ? { ...body, id: renew(body['id']) } : body;
}
