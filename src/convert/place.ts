import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { QueryText } from '../rule/rule.ts';
import { shift } from '../source/source.ts';

/** A finding about a query text, placed in its file: at the query itself where no place is known in it. */
export function placed({ span, ...found }: Diagnostic, query: QueryText): Diagnostic {
  if (query.span === undefined) return found;
  return { ...found, span: span ? shift(span, query.span.start) : query.span };
}
