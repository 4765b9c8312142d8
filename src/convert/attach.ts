import type { Diagnostic, Report } from '../diagnostic/diagnostic.ts';
import type { QueryText } from '../rule/rule.ts';
import { shift } from '../source/source.ts';

/** Findings about a query text, with their places in the file it was read from. */
export function inFile(query: QueryText, report: Report): Report {
  return (found) => report(placed(found, query));
}

/** A finding about a query text, placed in the file; without a place where the text stands there otherwise. */
export function placed({ span, ...found }: Diagnostic, query: QueryText): Diagnostic {
  if (span === undefined || query.span === undefined)
    return { ...found, ...(query.span && { span: query.span }) };
  return { ...found, span: shift(span, query.span.start) };
}
