import type { Report } from '../../diagnostic/diagnostic.ts';
import { isObject, type Json, type JsonObject, objectOf } from '../../rule/json.ts';

/** Where Kibana keeps what is encrypted or ought to be. Its own exports leave these empty. */
const secrets: ReadonlySet<string> = new Set(['apiKey', 'api_key', 'uiamApiKey', 'uiam_api_key', 'secrets']);

/** Around what is kept of a rule or a connector, in saved objects and in the documents of an index. */
const wrappings: ReadonlySet<string> = new Set(['attributes', 'value', '_source', 'source', 'alert']);

/** The object without the secrets it holds, at its top or in what it wraps; they go no further. */
export function withoutSecrets(object: JsonObject, report: Report): JsonObject {
  return without(object, '', report);
}

function without(object: JsonObject, path: string, report: Report): JsonObject {
  const open = strip(object, path, report);
  const changed = Object.entries(open).flatMap(([key, value]): [string, JsonObject][] => {
    if (!wrappings.has(key) || !isObject(value)) return [];
    const stripped = without(value, `${path}${key}.`, report);
    return stripped === value ? [] : [[key, stripped]];
  });
  return changed.length === 0 ? open : objectOf([...Object.entries(open), ...changed]);
}

function strip(object: JsonObject, path: string, report: Report): JsonObject {
  const found = Object.keys(object).filter((key) => secrets.has(key) && tells(object[key]));
  if (found.length === 0) return object;
  for (const key of found) {
    const message = `${path}${key} holds a secret; where the file is written anew, it is left out.`;
    report({ code: 'read/secret', path: path + key, message });
  }
  return objectOf(
    Object.entries(object).flatMap(([key, value]) =>
      found.includes(key) ? emptied(key, value) : [[key, value]],
    ),
  );
}

/** A connector is read by Kibana only if the place for its secrets is there. */
function emptied(key: string, value: Json): [string, Json][] {
  return isObject(value) ? [[key, {}]] : [];
}

/** An empty place for a secret is none. */
function tells(value: Json | undefined): boolean {
  return isObject(value) ? Object.keys(value).length > 0 : value !== null && value !== '';
}
