import { type Json, sameJson } from '../rule/json.ts';
import type { Edit } from '../source/edit.ts';
import type { Span } from '../source/source.ts';

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

/** What becomes of the elements, in order: places in the list as it was, and as it is to be. */
type Step =
  | { readonly kind: 'kept' | 'changed'; readonly before: number; readonly after: number }
  | { readonly kind: 'removed'; readonly before: number }
  | { readonly kind: 'added'; readonly after: number };

/** The fewest steps; an element that goes where another comes is one that changes. */
function stepsBetween(before: readonly Json[], after: readonly Json[]): readonly Step[] {
  const steps: Step[] = [];
  let [from, to] = [0, 0];
  for (const [keptBefore, keptAfter] of [...common(before, after), [before.length, after.length] as const]) {
    while (from < keptBefore && to < keptAfter) {
      steps.push({ kind: 'changed', before: from, after: to });
      from += 1;
      to += 1;
    }
    for (; from < keptBefore; from += 1) steps.push({ kind: 'removed', before: from });
    for (; to < keptAfter; to += 1) steps.push({ kind: 'added', after: to });
    if (keptBefore < before.length) steps.push({ kind: 'kept', before: keptBefore, after: keptAfter });
    from = keptBefore + 1;
    to = keptAfter + 1;
  }
  return steps;
}

/** Beyond this many pairs of elements, only what both lists begin and end with is looked for. */
const mostPairs = 250_000;

/** The longest list of elements that both have in the same order, as pairs of their places. */
function common(before: readonly Json[], after: readonly Json[]): readonly (readonly [number, number])[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && sameJson(before[start], after[start])) start += 1;
  let end = 0;
  while (end < shorter - start && sameJson(before.at(-1 - end), after.at(-1 - end))) end += 1;
  const within = commonWithin(
    before.slice(start, before.length - end),
    after.slice(start, after.length - end),
  ).map(([a, b]) => [a + start, b + start] as const);
  const pairs = (count: number, shiftA: number, shiftB: number) =>
    Array.from({ length: count }, (_, index) => [index + shiftA, index + shiftB] as const);
  return [...pairs(start, 0, 0), ...within, ...pairs(end, before.length - end, after.length - end)];
}

function commonWithin(a: readonly Json[], b: readonly Json[]): readonly (readonly [number, number])[] {
  if (a.length * b.length > mostPairs) return [];
  // lengths[i][j]: how much a from i on and b from j on have in common.
  const lengths = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i]![j] = sameJson(a[i], b[j])
        ? lengths[i + 1]![j + 1]! + 1
        : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
    }
  }
  const pairs: (readonly [number, number])[] = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (sameJson(a[i], b[j])) {
      pairs.push([i, j]);
      i += 1;
      j += 1;
    } else if (lengths[i + 1]![j]! >= lengths[i]![j + 1]!) {
      i += 1;
    } else {
      j += 1;
    }
  }
  return pairs;
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
