import { positionAt, type Span } from './source.ts';
import { visible } from './visible.ts';

const widest = 100;

/**
 * The line a span starts on, with the span marked under it, as compilers show it:
 *
 *     3 | severity = medium
 *       |            ^^^^^^
 *
 * `before` is how many lines stand before the text, where it is a part of a longer one.
 */
export function frame(text: string, span: Span, before = 0): string {
  const { line, column } = positionAt(text, span.start);
  const whole = text.split(/\r\n|\n|\r/)[line - 1] ?? '';
  // A long line is shown from a little before the place, so that the mark stays in sight.
  const from = column > widest ? column - 40 : 1;
  const shown = whole.slice(from - 1, from - 1 + widest).replaceAll('\t', ' ');
  const length = Math.min(span.end - span.start, whole.length - column + 1, from + widest - column);
  const number = String(line + before);
  const margin = ' '.repeat(number.length);
  const mark = ' '.repeat(column - from) + '^'.repeat(Math.max(1, length));
  return `${number} | ${visible(shown)}\n${margin} | ${mark}`;
}
