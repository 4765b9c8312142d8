import { isList, isObject, type Json, type JsonObject, objectOf } from '../../rule/json.ts';
import { turned } from './keys.ts';

/** The few values in which a saved object spells inner keys its own way, too. */
export interface Inner {
  readonly toApi: (value: Json) => Json;
  readonly toSaved: (value: Json) => Json;
}

const suppression = new Map([
  ['group_by', 'groupBy'],
  ['missing_fields_strategy', 'missingFieldsStrategy'],
]);
const source = new Map([
  ['is_customized', 'isCustomized'],
  ['has_base_version', 'hasBaseVersion'],
  ['customized_fields', 'customizedFields'],
]);
const customizedField = new Map([['field_name', 'fieldName']]);
const responseAction = new Map([['action_type_id', 'actionTypeId']]);
const osquery = new Map([
  ['saved_query_id', 'savedQueryId'],
  ['ecs_mapping', 'ecsMapping'],
  ['pack_id', 'packId'],
]);
const action = new Map([
  ['action_type_id', 'actionTypeId'],
  ['alerts_filter', 'alertsFilter'],
  ['use_alert_data_for_template', 'useAlertDataForTemplate'],
]);

/** By the key of the API. */
export const inner: ReadonlyMap<string, Inner> = new Map([
  ['alert_suppression', renaming(suppression)],
  [
    'rule_source',
    within(renaming(source), 'customized_fields', 'customizedFields', renaming(customizedField)),
  ],
  ['response_actions', within(renaming(responseAction), 'params', 'params', renaming(osquery))],
  ['actions', renaming(action)],
  ['investigation_fields', { toApi: asFieldNames, toSaved: (value) => value }],
]);

/** Of an object, or of every object of a list. */
function renaming(keys: ReadonlyMap<string, string>): Inner {
  const back = turned(keys);
  return { toApi: (value) => renamed(value, back), toSaved: (value) => renamed(value, keys) };
}

function renamed(value: Json, keys: ReadonlyMap<string, string>): Json {
  return eachObject(value, (object) =>
    objectOf(Object.entries(object).map(([key, value]) => [keys.get(key) ?? key, value])),
  );
}

function within(outer: Inner, api: string, saved: string, deeper: Inner): Inner {
  return {
    toApi: (value) => outer.toApi(changedAt(value, saved, deeper.toApi)),
    toSaved: (value) => outer.toSaved(changedAt(value, api, deeper.toSaved)),
  };
}

function changedAt(value: Json, key: string, change: (value: Json) => Json): Json {
  return eachObject(value, (object) =>
    Object.hasOwn(object, key) ? { ...object, [key]: change(object[key]!) } : object,
  );
}

function eachObject(value: Json, change: (object: JsonObject) => JsonObject): Json {
  if (isList(value)) return value.map((each) => (isObject(each) ? change(each) : each));
  return isObject(value) ? change(value) : value;
}

/** 8.10 kept a bare list; an empty one meant none. */
function asFieldNames(value: Json): Json {
  if (!isList(value)) return value;
  return value.length === 0 ? null : { field_names: value };
}
