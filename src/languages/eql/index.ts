import type { Language } from '../language.ts';
import { tokenize } from './lexer.ts';
import { parse } from './parse.ts';
import { print } from './print.ts';
import { said } from './typed.ts';

/** Elasticsearch's Event Query Language, as its own parser reads it. */
export const eql: Language = { id: 'eql', parse, tokenize, said, print };
