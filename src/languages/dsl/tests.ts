import { and } from '../../query/build.ts';
import { many, pattern } from '../../query/pattern.ts';
import type { Order, Predicate, Value } from '../../query/query.ts';
import { equals, type Fields, type Reading } from './reading.ts';
import { readWildcards } from './wildcard.ts';

/** A clause on its way: its kind, what stands in it, and itself, should it have no neutral form. */
export interface Clause {
  readonly kind: string;
  readonly body: Fields;
  readonly clause: Fields;
  readonly place: ReturnType<Reading['place']>;
}

/** `{ "field": "a" }`; stars in the name stand for any field. */
export function parseExists({ body, clause, place }: Clause, reading: Reading): Predicate {
  const field = reading.text(body['field'], clause);
  return { kind: 'exists', field, ...place };
}

/** What may stand beside a value, or a field, without changing which events match. */
const harmless: ReadonlySet<string> = new Set([
  'boost',
  '_name',
  'rewrite',
  'lenient',
  'max_determinized_states',
]);

/** The names of the value, of which a clause has one. */
const names = ['value', 'query', 'wildcard'] as const;

/** `{ "process.name": "x" }`, `{ "process.name": { "value": "x", "case_insensitive": true } }` */
export function parseValue(asked: Clause, reading: Reading): Predicate {
  const { kind, body, clause, place } = asked;
  const [field, said] = onlyField(asked, reading);
  const isPlain = typeof said !== 'object' || said === null;
  const options = isPlain ? { value: said } : reading.fields(said, `The body of "${kind}"`, body);
  const strange = Object.entries(options).find(([key, value]) => !isHarmless(key, value));
  if (strange !== undefined)
    return reading.unread(clause, `A ${kind} with "${strange[0]}" has no neutral form`);
  if (isStarred(field)) return reading.unread(clause, `A ${kind} of fields with a star has no neutral form`);
  const value = names.map((name) => options[name]).find((one) => one !== undefined);
  const caseSensitive = options['case_insensitive'] !== true;
  if (kind === 'regexp') {
    const patterns = [reading.text(value, clause)];
    return { kind: 'regex', field, patterns, quantifier: 'any', flavour: 'lucene', caseSensitive, ...place };
  }
  return equals(field, [valueIn(kind, value, clause, reading)], caseSensitive, place);
}

function isHarmless(key: string, value: unknown): boolean {
  if (harmless.has(key) || (names as readonly string[]).includes(key)) return true;
  if (key === 'case_insensitive') return typeof value === 'boolean';
  // `match` with the type `phrase` is the older spelling of `match_phrase`; regular expressions have all signs.
  return (key === 'type' && value === 'phrase') || (key === 'flags' && value === 'ALL');
}

function valueIn(kind: string, value: unknown, clause: Fields, reading: Reading): Value {
  if (kind === 'wildcard') return readWildcards(reading.text(value, clause));
  if (kind === 'prefix') return pattern([reading.text(value, clause), many]);
  return reading.value(value, clause);
}

/** `{ "a": ["x", "y"] }`; a list that stands elsewhere is not read. */
export function parseTerms(asked: Clause, reading: Reading): Predicate {
  const { clause, place } = asked;
  const [field, said] = onlyField(asked, reading);
  if (typeof said === 'object' && said !== null && !Array.isArray(said)) {
    return reading.unread(clause, 'Terms that stand in another index have no neutral form');
  }
  if (!Array.isArray(said)) return reading.refuse('A list of terms is no list', clause);
  if (isStarred(field)) return reading.unread(clause, 'Terms of fields with a star have no neutral form');
  const values = said.map((value) => reading.value(value, clause));
  return values.length === 0 ? { kind: 'constant', value: false } : equals(field, values, true, place);
}

const orders: ReadonlyMap<string, Order> = new Map([
  ['lt', '<'],
  ['lte', '<='],
  ['gt', '>'],
  ['gte', '>='],
]);
const utc: ReadonlySet<unknown> = new Set(['UTC', 'Z', '+00:00', 'Etc/UTC', 'Zulu']);

/** `{ "a": { "gte": 5, "lt": 9 } }`. A bound of null bounds nothing. */
export function parseRange(asked: Clause, reading: Reading): Predicate {
  const { body, clause, place } = asked;
  const [field, said] = onlyField(asked, reading);
  const options = ofAge(reading.fields(said, 'The body of a range', body));
  const tests: Predicate[] = [];
  for (const [key, value] of Object.entries(options)) {
    const operator = orders.get(key);
    if (operator === undefined && !isUnimportant(key, value)) {
      return reading.unread(clause, `A range with "${key}" has no neutral form`);
    }
    if (operator === undefined || value === null) continue;
    const bound = typeof value === 'number' ? value : reading.text(value, clause);
    tests.push({ kind: 'range', field, operator, value: bound, ...place });
  }
  if (isStarred(field)) return reading.unread(clause, 'A range of fields with a star has no neutral form');
  return tests.length === 0 ? { kind: 'exists', field, ...place } : and(tests);
}

/** Formats of dates that are read as they are anyway, and the time of the tree. */
function isUnimportant(key: string, value: unknown): boolean {
  if (key === 'boost' || key === '_name') return true;
  if (key === 'time_zone') return utc.has(value);
  return (
    key === 'format' && typeof value === 'string' && /date_(?:optional_)?time|^epoch_millis$/.test(value)
  );
}

/** `from`, `to` and what is included, as ranges were written once. */
function ofAge({ from, to, include_lower: low, include_upper: high, ...rest }: Fields): Fields {
  return {
    ...rest,
    ...(from !== undefined && { [low === false ? 'gt' : 'gte']: from }),
    ...(to !== undefined && { [high === false ? 'lt' : 'lte']: to }),
  };
}

/** The field of a clause that names one, with what it is asked. */
function onlyField({ kind, body, clause }: Clause, reading: Reading): readonly [string, unknown] {
  const all = Object.entries(body);
  // A field may be called so, too.
  const entries = all.length === 1 ? all : all.filter(([key]) => key !== 'boost' && key !== '_name');
  const [first, ...more] = entries;
  return first && more.length === 0
    ? first
    : reading.refuse(`A ${kind} names ${entries.length} fields where it takes one`, clause);
}

/** To a test of one field a star in its name is no wildcard, and in the tree it is. */
function isStarred(field: string): boolean {
  return field.includes('*');
}
