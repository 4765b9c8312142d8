import { isList, isObject, type Json, type JsonObject, objectOf, sameJson } from '../../rule/json.ts';
import type { Rule } from '../../rule/rule.ts';
import { filled } from './body.ts';
import { attributeKeys } from './keys.ts';

/**
 * What a saved rule says beyond the words of the API: settings of the framework of alerts, which belong to
 * the rule and travel under `saved`; and the records of one Kibana, which go nowhere else.
 */

/** Records of a saved object: who made it when, in what version, for which spaces. */
const records: ReadonlySet<string> = new Set([
  'id',
  'type',
  'attributes',
  'references',
  'version',
  'namespace',
  'namespaces',
  'originId',
  'managed',
  'migrationVersion',
  'coreMigrationVersion',
  'typeMigrationVersion',
  'created_at',
  'created_by',
  'updated_at',
  'updated_by',
  'score',
  'sort',
]);

/** Records of a rule: what it is run with, and what came of its runs. In both spellings of the framework. */
const attributeRecords: ReadonlySet<string> = new Set([
  'params',
  'alertTypeId',
  'rule_type_id',
  'consumer',
  'apiKey',
  'api_key',
  'apiKeyOwner',
  'api_key_owner',
  'apiKeyCreatedByUser',
  'api_key_created_by_user',
  'apiKeyOwnerProfileUid',
  'uiamApiKey',
  'scheduledTaskId',
  'scheduled_task_id',
  'legacyId',
  'legacy_id',
  'meta',
  'executionStatus',
  'execution_status',
  'monitoring',
  'lastRun',
  'last_run',
  'nextRun',
  'next_run',
  'running',
  'mapped_params',
  'isSnoozedUntil',
  'is_snoozed_until',
  'active_snoozes',
  'view_in_app_relative_url',
]);

/** What belongs to the rule, of what a new saved object of it would not say. Null and nothing say nothing. */
export function restOf(object: JsonObject, made: JsonObject): JsonObject {
  const around = Object.entries(object).filter(([key]) => !records.has(key));
  const written = mapAt(made, 'attributes');
  const own = mapAt(object, 'attributes');
  const attributes = Object.entries(own).filter(
    ([key, value]) => !attributeRecords.has(key) && isOwn(camel(key), value, written),
  );
  // Bodies of the alerting API have these in the other spelling.
  const spelled = Object.hasOwn(own, 'rule_type_id') ? camel : (key: string) => key;
  const kept = objectOf(attributes.map(([key, value]) => [spelled(key), value]));
  return objectOf([...around, ...Object.entries(filled({ attributes: kept }))]);
}

/** What every new saved object says by itself, and a rule may say otherwise. */
const frame: ReadonlySet<string> = new Set(['notifyWhen', 'muteAll', 'mutedInstanceIds']);

function isOwn(key: string, value: Json, written: JsonObject): boolean {
  if (value === null || value === 'onActiveAlert' || (isList(value) && value.length === 0)) return false;
  return frame.has(key) ? differs(value, written[key]) : !Object.hasOwn(written, key) && !said.has(key);
}

/** What the words of the API say of it, one way or another. */
const said: ReadonlySet<string> = new Set([...attributeKeys.values(), 'schedule']);

/** Keys whose values go nowhere else. `place` leads to the attributes. */
export function leftOut(
  object: JsonObject,
  made: JsonObject,
  place: { readonly attributes: readonly string[]; readonly references?: readonly string[] },
): readonly string[] {
  const at = (...steps: readonly string[]) => [...place.attributes, ...steps].join('.');
  const changed = (was: JsonObject, is: JsonObject) =>
    Object.keys(was).filter((key) => differs(was[key], is[camel(key)] ?? is[key]));
  const own = mapAt(object, 'attributes');
  const written = mapAt(made, 'attributes');
  const around = changed(object, made)
    .filter((key) => key !== 'attributes')
    .map((key) => (key === 'references' ? (place.references ?? [key]).join('.') : key));
  const attributes = changed(own, written).filter((key) => key !== 'params');
  const params = changed(mapAt(own, 'params'), mapAt(written, 'params'));
  return [...around, ...attributes.map((key) => at(key)), ...params.map((key) => at('params', key))];
}

function differs(was: Json | undefined, is: Json | undefined): boolean {
  return !sameJson(was, is);
}

function camel(key: string): string {
  return key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The rule with what it is saved with, and without. */
export function withSaved(rule: Rule, saved: JsonObject): Rule {
  if (Object.keys(saved).length === 0) return rule;
  return { ...rule, carry: { ...rule.carry, kibana: { ...rule.carry['kibana'], saved } } };
}

export function withoutSaved(rule: Rule): Rule {
  if (Object.keys(savedWith(rule)).length === 0) return rule;
  const { saved: _, ...others } = rule.carry['kibana']!;
  return { ...rule, carry: { ...rule.carry, kibana: others } };
}

export function savedWith({ carry }: Rule): JsonObject {
  return mapAt(carry['kibana'] ?? {}, 'saved');
}

/** The object with what was kept of another of the same rule. What the rule says itself wins. */
export function withKept(object: JsonObject, kept: JsonObject): JsonObject {
  const { attributes: _, ...around } = kept;
  const settings = Object.entries(mapAt(kept, 'attributes'));
  const own = mapAt(object, 'attributes');
  const attributes = { ...own, ...objectOf(settings.filter(([key]) => isOpen(own, key))) };
  return { ...around, ...object, attributes, type: 'alert' };
}

/** Whether an attribute says nothing, or what a new object says by itself. */
function isOpen(attributes: JsonObject, key: string): boolean {
  const value = attributes[key];
  return value === undefined || value === null || value === false || (isList(value) && value.length === 0);
}

function mapAt(object: JsonObject, key: string): JsonObject {
  const value = object[key];
  return isObject(value) ? value : {};
}
