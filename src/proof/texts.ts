import { isMany } from '../query/pattern.ts';
import type { Pattern } from '../query/query.ts';
import { sampleOf } from './samples.ts';
import { filled, mindsCase, type Part, type Values } from './values.ts';

/** How many ways to combine several lists of alternatives are tried. */
const mostWays = 60;

/**
 * Texts that may be one of each of some values, and none of others: the shortest ones first, then such in which letters that stand in no
 * test take the places of wildcards, then the same in other cases. They are made as they are asked for.
 */
export function* textsWithin(within: readonly Values[], without: readonly Values[]): Iterable<string> {
  const strange = strangeLetter([...within, ...without]);
  const lists = within.map(({ parts }) => parts);
  const shapes = lists.length === 1 ? lists[0]!.map((part) => [part]) : ways(lists);
  const plain: string[] = [];
  for (const shape of shapes) {
    const texts = plainTexts(shape, strange);
    plain.push(...texts);
    yield* texts;
  }
  const samples = shapes.flatMap((shape) => shape.flatMap((part) => sampleOf(part)));
  yield* samples;
  if ([...within, ...without].some(({ parts }) => parts.some(mindsCase))) {
    for (const text of [...plain, ...samples]) yield* [text.toLowerCase(), text.toUpperCase(), swapped(text)];
  }
  for (const text of plain) yield text.replaceAll(strange, strange.repeat(4));
}

function plainTexts(shape: readonly Part[], strange: string): readonly string[] {
  const patterns = shape.map(patternOf).filter((one) => one !== undefined);
  if (patterns.length === 0) return shape.some(({ kind }) => kind === 'any') ? [strange, ''] : [];
  return patterns.length === 1
    ? ['', strange].flatMap((many) => filled(patterns[0]!, many, strange))
    : merged(patterns, strange);
}

/** One alternative of each list, in some of the ways there are. */
function ways(lists: readonly (readonly Part[])[]): readonly (readonly Part[])[] {
  const count = lists.reduce((product, list) => Math.min(product * list.length, mostWays), 1);
  return Array.from({ length: count }, (_, way) => {
    let rest = way;
    return lists.map((list) => {
      const part = list[rest % list.length]!;
      rest = Math.floor(rest / list.length);
      return part;
    });
  });
}

function patternOf(part: Part): Pattern | undefined {
  switch (part.kind) {
    case 'text':
      return [part.text];
    case 'pattern':
      return part.pattern;
    default:
      return undefined;
  }
}

/**
 * Texts that may be all of some patterns: what they begin with, what stands between, what they end with; as words, side by side,
 * and apart.
 */
function merged(patterns: readonly Pattern[], strange: string): readonly string[] {
  return ['', strange].flatMap((many) => {
    const ends = patterns.map((pattern) => cut(pattern, many, strange));
    return many === '' ? [...joinedBy(' ', ends), ...joinedBy('', ends)] : joinedBy(many, ends);
  });
}

function joinedBy(many: string, ends: readonly Cut[]): readonly string[] {
  const longest = (texts: readonly string[]) => texts.reduce((a, b) => (b.length > a.length ? b : a), '');
  const [start, end] = [longest(ends.map((one) => one.start)), longest(ends.map((one) => one.end))];
  const middles = ends.map((one) => one.middle).filter((text) => text !== '');
  const pieces = middles.filter((text) => !start.includes(text) && !end.includes(text));
  const whole = ends.find((one) => one.isWhole)?.start;
  if (whole !== undefined) return [whole];
  return [
    joined([start, ...pieces, end], many),
    joined([start, ...pieces.toReversed(), end], many),
    joined([start, ...middles, end], many),
    overlapped(start, end),
  ];
}

/** A space parts words, and stands at no end. */
function joined(texts: readonly string[], many: string): string {
  return (many === ' ' ? texts.filter((text) => text !== '') : texts).join(many);
}

interface Cut {
  readonly start: string;
  readonly middle: string;
  readonly end: string;
  /** There is no room for anything else in it. */
  readonly isWhole: boolean;
}

/** A pattern at its first and its last star. */
function cut(pattern: Pattern, many: string, one: string): Cut {
  const first = pattern.findIndex((part) => isMany(part));
  if (first < 0) return { start: filled(pattern, many, one), middle: '', end: '', isWhole: true };
  const last = pattern.findLastIndex((part) => isMany(part));
  return {
    start: filled(pattern.slice(0, first), many, one),
    middle: filled(pattern.slice(first + 1, last), many, one),
    end: filled(pattern.slice(last + 1), many, one),
    isWhole: false,
  };
}

/** Two texts with what the one ends and the other begins with said once. */
function overlapped(start: string, end: string): string {
  for (let length = Math.min(start.length, end.length); length > 0; length -= 1) {
    if (start.slice(-length).toLowerCase() === end.slice(0, length).toLowerCase())
      return start + end.slice(length);
  }
  return start + end;
}

const letters = 'xqzjkvwygbdhmpfculrnotaiseøλж';

/** A letter that stands in no text that is tested. */
export function strangeLetter(tested: readonly Values[]): string {
  const texts = tested.map(textIn);
  return [...letters].find((letter) => !texts.some((text) => text.includes(letter))) ?? '\u{10330}';
}

const known = new WeakMap<Values, string>();

/** All the text of a test, without case. */
function textIn(values: Values): string {
  const before = known.get(values);
  if (before !== undefined) return before;
  const texts = values.parts.flatMap((part) => patternOf(part) ?? []);
  const text = texts
    .filter((one) => typeof one === 'string')
    .join('')
    .toLowerCase();
  known.set(values, text);
  return text;
}

function swapped(text: string): string {
  return [...text].map((char, at) => (at % 2 === 0 ? char.toUpperCase() : char.toLowerCase())).join('');
}
