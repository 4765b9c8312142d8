import type { Language } from '../language.ts';
import { tokenize } from './lexer.ts';
import { parse } from './parse.ts';
import { print } from './print.ts';
import { said } from './said.ts';

/** Kibana Query Language, as Kibana's own parser reads it. */
export const kql: Language = { id: 'kuery', parse, tokenize, said, print };
