import { Failure } from '../../diagnostic/attempt.ts';
import { heightOf } from './height.ts';
import type { Kind } from './lexer.ts';
import { readNamePart } from './literal.ts';
import { merged } from './merge.ts';
import { parseConstant, parseOptions, startsConstant } from './parse-constant.ts';
import { type At, parseIdentifier, parseName, since, startsIdentifier } from './parse-name.ts';
import { parseSubquery } from './parse-query.ts';
import type {
  Arithmetic,
  Call,
  ComparisonSign,
  Expression,
  Join,
  Like,
  Match,
  Name,
  Options,
} from './syntax.ts';

/** As in Elasticsearch. */
const highest = 400;

/** Expression := Or */
export function parseExpression(at: At): Expression {
  return notTooHigh(parseOr(at));
}

function notTooHigh<T extends Expression>(node: T): T {
  if (heightOf(node) <= highest) return node;
  const message = `More than ${highest} expressions stand within each other here; it was not read.`;
  throw new Failure({ code: 'parse/too-deep', message, ...(node.span && { span: node.span }) });
}

/** Or := And ('or' And)* */
function parseOr(at: At): Expression {
  const { start } = at.token;
  const parts = [parseAnd(at)];
  while (at.accept('or')) parts.push(parseAnd(at));
  return joined('or', parts, at, start);
}

/** And := Not ('and' Not)* */
function parseAnd(at: At): Expression {
  const { start } = at.token;
  const parts = [parseNot(at)];
  while (at.accept('and')) parts.push(parseNot(at));
  return joined('and', parts, at, start);
}

/** One alone is no join, and a join in one of its kind is one with it. */
function joined(kind: Join['kind'], parts: readonly Expression[], at: At, start: number): Expression {
  const [only, ...rest] = parts;
  if (only !== undefined && rest.length === 0) return only;
  return { kind, of: merged(kind, parts), ...since(at, start) };
}

/** Not := 'not' Not | Test */
function parseNot(at: At): Expression {
  const not = at.accept('not');
  if (not === undefined) return parseTest(at);
  const of = at.deeper(() => parseNot(at));
  return { kind: 'not', of, ...since(at, not.start) };
}

/** Test := Value (':' Constant | 'is' 'not'? 'null' | 'not'? ('in' List | 'like' Patterns | 'rlike' Patterns))? */
function parseTest(at: At): Expression {
  const { start, kind } = at.token;
  const value = parseValue(at);
  if (at.token.kind === ':' && kind !== '(') return parseMatch(at, value, start);
  if (at.accept('is')) {
    const negated = at.accept('not') !== undefined;
    at.expect('null');
    return { kind: 'is-null', value, negated, ...since(at, start) };
  }
  const negated = at.accept('not') !== undefined;
  if (at.accept('in')) return parseIn(at, value, negated, start);
  const word = at.accept('like', 'rlike')?.kind;
  if (word === 'like' || word === 'rlike') {
    const patterns = parsePatterns(at);
    if (word === 'like') patterns.forEach(checkWildcards);
    return { kind: word, value, patterns, negated, ...since(at, start) };
  }
  return negated ? at.fail('"in", "like" or "rlike"') : value;
}

/** Match := Name ('::' type)? ':' Constant */
function parseMatch(at: At, left: Expression, start: number): Match {
  const value = left.kind === 'cast' ? left.value : left;
  const field = nameIn(value) ?? at.fail('a comparison; ":" stands behind the name of a field');
  at.expect(':');
  const query = parseConstant(at);
  const type = left.kind === 'cast' ? { type: left.type } : {};
  return { kind: 'match', field, ...type, query, ...since(at, start) };
}

/** The name that an expression is; a parameter by itself can be one. */
export function nameIn(node: Expression): Name | undefined {
  if (node.kind === 'column' || node.kind === 'dynamic-name') return node;
  if (node.kind !== 'parameter') return undefined;
  return { kind: 'dynamic-name', parts: [node], ...(node.span && { span: node.span }) };
}

/** List := '(' (Subquery | Value (',' Value)*) ')' */
function parseIn(at: At, value: Expression, negated: boolean, start: number): Expression {
  if (at.next.kind === 'from' || at.next.kind === 'ts') {
    return { kind: 'in-subquery', value, query: parseSubquery(at), negated, ...since(at, start) };
  }
  const of = parseList(at, () => parseValue(at));
  return { kind: 'in', value, of, negated, ...since(at, start) };
}

/** Patterns := Sum | '(' Sum (',' Sum)* ')' */
function parsePatterns(at: At): Like['patterns'] {
  if (at.token.kind !== '(') return [parseSum(at)];
  return parseList(at, () => parseSum(at));
}

