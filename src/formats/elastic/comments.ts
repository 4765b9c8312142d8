import type { Span } from '../../source/source.ts';
import type { Places } from './locate.ts';
import { type Mark, marksOf } from './marks.ts';
import type { Pointer } from './pointer.ts';
import { endOfString, isString, lineEnd } from './scan.ts';

/**
 * On which side of its place a comment stands. `above` a pair, an element or a header, on a line of its own;
 * `open`, behind the bracket of a list or an inline table; `behind`, at the end of a line; `last`, below the
 * last thing within. `head` and `foot` are the file's own, with a blank line between them and the rest.
 */
export type Side = 'head' | 'above' | 'open' | 'behind' | 'last' | 'foot';

/** A comment with its `#`, and what it belongs to. At head and foot of a file, the lines that stand together. */
export interface Comment {
  readonly text: string;
  readonly span: Span;
  readonly at: Pointer;
  readonly side: Side;
}

/** The comments of a text that the TOML library has read, in the order of the text. */
export function commentsOf(text: string, places: () => Places): readonly Comment[] {
  const spans = spansIn(text);
  if (spans.length === 0) return [];
  const marks = marksOf(text, places());
  const comments: Comment[] = [];
  let run: Span[] = [];
  let next = 0;
  const settle = (gap: Gap) => {
    if (run.length > 0) for (const comment of placed(text, run, gap)) comments.push(comment);
    run = [];
  };
  for (const span of spans) {
    const from = next;
    while (next < marks.length && marks[next]!.offset < span.end) next += 1;
    if (next !== from) settle(gapAt(marks, from));
    const before = marks[next - 1];
    if (before === undefined || linesBetween(text, before.offset, span.start) > 0) run.push(span);
    else comments.push(commentAt(text, span, before.at, before.kind === 'open' ? 'open' : 'behind'));
  }
  settle(gapAt(marks, next));
  return comments;
}

/** Strings alone may hold a `#` that begins no comment. */
function spansIn(text: string): readonly Span[] {
  const spans: Span[] = [];
  let at = 0;
  while (at < text.length) {
    if (isString(text, at)) {
      at = endOfString(text, at);
    } else if (text.charAt(at) === '#') {
      const end = lineEnd(text, at);
      spans.push({ start: at, end: text.charAt(end - 1) === '\r' ? end - 1 : end });
      at = end;
    } else {
      at += 1;
    }
  }
  return spans;
}

/** Two marks with nothing but blanks, line ends, a comma and comments between them. */
interface Gap {
  readonly before: Mark | undefined;
  readonly after: Mark | undefined;
}

function gapAt(marks: readonly Mark[], next: number): Gap {
  return { before: marks[next - 1], after: marks[next] };
}

/** Comments on lines of their own travel with what is below them, and at the end of a table they stay there. */
function placed(text: string, run: readonly Span[], { before, after }: Gap): readonly Comment[] {
  const all = (side: Side, at: Pointer, spans = run) => spans.map((span) => commentAt(text, span, at, side));
  if (after?.kind === 'close') return all('last', after.at);
  if (after?.kind === 'start' && before) return all('above', after.at);
  const groups = groupsOf(text, run);
  if (after === undefined) {
    const touches = before && linesBetween(text, before.offset, run[0]!.start) === 1;
    const [first = [], ...others] = touches ? groups : [[], ...groups];
    return [
      ...all('last', before?.table ?? '', first),
      ...others.map((group) => together(text, group, 'foot')),
    ];
  }
  const touches = linesBetween(text, run.at(-1)!.end, after.offset) === 1;
  const [own, others] = touches ? [groups.at(-1)!, groups.slice(0, -1)] : [[], groups];
  const apart = before
    ? all('last', before.table, others.flat())
    : others.map((group) => together(text, group, 'head'));
  return [...apart, ...all('above', after.at, own)];
}

/** Comments without a blank line between them. */
function groupsOf(text: string, run: readonly Span[]): readonly (readonly Span[])[] {
  const groups: Span[][] = [];
  for (const span of run) {
    const last = groups.at(-1);
    if (last && linesBetween(text, last.at(-1)!.end, span.start) === 1) last.push(span);
    else groups.push([span]);
  }
  return groups;
}

function commentAt(text: string, span: Span, at: Pointer, side: Side): Comment {
  return { text: text.slice(span.start, span.end), span, at, side };
}

function together(text: string, group: readonly Span[], side: Side): Comment {
  const lines = group.map(({ start, end }) => text.slice(start, end));
  return { text: lines.join('\n'), span: { start: group[0]!.start, end: group.at(-1)!.end }, at: '', side };
}

/** How many lines end between two places, two at most: with one, what stands there is on the next line. */
function linesBetween(text: string, from: number, to: number): 0 | 1 | 2 {
  const first = text.indexOf('\n', from);
  if (first === -1 || first >= to) return 0;
  const second = text.indexOf('\n', first + 1);
  return second === -1 || second >= to ? 1 : 2;
}
