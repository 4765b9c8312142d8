import { isUtf8 } from 'node:buffer';

import { type Diagnostic, type Event, type Finding, findingOf, positions, readEvents } from '../index.ts';
import { largest } from './files.ts';
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

/** Where bytes stand that are no UTF-8, that is what is wrong, and not what became of them. */
function encoded(found: Diagnostic, text: string): Diagnostic {
  const start = found.span?.start ?? text.length;
  const end = text.indexOf('\n', start);
  const at = text.slice(start, end === -1 ? text.length : end).indexOf(strange);
  if (at === -1) return found;
  const message = 'This is not UTF-8 text; what stands there was left out.';
  return { code: 'read/not-utf8', message, span: { start: start + at, end: start + at + 1 } };
}

/** A place in a text that began further down. */
function below(found: Finding, lines: number): Finding {
  return found.line === undefined ? found : { ...found, line: found.line + lines };
}

/** Texts of some size that begin with an object; all of it, where that is in a list or on one line. */
function* textsOf(path: string, report: (found: Finding) => void): Generator<string> {
  let parts: Buffer[] = [];
  let length = 0;
  try {
    for (const piece of bytesOf(path)) {
      const cut = length < enough || isList(parts) ? -1 : piece.lastIndexOf('\n{');
      if (cut >= 0) {
        yield textOf([...parts, piece.subarray(0, cut + 1)]);
        parts = [];
        length = 0;
      }
      const rest = piece.subarray(cut + 1);
      parts.push(rest);
      length += rest.length;
      if (length > largest) throw new Error(`at most ${largest} bytes may stand in one list, or on one line`);
    }
  } catch (error) {
    const message = `The events could not be read to their end: ${(error as Error).message}.`;
    report({ code: 'read/failed', level: 'error', message, path });
  }
  if (length > 0) yield textOf(parts);
}

function isList([first]: readonly Buffer[]): boolean {
  return first !== undefined && /^\uFEFF?\s*\[/.test(first.toString('utf8', 0, 1000));
}

/** What stands for bytes that are no UTF-8: no JSON has it, so that the event that they are in is left out. */
const strange = '\u0000';

/** The text of some bytes. Only lines that are not UTF-8 are read twice. */
function textOf(parts: readonly Buffer[]): string {
  const bytes = Buffer.concat(parts);
  const text = bytes.toString('utf8');
  return isUtf8(bytes) ? text : linesOf(bytes).map(lineOf).join('\n');
}

function linesOf(bytes: Buffer): readonly Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0; start <= bytes.length; ) {
    const found = bytes.indexOf(10, start);
    const end = found === -1 ? bytes.length : found;
    lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return lines;
}

function lineOf(line: Buffer): string {
  const text = line.toString('utf8');
  return isUtf8(line) ? text : text.replaceAll('\uFFFD', strange);
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
