/** A text, and the name its readers know it by: usually a path. */
export interface Source {
  readonly name: string;
  readonly text: string;
}

/** A half-open range of UTF-16 offsets into a text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where an offset falls, counted from 1 as editors count. Columns are UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

const lineEnd = /\r\n|\n|\r/g;

/** Line and column of an offset. An offset beyond the text falls at its end. */
export function positionAt(text: string, offset: number): Position {
  let line = 1;
  let start = 0;
  for (const end of text.matchAll(lineEnd)) {
    const next = end.index + end[0].length;
    if (next > offset) break;
    line += 1;
    start = next;
  }
  return { line, column: Math.min(offset, text.length) - start + 1 };
}

/** The same for many offsets of one text: its lines are counted once, when the first offset is asked for. */
export function positions(text: string): (offset: number) => Position {
  let starts: readonly number[] | undefined;
  return (offset) => {
    starts ??= [0, ...[...text.matchAll(lineEnd)].map((end) => end.index + end[0].length)];
    const within = Math.min(offset, text.length);
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= within) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: within - starts[low]! + 1 };
  };
}

/** The way back: where a line and column fall, as an offset. */
export function offsetAt(text: string, { line, column }: Position): number {
  const starts = [0, ...[...text.matchAll(lineEnd)].map((end) => end.index + end[0].length)];
  return (starts[line - 1] ?? text.length) + column - 1;
}

/** The same span, in a text that holds the first one from `by` on. */
export function shift(span: Span, by: number): Span {
  return { start: span.start + by, end: span.end + by };
}
