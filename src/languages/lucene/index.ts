import type { Language } from '../language.ts';
import { tokenize } from './lexer.ts';
import { parse } from './parse.ts';
import { print } from './print.ts';
import { said } from './said.ts';

/** Lucene's query language, as Elasticsearch's `query_string` reads it for Kibana's rules. */
export const lucene: Language = {
  id: 'lucene',
  parse: (text) => parse(text),
  tokenize,
  said: (query, options) => said(query, options),
  print,
};
