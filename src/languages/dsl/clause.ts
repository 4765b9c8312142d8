import { always, and, never, not } from '../../query/build.ts';
import type { Predicate } from '../../query/query.ts';
import { atLeast, leastOf } from './least.ts';
import { alternatives, type Fields, type Reading } from './reading.ts';
import { parseKql, parseMultiMatch, parseQueryString } from './search.ts';
import { parseExists, parseRange, parseTerms, parseValue } from './tests.ts';

/** What may stand in a clause without changing which events match. */
export const harmless: ReadonlySet<string> = new Set(['boost', '_name']);

/** Clause := { <kind>: body }, as Elasticsearch's Query DSL has it. */
export function parseClause(clause: Fields, reading: Reading, place: Fields = clause): Predicate {
  return reading.deeper(place, () => parseKind(clause, reading, place));
}

function parseKind(clause: Fields, reading: Reading, place: Fields): Predicate {
  const entries = Object.entries(clause);
  const [kind, said] = entries[0] ?? ['', undefined];
  if (entries.length !== 1) return reading.refuse(`A clause names ${entries.length} queries`, place);
  const body = reading.fields(said, `The body of "${kind}"`, place);
  const asked = { kind, body, clause, place: reading.place(place) };
  switch (kind) {
    case 'match_all':
      return always;
    case 'match_none':
      return never;
    case 'bool':
      return parseBool(clause, body, reading);
    case 'constant_score':
      return parseWrapped(clause, body, 'filter', reading);
    case 'dis_max':
      return parseAny(clause, body, reading);
    case 'nested':
      return parseNested(asked, reading);
    case 'exists':
      return parseExists(asked, reading);
    case 'range':
      return parseRange(asked, reading);
    case 'terms':
      return parseTerms(asked, reading);
    case 'match_phrase':
    case 'match':
    case 'term':
    case 'prefix':
    case 'wildcard':
    case 'regexp':
      return parseValue(asked, reading);
    case 'multi_match':
      return parseMultiMatch(asked, reading);
    case 'query_string':
      return parseQueryString(asked, reading);
    case 'kql':
      return parseKql(asked, reading);
    default:
      return reading.unread(clause, `"${kind}" has no neutral form`);
  }
}

const ofBool: ReadonlySet<string> = new Set([
  'must',
  'filter',
  'should',
  'must_not',
  'minimum_should_match',
  'adjust_pure_negative',
]);

/** Bool := { must, filter, should, minimum_should_match, must_not } */
function parseBool(clause: Fields, body: Fields, reading: Reading): Predicate {
  const strange = strangeIn(body, ofBool);
  if (strange !== undefined) return reading.unread(clause, `A bool with "${strange}" has no neutral form`);
  const every = [...clauses(body['must'], reading), ...clauses(body['filter'], reading)];
  const should = clauses(body['should'], reading);
  // Without must or filter, one of the alternatives has to hold, even if it is said that none has to.
  const fewest = every.length === 0 ? 1 : 0;
  const least = leastOf(body['minimum_should_match'] ?? fewest, should.length);
  const alternatives = least === undefined ? undefined : atLeast(Math.max(least, fewest), should);
  if (alternatives === undefined) {
    return reading.unread(clause, 'A minimum_should_match of this kind has no neutral form');
  }
  const forbidden = clauses(body['must_not'], reading).map(not);
  const parts = [...every, ...(alternatives === always ? [] : [alternatives]), ...forbidden];
  return parts.length === 0 ? always : and(parts);
}

/** `{ "filter": Clause }`, which changes the score alone. */
function parseWrapped(clause: Fields, body: Fields, key: string, reading: Reading): Predicate {
  const strange = strangeIn(body, new Set([key]));
  if (strange !== undefined) return reading.unread(clause, `A clause with "${strange}" has no neutral form`);
  return parseClause(reading.fields(body[key], 'A clause', body), reading);
}

function parseAny(clause: Fields, body: Fields, reading: Reading): Predicate {
  const strange = strangeIn(body, new Set(['queries', 'tie_breaker']));
  const queries = clauses(body['queries'], reading);
  if (strange !== undefined || queries.length === 0)
    return reading.unread(clause, 'This dis_max has no neutral form');
  return alternatives(queries);
}

interface Asked {
  readonly body: Fields;
  readonly clause: Fields;
  readonly place: ReturnType<Reading['place']>;
}

const ofNested: ReadonlySet<string> = new Set([
  'path',
  'query',
  'score_mode',
  'ignore_unmapped',
  'inner_hits',
]);

function parseNested({ body, clause, place }: Asked, reading: Reading): Predicate {
  const strange = strangeIn(body, ofNested);
  if (strange !== undefined)
    return reading.unread(clause, `A nested query with "${strange}" has no neutral form`);
  const path = reading.text(body['path'], body);
  const where = parseClause(reading.fields(body['query'], 'The query of a nested search', body), reading);
  return { kind: 'nested', path, where, ...place };
}

function clauses(value: unknown, reading: Reading): readonly Predicate[] {
  if (value === undefined || value === null) return [];
  const list = Array.isArray(value) ? value : [value];
  return list.map((clause) => parseClause(reading.fields(clause, 'A clause', value), reading));
}

function strangeIn(body: Fields, known: ReadonlySet<string>): string | undefined {
  return Object.keys(body).find((key) => !known.has(key) && !harmless.has(key));
}
