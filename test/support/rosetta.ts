import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

import type { Code } from '../../src/diagnostic/codes.ts';
import type { LanguageId } from '../../src/languages/language.ts';
import type { Event } from '../../src/match/event.ts';
import type { FieldType } from '../../src/query/facts.ts';

/** How a language says an idea; `rosetta/README.md` tells what each key promises. */
export type Saying = string | Said | { readonly cannot: Code };

export interface Said {
  readonly says: string;
  /** Other spellings that mean the same. */
  readonly also?: readonly string[];
  /** What the text does not say, and the events that show it, by their places among all of the idea. */
  readonly but?: Code;
  readonly differs?: readonly number[];
}

export interface Idea {
  readonly idea: string;
  readonly note?: string;
  readonly say: Readonly<Partial<Record<LanguageId, Saying>>>;
  /** Of one event each. */
  readonly matches?: readonly Event[];
  readonly misses?: readonly Event[];
  /** Of several events together: what is found, by the places of the events; -1 for one that is missing. */
  readonly events?: readonly Event[];
  readonly finds?: readonly (readonly number[])[];
  readonly facts?: Readonly<Record<string, { readonly type?: FieldType }>>;
}

export interface Page {
  readonly file: string;
  readonly title: string;
  readonly about: string;
  readonly ideas: readonly Idea[];
}

const folder = join(import.meta.dirname, '../../rosetta');

export const pages: readonly Page[] = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .sort()
  .map((file) => ({ ...(parse(readFileSync(join(folder, file), 'utf8')) as Omit<Page, 'file'>), file }));

export function saidOf(saying: Saying | undefined): Said | undefined {
  if (typeof saying === 'string') return { says: saying };
  return saying !== undefined && 'says' in saying ? saying : undefined;
}
