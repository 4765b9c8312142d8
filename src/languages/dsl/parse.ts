import { attempt, Failure } from '../../diagnostic/attempt.ts';
import type { Outcome } from '../../diagnostic/diagnostic.ts';
import { always, and, not, or } from '../../query/build.ts';
import type { Order, Predicate, Value } from '../../query/query.ts';
import { readWildcards } from './wildcard.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * What the filters beside a query ask for, as one predicate: all of them, but for those that are
 * switched off. Both ages of filter objects are read: `{ meta, query: { … } }` and the older
 * `{ meta, exists: { … } }`. Fails with `loss/filter` on clauses that have no neutral form.
 */
export function parseFilters(filters: readonly unknown[]): Outcome<Predicate> {
  return attempt(() => {
    const parts = filters.map(parseFilter).filter((part) => part !== always);
    return parts.length === 0 ? always : and(parts);
  });
}

function parseFilter(filter: unknown): Predicate {
  const fields = asFields(filter, 'A filter');
  const meta = fields['meta'] === undefined ? {} : asFields(fields['meta'], 'The meta part of a filter');
  if (meta['disabled'] === true) return always;
  const clause = fields['query'] === undefined ? withoutMeta(fields) : asFields(fields['query'], 'A clause');
  const where = parseClause(clause);
  return meta['negate'] === true ? not(where) : where;
}

function withoutMeta(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => key !== 'meta' && key !== '$state'));
}

/** Clause := { <kind>: body }, as Elasticsearch's Query DSL has it. */
function parseClause(clause: Fields): Predicate {
  const entries = Object.entries(clause);
  if (entries.length !== 1) refuse(`A clause of a filter names ${entries.length} queries`);
  const [kind, body] = entries[0]!;
  switch (kind) {
    case 'match_all':
      return always;
    case 'exists':
      return { kind: 'exists', field: text(asFields(body, 'exists')['field']) };
    case 'bool':
      return parseBool(asFields(body, 'bool'));
    case 'range':
      return parseRange(...onlyField(body));
    case 'terms':
      return parseTerms(...onlyField(body));
    case 'match_phrase':
    case 'match':
    case 'term':
    case 'wildcard':
      return parseValue(kind, ...onlyField(body));
    default:
      return refuse(`"${kind}" has no neutral form`);
  }
}

/** What can stand beside a value without changing which events match. */
const harmless = new Set(['value', 'query', 'wildcard', 'case_insensitive', 'boost', '_name', 'rewrite']);

/** `{ "process.name": "x" }`, `{ "process.name": { "value": "x", "case_insensitive": true } }` */
function parseValue(kind: string, field: string, body: unknown): Predicate {
  const plain = typeof body !== 'object' || body === null;
  const options = plain ? {} : asFields(body, kind);
  // `match` with the type `phrase` is the older spelling of `match_phrase`.
  const isHarmless = ([key, value]: [string, unknown]) =>
    harmless.has(key) || (key === 'type' && value === 'phrase');
  const [strange] = Object.entries(options).find((option) => !isHarmless(option)) ?? [];
  if (strange !== undefined) refuse(`A ${kind} with "${strange}" has no neutral form`);
  const said = plain ? body : (options['value'] ?? options['query'] ?? options['wildcard']);
  const value = kind === 'wildcard' ? readWildcards(text(said)) : asValue(said);
  const caseSensitive = options['case_insensitive'] !== true;
  return { kind: 'equals', field, values: [value], quantifier: 'any', caseSensitive };
}

function parseTerms(field: string, body: unknown): Predicate {
  if (!Array.isArray(body) || body.length === 0) return refuse('A list of terms is no list');
  return { kind: 'equals', field, values: body.map(asValue), quantifier: 'any', caseSensitive: true };
}

const orders: Readonly<Record<string, Order>> = { lt: '<', lte: '<=', gt: '>', gte: '>=' };

function parseRange(field: string, body: unknown): Predicate {
  const bounds = Object.entries(asFields(body, 'range')).filter(([key]) => key !== 'format');
  const tests = bounds.map(([key, value]): Predicate => {
    const operator = Object.hasOwn(orders, key) ? orders[key] : undefined;
    if (operator === undefined) return refuse(`A range with "${key}" has no neutral form`);
    return { kind: 'range', field, operator, value: typeof value === 'number' ? value : text(value) };
  });
  return tests.length === 0 ? { kind: 'exists', field } : and(tests);
}

/** Bool := { must, filter, should, minimum_should_match, must_not } */
function parseBool(body: Fields): Predicate {
  const known = ['must', 'filter', 'should', 'must_not', 'minimum_should_match'];
  const strange = Object.keys(body).find((key) => !known.includes(key));
  if (strange !== undefined) refuse(`A bool with "${strange}" has no neutral form`);
  const every = [...clauses(body['must']), ...clauses(body['filter'])];
  const should = clauses(body['should']);
  // Without must or filter, one of the alternatives has to hold; beside them it only adds to the score.
  const least = body['minimum_should_match'] ?? (every.length === 0 ? 1 : 0);
  if (should.length > 0 && least !== 0 && Number(least) !== 1)
    refuse('A minimum_should_match over 1 has no neutral form');
  const parts = [
    ...every,
    ...(should.length > 0 && least !== 0 ? [or(should)] : []),
    ...clauses(body['must_not']).map(not),
  ];
  return parts.length === 0 ? always : and(parts);
}

function clauses(value: unknown): readonly Predicate[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map((clause) => parseClause(asFields(clause, 'A clause')));
}

function onlyField(body: unknown): [string, unknown] {
  const entries = Object.entries(asFields(body, 'A clause'));
  const [first] = entries;
  return entries.length === 1 && first ? first : refuse('A clause names several fields');
}

function asValue(value: unknown): Value {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return refuse('A value of a filter is no plain value');
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : refuse('A text is missing in a filter');
}

function asFields(value: unknown, what: string): Fields {
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isMap ? (value as Fields) : refuse(`${what} is no map`);
}

function refuse(what: string): never {
  throw new Failure({
    code: 'loss/filter',
    message: `${what}, so the filter could not be joined to the query.`,
  });
}
