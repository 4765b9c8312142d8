import { attempt, Failure } from '../diagnostic/attempt.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { CheckOptions, FormatId } from '../formats/format.ts';
import { languageOf } from '../languages/index.ts';
import type { QueryText, Rule } from '../rule/rule.ts';
import { formatFrom } from './convert.ts';
import { parseText } from './lower.ts';

/**
 * What is wrong with a text of rules, each fault once, at its place: what its format does not allow, and what
 * the languages of its queries do not. Nothing, if it may be used as it is.
 */
export function check(
  text: string,
  { format, ...options }: CheckOptions & { readonly format?: FormatId } = {},
): readonly Diagnostic[] {
  const outcome = attempt((report) => {
    const found = formatFrom(text, format === undefined ? {} : { from: format });
    const faults = found.check(text, options);
    faults.forEach(report);
    const pack = found.read(text);
    // What could not be read has a fault already, or is told of by the reader alone.
    if (!pack.ok && faults.length === 0) throw new Failure(pack.diagnostics);
    for (const rule of pack.ok ? pack.value.rules : []) checkQueries(rule, text).forEach(report);
  });
  return oneEach(outcome.diagnostics);
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
  return inOrder.filter(({ code, span, path }) => {
    const key = `${code} ${span?.start} ${span ? '' : path}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
