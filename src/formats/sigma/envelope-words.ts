import type { Rule } from '../../rule/rule.ts';
import { authors, date, id, level, named, related, status, text, texts, type Word } from './word.ts';

/** The keys of a document that say a property of the rule. */
export const keys = {
  title: 'title',
  id: 'id',
  name: 'name',
  related: 'related',
  taxonomy: 'taxonomy',
  status: 'status',
  description: 'description',
  license: 'license',
  references: 'references',
  authors: 'author',
  created: 'date',
  modified: 'modified',
  tags: 'tags',
  fields: 'fields',
  falsePositives: 'falsepositives',
  severity: 'level',
} as const satisfies { readonly [K in keyof Rule]?: string };

export type Property = keyof typeof keys;
export type Values = { readonly [K in Property]: Exclude<Rule[K], undefined> };

export const words: { readonly [K in Property]: Word<Values[K]> } = {
  title: text,
  id,
  name: text,
  related,
  taxonomy: text,
  status,
  description: text,
  license: named,
  references: texts,
  authors,
  created: date,
  modified: date,
  tags: texts,
  fields: texts,
  falsePositives: texts,
  severity: level,
};

export const properties = Object.keys(keys) as Property[];
