import type { Failure } from '../../diagnostic/attempt.ts';
import { and, not, or } from '../../query/build.ts';
import type { Predicate } from '../../query/query.ts';
import { Cursor, type Token } from '../cursor.ts';
import { type Aggregation, aggregations, parseAggregation } from './aggregation.ts';
import type { Searches } from './detection.ts';
import { failure } from './failure.ts';
import { type Kind, tokenize } from './lexer.ts';

/** What a condition finds, and what it asks of the finds together. */
export interface Found {
  readonly where: Predicate;
  readonly aggregation?: Aggregation;
}

/** Condition := Or [ '|' Aggregation ] end */
export function parseCondition(text: string, searches: Searches): Found {
  const at = new Cursor(tokenize(text));
  const where = parseOr(at, searches);
  const bar = at.accept('|');
  if (bar) return { where, aggregation: parseAggregation(text, bar.end, searches) };
  at.expect('end', '"and" or "or"');
  return { where };
}

function misplaced({ start, end }: Token<Kind>): Failure {
  const message = 'Events are counted behind a bar at the end of a condition; this one was not read.';
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
    if (bar) throw misplaced(bar);
    at.expect(')');
    return inner;
  }
  const { token } = at;
  if (at.next.kind === 'of' && token.kind === 'word') return parseQuantity(at, searches);
  if (at.next.kind === '(' && aggregations.has(token.text)) throw misplaced(token);
  // A keyword that stands where a name is wanted is a name: a search may be called `of`.
  const name = at.accept('word', 'of') ?? at.fail('the name of a search');
  return searches.named(name);
}

/** Quantity := '1' | 'any' | 'all' */
function parseQuantity(at: Cursor<Kind>, searches: Searches): Predicate {
  const quantity = at.expect('word');
  at.expect('of');
  const pattern = at.accept('of') ?? at.expect('word', '"them" or a pattern of names');
  const found = searches.use(namesOf(pattern.text, searches), pattern);
  if (found.length === 0) return searches.unknown(pattern);
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
