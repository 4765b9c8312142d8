import { attempt, Failure } from '../diagnostic/attempt.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { CheckOptions, Format, FormatId } from '../formats/format.ts';
import { languageOf } from '../languages/index.ts';
import type { QueryText, Rule } from '../rule/rule.ts';
import type { Span } from '../source/source.ts';
import { named } from './conversion.ts';
import { formatFrom } from './find-format.ts';
import { parseText } from './parse-text.ts';
import { type PreflightOptions, preflightText } from './preflight/in-text.ts';

/** How a text is checked. */
export interface CheckTextOptions extends CheckOptions, PreflightOptions {
  readonly format?: FormatId;
}

/**
 * What is wrong with a text of rules, each fault once, at its place: what its format does not allow, and what
 * the languages of its queries do not; and, where it is said what the searched data looks like, what rules ask for that
 * is not there. Nothing, if it may be used as it is.
 */
export function check(text: string, { format, ...options }: CheckTextOptions = {}): readonly Diagnostic[] {
  const outcome = attempt((report) => {
    const found = formatFrom(text, format === undefined ? {} : { from: format });
    const faults = found.check(text, options);
    faults.forEach(report);
    const pack = found.read(text);
    // What could not be read has a fault already, or is told of by the reader alone.
    if (!pack.ok && faults.length === 0) throw new Failure(pack.diagnostics);
    for (const rule of pack.ok ? pack.value.rules : []) checkQueries(rule, text).forEach(report);
    if (pack.ok) preflightText(text, found, pack.value, options).forEach(report);
  });
  return oneEach(outcome.diagnostics);
}

/** What is wrong with a rule of a text; without a name, with what belongs to none of its rules. */
export interface RuleCheck {
  readonly id?: string;
  readonly title?: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** The same findings, rule by rule in the order of the text, and the others last. */
export function checkRules(text: string, options: CheckTextOptions = {}): readonly RuleCheck[] {
  const found = check(text, options);
  const format = attempt(() => formatFrom(text, options.format ? { from: options.format } : {}));
  const regions = format.ok ? namedRegions(text, format.value) : [];
  const isIn = ({ span }: Region, { span: place }: Diagnostic) =>
    place !== undefined && place.start >= span.start && place.start < span.end;
  const inside = regions.map((region) => ({
    ...region.named,
    diagnostics: found.filter((one) => regions.length === 1 || isIn(region, one)),
  }));
  const told = new Set(inside.flatMap(({ diagnostics }) => diagnostics));
  const others = found.filter((one) => !told.has(one));
  return others.length > 0 ? [...inside, { diagnostics: others }] : inside;
}

interface Region {
  readonly span: Span;
  readonly named: { readonly id?: string; readonly title: string };
}

/** The parts of a text that hold a rule of their own. A text that is one part need not be cut. */
function namedRegions(text: string, format: Format): readonly Region[] {
  return format.regions(text).flatMap((span) => {
    const pack = format.read(text.slice(span.start, span.end));
    const [rule, ...more] = pack.ok ? pack.value.rules : [];
    return rule === undefined || more.length > 0 ? [] : [{ span, named: named(rule) }];
  });
}

function checkQueries({ detection }: Rule, text: string): readonly Diagnostic[] {
  const queries = [
    'query' in detection ? detection.query : undefined,
    detection.kind === 'indicator-match' ? detection.indicatorQuery : undefined,
  ];
  return queries.flatMap((query) => (query ? checkQuery(placedIn(text, query)) : []));
}

/** A query that its reader gave no place stands in JSON: letter for letter, or with escapes, at its quotes. */
function placedIn(text: string, query: QueryText): QueryText {
  if (query.span !== undefined) return query;
  const quoted = JSON.stringify(query.text);
  const start = text.indexOf(quoted);
  if (start < 0) return query;
  const isPlain = quoted.length === query.text.length + 2;
  const span = isPlain ? { start: start + 1, end: start + quoted.length - 1 } : { start, end: start };
  return { ...query, span };
}

/** Queries of languages that are not read here are nobody's fault. */
function checkQuery(query: QueryText): readonly Diagnostic[] {
  const { language = 'kuery', text, span } = query;
  if (text.trim() === '' || languageOf(language) === undefined) return [];
  const { diagnostics } = attempt((report) => parseText(query, report));
  // Within escapes no place is known.
  return span?.start === span?.end
    ? diagnostics.map((found) => ({ ...found, ...(span && { span }) }))
    : diagnostics;
}

/** Two who look at one place may find the same. */
function oneEach(found: readonly Diagnostic[]): readonly Diagnostic[] {
  const inOrder = [...found].sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0));
  const seen = new Set<string>();
  return inOrder.filter(({ code, span, path, field = '' }) => {
    const key = `${code} ${span?.start} ${span ? '' : path} ${field}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
