import type { Report } from '../../diagnostic/diagnostic.ts';
import { isList, isObject, type Json, type JsonObject } from '../../rule/json.ts';
import type { Rule } from '../../rule/rule.ts';
import type { WriteOptions } from '../format.ts';
import { alertTypeIn, idAtAlert, isSecurityRule, putAlert, readAlert, writeAlert } from './alert.ts';
import { writeRequest } from './api.ts';
import { readAsset, writeAsset } from './asset.ts';
import { readLine, writeLine } from './line.ts';
import { types } from './order.ts';
import { escaped, plain } from './spelling.ts';

/** One of the kinds of object that stand in files of Kibana's. */
export interface Shape {
  readonly id: string;
  /** What becomes of it: a rule, what travels with rules, a count that is made anew, or nothing. */
  readonly part: 'rule' | 'filter' | 'companion' | 'details' | 'nothing';
  /** As a message names it: "This is a saved search, not a rule." */
  readonly title: string;
  readonly is: (object: JsonObject) => boolean;
  /** How it holds a rule, if it does. */
  readonly rule?: RuleShape;
}

/** The way in, the way back, and how what is written is spelled. */
export interface RuleShape {
  readonly read: (object: JsonObject, report: Report) => Rule;
  readonly write: (rule: Rule, how: WriteOptions, report: Report) => JsonObject;
  readonly print: (value: Json, indent: string) => string;
  /** The keys that lead to the id of the rule. */
  readonly idAt: (object: JsonObject) => readonly string[];
  /** The object with what differs between two rules; without it, `write` says both in full. */
  readonly put?: (object: JsonObject, was: Rule, now: Rule, how: WriteOptions, report: Report) => JsonObject;
}

export const line: RuleShape = {
  read: readLine,
  write: writeLine,
  print: plain,
  idAt: () => ['rule_id'],
};
/** A line without what only answers say. Read, it is a line like any other. */
export const request: RuleShape = { ...line, write: writeRequest };
export const asset: RuleShape = {
  read: readAsset,
  write: writeAsset,
  print: escaped,
  idAt: () => ['attributes', 'rule_id'],
};
/** A saved object, a document of an index or a body of the alerting API, each with its own wrapping. */
export const alert: RuleShape = {
  read: readAlert,
  write: writeAlert,
  print: plain,
  put: putAlert,
  idAt: idAtAlert,
};

/** Of an export of rules, of exception lists, of saved objects. */
const counts = ['exported_count', 'exported_exception_list_count', 'exportedCount'];

/**
 * Every shape; the first that fits is the one. An object with `attributes` is a saved object and never a
 * rule line, whatever else it says; Kibana's own import goes by the same signs.
 */
const shapes: readonly Shape[] = [
  { id: 'pack', part: 'nothing', title: 'a pack of rulecast', is: has('rulecast') },
  { id: 'details', part: 'details', title: 'a details line', is: has(...counts) },
  { id: 'exception-item', part: 'filter', title: 'an exception', is: has('item_id', 'entries') },
  { id: 'exception-list', part: 'filter', title: 'an exception list', is: has('list_id') },
  { id: 'connector', part: 'companion', title: 'a connector', is: savedAs('action') },
  { id: 'asset', part: 'rule', title: 'a prebuilt rule', is: savedAs('security-rule'), rule: asset },
  { id: 'saved-rule', part: 'rule', title: 'a rule', is: savedRule(savedAs('alert')), rule: alert },
  { id: 'notification', part: 'nothing', title: 'the notification of a rule', is: isNotification },
  { id: 'bare-rule', part: 'nothing', title: 'a saved rule without its params', is: isBareRule },
  { id: 'saved-alert', part: 'nothing', title: 'an alert of another solution', is: savedAs('alert') },
  { id: 'saved-search', part: 'nothing', title: 'a saved search', is: savedAs('search') },
  { id: 'saved-query', part: 'nothing', title: 'a saved query', is: savedAs('query') },
  { id: 'data-view', part: 'nothing', title: 'a data view', is: savedAs('index-pattern') },
  { id: 'dashboard', part: 'nothing', title: 'a dashboard', is: savedAs('dashboard') },
  { id: 'saved-object', part: 'nothing', title: 'a saved object', is: has('attributes') },
  { id: 'rule-document', part: 'rule', title: 'a rule', is: savedRule(isDocument), rule: alert },
  { id: 'document', part: 'nothing', title: 'a document of an index', is: isDocument },
  { id: 'alerting-rule', part: 'rule', title: 'a rule', is: savedRule(isAlertingRule), rule: alert },
  { id: 'alerting-body', part: 'nothing', title: 'an alert of another solution', is: isAlertingRule },
  { id: 'rule', part: 'rule', title: 'a rule', is: isRuleLine, rule: line },
];

/** The shape of an object; undefined if it is of none that is known here. */
export function shapeOf(object: JsonObject): Shape | undefined {
  return shapes.find((shape) => shape.is(object));
}

/** The key under which a response of Kibana's lists its objects. */
export function listKeyOf(object: JsonObject): string | undefined {
  return ['data', 'rules', 'saved_objects'].find((key) => isList(object[key]));
}

function has(...keys: readonly string[]) {
  return (object: JsonObject): boolean => keys.some((key) => Object.hasOwn(object, key));
}

function savedAs(type: string) {
  return (object: JsonObject): boolean => object['type'] === type && isObject(object['attributes']);
}

function savedRule(wrapped: (object: JsonObject) => boolean) {
  return (object: JsonObject): boolean => wrapped(object) && isSecurityRule(object);
}

function isBareRule(object: JsonObject): boolean {
  return savedAs('alert')(object) && (alertTypeIn(object)?.startsWith('siem.') ?? false);
}

/** Actions of a rule as they were kept until 7.16. */
function isNotification(object: JsonObject): boolean {
  return alertTypeIn(object) === 'siem.notifications';
}

/** As Elasticsearch gives it, and as Kibana's test archives wrap it. */
function isDocument(object: JsonObject): boolean {
  const inner = isObject(object['value']) ? object['value'] : object;
  return isObject(object['_source']) || isObject(inner['source']);
}

function isAlertingRule(object: JsonObject): boolean {
  return has('rule_type_id', 'alertTypeId')(object) && isObject(object['params']);
}

/** Bodies of the create API may leave `rule_id` out; no rule can be without a type. */
function isRuleLine(object: JsonObject): boolean {
  const { rule_id, type } = object;
  if (typeof rule_id === 'string') return true;
  if (typeof type !== 'string') return false;
  return types.has(type) || has('name', 'query', 'severity', 'risk_score')(object);
}
