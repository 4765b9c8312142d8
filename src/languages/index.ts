import { eql } from './eql/index.ts';
import { esql } from './esql/index.ts';
import { kql } from './kql/index.ts';
import type { Language } from './language.ts';
import { lucene } from './lucene/index.ts';
import { sigma } from './sigma/index.ts';

/** Every query language that is read and written here. */
export const languages: readonly Language[] = [eql, kql, lucene, esql, sigma];

export function languageOf(id: string): Language | undefined {
  return languages.find((language) => language.id === id);
}
