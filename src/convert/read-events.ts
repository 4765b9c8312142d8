import type { Diagnostic, Report } from '../diagnostic/diagnostic.ts';
import { values } from '../formats/json-values.ts';
import type { Event } from '../match/event.ts';
import { isObject, type JsonObject } from '../rule/json.ts';
import type { Span } from '../source/source.ts';
import { unwrapped } from './windows-event.ts';

/** An event, and where it stands in its text. */
export interface ReadEvent {
  readonly event: Event;
  readonly span: Span;
}

/**
 * The events of a text of JSON in any of the ways people keep several: a line each (NDJSON), in one list, printed one
 * after another, or only one. What is none is reported and left out, and costs nothing but itself. Events in the
 * wrapping of Windows have the names that Sigma uses, too, which is told of once.
 */
export function* readEvents(text: string, report: Report): Generator<ReadEvent> {
  let isTold = false;
  for (const { value, span } of values(text, report)) {
    const flat = isObject(value) ? unwrapped(sourceOf(value)) : undefined;
    if (flat !== undefined && !isTold) report(wrapped(span));
    isTold ||= flat !== undefined;
    if (isObject(value)) yield { event: flat ?? sourceOf(value), span };
    else report({ code: 'read/not-an-event', message: 'This is no JSON object; it was left out.', span });
  }
}

/** A document as Elasticsearch gives it, `{"_index": …, "_source": {…}}`: its fields are those of its source. */
function sourceOf(value: JsonObject): Event {
  const { _source: source, ...others } = value;
  return isObject(source) && typeof others['_index'] === 'string' ? { ...others, ...source } : value;
}

function wrapped(span: Span): Diagnostic {
  const message =
    'The event is in the wrapping of Windows; what its System and EventData say was read as fields of their own.';
  return { code: 'match/windows-event', message, span };
}
