import { Failure } from '../diagnostic/attempt.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import { languageOf } from '../languages/index.ts';
import { moved } from '../query/places.ts';
import type { Query } from '../query/query.ts';
import type { QueryText } from '../rule/rule.ts';
import { opened, type Settle } from './opened.ts';
import { placed } from './place.ts';

/** The tree of a query text. It and the findings have their places in the file, as far as they are known. */
export function parseText(query: QueryText, report: Report, settle?: Settle): Query {
  const { language = 'kuery', text, parsed, span } = query;
  const reader = languageOf(language);
  if (!reader) {
    throw new Failure({
      code: 'loss/language',
      message: `The query is in "${language}", which is not translated here; the rule was not written.`,
      ...(span && { span }),
    });
  }
  const outcome = reader.parse(text, parsed);
  const inFile = outcome.diagnostics.map((found) => placed(found, query));
  if (!outcome.ok) throw new Failure(inFile);
  inFile.forEach(report);
  const whole = opened(outcome.value, { language, text, ...(settle && { settle }) }, (found) =>
    report(placed(found, query)),
  );
  return moved(whole, span?.start);
}
