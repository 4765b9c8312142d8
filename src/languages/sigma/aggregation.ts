import type { Aggregate, Comparison, Predicate } from '../../query/query.ts';
import type { Span } from '../../source/source.ts';
import { Cursor, type Token } from '../cursor.ts';
import type { Searches } from './detection.ts';
import { failure } from './failure.ts';

/**
 * What a condition of the first version asks, behind a bar, of the events that it finds. Correlation rules have
 * replaced it. A count of a field is of its different values.
 */
export type Aggregation = Count | Near;

export type Count = Pick<Aggregate, 'measure' | 'field' | 'by'> & {
  readonly kind: 'count';
  readonly keep: NonNullable<Aggregate['keep']>;
  readonly span: Span;
};

/** Events beside the one that the condition finds, in any order. */
export interface Near {
  readonly kind: 'near';
  readonly of: readonly Predicate[];
  readonly span: Span;
}

type Kind = '(' | ')' | ',' | 'by' | 'comparison' | 'word' | 'other' | 'end';

const token = /<=|>=|==|[<>=(),]|[^\s()|,<>=!]+|\S/g;
const signs: ReadonlySet<string> = new Set(['(', ')', ',', 'by']);

const comparisons: ReadonlyMap<string, Comparison> = new Map([
  ['<', '<'],
  ['<=', '<='],
  ['>', '>'],
  ['>=', '>='],
  ['=', '=='],
  ['==', '=='],
]);

const measures: ReadonlyMap<string, Aggregate['measure']> = new Map([
  ['min', 'min'],
  ['max', 'max'],
  ['avg', 'avg'],
  ['sum', 'sum'],
]);

/** What conditions of the first version aggregate with. */
export const aggregations: ReadonlySet<string> = new Set(['count', 'near', ...measures.keys()]);

/** Aggregation := Count | Near, from the place behind the bar to the end. */
export function parseAggregation(text: string, from: number, searches: Searches): Aggregation {
  const at = new Cursor(tokenize(text, from));
  const head = at.expect('word', '"count", "near" or another aggregation');
  const found = head.text.toLowerCase() === 'near' ? parseNear(at, searches) : parseCount(at, head);
  at.expect('end', 'the end of the condition');
  return { ...found, span: { start: head.start, end: at.behind } };
}

function tokenize(text: string, from: number): Token<Kind>[] {
  const tokens = [...text.slice(from).matchAll(token)].map(({ index, 0: found }): Token<Kind> => {
    const start = from + index;
    return { kind: kindOf(found), text: found, start, end: start + found.length };
  });
  return [...tokens, { kind: 'end', text: '', start: text.length, end: text.length }];
}

function kindOf(found: string): Kind {
  if (signs.has(found)) return found as Kind;
  if (comparisons.has(found)) return 'comparison';
  return /^[|!]/.test(found) ? 'other' : 'word';
}

/** Count := 'count' '(' [ field ] ')' Groups | 'min' '(' field ')' Groups … */
function parseCount(at: Cursor<Kind>, head: Token<Kind>): Omit<Count, 'span'> {
  const name = head.text.toLowerCase();
  const measure = measures.get(name);
  if (measure === undefined && name !== 'count') {
    const message = `Sigma's first version has no aggregation "${head.text}"; the condition was not read.`;
    throw failure('parse/unknown-function', message, head);
  }
  at.expect('(');
  const field = measure === undefined ? at.accept('word', 'by') : fieldAt(at);
  at.expect(')');
  return {
    kind: 'count',
    measure: measure ?? (field ? 'count-distinct' : 'count'),
    ...(field && { field: field.text }),
    by: parseGroups(at),
    keep: parseKeep(at),
  };
}

/** Groups := [ 'by' field { ',' field } ] */
function parseGroups(at: Cursor<Kind>): readonly string[] {
  if (!at.accept('by')) return [];
  const fields = [fieldAt(at).text];
  while (at.accept(',')) fields.push(fieldAt(at).text);
  return fields;
}

function fieldAt(at: Cursor<Kind>): Token<Kind> {
  return at.accept('word', 'by') ?? at.fail('the name of a field');
}

/** Keep := comparison number */
function parseKeep(at: Cursor<Kind>): Count['keep'] {
  const operator = comparisons.get(at.expect('comparison', 'a comparison such as ">"').text)!;
  const value = at.expect('word', 'a number');
  if (/^-?\d{1,15}(?:\.\d{1,15})?$/.test(value.text)) return { operator, value: Number(value.text) };
  throw failure('parse/bad-value', `A count is compared with a number, and "${value.text}" is none.`, value);
}

/** Near := 'near' name { 'and' name } */
function parseNear(at: Cursor<Kind>, searches: Searches): Omit<Near, 'span'> {
  const of = [searchAt(at, searches)];
  for (let word = at.accept('word'); word; word = at.accept('word')) {
    if (word.text.toLowerCase() !== 'and') {
      const message = `Searches near one another are joined by "and", and not by "${word.text}".`;
      throw failure('parse/unexpected', message, word);
    }
    of.push(searchAt(at, searches));
  }
  return { kind: 'near', of };
}

function searchAt(at: Cursor<Kind>, searches: Searches): Predicate {
  const { token } = at;
  if (token.kind === 'word' && token.text.toLowerCase() === 'not' && at.next.kind === 'word') {
    const message = 'What must not be near has no neutral form; the condition was not read.';
    throw failure('parse/legacy', message, token);
  }
  const name = at.accept('word', 'by') ?? at.fail('the name of a search');
  return searches.named(name);
}
