import { attempt } from '../../diagnostic/attempt.ts';
import type { Outcome } from '../../diagnostic/diagnostic.ts';
import { always, and, filter, not, or } from '../../query/build.ts';
import type { Order, Predicate, Query } from '../../query/query.ts';
import type { Span } from '../../source/source.ts';
import { Cursor, type Token } from '../cursor.ts';
import { explain } from './explain.ts';
import { type Kind, tokenize } from './lexer.ts';
import { isStar, joinLists, type List, testOf } from './list.ts';
import { readBound, readText, readValue } from './literal.ts';

const literal = ['quoted', 'unquoted'] as const;
const orders: readonly Order[] = ['<', '<=', '>', '>='];

export function parse(text: string): Outcome<Query> {
  const tokens = tokenize(text);
  const outcome = attempt(() => filter(parseQuery(new Cursor(tokens))));
  if (outcome.ok) return outcome;
  return { ok: false, diagnostics: outcome.diagnostics.map((found) => explain(found, tokens)) };
}

/** Query := Or? */
function parseQuery(at: Cursor<Kind>): Predicate {
  if (at.accept('end')) return always;
  const where = parseOr(at, '');
  at.expect('end', '"and", "or" or the end');
  return where;
}

/** Or := And ('or' And)* */
function parseOr(at: Cursor<Kind>, path: string): Predicate {
  const parts = [parseAnd(at, path)];
  while (at.accept('or')) parts.push(parseAnd(at, path));
  return or(parts);
}

/** And := Not ('and' Not)* */
function parseAnd(at: Cursor<Kind>, path: string): Predicate {
  const parts = [parseNot(at, path)];
  while (at.accept('and')) parts.push(parseNot(at, path));
  return and(parts);
}

/** Not := 'not'? Clause */
function parseNot(at: Cursor<Kind>, path: string): Predicate {
  return at.accept('not') ? not(parseClause(at, path)) : parseClause(at, path);
}

/** Clause := '(' Or ')' | Test */
function parseClause(at: Cursor<Kind>, path: string): Predicate {
  if (!at.accept('(')) return parseTest(at, path);
  const inner = at.deeper(() => parseOr(at, path));
  at.expect(')', '"and", "or" or ")"');
  return inner;
}

/**
 * Test := Field ':' '{' Or '}' | Field Order Value | Field ':' List | Value
 *
 * Inside braces field names go on from the path; in the tree they are whole.
 */
function parseTest(at: Cursor<Kind>, path: string): Predicate {
  const field = at.accept(...literal) ?? at.fail('a field or a value');
  const order = at.accept(...orders);
  if (order) return parseRange(field, order, at, path);
  if (!at.accept(':'))
    return testOf(undefined, { kind: 'value', value: readValue(field), span: spanOf(field) });
  if (at.accept('{')) return parseNested(field, at, path);
  const list = parseList(at);
  const span = { start: field.start, end: at.behind };
  if (readValue(field) === null) return testOf(undefined, list, span);
  const everything = isStar(readValue(field)) && list.kind === 'value' && isStar(list.value);
  return everything ? always : testOf(path + readText(field), list, span);
}

function parseNested(field: Token<Kind>, at: Cursor<Kind>, path: string): Predicate {
  const inner = path + readText(field);
  const where = at.deeper(() => parseOr(at, `${inner}.`));
  at.expect('}', '"and", "or" or "}"');
  return { kind: 'nested', path: inner, where, span: { start: field.start, end: at.behind } };
}

/** A bound of null bounds nothing, so it asks for any value. */
function parseRange(field: Token<Kind>, order: Token<Kind>, at: Cursor<Kind>, path: string): Predicate {
  const bound = at.accept(...literal) ?? at.fail('a value');
  const span = { start: field.start, end: bound.end };
  const name = path + readText(field);
  if (readValue(bound) === null) return { kind: 'exists', field: name, span };
  return { kind: 'range', field: name, operator: order.kind as Order, value: readBound(bound), span };
}

/** List := '(' OrList ')' | Value */
function parseList(at: Cursor<Kind>): List {
  const open = at.accept('(');
  if (!open) {
    const value = at.accept(...literal) ?? at.fail('a value');
    return { kind: 'value', value: readValue(value), span: spanOf(value) };
  }
  const list = at.deeper(() => parseOrList(at));
  const { end } = at.expect(')', '"and", "or" or ")"');
  return { ...list, span: { start: open.start, end } };
}

/** OrList := AndList ('or' AndList)* */
function parseOrList(at: Cursor<Kind>): List {
  const of = [parseAndList(at)];
  while (at.accept('or')) of.push(parseAndList(at));
  return joinLists('or', of);
}

/** AndList := NotList ('and' NotList)* */
function parseAndList(at: Cursor<Kind>): List {
  const of = [parseNotList(at)];
  while (at.accept('and')) of.push(parseNotList(at));
  return joinLists('and', of);
}

/** NotList := 'not'? List */
function parseNotList(at: Cursor<Kind>): List {
  const word = at.accept('not');
  const of = parseList(at);
  return word ? { kind: 'not', of, span: { start: word.start, end: of.span.end } } : of;
}

function spanOf({ start, end }: Token<Kind>): Span {
  return { start, end };
}
