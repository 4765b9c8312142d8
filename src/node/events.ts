import { type Diagnostic, type Event, type Finding, findingOf, positions, readEvents } from '../index.ts';
import { cuts } from './cuts.ts';
import { largest } from './decode.ts';
import { encoded, textOfLines } from './not-utf8.ts';
import { close, open, pieces } from './stream.ts';

/** An event with the line that it begins on. */
export interface ReadEvent {
  readonly event: Event;
  readonly line: number;
}

/** How much is read before the events in it are handed on. */
const enough = 16 * 1024 * 1024;

/**
 * The events of a file, or of standard input for `-`, as they come. However many lines there are, only some are in
 * memory at a time; events that stand in one list are read together. What can not be read is reported and left out.
 */
export function* eventsOf(path: string, report: (found: Finding) => void): Generator<ReadEvent> {
  let line = 1;
  for (const text of textsOf(path, report)) {
    const placeOf = positions(text);
    const before = line - 1;
    const tell = (found: Diagnostic) => report(below(findingOf(encoded(found, text), path, placeOf), before));
    for (const { event, span } of readEvents(text, tell)) {
      yield { event, line: before + placeOf(span.start).line };
    }
    line = before + placeOf(text.length).line;
  }
}

/** A place in a text that began further down. */
function below(found: Finding, lines: number): Finding {
  return found.line === undefined ? found : { ...found, line: found.line + lines };
}

/** Texts of some size that begin with an object; all of it, where that is in a list or on one line. */
function* textsOf(path: string, report: (found: Finding) => void): Generator<string> {
  try {
    for (const { bytes } of cuts(bytesOf(path), { size: enough, longest: largest })) {
      if (bytes === undefined) {
        throw new Error(`at most ${largest} bytes may stand in one list, or on one line`);
      }
      yield textOfLines(bytes);
    }
  } catch (error) {
    const message = `The events could not be read to their end: ${(error as Error).message}.`;
    report({ code: 'read/failed', level: 'error', message, path });
  }
}

function* bytesOf(path: string): Generator<Buffer> {
  if (path === '-') {
    yield* pieces(0, false);
    return;
  }
  let file: number | undefined;
  try {
    file = open(path);
    yield* pieces(file, true);
  } finally {
    close(file);
  }
}
