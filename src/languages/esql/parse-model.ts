import { failure } from '../scan.ts';
import { parseOptions } from './parse-constant.ts';
import { parseExpression, parsePrimary } from './parse-expression.ts';
import { parseField, parseNamed, parseSome } from './parse-field.ts';
import { type At, parseIdentifier, parseName } from './parse-name.ts';
import type { ChangePoint, Completion, Constant, Fuse, Name, Options, Rerank } from './syntax.ts';

/** Completion := (Name '=')? Primary ('with' Options)? */
export function parseCompletion(at: At): Completion {
  const { name, value: prompt } = parseNamed(at, parsePrimary);
  return { kind: 'completion', ...(name && { name }), prompt, ...parseWith(at) };
}

/** Rerank := (Name '=')? Constant 'on' Field (',' Field)* ('with' Options)? */
export function parseRerank(at: At): Rerank {
  const { start } = at.token;
  const { name, value } = parseNamed(at, parsePrimary);
  if (!isConstant(value)) {
    throw failure('parse/bad-value', 'What is looked for is a string or a parameter.', start, at.behind);
  }
  at.expect('on');
  const on = parseSome(at, parseField);
  return { kind: 'rerank', ...(name && { name }), query: value, on, ...parseWith(at) };
}

function isConstant(value: { readonly kind: string }): value is Constant {
  return ['string', 'integer', 'decimal', 'boolean', 'null', 'timespan', 'list', 'parameter'].includes(
    value.kind,
  );
}

function parseWith(at: At): { readonly options?: Options } {
  return at.accept('with') ? { options: parseOptions(at) } : {};
}

/** ChangePoint := Name ('on' Name)? ('as' Name ',' Name)? ('by' Expression (',' Expression)*)? */
export function parseChangePoint(at: At): ChangePoint {
  const value = parseName(at, 'the field that changes');
  const on = at.accept('on') && { on: parseName(at) };
  const as = at.accept('as') && { as: parsePair(at) };
  const by = at.accept('by') ? parseSome(at, parseExpression) : [];
  return { kind: 'change-point', value, ...on, ...as, by };
}

function parsePair(at: At): readonly [Name, Name] {
  const first = parseName(at);
  at.expect(',');
  return [first, parseName(at)];
}

/** Fuse := method? ('score' 'by' Name | 'group' 'by' Name | 'key' 'by' Field (',' Field)* | 'with' Options)* */
export function parseFuse(at: At): Fuse {
  const starts = at.token.kind === 'name' || at.token.kind === 'quoted name';
  let fuse: Fuse = { kind: 'fuse', ...(starts && { method: parseIdentifier(at) }), key: [] };
  for (;;) {
    const clause = parseFuseClause(at);
    if (clause === undefined) return fuse;
    fuse = { ...fuse, ...clause };
  }
}

function parseFuseClause(at: At): Partial<Fuse> | undefined {
  if (at.accept('score')) return { score: parseBy(at, parseName) };
  if (at.accept('group')) return { group: parseBy(at, parseName) };
  if (at.accept('key')) return { key: parseBy(at, (within) => parseSome(within, parseField)) };
  return at.accept('with') ? { options: parseOptions(at) } : undefined;
}

function parseBy<T>(at: At, what: (at: At) => T): T {
  at.expect('by');
  return what(at);
}
