import {
  concerned,
  type Diagnostic,
  type Format,
  type Position,
  positions,
  type Span,
  shift,
} from '../index.ts';
import { placeOfRule, type RulePlace, type Stretch, type Survey } from './survey.ts';

/**
 * What of a long file has to be cast together, wherever in it that stands: exceptions and connectors, the rules that
 * lists are laid over, and rules that were one and will be again. As one text, and where each of its objects is from.
 */
export interface Linked {
  readonly text: string;
  /** The rules among them, in the order of the text. */
  readonly rules: readonly RulePlace[];
  /** Where they stand in a stretch, rules and others. */
  readonly spansIn: (stretch: number) => readonly Span[];
  /** Where something in the text stands in the file. */
  readonly place: (offset: number) => Position;
  /** A finding about the n-th of the rules, as it is said of a text of some length that the rule stands in. */
  readonly inStretch: (found: Diagnostic, rule: number, length: number) => Diagnostic;
}

interface Segment {
  /** Where it begins in the text. */
  readonly at: number;
  readonly span: Span;
  readonly position: Position;
}

export function linkedIn(survey: Survey, format: Format, textOf: (stretch: Stretch) => string): Linked {
  const wanted = rulesOf(survey);
  const spans = new Map<number, readonly Span[]>();
  const segments: Segment[] = [];
  const ofRules: Segment[] = [];
  const rules: RulePlace[] = [];
  const slices: string[] = [];
  let at = 0;
  for (const [index, stretch] of survey.stretches.entries()) {
    const own = wanted.get(index) ?? new Set();
    if (own.size + stretch.beside.length === 0) continue;
    const text = textOf(stretch);
    const placeOf = positions(text);
    const ruleSpans = own.size > 0 ? (format.places?.(text).rules ?? []) : [];
    const chosen = [
      ...[...own].flatMap((rule) => (ruleSpans[rule] ? [{ span: ruleSpans[rule], rule }] : [])),
      ...stretch.beside.map((span) => ({ span, rule: undefined })),
    ].sort((a, b) => a.span.start - b.span.start);
    spans.set(
      index,
      chosen.map(({ span }) => span),
    );
    for (const { span, rule } of chosen) {
      const { line, column } = placeOf(span.start);
      const segment = { at, span, position: { line: stretch.line + line, column } };
      const slice = `${text.slice(span.start, span.end)}\n`;
      segments.push(segment);
      slices.push(slice);
      at += slice.length;
      if (rule === undefined) continue;
      rules.push({ stretch: index, index: rule });
      ofRules.push(segment);
    }
  }
  const text = slices.join('');
  return {
    text,
    rules,
    spansIn: (stretch) => spans.get(stretch) ?? [],
    place: placing(text, segments),
    inStretch: (found, rule, length) => moved(found, ofRules[rule], length),
  };
}

/** The rules that are linked with something, by the stretches that they stand in. */
function rulesOf({ stretches, ids, filters, excepted, wholes }: Survey): ReadonlyMap<number, Set<number>> {
  const found = new Map<number, Set<number>>();
  const add = ({ stretch, index }: RulePlace) => {
    found.set(stretch, (found.get(stretch) ?? new Set()).add(index));
  };
  const listed = concerned({ rules: [...excepted.keys()], filters: [] }, filters);
  for (const rule of new Set([...new Set(listed.values())].flat())) add(excepted.get(rule)!);
  for (const { place, names } of wholes) {
    const pieces = names.map((name) => (name === undefined ? undefined : ids.get(name)));
    if (!pieces.every((piece) => piece !== undefined)) continue;
    for (const one of [place, ...pieces.map((piece) => placeOfRule(stretches, piece))]) add(one);
  }
  // Connectors alone make no text that can be read.
  const isLonely = found.size + filters.length === 0 && stretches.some(({ beside }) => beside.length > 0);
  if (isLonely) add({ stretch: stretches.findIndex(({ rules }) => rules > 0), index: 0 });
  return new Map([...found].map(([stretch, rules]) => [stretch, new Set([...rules].sort((a, b) => a - b))]));
}

function placing(text: string, segments: readonly Segment[]): (offset: number) => Position {
  const placeOf = positions(text);
  return (offset) => {
    let [low, high] = [0, segments.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (segments[middle]!.at <= offset) low = middle;
      else high = middle - 1;
    }
    const { at, position } = segments[low]!;
    const [from, to] = [placeOf(at), placeOf(offset)];
    const lines = to.line - from.line;
    const column = lines === 0 ? position.column + to.column - from.column : to.column;
    return { line: position.line + lines, column };
  };
}

/** What is somewhere else in the file comes behind the text of the stretch: after it stands that of all that is linked. */
function moved(found: Diagnostic, segment: Segment | undefined, length: number): Diagnostic {
  const { span } = found;
  if (span === undefined || segment === undefined) return found;
  const offset = span.start - segment.at;
  const isWithin = offset >= 0 && offset < segment.span.end - segment.span.start;
  return { ...found, span: shift(span, isWithin ? segment.span.start - segment.at : length + 1) };
}
