import { attempt, Failure } from '../../diagnostic/attempt.ts';
import type { Diagnostic, Outcome } from '../../diagnostic/diagnostic.ts';
import type { Query } from '../../query/query.ts';
import type { Language, PrintOptions } from '../language.ts';
import { doubtsOf } from './doubts.ts';
import { tokenize } from './lexer.ts';
import { findingsOfPrinted, findingsOfRead } from './meaning/findings.ts';
import { withoutLists } from './meaning/lists.ts';
import { queryOf } from './meaning/read.ts';
import { said } from './meaning/said.ts';
import { statementOf } from './meaning/write.ts';
import { parseStatement } from './parse-statement.ts';
import { printStatement } from './print-statement.ts';

function parse(text: string): Outcome<Query> {
  return attempt((report) => {
    const statement = parseStatement(text);
    const query = queryOf(statement);
    [...doubtsOf(statement), ...findingsOfRead(query)].forEach(report);
    return query;
  });
}

function print(query: Query, options: PrintOptions = {}): Outcome<string> {
  return attempt((report) => {
    const { find } = query;
    if (find.kind === 'opaque' && find.language === 'esql' && query.stages.length === 0) return find.text;
    const losses: Diagnostic[] = [];
    const statement = statementOf(withoutLists(query, options), options, losses);
    if (losses.length > 0) throw new Failure(losses);
    findingsOfPrinted(query, options).forEach(report);
    return printStatement(statement);
  });
}

/** The query language of Elasticsearch, as its own parser reads it. */
export const esql: Language = { id: 'esql', parse, tokenize, said, print };
