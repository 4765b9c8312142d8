import type { Language } from '../language.ts';
import { parse } from './parse.ts';
import { print } from './print.ts';
import { said } from './said.ts';

/** Filters of Kibana, with clauses of Elasticsearch's Query DSL in them. */
export const dsl: Language = { id: 'dsl', parse, said, print };
