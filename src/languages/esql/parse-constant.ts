import { failure } from '../scan.ts';
import type { Kind } from './lexer.ts';
import { readString } from './literal.ts';
import { type At, since } from './parse-name.ts';
import type {
  Constant,
  ListLiteral,
  NumberLiteral,
  OptionEntry,
  Options,
  Parameter,
  StringLiteral,
  Timespan,
} from './syntax.ts';
import { isUnit } from './words.ts';

const numbers: readonly Kind[] = ['integer', 'decimal'];

export function startsConstant(at: At): boolean {
  const { kind } = at.token;
  if (kind === '+' || kind === '-') return numbers.includes(at.next.kind);
  return ['string', 'true', 'false', 'null', 'parameter', '[', ...numbers].includes(kind);
}

/** Constant := 'null' | 'true' | 'false' | string | parameter | Number | Timespan | List */
export function parseConstant(at: At, what = 'a value'): Constant {
  const { kind, start } = at.token;
  if (at.accept('null')) return { kind: 'null', ...since(at, start) };
  if (at.accept('true', 'false')) return { kind: 'boolean', value: kind === 'true', ...since(at, start) };
  if (kind === 'string') return parseString(at);
  if (kind === 'parameter') return parseParameter(at);
  if (kind === '[') return parseList(at);
  return startsConstant(at) ? parseNumber(at) : at.fail(what);
}

export function parseString(at: At, what = 'a string'): StringLiteral {
  const { text, start } = at.accept('string') ?? at.fail(what);
  return { kind: 'string', value: readString(text, start), ...since(at, start) };
}

/** StringOrParameter := string | parameter */
export function parseStringOrParameter(at: At): StringLiteral | Parameter {
  return at.token.kind === 'parameter' ? parseParameter(at) : parseString(at);
}

function parseParameter(at: At): Parameter {
  const { text, start } = at.expect('parameter', 'a parameter');
  return { kind: 'parameter', text, ...since(at, start) };
}

/** Number := ('+' | '-')? (integer | decimal); Timespan := ('+' | '-')? integer unit */
function parseNumber(at: At): NumberLiteral | Timespan {
  const { start } = at.token;
  const sign = at.accept('+', '-')?.kind === '-' ? '-' : '';
  const { kind, text } = at.accept(...numbers) ?? at.fail('a number');
  if (kind !== 'integer') return { kind: 'decimal', text: sign + text, ...since(at, start) };
  if (at.token.kind === 'name') {
    return { kind: 'timespan', count: sign + text, unit: parseUnit(at), ...since(at, start) };
  }
  return { kind: 'integer', text: sign + text, ...since(at, start) };
}

function parseUnit(at: At): string {
  return isUnit(at.token.text) ? at.expect('name').text : at.fail('a unit of time or the end of the value');
}

/** List := '[' Constant (',' Constant)* ']', all numbers, all strings or all truth */
function parseList(at: At): ListLiteral {
  const { start } = at.expect('[');
  const values = [parseItem(at)];
  while (at.accept(',')) values.push(parseItem(at));
  at.expect(']', '"," or "]"');
  const types = new Set(values.map(({ kind }) => (kind === 'decimal' ? 'integer' : kind)));
  types.delete('parameter');
  if (types.size < 2) return { kind: 'list', values, ...since(at, start) };
  throw failure('parse/bad-value', 'The values of a list are all of one type.', start, at.behind);
}

function parseItem(at: At): ListLiteral['values'][number] {
  const value = parseConstant(at);
  if (value.kind !== 'null' && value.kind !== 'list' && value.kind !== 'timespan') return value;
  const { start, end } = value.span!;
  throw failure('parse/bad-value', 'A list holds strings, numbers, or true and false.', start, end);
}

/** Options := '{' (string ':' (Constant | Options) (',' …)*)? '}' */
export function parseOptions(at: At): Options {
  const { start } = at.expect('{');
  const entries: OptionEntry[] = [];
  if (at.token.kind !== '}') {
    do entries.push(parseEntry(at));
    while (at.accept(','));
  }
  at.expect('}', '"," or "}"');
  return { kind: 'options', entries, ...since(at, start) };
}

function parseEntry(at: At): OptionEntry {
  const { start } = at.token;
  const key = parseString(at, 'the name of an option in quotes').value;
  at.expect(':');
  const value = at.token.kind === '{' ? at.deeper(() => parseOptions(at)) : parseConstant(at);
  return { key, value, ...since(at, start) };
}
