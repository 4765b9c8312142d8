import { Failure } from '../../diagnostic/attempt.ts';
import { and, not, or } from '../../query/build.ts';
import type { CallOperand, FieldOperand, LiteralOperand, Operand, Predicate } from '../../query/query.ts';
import type { Cursor, Token } from '../cursor.ts';
import { fraction, negative } from './fraction.ts';
import { signatureOf, takes } from './functions.ts';
import { isKeyword, type Kind } from './lexer.ts';
import { readNumber, readString } from './literal.ts';
import { readName } from './name.ts';
import { binding, isComparison, listWordOf, signOf } from './operators.ts';
import { among, asPredicate, asTest, compare, unfold } from './tests.ts';

type At = Cursor<Kind>;

/** What stands after `where`: an expression that is asked whether it holds. */
export function parseCondition(at: At, parse: (at: At) => Operand = parseExpression): Predicate {
  const { start } = at.token;
  const operand = parse(at);
  return asPredicate(operand, { start, end: at.behind });
}

/** Expression := And ('or' And)* */
export function parseExpression(at: At): Operand {
  return parseJoin(at, 'or', parseAnd);
}

/** And := Not ('and' Not)* */
function parseAnd(at: At): Operand {
  return parseJoin(at, 'and', parseNot);
}

function parseJoin(at: At, word: 'and' | 'or', parsePart: (at: At) => Operand): Operand {
  const { start } = at.token;
  const first = parsePart(at);
  if (at.token.kind !== word) return first;
  const parts = [asPredicate(first, { start, end: at.behind })];
  while (at.accept(word)) parts.push(parseCondition(at, parsePart));
  return asTest(word === 'and' ? and(parts) : or(parts));
}

/** Not := 'not' Not | Comparison */
function parseNot(at: At): Operand {
  if (!at.accept('not')) return parseComparison(at);
  return asTest(not(at.deeper(() => parseCondition(at, parseNot))));
}

/** Comparison := Arithmetic (('==' | '!=' | '<' | '<=' | '>' | '>=') Arithmetic)? */
function parseComparison(at: At): Operand {
  const { start, kind: first } = at.token;
  const left = parseArithmetic(at, binding.sum);
  const { kind } = at.token;
  if (kind === '=') throw legacy('EQL compares with "=="; "=" was given up.', at.token);
  if (kind === 'of' && first === 'name')
    throw legacy('EQL gave up asking for the kin of a process.', at.token);
  if (!isComparison(kind)) return left;
  at.expect(kind);
  const right = parseArithmetic(at, binding.sum);
  return asTest(compare(left, kind, right, { start, end: at.behind }));
}

/** Arithmetic := Signed (('*' | '/' | '%') Signed)* (('+' | '-') …)*, each sign to the left */
function parseArithmetic(at: At, loosest: number): Operand {
  let left = parseSigned(at);
  for (let sign = signOf(at.token.kind); sign && sign.binding >= loosest; sign = signOf(at.token.kind)) {
    at.expect(sign.sign);
    const right = parseArithmetic(at, sign.binding + 1);
    left = { kind: 'call', name: sign.name, caseSensitive: true, arguments: [left, right] };
  }
  return left;
}

/** Signed := ('-' | '+') Signed | Listed */
function parseSigned(at: At): Operand {
  if (at.accept('+')) return at.deeper(() => parseSigned(at));
  if (at.accept('-')) return negative(at.deeper(() => parseSigned(at)));
  return parseListed(at);
}

/** Listed := Primary ('not'? ('in' | 'in~') Expressions | (':' | 'like' | 'like~' | 'regex' | 'regex~') Constants)? */
function parseListed(at: At): Operand {
  const { start } = at.token;
  const left = parsePrimary(at);
  const negated = at.token.kind === 'not' && listWordOf(at.next.kind)?.name === 'in';
  if (negated) at.expect('not');
  const word = listWordOf(at.token.kind);
  if (word === undefined) return left;
  at.expect(word.word);
  const values = word.name === 'in' ? parseList(at, parseExpression) : parseConstants(at);
  const test = among(left, word, values, { start, end: at.behind });
  return asTest(negated ? not(test) : test);
}

