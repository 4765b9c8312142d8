import type { Diagnostic, Report } from '../../diagnostic/diagnostic.ts';
import { apartKey, carryKey, staysBehind, withoutCarrying } from '../../rule/carry.ts';
import { isList, isObject, type JsonObject } from '../../rule/json.ts';
import type { Rule } from '../../rule/rule.ts';
import { apartOf, withApart } from '../engine/index.ts';
import type { WriteOptions } from '../format.ts';
import { checkFit, fitted, lineRules, newest, reaches, type Stack } from '../schemas/index.ts';
import { filled, readBody, writeBody } from './body.ts';
import { inOrder } from './order.ts';
import { reportMissing, withoutNulls } from './wanted.ts';

/** A rule as `_export` writes it, and `_import` and the create API read it. What travels is in its `meta`. */
export function readLine(object: JsonObject, report: Report): Rule {
  const { meta, ...others } = object;
  if (!isObject(meta) || !Object.hasOwn(meta, carryKey)) {
    return readBody({ fields: asOfNow(object, report), envelope: {}, travelling: undefined }, '', report);
  }
  const { [carryKey]: travelling, ...own } = meta;
  const { [apartKey]: apart, ...packed } = isObject(travelling) ? travelling : {};
  const fields = asOfNow(withApart({ ...others, ...filled({ meta: own }) }, apart), report);
  const rest = isObject(travelling) && apart !== undefined ? packed : travelling;
  return readBody({ fields, envelope: {}, travelling: rest }, '', report);
}

/**
 * The fields without what came of a rule's runs, which an import has refused, and with what 8.10 kept as a
 * bare list in the form it has had since.
 */
function asOfNow(fields: JsonObject, report: Report): JsonObject {
  const { execution_summary: runs, investigation_fields: names, ...others } = fields;
  if (runs === undefined && !isList(names)) return fields;
  const now = isList(names) ? { field_names: names } : names;
  if (runs !== undefined) report(ofRuns);
  if (isList(names)) report(ofEightTen);
  const isSaid = now !== undefined && !(isList(names) && names.length === 0);
  return { ...others, ...(isSaid && { investigation_fields: now }) };
}

const ofRuns: Diagnostic = {
  code: 'read/left-out',
  message:
    'execution_summary tells of the runs of a rule in one Kibana; where the file is written anew, it is left out.',
  path: 'execution_summary',
};

const ofEightTen: Diagnostic = {
  code: 'style/respelled',
  message:
    'investigation_fields is a bare list, as in Kibana 8.10; it is taken for the map of later versions, and for nothing if it is empty.',
  path: 'investigation_fields',
};

export function writeLine(rule: Rule, { carry, stack }: WriteOptions, tellAll: Report): JsonObject {
  const carries = carry !== 'none';
  const report = carries ? tellAll : withoutCarrying(tellAll);
  const { fields: meant, envelope, saved = {}, travelling } = writeBody(rule, report);
  const fields = stack ? fitted(meant, { stack, rulesOf: lineRules, carries }, report) : meant;
  const carried = {
    ...(isObject(travelling) && travelling),
    ...filled({ kibana: filled({ envelope, saved }), [apartKey]: apartOf(meant, fields) ?? {} }),
  };
  const written = finished(withCarry(fields, carried, carries, report), stack, report);
  if (stack) checkFit(written, stack, lineRules);
  return written;
}

function finished(fields: JsonObject, stack: Stack = newest, report: Report): JsonObject {
  reportMissing(fields, wanted, report);
  if (Object.hasOwn(fields, 'throttle') && reaches(stack, frequencies)) report(moved);
  return inOrder(withoutNulls(fields, report));
}

/** What `_import` refuses a rule without, whatever its type. */
const wanted = ['rule_id', 'name', 'description', 'risk_score', 'severity', 'type'];

/** Since then each action says how often it is sent. */
const frequencies: Stack = { major: 8, minor: 8 };

const moved: Diagnostic = {
  code: 'write/deprecated',
  message:
    'throttle is said of the whole rule, as until Kibana 8.7; an import moves it into the frequency of each action that has none.',
  path: 'throttle',
};

function withCarry(fields: JsonObject, carried: JsonObject, carries: boolean, report: Report): JsonObject {
  const { meta = {} } = fields;
  if (Object.keys(carried).length === 0) return fields;
  if (carries && isObject(meta)) return { ...fields, meta: { ...meta, [carryKey]: carried } };
  const why = carries ? 'meta is not a map here and has no place' : 'Nothing was to travel';
  staysBehind(why, carried).forEach(report);
  return fields;
}
