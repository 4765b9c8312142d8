import type { Diagnostic, Report } from '../../diagnostic/diagnostic.ts';
import { isList, isObject, type Json, type JsonObject, objectOf, sameJson } from '../../rule/json.ts';
import { checkType, newerFields, type RulesOf } from './fit.ts';
import { nameOf, reaches, type Stack } from './stack.ts';

/** A stack that rules are written for, as the schemas of a shape know it. */
export interface Fitting {
  readonly stack: Stack;
  readonly rulesOf: RulesOf;
  /** Whether what is left out has a place to travel in. */
  readonly carries: boolean;
}

/** The fields of a rule without what a stack does not have, all told of. Fails on a type that it does not have. */
export function fitted(fields: JsonObject, fitting: Fitting, report: Report): JsonObject {
  const { stack, rulesOf } = fitting;
  checkType(fields, stack, rulesOf);
  const newer = newerFields(fields, stack, rulesOf);
  for (const { key, since } of newer) report(leftOut(key, key, since, fitting));
  const gone = new Set(newer.map(({ key }) => key));
  const kept = objectOf(Object.entries(fields).filter(([key]) => !gone.has(key)));
  const older = objectOf(Object.entries(kept).map(([key, value]) => [key, olderForm(key, value, fitting)]));
  for (const key of Object.keys(kept).filter((key) => !sameJson(kept[key], older[key]))) {
    const { since, what } = forms.get(key)!;
    report(what === undefined ? respelled(key, stack) : leftOut(key, what, since, fitting));
  }
  return older;
}

/** Without these a rule searches elsewhere or otherwise; all else changes nothing in what it finds. */
const searching: ReadonlySet<string> = new Set([
  'data_view_id',
  'event_category_override',
  'timestamp_field',
  'tiebreaker_field',
]);

/** Says of a field, or of what it says in full, that it is left out for a stack. */
function leftOut(key: string, what: string, since: Stack, { stack, carries }: Fitting): Diagnostic {
  const became = carries ? 'is only carried' : 'was left out';
  const message = `Stack ${nameOf(stack)} does not have ${what}, which came with ${nameOf(since)}; it ${became}.`;
  const effect = searching.has(key) ? 'approximate' : carries ? 'carried' : 'dropped';
  return { code: 'loss/stack', message, effect, path: key };
}

interface Form {
  readonly since: Stack;
  /** What the older form does not say; undefined if it says the same in other words. */
  readonly what?: string;
  readonly before: (value: Json) => Json;
}

/** Values that came to be said in full, and how they were said before. */
const forms: ReadonlyMap<string, Form> = new Map<string, Form>([
  [
    'actions',
    {
      since: { major: 8, minor: 8 },
      what: 'the frequency of an action',
      before: without('uuid', 'frequency'),
    },
  ],
  ['investigation_fields', { since: { major: 8, minor: 11 }, before: namesAlone }],
  [
    'rule_source',
    {
      since: { major: 9, minor: 1 },
      what: 'the source of a rule in full',
      before: without('has_base_version', 'customized_fields'),
    },
  ],
]);

function respelled(key: string, stack: Stack): Diagnostic {
  const message = `${key} is spelled as stack ${nameOf(stack)} has it.`;
  return { code: 'style/respelled', message, path: key };
}

function olderForm(key: string, value: Json, { stack }: Fitting): Json {
  const form = forms.get(key);
  return form === undefined || reaches(stack, form.since) ? value : form.before(value);
}

function without(...keys: readonly string[]) {
  const clean = (value: Json): Json =>
    isObject(value) ? objectOf(Object.entries(value).filter(([key]) => !keys.includes(key))) : value;
  return (value: Json): Json => (isList(value) ? value.map(clean) : clean(value));
}

/** A bare list of names, as 8.10 has it. */
function namesAlone(value: Json): Json {
  return isObject(value) && isList(value['field_names']) ? value['field_names'] : value;
}
