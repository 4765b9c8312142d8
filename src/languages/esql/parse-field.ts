import { nameIn, parseExpression } from './parse-expression.ts';
import { type At, since } from './parse-name.ts';
import type { Aggregate, Expression, Field, Name } from './syntax.ts';

/** Something, and more behind commas. */
export function parseSome<T>(at: At, item: (at: At) => T): readonly T[] {
  const items = [item(at)];
  while (at.accept(',')) items.push(item(at));
  return items;
}

/** Field := (Name '=')? Expression */
export function parseField(at: At): Field {
  const { start } = at.token;
  return { ...parseNamed(at, parseExpression), ...since(at, start) };
}

/** Aggregate := Field ('where' Expression)? */
export function parseAggregate(at: At): Aggregate {
  const { start } = at.token;
  const field = parseNamed(at, parseExpression);
  const where = at.accept('where') && parseExpression(at);
  return { ...field, ...(where && { where }), ...since(at, start) };
}

/** (Name '=')? Value: a name is known for one by the sign behind it, and has no parentheses. */
export function parseNamed<T extends Expression>(
  at: At,
  parse: (at: At) => T,
): { readonly name?: Name; readonly value: T } {
  const { kind } = at.token;
  const value = parse(at);
  if (at.token.kind !== '=' || kind === '(') return { value };
  const name = nameIn(value);
  if (name === undefined) return { value };
  at.expect('=');
  return { name, value: parse(at) };
}
