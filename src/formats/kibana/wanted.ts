import type { Diagnostic, Report } from '../../diagnostic/diagnostic.ts';
import { isObject, type JsonObject, objectOf } from '../../rule/json.ts';

/** Kibana refuses null where it would take a field that is not there. */
export function withoutNulls(fields: JsonObject, report: Report): JsonObject {
  const nulls = Object.keys(fields).filter((key) => fields[key] === null);
  if (nulls.length === 0) return fields;
  const message = `Kibana takes no null, so ${nulls.join(', ')} went unsaid.`;
  report({ code: 'style/respelled', message });
  return objectOf(Object.entries(fields).filter(([, value]) => value !== null));
}

/** Nothing is made up: what a reader of the file will miss is named. */
export function reportMissing(fields: JsonObject, wanted: readonly string[], report: Report): void {
  for (const key of wanted.filter((key) => !Object.hasOwn(fields, key))) {
    const message = `Kibana wants ${key} of every rule; this one was written without.`;
    report({ code: 'loss/required-field', message, path: key });
  }
}

/** `carried` is what would have travelled: properties of the rule, the rest of formats, the original query. */
export function staysBehind(why: string, carried: JsonObject, fields: readonly string[] = []): Diagnostic {
  const { rule, query, ...formats } = carried;
  const names = [
    ...fields,
    ...(isObject(rule) ? Object.keys(rule) : []),
    ...Object.keys(formats).map((format) => `what ${format} said`),
    ...(query === undefined ? [] : ['the original query']),
  ];
  return {
    code: 'loss/carry',
    message: `${why}, so this stays behind: ${names.join(', ')}.`,
    effect: 'dropped',
  };
}
