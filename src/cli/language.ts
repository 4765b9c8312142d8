import { type LanguageId, languageNamed, languages } from '../index.ts';
import { loaded } from './usage.ts';

/** For help: the names that languages have. */
export const languageWords = `${languages.map(({ id }) => id).join(', ')}; kql is kuery`;

/** The language of a name, as rule files or people have it. */
export function languageIdOf(name: string): LanguageId {
  return loaded(languageNamed(name)).id;
}
