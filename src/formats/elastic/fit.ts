import type { Diagnostic, Report } from '../../diagnostic/diagnostic.ts';
import { isList, isObject, type Json, type JsonObject, objectOf, sameJson } from '../../rule/json.ts';
import { uuid5 } from '../../source/digest.ts';
import { type Choice, elasticRules, hasField, isFileThreat, mayBeEmpty, newest } from '../schemas/index.ts';

/**
 * The fields of a rule from elsewhere as the tools of elastic/detection-rules load them. Those would refuse a
 * file for one key that they do not know; so what has no place in it, or not as it is, only travels.
 */
export function loadable(fields: JsonObject, report: Report): JsonObject {
  const plain = asQuery(fields, report);
  const made = unsaid(plain);
  const rules = elasticRules(newest);
  // Most rules are as they should be.
  if (made.length === 0 && fits(plain, rules)) return plain;
  const whole = objectOf([...Object.entries(plain), ...made]);
  const placed = Object.entries(whole).filter(([key, value]) => hasPlace(key, value, whole, rules));
  const said = objectOf(placed.map(([key, value]): [string, Json] => [key, inForm(key, value)]));
  tell(plain, said, report);
  return said;
}

function fits(fields: JsonObject, rules: Choice): boolean {
  return Object.keys(fields).every((key) => {
    const value = fields[key]!;
    return hasPlace(key, value, fields, rules) && inForm(key, value) === value;
  });
}

function inForm(key: string, value: Json): Json {
  return forms.get(key)?.(value) ?? value;
}

/** Whether the tools load the fields of a file as they are. A file that they do not load comes home as it was. */
export function isLoadable(fields: JsonObject): boolean {
  if (!needed.every((key) => Object.hasOwn(fields, key))) return false;
  const said = loadable(fields, silent);
  return said === fields || sameJson(said, fields);
}

/** Of every rule. */
const needed = ['author', 'description', 'name', 'risk_score', 'rule_id', 'severity', 'type'];

function silent(): void {}

/** There is no class for rules that run a saved query. What they run without it is their own. */
function asQuery(fields: JsonObject, report: Report): JsonObject {
  if (fields['type'] !== 'saved_query') return fields;
  const message =
    'The files have no rules of type saved_query, so this one was written with its own query in place of the saved one, which may say something else.';
  report({ code: 'loss/saved-query', message, effect: 'approximate', path: 'type' });
  return { ...fields, type: 'query' };
}

const searching: ReadonlySet<Json | undefined> = new Set(['query', 'threshold', 'threat_match', 'new_terms']);

/** What Kibana takes for granted, and a file has to say. */
function unsaid(fields: JsonObject): [string, Json][] {
  if (!searching.has(fields['type'])) return [];
  const made: [string, Json][] = [
    ['language', 'kuery'],
    ['query', ''],
  ];
  return made.filter(([key]) => !Object.hasOwn(fields, key));
}

function hasPlace(key: string, value: Json, fields: JsonObject, rules: Choice): boolean {
  const { type } = fields;
  if (typeof type !== 'string' || !rules.maps.has(type) || flat.has(key)) return true;
  if (!hasField(rules, type, key) || (value === '' && !mayBeEmpty(rules, type, key))) return false;
  if (key === 'index') return !Object.hasOwn(fields, 'data_view_id');
  if (key === 'building_block_type') return value === 'default';
  return key !== 'required_fields' || everyIs(value, (field) => Object.hasOwn(field, 'ecs'));
}

/** In a file these stand in a table of their own. */
const flat: ReadonlySet<string> = new Set(['new_terms_fields', 'history_window_start']);

/** Values that a file has another form for. */
const forms: ReadonlyMap<string, (value: Json) => Json> = new Map([
  ['rule_id', asUuid],
  ['threat', withFileThreats],
  ['risk_score_mapping', (value: Json) => (isList(value) ? value.map(withoutScore) : value)],
  ['alert_suppression', withStrategy],
  ['threshold', withFields],
]);

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12,13}$/;
const namespace = '2c0f1f0e-6a0d-4c58-9d7e-5f1f3f6f7a10';

/** An id of any other form is the name of one. */
function asUuid(id: Json): Json {
  if (typeof id !== 'string' || uuid.test(id)) return id;
  return uuid.test(id.toLowerCase()) ? id.toLowerCase() : uuid5(namespace, id);
}

function withFileThreats(value: Json): Json {
  return isList(value) && !value.every(isFileThreat) ? value.filter(isFileThreat) : value;
}

function withoutScore(mapping: Json): Json {
  return isObject(mapping)
    ? objectOf(Object.entries(mapping).filter(([key]) => key !== 'risk_score'))
    : mapping;
}

/** The strategy that Kibana has where none is said. */
function withStrategy(value: Json): Json {
  if (
    !isObject(value) ||
    !Object.hasOwn(value, 'group_by') ||
    Object.hasOwn(value, 'missing_fields_strategy')
  )
    return value;
  return { ...value, missing_fields_strategy: 'suppress' };
}

/** A lone field is a list of one; the empty one is none. */
function withFields(value: Json): Json {
  const field = isObject(value) ? value['field'] : undefined;
  if (!isObject(value) || typeof field !== 'string') return value;
  return { ...value, field: field === '' ? [] : [field] };
}

function everyIs(value: Json, test: (part: JsonObject) => boolean): boolean {
  return isList(value) && value.every((part) => isObject(part) && test(part));
}

function tell(meant: JsonObject, said: JsonObject, report: Report): void {
  const left = Object.keys(meant).filter((key) => !Object.hasOwn(said, key));
  for (const key of left) {
    const message = `The files of Elastic's rules have no place for ${key}; it travels with the rule.`;
    report({ code: 'carry/field', message, path: key });
  }
  for (const [key, value] of Object.entries(said)) {
    if (!Object.hasOwn(meant, key)) report(madeUp(key, value));
    else if (sameJson(value, meant[key])) continue;
    else if (key === 'rule_id') report(unusualId(meant[key]!, value));
    else {
      const message = `The files of Elastic's rules want ${key} in another form; the original travels with the rule.`;
      report({ code: 'carry/field', message, path: key });
    }
  }
}

function unusualId(id: Json, written: Json): Diagnostic {
  const message = `Elastic's tools want a UUID in small letters as rule_id, and ${JSON.stringify(id)} is none; ${written}, which follows from it, was written in its place.`;
  return { code: 'write/unusual-id', message, path: 'rule_id' };
}

function madeUp(key: string, value: Json): Diagnostic {
  const message = `The target wants ${key}, which the rule does not say; it is written as ${JSON.stringify(value)}.`;
  return { code: 'style/default', message, path: key };
}
