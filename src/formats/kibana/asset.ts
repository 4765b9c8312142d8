import type { Report } from '../../diagnostic/diagnostic.ts';
import { staysBehind, withoutCarrying } from '../../rule/carry.ts';
import { isList, isObject, type Json, type JsonObject, objectOf } from '../../rule/json.ts';
import type { Rule } from '../../rule/rule.ts';
import type { WriteOptions } from '../format.ts';
import { checkFit, fitted, packagedRules } from '../schemas/index.ts';
import { answers } from './api.ts';
import { type Body, filled, readBody, writeBody } from './body.ts';
import { sayStatus, takeStatus } from './deprecated.ts';
import { asPackaged } from './packaged.ts';
import { reportMissing, withoutNulls } from './wanted.ts';

/** A prebuilt rule as a package of integrations holds it: the saved object that Kibana installs. */
export function readAsset(object: JsonObject, report: Report): Rule {
  const { attributes, type, ...around } = object;
  const fields = isObject(attributes) ? attributes : {};
  const { id, ...others } = around;
  const envelope = id === undefined || id === idOf(fields) ? others : around;
  const { status, rest } = takeStatus(fields);
  return { ...readBody({ fields: rest, envelope, travelling: undefined }, 'attributes', report), ...status };
}

export function writeAsset(rule: Rule, { stack }: WriteOptions, report: Report): JsonObject {
  const { said, rest: body } = sayStatus(rule);
  const { fields, envelope, saved = {}, travelling } = writeBody(body, withoutCarrying(report));
  const own = { ...withoutForeign(fields, { travelling, saved }, report), ...said };
  const known = stack ? fitted(own, { stack, rulesOf: packagedRules, carries: false }, report) : own;
  const attributes = asPackaged(withoutNulls(known, report), report);
  reportMissing(attributes, wanted, report);
  if (stack) checkFit(attributes, stack, packagedRules);
  const id = idOf(attributes);
  return sorted({ ...(id !== undefined && { id }), ...envelope, attributes, type: 'security-rule' });
}

const wanted = ['rule_id', 'version', 'name', 'description', 'risk_score', 'severity', 'type'];

/** `<rule_id>_<version>`; older packages have the `rule_id` alone, which is carried. */
function idOf(fields: JsonObject): string | undefined {
  const { rule_id, version } = fields;
  if (typeof rule_id !== 'string') return undefined;
  return typeof version === 'number' ? `${rule_id}_${version}` : rule_id;
}

/** What a rule has only once it is installed in a cluster. */
const foreign: ReadonlySet<string> = new Set([
  'actions',
  'response_actions',
  'throttle',
  'meta',
  'output_index',
  'namespace',
  ...answers,
]);

function withoutForeign(
  fields: JsonObject,
  { travelling, saved = {} }: Partial<Body>,
  report: Report,
): JsonObject {
  const left = Object.entries(fields).filter(([key]) => foreign.has(key));
  const carried = { ...(isObject(travelling) && travelling), ...filled({ kibana: saved }) };
  if (left.length === 0 && Object.keys(carried).length === 0) return fields;
  const keys = left.map(([key]) => key);
  staysBehind('A prebuilt rule has no place for it', carried, keys).forEach(report);
  return objectOf(Object.entries(fields).filter(([key]) => !foreign.has(key)));
}

/** Keys in alphabetical order, at every level. */
function sorted(value: JsonObject): JsonObject {
  return objectOf(
    Object.keys(value)
      .sort()
      .map((key) => [key, sortedWithin(value[key]!)]),
  );
}

function sortedWithin(value: Json): Json {
  if (isList(value)) return value.map(sortedWithin);
  return isObject(value) ? sorted(value) : value;
}
