import type { Report } from '../../diagnostic/diagnostic.ts';
import { staysBehind } from '../../rule/carry.ts';
import { isList, isObject, type JsonObject, objectOf, sameJson } from '../../rule/json.ts';
import type { Rule } from '../../rule/rule.ts';
import type { WriteOptions } from '../format.ts';
import { attributeKeys, paramKeys } from './keys.ts';
import { readLine, writeLine } from './line.ts';
import { at, type Place, placeOf, putAt, savedObject, wrapping } from './place.ts';
import { alertTypeOf, fieldsOf, hasPlace, type Saved, tell } from './saved.ts';
import { leftOut, restOf, savedWith, withKept, withoutSaved, withSaved } from './saved-rest.ts';

/** The kind of alert that an object keeps, if it keeps one. */
export function alertTypeIn(object: JsonObject): string | undefined {
  const attributes = at(object, placeOf(object).attributes);
  return isObject(attributes) ? alertTypeOf(attributes) : undefined;
}

/** A rule of Elastic Security. The notification of one is kept beside it, and is none. */
export function isSecurityRule(object: JsonObject): boolean {
  const type = alertTypeIn(object) ?? '';
  const params = at(object, [...placeOf(object).attributes, 'params']);
  return type.startsWith('siem.') && type !== 'siem.notifications' && isObject(params);
}

/** What of the object no rule says travels with it, as far as it belongs to the rule; the rest is named. */
export function readAlert(object: JsonObject, report: Report): Rule {
  const place = placeOf(object);
  const fields = fieldsOf(savedIn(object, place));
  const id = idIn(object, place);
  const own = id === undefined || id === fields['rule_id'] ? fields : { ...fields, id };
  const rule = readLine(own, (finding) =>
    report(finding.path === undefined ? finding : { ...finding, path: pathTo(finding.path, place) }),
  );
  const said = inPlace(object, place);
  const whole = withSaved(rule, restOf(said, writeAlert(rule, {}, silent)));
  reportLeftOut([...wrapping(object, place), ...leftOut(said, writeAlert(whole, {}, silent), place)], report);
  return whole;
}

/** What there is of a saved rule, as a saved object has it. */
function inPlace(object: JsonObject, place: Place): JsonObject {
  const { attributes, references } = savedIn(object, place);
  const around = place === savedObject ? object : {};
  return { ...around, attributes, ...(references && references.length > 0 && { references }) };
}

function reportLeftOut(keys: readonly string[], report: Report): void {
  if (keys.length === 0) return;
  const message = `${keys.join(', ')} belong to one Kibana, its runs or its age; where the file is written anew, they are left out.`;
  report({ code: 'read/left-out', message });
}

/** The object with what differs between two rules, and nothing else changed. */
export function putAlert(
  object: JsonObject,
  was: Rule,
  now: Rule,
  how: WriteOptions,
  report: Report,
): JsonObject {
  const place = placeOf(object);
  const before = writeLine(was, how, silent);
  const after = writeLine(now, how, report);
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = keys.filter((key) => !sameJson(before[key], after[key]));
  reportHomeless(
    objectOf(changed.flatMap((key) => (Object.hasOwn(after, key) ? [[key, after[key]!] as const] : []))),
    report,
  );
  const kept = savedIn(object, place);
  const saved = changed.reduce((saved, key) => tell(saved, key, after[key]), kept);
  const put = putAt(object, place.attributes, saved.attributes);
  const { references } = saved;
  if (place.references === undefined || references === undefined || references === kept.references)
    return put;
  return putAt(put, place.references, references);
}

/** A new saved object. */
export function writeAlert(rule: Rule, how: WriteOptions, report: Report): JsonObject {
  const { id: said, ...fields } = writeLine(withoutSaved(rule), how, report);
  const id = said ?? fields['rule_id'];
  reportHomeless(fields, report);
  const keys = ['type', ...Object.keys(fields)];
  const blank: Saved = { attributes: {}, references: [] };
  const { attributes, references = [] } = keys.reduce((saved, key) => tell(saved, key, fields[key]), blank);
  const kept = how.carry === 'none' ? {} : savedWith(rule);
  return withKept({ attributes: framed(attributes), ...(id !== undefined && { id }), references }, kept);
}

/** What an export says of every rule: nobody's keys, no runs, nothing muted. */
function framed(attributes: JsonObject): JsonObject {
  return {
    ...attributes,
    consumer: 'siem',
    throttle: attributes['throttle'] ?? null,
    notifyWhen: attributes['throttle'] === undefined ? null : 'onThrottleInterval',
    apiKeyOwner: null,
    apiKey: null,
    apiKeyCreatedByUser: null,
    muteAll: false,
    mutedInstanceIds: [],
    scheduledTaskId: null,
    legacyId: null,
  };
}

function reportHomeless(fields: JsonObject, report: Report): void {
  const left = Object.entries(fields).filter(([key, value]) => key !== 'id' && !hasPlace(key, value));
  if (left.length === 0) return;
  const names = left.map(([key]) => key);
  staysBehind('The saved object of a rule has no place for it', {}, names).forEach(report);
}

function savedIn(object: JsonObject, { attributes, references }: Place): Saved {
  const found = at(object, attributes);
  const listed = references === undefined ? undefined : (at(object, references) ?? []);
  return {
    attributes: isObject(found) ? found : {},
    ...(isList(listed) && { references: listed }),
  };
}

/** Documents have the kind of object, and perhaps the space, before its id. */
function idIn(object: JsonObject, { id: path }: Place): string | undefined {
  const id = at(object, path);
  if (typeof id !== 'string') return undefined;
  const kind = id.lastIndexOf('alert:');
  return kind === -1 ? id : id.slice(kind + 'alert:'.length);
}

/** The keys that lead to the id of the rule. */
export function idAtAlert(object: JsonObject): readonly string[] {
  return pathTo('rule_id', placeOf(object)).split('.');
}

function pathTo(path: string, { attributes }: Place): string {
  const [key = '', ...deeper] = path.split('.');
  const own = attributeKeys.get(key) ?? `params.${paramKeys.get(key) ?? key}`;
  return [...attributes, key === 'interval' ? 'schedule.interval' : own, ...deeper].join('.');
}

function silent(): void {}