/** Constants := Constant | '(' Constant (',' Constant)* ')' */
function parseConstants(at: At): readonly Operand[] {
  return at.token.kind === '(' ? parseList(at, parseConstant) : [parseConstant(at)];
}

/** Expressions := '(' Expression (',' Expression)* ')' */
function parseList(at: At, parseOne: (at: At) => Operand): readonly Operand[] {
  at.expect('(');
  const values = at.deeper(() => parseMany(at, parseOne));
  at.expect(')');
  return values;
}

function parseMany<T>(at: At, parseOne: (at: At) => T): readonly T[] {
  const values = [parseOne(at)];
  while (at.accept(',')) values.push(parseOne(at));
  return values;
}

/** Primary := Constant | Function | Field | '(' Expression ')' */
function parsePrimary(at: At): Operand {
  switch (at.token.kind) {
    case '(':
      return parseParenthesized(at);
    case 'function~':
      return parseFunction(at);
    case 'name':
      return at.next.kind === '(' ? parseFunction(at) : parseField(at);
    case 'quoted name':
    case '?':
      return parseField(at);
    default:
      return parseConstant(at);
  }
}

function parseParenthesized(at: At): Operand {
  at.expect('(');
  const inner = at.deeper(() => parseExpression(at));
  at.expect(')');
  return inner;
}

/** Function := (name | function~) '(' (Expression (',' Expression)*)? ')' */
function parseFunction(at: At): Operand {
  const token = at.accept('function~') ?? at.expect('name');
  const isEmpty = at.token.kind === '(' && at.next.kind === ')';
  if (isEmpty) at.expect('(');
  const values = isEmpty ? [] : parseList(at, parseExpression);
  if (isEmpty) at.expect(')');
  return unfold(callOf(token, values), { start: token.start, end: at.behind });
}

function callOf(token: Token<Kind>, values: readonly Operand[]): CallOperand {
  const caseSensitive = token.kind === 'name';
  const signature = signatureOf(caseSensitive ? token.text : token.text.slice(0, -1));
  const { start, end } = token;
  if (signature === undefined || (!caseSensitive && !signature.tilde)) {
    const message = `EQL has no function "${token.text}"; it was not read.`;
    throw new Failure({ code: 'parse/unknown-function', message, span: { start, end } });
  }
  if (!takes(signature, values.length)) {
    const message = `"${signature.name}" does not take ${values.length} values; it was not read.`;
    throw new Failure({ code: 'parse/bad-arguments', message, span: { start, end } });
  }
  return { kind: 'call', name: signature.name, caseSensitive, arguments: values };
}

/** Field := '?'? Name ('.' Name)* */
export function parseField(at: At): FieldOperand {
  const optional = at.accept('?') !== undefined;
  let field = parseName(at);
  while (at.accept('.')) field += `.${parseName(at)}`;
  if (at.token.kind === '[' && at.next.kind === 'integer') {
    throw legacy('EQL tests all values of a field, so it has no way to ask for one by number.', at.next);
  }
  return optional ? { kind: 'field', field, optional } : { kind: 'field', field };
}

/** Name := name | quoted name */
function parseName(at: At): string {
  const { text } = at.token;
  const hint = isKeyword(text) ? 'a name (words of EQL are names in back-quotes)' : 'a name';
  return readName((at.accept('name', 'quoted name') ?? at.fail(hint)).text);
}

/** Constant := 'null' | 'true' | 'false' | integer | decimal | string */
function parseConstant(at: At): Operand {
  const token = at.accept('string', 'integer', 'decimal', 'true', 'false', 'null') ?? at.fail('a value');
  const { start, end, text } = token;
  switch (token.kind) {
    case 'string':
      return literal(readString(text, start));
    case 'integer':
      return literal(readNumber(text, { start, end }));
    case 'decimal': {
      const value = readNumber(text, { start, end });
      return Number.isSafeInteger(value) ? fraction(value) : literal(value);
    }
    default:
      return literal(token.kind === 'null' ? null : token.kind === 'true');
  }
}

function literal(value: LiteralOperand['value']): LiteralOperand {
  return { kind: 'literal', value };
}

function legacy(message: string, { start, end }: Token<Kind>): Failure {
  return new Failure({ code: 'parse/legacy', message, span: { start, end } });
}
