import type { Report } from '../../diagnostic/diagnostic.ts';
import { type JsonObject, objectOf } from '../../rule/json.ts';

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
