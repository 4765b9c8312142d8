import type { Report } from '../../diagnostic/diagnostic.ts';
import { carryKey, staysBehind, withoutCarrying } from '../../rule/carry.ts';
import { isObject, type JsonObject } from '../../rule/json.ts';
import type { Rule } from '../../rule/rule.ts';
import { filled, readBody, writeBody } from './body.ts';
import { inOrder } from './order.ts';
import { reportMissing, withoutNulls } from './wanted.ts';

/** A rule as `_export` writes it, and `_import` and the create API read it. What travels is in its `meta`. */
export function readLine(object: JsonObject, report: Report): Rule {
  const { meta, ...others } = object;
  if (!isObject(meta) || !Object.hasOwn(meta, carryKey)) {
    return readBody({ fields: object, envelope: {}, travelling: undefined }, '', report);
  }
  const { [carryKey]: travelling, ...own } = meta;
  return readBody({ fields: { ...others, ...filled({ meta: own }) }, envelope: {}, travelling }, '', report);
}

export function writeLine(rule: Rule, report: Report): JsonObject {
  const { fields, carried } = fieldsOf(rule, report);
  return finished(Object.keys(carried).length === 0 ? fields : withCarry(fields, carried, report), report);
}

/** A rule line in which nothing travels; what stays behind is reported. */
export function writeBareLine(rule: Rule, report: Report): JsonObject {
  const { fields, carried } = fieldsOf(rule, withoutCarrying(report));
  staysBehind('Nothing was to travel', carried).forEach(report);
  return finished(fields, report);
}

function fieldsOf(rule: Rule, report: Report): { fields: JsonObject; carried: JsonObject } {
  const { fields, envelope, travelling } = writeBody(rule, report);
  const kibana = filled({ envelope });
  return { fields, carried: { ...(isObject(travelling) && travelling), ...filled({ kibana }) } };
}

function finished(fields: JsonObject, report: Report): JsonObject {
  reportMissing(fields, wanted, report);
  return inOrder(withoutNulls(fields, report));
}

/** What `_import` refuses a rule without, whatever its type. */
const wanted = ['rule_id', 'name', 'description', 'risk_score', 'severity', 'type'];

function withCarry(fields: JsonObject, carried: JsonObject, report: Report): JsonObject {
  const { meta = {} } = fields;
  if (isObject(meta)) return { ...fields, meta: { ...meta, [carryKey]: carried } };
  staysBehind('meta is not a map here and has no place', carried).forEach(report);
  return fields;
}
