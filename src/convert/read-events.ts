import type { Report } from '../diagnostic/diagnostic.ts';
import { values } from '../formats/json-values.ts';
import type { Event } from '../match/event.ts';
import { isObject } from '../rule/json.ts';
import type { Span } from '../source/source.ts';

/** An event, and where it stands in its text. */
export interface ReadEvent {
  readonly event: Event;
  readonly span: Span;
}

/**
 * The events of a text of JSON in any of the ways people keep several: a line each (NDJSON), in one list, printed one
 * after another, or only one. What is none is reported and left out, and costs nothing but itself.
 */
export function* readEvents(text: string, report: Report): Generator<ReadEvent> {
  for (const { value, span } of values(text, report)) {
    if (isObject(value)) yield { event: value, span };
    else report({ code: 'read/not-an-event', message: 'This is no JSON object; it was left out.', span });
  }
}
