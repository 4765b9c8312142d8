import type { Language } from '../language.ts';
import { parse } from './parse.ts';
import { print } from './print.ts';

/** The detection of a Sigma rule: its searches, and the condition over them. */
export const sigma: Language = { id: 'sigma', parse, print };
