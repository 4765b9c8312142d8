import type { Diagnostic, Report } from '../diagnostic/diagnostic.ts';
import type { PrintOptions } from '../languages/language.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { isAnalysed, retyped } from '../mapping/types.ts';
import type { Query } from '../query/query.ts';
import { fieldsOf, mapPredicates, partsOf } from '../query/walk.ts';

/** Languages that leave it to the index what a value is: what one of them looks for in a field of words, so does another. */
const leaving: ReadonlySet<string> = new Set(['kuery', 'lucene', 'dsl']);

export function leavesWords(language: string | undefined): boolean {
  return leaving.has(language ?? '');
}

/** What a printer is told of fields: that they are of words is nothing to mind where words stay words. */
export function withWordsKept(printing: PrintOptions, from: string | undefined, to: string): PrintOptions {
  const { factsOf } = printing;
  if (!factsOf || !leavesWords(from) || !leavesWords(to)) return printing;
  const plain = (field: string) => {
    const facts = factsOf(field);
    return facts.type === 'text' ? {} : facts;
  };
  return { ...printing, factsOf: plain };
}

/**
 * A query of KQL or Lucene on its way to ES|QL, which compares fields of words by their whole values: what is looked for among the
 * words is asked as a part of the value, which is as near as comparing comes.
 */
export function withWordsCompared(query: Query, mapping: Mapping, report: Report): Query {
  const fields = new Set(partsOf(query).flatMap(({ where }) => fieldsOf(where)));
  for (const field of fields) if (isAnalysed(field, mapping)) report(comparedWhole(field));
  return mapPredicates(query, (where) => retyped(where, mapping));
}

function comparedWhole(field: string): Diagnostic {
  const message = `The index cuts ${field} into words, and ES|QL compares whole values; it is asked whether the text stands in the value, which makes the query approximate.`;
  return { code: 'loss/words', effect: 'approximate', message, path: field };
}
