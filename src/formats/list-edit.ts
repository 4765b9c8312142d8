import type { Json } from '../rule/json.ts';
import type { Edit } from '../source/edit.ts';
import type { Span } from '../source/source.ts';
import { type Step, stepsBetween } from './list-steps.ts';

/** A list in a text, between brackets and with commas: `elements` are where its values stand. */
export interface ListPlace {
  readonly text: string;
  readonly span: Span;
  readonly elements: readonly Span[];
  /** What follows a comma where no two elements show it. */
  readonly gap: string;
}

export interface ListChange {
  readonly before: readonly Json[];
  readonly after: readonly Json[];
  /** The edits within an element that changes where it stands; the places are those in `before` and `after`. */
  readonly change: (before: number, after: number) => Iterable<Edit>;
  /** A new element. */
  readonly print: (after: number) => string;
}

/**
 * The edits that turn a list into another and leave alone what stays: elements, commas, blanks, comments.
 * New elements are laid out as their neighbours are, a line each or side by side. Undefined where nothing of
 * the list stays, so that it has no neighbours.
 */
export function listEdits(list: ListPlace, { before, after, change, print }: ListChange): Edit[] | undefined {
  const steps = stepsBetween(before, after);
  if (steps.every((step) => step.kind === 'added' || step.kind === 'removed')) return undefined;
  const changes = steps.flatMap((step) =>
    step.kind === 'changed' ? [...change(step.before, step.after)] : [],
  );
  return [...changes, ...additions(list, steps, print), ...removals(list, steps)];
}

/** New elements go behind the one that stands before them, or before the first that stays. */
function additions(list: ListPlace, steps: readonly Step[], print: ListChange['print']): Edit[] {
  const edits: Edit[] = [];
  let behind: number | undefined;
  let waiting: string[] = [];
  const settle = (next: number | undefined) => {
    if (waiting.length === 0) return;
    if (behind !== undefined) edits.push(...insertBehind(list, behind, waiting));
    else if (next !== undefined) edits.push(insertBefore(list, next, waiting));
    waiting = [];
  };
  for (const step of steps) {
    if (step.kind === 'added') {
      waiting.push(print(step.after));
    } else if (step.kind !== 'removed') {
      settle(step.before);
      behind = step.before;
    }
  }
  settle(undefined);
  return edits;
}

function insertBefore(list: ListPlace, next: number, values: readonly string[]): Edit {
  const { start } = list.elements[next]!;
  const gap = gapAt(list, next);
  return { start, end: start, replacement: values.map((value) => `${value},${gap}`).join('') };
}

/** In lists of a line each the comment behind an element stays with it. */
function insertBehind(list: ListPlace, element: number, values: readonly string[]): Edit[] {
  const { text, elements } = list;
  const { end } = elements[element]!;
  const gap = gapAt(list, element);
  if (!gap.includes('\n')) return [insertion(end, values.map((value) => `,${gap}${value}`).join(''))];
  const behind = behindComma(text, end);
  const comment = /^[ \t]*#[^\r\n]*/.exec(text.slice(behind))?.[0].length ?? 0;
  const lines = values.map((value) => gap + value).join(',');
  if (behind > end) return [insertion(behind + comment, `${lines},`)];
  return comment === 0
    ? [insertion(end, `,${lines}`)]
    : [insertion(end, ','), insertion(behind + comment, lines)];
}

/** What stands between two elements, but for comma and comments: a line end with an indent, or blanks. */
function gapAt({ text, span, elements, gap }: ListPlace, element: number): string {
  const { start, end } = elements[element]!;
  const before = text.slice(elements[element - 1]?.end ?? span.start + 1, start);
  const line = /(\r?\n)[^\n]*$/.exec(before);
  if (line) return `${line[1]}${before.slice(before.lastIndexOf('\n') + 1)}`;
  const next = elements[element + 1];
  const between = next ? text.slice(end, next.start) : element > 0 ? before : `,${gap}`;
  const broken = /(\r?\n)([ \t]*)$/.exec(between);
  return broken ? `${broken[1]}${broken[2]}` : between.slice(between.indexOf(',') + 1);
}

/** An element takes the comma behind it along; the last ones the comma before them, unless a comment is there. */
function removals({ text, elements }: ListPlace, steps: readonly Step[]): Edit[] {
  const stays = new Set(
    steps.flatMap((step) => ('before' in step && step.kind !== 'removed' ? [step.before] : [])),
  );
  const edits: Edit[] = [];
  for (let first = 0; first < elements.length; first += 1) {
    if (stays.has(first)) continue;
    let last = first;
    while (last + 1 < elements.length && !stays.has(last + 1)) last += 1;
    edits.push({ ...spanOf(text, elements, first, last), replacement: '' });
    first = last;
  }
  return edits;
}

function spanOf(text: string, elements: readonly Span[], first: number, last: number): Span {
  const next = elements[last + 1];
  const previous = elements[first - 1];
  const lines = wholeLines(text, elements[first]!.start, elements[last]!.end);
  const isNoted = text.slice(previous?.end, elements[first]!.start).includes('#');
  if (lines && (next || lines.hasComma || isNoted)) return lines.span;
  if (isNoted && !next) return { start: elements[first]!.start, end: behindComma(text, elements[last]!.end) };
  if (next) return { start: elements[first]!.start, end: next.start };
  return { start: previous?.end ?? elements[first]!.start, end: elements[last]!.end };
}

function behindComma(text: string, at: number): number {
  return at + (/^[ \t]*,/.exec(text.slice(at))?.[0].length ?? 0);
}

/** The lines from one place to another with their line end, if nothing else but a comma and a comment is on them. */
function wholeLines(text: string, from: number, to: number): { span: Span; hasComma: boolean } | undefined {
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const behind = /^[ \t]*(,?)[ \t]*(?:#[^\r\n]*)?\r?\n/.exec(text.slice(to));
  if (start === 0 || behind === null || text.slice(start, from).trim() !== '') return undefined;
  return { span: { start, end: to + behind[0].length }, hasComma: behind[1] === ',' };
}

function insertion(at: number, replacement: string): Edit {
  return { start: at, end: at, replacement };
}
