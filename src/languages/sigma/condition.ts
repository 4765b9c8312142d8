import type { Failure } from '../../diagnostic/attempt.ts';
import { and, not, or } from '../../query/build.ts';
import type { Predicate } from '../../query/query.ts';
import { nearest } from '../../source/near.ts';
import { Cursor, type Token } from '../cursor.ts';
import type { Searches } from './detection.ts';
import { failure } from './failure.ts';
import { type Kind, tokenize } from './lexer.ts';

/** Condition := Or end */
export function parseCondition(text: string, searches: Searches): Predicate {
  const at = new Cursor(tokenize(text));
  const condition = parseOr(at, searches);
  const bar = at.accept('|');
  if (bar) throw legacy(bar);
  at.expect('end', '"and" or "or"');
  return condition;
}

/** What conditions of the first version count with. */
const aggregations: ReadonlySet<string> = new Set(['count', 'min', 'max', 'avg', 'sum', 'near']);

function legacy({ start, end }: Token<Kind>): Failure {
  const message =
    'The condition counts events, which Sigma has given up for correlation rules; it was not read.';
  return failure('parse/legacy', message, { start, end });
}

/** Or := And { 'or' And } */
function parseOr(at: Cursor<Kind>, searches: Searches): Predicate {
  const parts = [parseAnd(at, searches)];
  while (at.accept('or')) parts.push(parseAnd(at, searches));
  return or(parts);
}

/** And := Not { 'and' Not } */
function parseAnd(at: Cursor<Kind>, searches: Searches): Predicate {
  const parts = [parseNot(at, searches)];
  while (at.accept('and')) parts.push(parseNot(at, searches));
  return and(parts);
}

/** Not := 'not' Not | Primary */
function parseNot(at: Cursor<Kind>, searches: Searches): Predicate {
  if (!at.accept('not')) return parsePrimary(at, searches);
  return not(at.deeper(() => parseNot(at, searches)));
}

/** Primary := '(' Or ')' | Quantity 'of' Pattern | name */
function parsePrimary(at: Cursor<Kind>, searches: Searches): Predicate {
  if (at.accept('(')) {
    const inner = at.deeper(() => parseOr(at, searches));
    const bar = at.accept('|');
    if (bar) throw legacy(bar);
    at.expect(')');
    return inner;
  }
  const { token } = at;
  if (at.next.kind === 'of' && token.kind === 'word') return parseQuantity(at, searches);
  if (at.next.kind === '(' && aggregations.has(token.text)) throw legacy(token);
  // A keyword that stands where a name is wanted is a name: a search may be called `of`.
  const name = at.accept('word', 'of') ?? at.fail('the name of a search');
  const [search] = searches.use([name.text], name);
  return search ?? unknown(name, searches);
}

/** Quantity := '1' | 'any' | 'all' */
function parseQuantity(at: Cursor<Kind>, searches: Searches): Predicate {
  const quantity = at.expect('word');
  at.expect('of');
  const pattern = at.accept('of') ?? at.expect('word', '"them" or a pattern of names');
  const found = searches.use(namesOf(pattern.text, searches), pattern);
  if (found.length === 0) return unknown(pattern, searches);
  switch (quantity.text) {
    case '1':
    case 'any':
      return or(found);
    case 'all':
      return and(found);
    default: {
      const message = `Sigma has "1 of" and "all of", and no "${quantity.text} of"; the condition was not read.`;
      throw failure('parse/unexpected', message, quantity);
    }
  }
}

/** The names that fit. One that begins with an underscore has to be asked for by it. */
function namesOf(pattern: string, searches: Searches): readonly string[] {
  const parts = (pattern === 'them' ? '*' : pattern).split('*');
  return searches.names.filter(
    (name) => (!name.startsWith('_') || pattern.startsWith('_')) && fits(name, parts),
  );
}

/** Whether the name is these parts, with anything between them. */
function fits(name: string, [head = '', ...rest]: readonly string[]): boolean {
  const tail = rest.pop();
  if (tail === undefined) return name === head;
  if (!name.startsWith(head)) return false;
  let from = head.length;
  for (const part of rest) {
    const found = name.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return name.length - tail.length >= from && name.endsWith(tail);
}

function unknown({ text, start, end }: Token<Kind>, searches: Searches): never {
  const near = nearest(text, searches.names);
  const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
  const message = `The condition asks for "${text}", and no search is named so.${hint}`;
  throw failure('parse/unknown-identifier', message, { start, end });
}
