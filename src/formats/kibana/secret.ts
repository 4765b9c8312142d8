import type { Report } from '../../diagnostic/diagnostic.ts';
import { isObject, type Json, type JsonObject, objectOf } from '../../rule/json.ts';

/** Where Kibana keeps what is encrypted or ought to be. Its own exports leave these empty. */
const secrets: ReadonlySet<string> = new Set(['apiKey', 'api_key', 'uiamApiKey', 'uiam_api_key', 'secrets']);

/** The object without the secrets it holds, at its top or in its attributes; they go no further. */
export function withoutSecrets(object: JsonObject, report: Report): JsonObject {
  const open = strip(object, '', report);
  const { attributes } = open;
  if (!isObject(attributes)) return open;
  const stripped = strip(attributes, 'attributes.', report);
  return stripped === attributes ? open : { ...open, attributes: stripped };
}

function strip(object: JsonObject, path: string, report: Report): JsonObject {
  const found = Object.keys(object).filter((key) => secrets.has(key) && tells(object[key]));
  if (found.length === 0) return object;
  for (const key of found) {
    const message = `${path}${key} holds a secret; it was not taken along.`;
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
