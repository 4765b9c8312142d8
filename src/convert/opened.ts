import type { Diagnostic, Outcome, Report } from '../diagnostic/diagnostic.ts';
import { languageOf } from '../languages/index.ts';
import { never } from '../query/build.ts';
import { moved } from '../query/places.ts';
import type { Opaque, Predicate, Query } from '../query/query.ts';
import { mapLeaves, mapPredicates } from '../query/walk.ts';
import type { Span } from '../source/source.ts';

/** What parts of another language stand in. */
export interface Around {
  /** The language that it is in itself. */
  readonly language: string;
  /** Without it, what is found within a part has the place of the part. */
  readonly text?: string;
  /** What the tables make of a part that leaves it to the index what its values are. */
  readonly settle?: Settle;
}

export type Settle = (where: Predicate) => Predicate;

/**
 * A query in which text of another language is what that language makes of it: `kql("…")` of ES|QL, a `query_string`
 * among filters. Text that asks for more than single events, or that its language does not read, stays text.
 */
export function opened(query: Query, around: Around, report: Report): Query {
  return mapPredicates(query, (where) => openedIn(where, around, report));
}

/** The same for one predicate. */
export function openedIn(where: Predicate, around: Around, report: Report): Predicate {
  return mapLeaves(where, (leaf) => {
    if (leaf.kind !== 'opaque' || leaf.language === around.language) return leaf;
    return openedPart(leaf, around, report) ?? leaf;
  });
}

function openedPart(part: Opaque, around: Around, report: Report): Predicate | undefined {
  if (asksNothing(part)) return never;
  const outcome = languageOf(part.language)?.parse(part.text);
  const where = outcome && predicateOf(outcome);
  if (outcome && !outcome.ok) report(unread(part, outcome.diagnostics));
  if (!outcome || !where) return undefined;
  const start = startOf(part, around);
  outcome.diagnostics.forEach((found) => report(placedIn(part, start, found)));
  const there = start === undefined ? allAt(where, part.span) : where(start);
  return around.settle?.(there) ?? there;
}

/** Elasticsearch finds nothing by a `query_string` without words; it is Kibana that finds all by an empty query. */
function asksNothing({ language, text }: Opaque): boolean {
  return language === 'lucene' && text.trim() === '';
}

/** What a text asks of single events, wherever its places begin. */
function predicateOf(outcome: Outcome<Query>): ((start: number | undefined) => Predicate) | undefined {
  if (!outcome.ok) return undefined;
  const { find, stages, from } = outcome.value;
  if (find.kind !== 'filter' || find.category !== undefined || stages.length > 0 || from.length > 0)
    return undefined;
  return (start) => {
    const { find: there } = moved(outcome.value, start);
    return there.kind === 'filter' ? there.where : find.where;
  };
}

function unread({ language, span }: Opaque, [first]: readonly Diagnostic[]): Diagnostic {
  const why = first ? ` (${first.message.replace(/\.$/, '')})` : '';
  const message = `A part of the query is text of "${language}" that was not read${why}; it was kept as it stands.`;
  return { code: 'parse/suspicious', message, ...(span && { span }) };
}

/** Where the text of a part begins, if it stands there letter for letter. */
function startOf({ text, span }: Opaque, { text: whole }: Around): number | undefined {
  if (span === undefined || whole === undefined) return undefined;
  const at = whole.slice(span.start, span.end).indexOf(text);
  return at < 0 ? undefined : span.start + at;
}

function placedIn(part: Opaque, start: number | undefined, { span, ...found }: Diagnostic): Diagnostic {
  if (start !== undefined && span !== undefined)
    return { ...found, span: { start: span.start + start, end: span.end + start } };
  return part.span ? { ...found, span: part.span } : found;
}

/** Among escapes no place is known but that of the whole. */
function allAt(where: (start: undefined) => Predicate, span: Span | undefined): Predicate {
  return mapLeaves(where(undefined), (leaf) =>
    leaf.kind === 'constant' || span === undefined ? leaf : { ...leaf, span },
  );
}
