import { or } from '../../query/build.ts';
import { isMany, isPattern } from '../../query/pattern.ts';
import type { Pattern, Predicate, Value } from '../../query/query.ts';
import { readTerm } from './lucene-term.ts';
import { equals, type Reading } from './reading.ts';
import type { Clause } from './tests.ts';

const ofMultiMatch: ReadonlySet<string> = new Set(['query', 'fields', 'type', 'lenient', 'boost', '_name']);

/** `{ "query": "x", "type": "phrase", "fields": ["a", "b.*"] }`: in any of the fields; in all there are, if none is named. */
export function parseMultiMatch({ body, clause, place }: Clause, reading: Reading): Predicate {
  const strange = Object.keys(body).find((key) => !ofMultiMatch.has(key));
  const type = body['type'] ?? 'best_fields';
  const fields = namedFields(body['fields']);
  if (strange !== undefined || !fields || (type !== 'phrase' && type !== 'best_fields')) {
    return reading.unread(clause, 'A multi_match of this kind has no neutral form');
  }
  return asked(fields, reading.value(body['query'], clause), place);
}

const ofQueryString: ReadonlySet<string> = new Set([
  'query',
  'fields',
  'default_field',
  'analyze_wildcard',
  'lenient',
  'allow_leading_wildcard',
  'boost',
  '_name',
]);

/** `{ "query": "x*", "fields": ["a"] }`: one word is read here; whatever is more is text of Lucene. */
export function parseQueryString({ body, clause, place }: Clause, reading: Reading): Predicate {
  const text = reading.text(body['query'], clause);
  const strange = Object.keys(body).find((key) => !ofQueryString.has(key));
  const one = body['default_field'];
  const fields = namedFields(body['fields'] ?? (one === undefined ? undefined : [one]));
  if (strange !== undefined || !fields) {
    return reading.unread(clause, 'A query_string with options has no neutral form');
  }
  const term = readTerm(text);
  if (term) return asked(fields, term, place);
  if (fields.length > 0)
    return reading.unread(clause, 'A query_string with fields of its own has no neutral form');
  return { ...readSearch(text), ...place };
}

/** `{ "query": "a: x and b: y" }`: text of KQL, which a filter may hold beside its own clauses. */
export function parseKql({ body, clause, place }: Clause, reading: Reading): Predicate {
  const strange = Object.keys(body).find((key) => key !== 'query' && key !== 'boost' && key !== '_name');
  if (strange !== undefined) return reading.unread(clause, 'A kql query with options has no neutral form');
  return { kind: 'opaque', language: 'kuery', text: reading.text(body['query'], clause), ...place };
}

/** A text of Lucene in whatever fields there are. */
export function readSearch(text: string): Predicate {
  const term = readTerm(text);
  return term ? asked([], term, {}) : { kind: 'opaque', language: 'lucene', text };
}

/** The names of fields, none for all of them; undefined where some count for more, or are no names. */
function namedFields(said: unknown): readonly string[] | undefined {
  const names: readonly unknown[] = said === undefined ? [] : Array.isArray(said) ? said : [said];
  const plain = names.filter((name) => typeof name === 'string' && name !== '' && !name.includes('^'));
  if (plain.length < names.length) return undefined;
  return plain.includes('*') ? [] : (plain as readonly string[]);
}

function asked(fields: readonly string[], value: Value, place: ReturnType<Reading['place']>): Predicate {
  if (fields.length === 0) {
    return { kind: 'free-text', values: [value], quantifier: 'any', caseSensitive: true, ...place };
  }
  return or(
    fields.map(
      (field): Predicate =>
        value !== null && isPattern(value) && isStar(value)
          ? { kind: 'exists', field, ...place }
          : equals(field, [value], true, place),
    ),
  );
}

function isStar(value: Pattern): boolean {
  return value.length === 1 && isMany(value[0]);
}
