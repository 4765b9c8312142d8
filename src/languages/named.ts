import type { Outcome } from '../diagnostic/diagnostic.ts';
import { nearest } from '../source/near.ts';
import { languages } from './index.ts';
import type { Language } from './language.ts';

/** What people say, where rule files say otherwise. */
const also: ReadonlyMap<string, string> = new Map([
  ['kql', 'kuery'],
  ['es|ql', 'esql'],
  ['filters', 'dsl'],
]);

/** The language of a name, as rule files or people have it. A name that is none is told what it may have meant. */
export function languageNamed(name: string): Outcome<Language> {
  const id = also.get(name.toLowerCase()) ?? name.toLowerCase();
  const found = languages.find((language) => language.id === id);
  if (found) return { ok: true, value: found, diagnostics: [] };
  const names = languages.map((language) => language.id);
  const meant = nearest(name, [...names, ...also.keys()]);
  const guess = meant === undefined ? `there are ${names.join(', ')}` : `did you mean ${meant}`;
  const message = `"${name}" is no query language that is known here; ${guess}${meant === undefined ? '.' : '?'}`;
  return { ok: false, diagnostics: [{ code: 'loss/language', message }] };
}
