import { Failure } from '../../diagnostic/attempt.ts';
import type { QueryText } from '../../rule/rule.ts';

export const languages = { kuery: 'kuery', lucene: 'lucene', eql: 'eql', esql: 'esql' } as const;

/** The type of rule that holds a plain query in a language, where that is not `query`. */
const ownTypes: ReadonlySet<string> = new Set(['eql', 'esql']);

/** The languages that a query may name in a rule of this type. */
export function languagesOf(type: string): Readonly<Record<string, string>> {
  if (ownTypes.has(type)) return { [type]: type };
  return type === 'query' ? { kuery: 'kuery', lucene: 'lucene' } : languages;
}

/** The type of a rule that holds this query and nothing else. */
export function typeOf(query: QueryText | undefined): string {
  const language = query && writtenLanguage(query);
  return language !== undefined && ownTypes.has(language) ? language : 'query';
}

/** The name of the query's language, where it has one. Fails on those that no rule may hold. */
export function writtenLanguage({ language, span }: QueryText): string | undefined {
  if (language === undefined || Object.hasOwn(languages, language)) return language;
  const message = `The detection engine reads ${Object.keys(languages).join(', ')}, so a query in ${language} cannot be written.`;
  throw new Failure({ code: 'loss/language', message, path: 'detection.query', ...(span && { span }) });
}