/** Elasticsearch refuses a pattern that escapes what is no wildcard, before it looks for fields. */
function checkWildcards(pattern: Expression): void {
  if (pattern.kind !== 'string' || !pattern.value.replaceAll(/\\[*?\\]/g, '').includes('\\')) return;
  const message =
    'In a pattern of "like" a backslash stands before "*", "?" or a backslash; one that means itself is written twice, and twice again in "…".';
  throw new Failure({ code: 'parse/bad-escape', message, ...(pattern.span && { span: pattern.span }) });
}

function parseList<T>(at: At, item: () => T): readonly T[] {
  at.expect('(');
  return at.deeper(() => {
    const items = [item()];
    while (at.accept(',')) items.push(item());
    at.expect(')', '"," or ")"');
    return items;
  });
}

const comparisons: readonly Kind[] = ['==', '!=', '<', '<=', '>', '>='];

/** Value := Sum (('==' | '!=' | '<' | '<=' | '>' | '>=') Sum)? */
function parseValue(at: At): Expression {
  const { start } = at.token;
  const left = parseSum(at);
  const sign = at.accept(...comparisons);
  if (sign === undefined) return left;
  const right = parseSum(at);
  return { kind: 'compare', left, operator: sign.kind as ComparisonSign, right, ...since(at, start) };
}

/** How tightly the signs bind. */
const tightness: ReadonlyMap<Kind, number> = new Map([
  ['+', 1],
  ['-', 1],
  ['*', 2],
  ['/', 2],
  ['%', 2],
]);

/** Sum := Signed (('+' | '-' | '*' | '/' | '%') Signed)*, with signs that bind at least so tightly, from the left */
function parseSum(at: At, least = 1): Expression {
  const { start } = at.token;
  let left = parseSigned(at);
  for (;;) {
    const { kind } = at.token;
    const own = tightness.get(kind) ?? 0;
    if (own < least) return left;
    at.accept(kind);
    const operator = kind as Arithmetic['operator'];
    const right = parseSum(at, own + 1);
    left = notTooHigh({ kind: 'arithmetic', left, operator, right, ...since(at, start) });
  }
}

/** Signed := ('+' | '-') Signed | Primary; a sign before a number is of the number */
function parseSigned(at: At): Expression {
  if (startsConstant(at)) return parsePrimary(at);
  const sign = at.accept('+', '-');
  if (sign === undefined) return parsePrimary(at);
  const of = at.deeper(() => parseSigned(at));
  return { kind: 'sign', sign: sign.kind as '+' | '-', of, ...since(at, sign.start) };
}

/** Primary := (Constant | Name | Call | '(' Expression ')') ('::' type)* */
export function parsePrimary(at: At): Expression {
  const { start } = at.token;
  let value = parseAtom(at);
  while (at.accept('::')) {
    const type = parseIdentifier(at, 'a type');
    value = notTooHigh({ kind: 'cast', value, type, ...since(at, start) });
  }
  return value;
}

function parseAtom(at: At): Expression {
  if (at.accept('(')) {
    return at.deeper(() => {
      const inner = parseOr(at);
      at.expect(')', '"and", "or" or ")"');
      return inner;
    });
  }
  const { kind } = at.token;
  const isNamed = startsIdentifier(kind) || kind === 'parameter' || kind === 'double parameter';
  if (isNamed && at.next.kind === '(') return parseCall(at);
  const isConstant = startsConstant(at) && !(kind === 'parameter' && at.next.kind === '.');
  return isConstant ? parseConstant(at) : parseName(at, 'a value, a field or a function');
}

/** Call := (Identifier | parameter) '(' ('*' | Expression (',' Expression)* (',' Options)?)? ')' */
function parseCall(at: At): Expression {
  const { kind, text, start, end } = at.token;
  at.accept(kind);
  at.expect('(');
  const inner = at.deeper(() => parseArguments(at));
  const place = since(at, start);
  return kind === 'parameter' || kind === 'double parameter'
    ? { kind: 'dynamic-call', name: { kind: 'parameter', text, span: { start, end } }, ...inner, ...place }
    : { kind: 'call', name: readNamePart(text), ...inner, ...place };
}

function parseArguments(at: At): Pick<Call, 'arguments' | 'options'> {
  if (at.accept(')')) return { arguments: [] };
  const star = at.accept('*');
  if (star !== undefined) {
    at.expect(')');
    return { arguments: [{ kind: 'star', span: { start: star.start, end: star.end } }] };
  }
  const values = [parseOr(at)];
  let options: Options | undefined;
  while (options === undefined && at.accept(',')) {
    if (at.token.kind === '{') options = parseOptions(at);
    else values.push(parseOr(at));
  }
  at.expect(')', options === undefined ? '"," or ")"' : '")"');
  return { arguments: values, ...(options && { options }) };
}
