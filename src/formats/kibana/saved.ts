import { Failure } from '../../diagnostic/attempt.ts';
import { isObject, type Json, type JsonObject, objectOf } from '../../rule/json.ts';
import { inner } from './inner.ts';
import { alertTypes, apart, attributeKeys, paramKeys, turned } from './keys.ts';
import {
  actionsWithIds,
  actionsWithReferences,
  exceptionsWithIds,
  exceptionsWithReferences,
  type Referring,
} from './references.ts';
import { amongInternal, ruleIdAmong, withoutInternal } from './tags.ts';

/** A rule as the framework of alerts keeps it. Without references, ids stand where they are meant. */
export interface Saved {
  readonly attributes: JsonObject;
  readonly references?: readonly Json[];
}

const apiKeys = turned(paramKeys);

/** The rule in the words of the API. What belongs to its runs, and what says null, is left out. */
export function fieldsOf({ attributes, references = [] }: Saved): JsonObject {
  const schedule = mapAt(attributes, 'schedule');
  const entries = [...attributeEntries(attributes), ...paramEntries(mapAt(attributes, 'params'))];
  const fields = new Map(entries.map(([key, value]) => [key, inApi(key, value, references)]));
  const derived: [string, Json | undefined][] = [
    ['interval', schedule['interval']],
    ['rule_id', ruleIdAmong(attributes['tags'])],
    ['type', turned(alertTypes).get(alertTypeOf(attributes) ?? '')],
  ];
  for (const [key, value] of derived) if (value !== undefined && !fields.has(key)) fields.set(key, value);
  return objectOf([...fields].filter(([, value]) => value !== null));
}

export function alertTypeOf(attributes: JsonObject): string | undefined {
  const type = attributes['alertTypeId'] ?? attributes['rule_type_id'];
  return typeof type === 'string' ? type : undefined;
}

function attributeEntries(attributes: JsonObject): [string, Json][] {
  return [...attributeKeys].flatMap(([key, own]): [string, Json][] => {
    const value = attributes[own] ?? attributes[key];
    return value === undefined || value === null ? [] : [[key, value]];
  });
}

/** A key that is not known is the same in both, unless that would make it say what it never said. */
function paramEntries(params: JsonObject): [string, Json][] {
  return Object.entries(params).flatMap(([key, value]): [string, Json][] => {
    const known = apiKeys.get(key);
    const taken = attributeKeys.has(key) || apart.has(key) || Object.hasOwn(params, paramKeys.get(key) ?? '');
    if (value === null || (known === undefined && taken)) return [];
    return [[known ?? key, value]];
  });
}

function inApi(key: string, value: Json, references: readonly Json[]): Json {
  const turn = inner.get(key);
  const said = turn ? turn.toApi(value) : value;
  if (key === 'tags') return withoutInternal(said);
  if (key === 'actions') return actionsWithIds(said, references);
  return key === 'exceptions_list' ? exceptionsWithIds(said, references) : said;
}

/** Whether a field of the API has a place in a saved rule. */
export function hasPlace(key: string, value: Json): boolean {
  if (key === 'throttle') return value !== 'rule' && value !== 'no_actions';
  if (key === 'interval' || paramKeys.has(key) || attributeKeys.has(key)) return true;
  return !apart.has(key) && !apiKeys.has(key);
}

/** The saved rule with one field of the API changed, or without it if there is no value. */
export function tell(saved: Saved, key: string, value: Json | undefined): Saved {
  if (value !== undefined && !hasPlace(key, value)) return saved;
  switch (key) {
    case 'interval':
      return inAttributes(saved, 'schedule', having(mapAt(saved.attributes, 'schedule'), 'interval', value));
    case 'actions':
      return tellActions(saved, value);
    case 'exceptions_list':
      return tellExceptions(saved, value);
    case 'tags':
      return inAttributes(
        saved,
        key,
        value === undefined ? value : amongInternal(value, saved.attributes[key]),
      );
    case 'type':
      return inParams(withAlertType(saved, value), key, value);
    default:
      return attributeKeys.has(key)
        ? inAttributes(saved, nameIn(saved, key), value)
        : inParams(saved, key, value);
  }
}

/** Bodies of the alerting API have some names as the API of rules has them. */
function nameIn({ attributes }: Saved, key: string): string {
  return Object.hasOwn(attributes, key) ? key : attributeKeys.get(key)!;
}

function tellActions(saved: Saved, value: Json | undefined): Saved {
  if (Object.hasOwn(saved.attributes, 'rule_type_id')) return inAttributes(saved, 'actions', value);
  const list = value === undefined ? value : inner.get('actions')!.toSaved(value);
  if (saved.references === undefined) return inAttributes(saved, 'actions', list);
  const before = { list: saved.attributes['actions'] ?? [], references: saved.references };
  const made = actionsWithReferences(list ?? [], before);
  return {
    ...inAttributes(saved, 'actions', list === undefined ? list : made.list),
    references: made.references,
  };
}

function tellExceptions(saved: Saved, value: Json | undefined): Saved {
  const { references } = saved;
  if (references === undefined) return inParams(saved, 'exceptions_list', value);
  const made: Referring = exceptionsWithReferences(value ?? [], { list: [], references });
  return { ...inParams(saved, 'exceptions_list', value), references: made.references };
}

/** One kind of alert for rules of all types stays what it is. */
function withAlertType(saved: Saved, value: Json | undefined): Saved {
  const before = alertTypeOf(saved.attributes);
  if (before === 'siem.signals') return saved;
  const type = alertTypes.get(typeof value === 'string' ? value : '');
  if (type === undefined) {
    const message = `Saved objects have no kind of alert for rules of type ${JSON.stringify(value)}; the rule was not written.`;
    throw new Failure({ code: 'loss/rule-type', message, path: 'type', effect: 'dropped' });
  }
  const key = Object.hasOwn(saved.attributes, 'rule_type_id') ? 'rule_type_id' : 'alertTypeId';
  return inAttributes(saved, key, type);
}

function inParams(saved: Saved, key: string, value: Json | undefined): Saved {
  const params = mapAt(saved.attributes, 'params');
  const own = paramKeys.get(key) ?? key;
  const spelled = Object.hasOwn(params, key) && !Object.hasOwn(params, own) ? key : own;
  const said = value === undefined ? value : (inner.get(key)?.toSaved(value) ?? value);
  return inAttributes(saved, 'params', having(params, spelled, said));
}

function inAttributes(saved: Saved, key: string, value: Json | undefined): Saved {
  return { ...saved, attributes: having(saved.attributes, key, value) };
}

function having(object: JsonObject, key: string, value: Json | undefined): JsonObject {
  if (value !== undefined) return objectOf([...Object.entries(object), [key, value]]);
  return objectOf(Object.entries(object).filter(([own]) => own !== key));
}

function mapAt(object: JsonObject, key: string): JsonObject {
  const value = object[key];
  return isObject(value) ? value : {};
}
