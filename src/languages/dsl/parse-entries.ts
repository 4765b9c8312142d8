import { attempt, Failure } from '../../diagnostic/attempt.ts';
import type { Outcome } from '../../diagnostic/diagnostic.ts';
import { and, not } from '../../query/build.ts';
import type { Equals, Opaque, Predicate, Value } from '../../query/query.ts';
import { printListed } from './listed.ts';
import { readWildcards } from './wildcard.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * What the entries of one exception ask for: all of it, in upper and lower case as it stands. A value
 * list has no neutral form and is kept as text of this language. Fails with `loss/exceptions` on what
 * is no entry.
 */
export function parseEntries(entries: unknown): Outcome<Predicate> {
  return attempt(() => and(asEntries(entries).map(parseEntry)));
}

/** Entry := Test | nested */
function parseEntry(entry: Fields): Predicate {
  return entry['type'] === 'nested' ? parseNested(entry) : parseTest(entry, '');
}

/** Nested := field, and tests whose fields go on from it; no list, and no further nesting. */
function parseNested(entry: Fields): Predicate {
  const path = text(entry['field'], 'name of a field');
  const tests = asEntries(entry['entries']).map((inner) => {
    const { type } = inner;
    if (type === 'list' || type === 'nested') return refuse(`An entry "${type}" stands in a nested one`);
    return parseTest(inner, `${path}.`);
  });
  return { kind: 'nested', path, where: and(tests) };
}

/** Test := field operator, and what its type wants */
function parseTest(entry: Fields, path: string): Predicate {
  const operator = entry['operator'];
  if (operator !== 'included' && operator !== 'excluded')
    return refuse('An entry says neither included nor excluded');
  const test = parseIncluded(entry, path + text(entry['field'], 'name of a field'));
  return operator === 'included' ? test : not(test);
}

function parseIncluded(entry: Fields, field: string): Predicate {
  const { type, value } = entry;
  switch (type) {
    case 'match':
      return anyOf(field, [[text(value, 'value')]]);
    case 'match_any':
      return anyOf(field, texts(value));
    case 'wildcard':
      return anyOf(field, [readWildcards(text(value, 'value'))]);
    case 'exists':
      return { kind: 'exists', field };
    case 'list':
      return listed(entry, field);
    default:
      return refuse(`Kibana has no entries of the type "${String(type)}" that are known here`);
  }
}

function anyOf(field: string, values: readonly Value[]): Equals {
  return { kind: 'equals', field, values, quantifier: 'any', caseSensitive: true };
}

function listed(entry: Fields, field: string): Opaque {
  const { id, type } = asFields(entry['list']);
  const list = { id: text(id, 'id of a list'), type: text(type, 'type of a list') };
  return { kind: 'opaque', language: 'dsl', text: printListed({ field, list }) };
}

function asEntries(value: unknown): readonly Fields[] {
  if (!Array.isArray(value) || value.length === 0) return refuse('There are no entries');
  return value.map(asFields);
}

function asFields(value: unknown): Fields {
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isMap ? (value as Fields) : refuse('A part of it is no map');
}

function texts(value: unknown): readonly Value[] {
  if (!Array.isArray(value) || value.length === 0) return refuse('A list of values is missing');
  return value.map((one) => [text(one, 'value')]);
}

function text(value: unknown, what: string): string {
  return typeof value === 'string' && value !== '' ? value : refuse(`The ${what} is missing in an entry`);
}

function refuse(what: string): never {
  throw new Failure({ code: 'loss/exceptions', message: `${what}, so the exception could not be read.` });
}
