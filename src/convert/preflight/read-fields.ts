import { attempt, Failure, need } from '../../diagnostic/attempt.ts';
import type { Diagnostic, Outcome } from '../../diagnostic/diagnostic.ts';
import { endOfValue, placesIn, skipBlank } from '../../formats/json-scan.ts';
import type { KnownFields } from '../../mapping/index-fields/model.ts';
import { readIndexFields } from '../../mapping/index-fields/read.ts';
import type { Json } from '../../rule/json.ts';

/**
 * What the text of a mapping says of the fields of indices: the JSON that Elasticsearch answers `_mapping`,
 * `_field_caps` or a template with. Faults have their place in the text.
 */
export function readFields(text: string): Outcome<KnownFields> {
  return attempt((report) => {
    const value = parsed(text);
    const outcome = readIndexFields(value);
    if (!outcome.ok) throw new Failure(outcome.diagnostics.map((found) => placed(found, text)));
    return { of: 'indices', indices: need(outcome, report) };
  });
}

function parsed(text: string): Json {
  const own = text.startsWith('\uFEFF') ? text.slice(1) : text;
  try {
    return JSON.parse(own) as Json;
  } catch {
    throw faultOf(text);
  }
}

/** Where the JSON goes wrong, which `JSON.parse` tells in other words everywhere. */
function faultOf(text: string): Failure {
  const start = skipBlank(text, text.startsWith('\uFEFF') ? 1 : 0);
  const outcome = attempt(() => skipBlank(text, endOfValue(text, start)));
  if (!outcome.ok) return new Failure(outcome.diagnostics.map(told));
  const span = { start: outcome.value, end: outcome.value + 1 };
  return new Failure(told({ code: 'parse/unexpected', message: 'Something stands behind the JSON.', span }));
}

function told({ message, ...found }: Diagnostic): Diagnostic {
  return { ...found, message: message.replace(/\.$/, '; no field was looked up.') };
}

/** Very deep JSON is not looked into for a place. */
function placed({ path, ...found }: Diagnostic, text: string): Diagnostic {
  if (path === undefined) return found;
  const start = skipBlank(text, text.startsWith('\uFEFF') ? 1 : 0);
  const span = attempt(() =>
    placesIn(text, { start, end: text.length })(JSON.parse(path) as readonly string[]),
  );
  return span.ok ? { ...found, span: { start: span.value.start, end: span.value.start + 1 } } : found;
}
