import { attempt } from '../diagnostic/attempt.ts';
import type { Diagnostic, Outcome, Report } from '../diagnostic/diagnostic.ts';
import type { Json } from '../rule/json.ts';
import type { Span } from '../source/source.ts';
import { endOfValue, placesIn, skipBlank } from './json-scan.ts';
import { inspect } from './json-sound.ts';

/** A JSON value, and where it stands in its text. */
export interface Found {
  readonly value: Json;
  readonly span: Span;
}

/**
 * The values of a text of JSON in any of the ways people keep several: a line each (NDJSON), in one list,
 * printed one after another, or only one. What is no JSON is reported and left out, and costs nothing
 * but itself: reading goes on at the next line that begins with an object.
 */
export function* values(text: string, report: Report): Generator<Found> {
  const first = skipBlank(text, text.startsWith('\uFEFF') ? 1 : 0);
  let at = first;
  let line = -1;
  while (at < text.length) {
    if (text.charAt(at) === '[') {
      at = yield* valuesOfList(text, at, report);
    } else {
      // What begins on a line that is cut up already is unlikely to be the rest of it.
      const likely = at > line ? [lineEnd(text, at)] : [];
      line = likely[0] ?? line;
      const isObject = text.charAt(at) === '{';
      at = yield* value(text, at, at === first ? [...likely, text.length] : likely, report);
      // What goes on with plain values, and may be nothing else, is told of once.
      if (!isObject) at = nextOpening(text, at);
    }
    at = skipBlank(text, at);
  }
}

/** Gives back where to go on. */
function* valuesOfList(text: string, start: number, report: Report): Generator<Found, number> {
  let at = skipBlank(text, start + 1);
  while (at < text.length && text.charAt(at) !== ']') {
    at = text.charAt(at) === ',' ? at + 1 : yield* value(text, at, [], report);
    at = skipBlank(text, at);
  }
  if (at >= text.length) report(unclosed(start));
  return at + 1;
}

function* value(
  text: string,
  start: number,
  likely: readonly number[],
  report: Report,
): Generator<Found, number> {
  const outcome = valueAt(text, start, likely);
  for (const finding of outcome.diagnostics) report(outcome.ok ? finding : leftOut(finding));
  if (!outcome.ok) return nextStart(text, start, lostAt(outcome.diagnostics) ?? start);
  yield outcome.value;
  return outcome.value.span.end;
}

/** Gives findings the places that their paths lead to, from a value that stands in `span`. */
export function placing(text: string, span: Span): (finding: Diagnostic) => Diagnostic {
  const placeOf = placesIn(text, span);
  return (finding) =>
    finding.span === undefined ? { ...finding, span: placeOf(finding.path?.split('.') ?? []) } : finding;
}

/** `likely` are places where the value may well end; they are tried before looking for its end. */
function valueAt(text: string, start: number, likely: readonly number[]): Outcome<Found> {
  return attempt((report) => {
    const found = quickly(text, start, likely) ?? slowly(text, start);
    inspect(text, found, report);
    return found;
  });
}

function quickly(text: string, start: number, likely: readonly number[]): Found | undefined {
  for (const end of likely) {
    const own = text.slice(start, end).trimEnd();
    const value = own.endsWith('}') ? parsed(own) : undefined;
    if (value !== undefined) return { value, span: { start, end: start + own.length } };
  }
  return undefined;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined; // The scan will say why.
  }
}

function slowly(text: string, start: number): Found {
  const span = { start, end: endOfValue(text, start) };
  return { value: JSON.parse(text.slice(start, span.end)) as Json, span };
}

const opening = /[ \t]*(?=\{)/y;

/** What goes deeper than is read is passed over to where that showed; else each of its lines goes as deep. */
function lostAt(findings: readonly Diagnostic[]): number | undefined {
  return findings.find((finding) => finding.code === 'parse/too-deep')?.span?.start;
}

/** The first line after `from` that begins with an object no further in than the one at `at`. */
function nextStart(text: string, at: number, from: number): number {
  const indent = at - (text.lastIndexOf('\n', at - 1) + 1);
  for (let line = lineEnd(text, from) + 1; line < text.length; line = lineEnd(text, line) + 1) {
    opening.lastIndex = line;
    if (opening.test(text) && opening.lastIndex - line <= indent) return opening.lastIndex;
  }
  return text.length;
}

const bracket = /[{[]/g;

function nextOpening(text: string, from: number): number {
  bracket.lastIndex = from;
  return bracket.exec(text)?.index ?? text.length;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

function leftOut(finding: Diagnostic): Diagnostic {
  return { ...finding, message: finding.message.replace(/\.$/, '; what stands there was left out.') };
}

function unclosed(at: number): Diagnostic {
  const message = 'This list is never closed; what stands in it was read.';
  return { code: 'parse/unexpected', message, span: { start: at, end: at + 1 } };
}
