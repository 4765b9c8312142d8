import { hasCase } from '../../query/normal.ts';
import { hasWildcard, isPattern, plainText } from '../../query/pattern.ts';
import type { Equals, FreeText, Nested, Opaque, Predicate, Range, Regex, Value } from '../../query/query.ts';
import type { Span } from '../../source/source.ts';
import { networkValues } from '../as-test.ts';
import type { Lose as Loses } from '../lose.ts';
import { testCompared } from '../truth.ts';
import { printTerm } from './lucene-term.ts';
import { printWildcards } from './wildcard.ts';

/** A clause of Elasticsearch's Query DSL. */
export type Clause = { readonly [kind: string]: unknown };

/** Notes what can not be said, and why. What it gives back is never printed. */
export type Lose = Loses<Clause>;

/** A predicate as one clause. */
export function spell(node: Predicate, lose: Lose): Clause {
  switch (node.kind) {
    case 'and':
      return everyOf(node.of.map((part) => spell(part, lose)));
    case 'or':
      return anyOf(node.of.map((part) => spell(part, lose)));
    case 'not':
      return noneOf(spell(node.of, lose));
    case 'equals':
      return spellEquals(node, lose);
    case 'exists':
      return { exists: { field: named(node.field, lose, node.span, true) } };
    case 'range':
      return spellRange(node, lose);
    case 'regex':
      return spellRegex(node, lose);
    case 'cidr':
      return spellEquals(networkValues(node), lose);
    case 'free-text':
      return spellFreeText(node, lose);
    case 'nested':
      return spellNested(node, lose);
    case 'constant':
      return node.value ? { match_all: {} } : { match_none: {} };
    case 'compare': {
      const test = testCompared(node);
      if (test) return spell(test, lose);
      return lose('loss/comparison', 'The comparison is not one of a field with a value', node.span);
    }
    case 'call':
      return lose('loss/function', `The function ${node.name} has no counterpart`, node.span);
    case 'opaque':
      return spellOpaque(node, lose);
    default:
      return node satisfies never;
  }
}

function everyOf(clauses: readonly Clause[]): Clause {
  return clauses.length === 1 ? clauses[0]! : { bool: { filter: clauses } };
}

export function anyOf(clauses: readonly Clause[]): Clause {
  return clauses.length === 1 ? clauses[0]! : { bool: { should: clauses, minimum_should_match: 1 } };
}

function noneOf(clause: Clause): Clause {
  return { bool: { must_not: [clause] } };
}

const nothing: Clause = { match_none: {} };

/** A name as a key of a clause. In those that test one field, a star is no wildcard. */
function named(field: string, lose: Lose, span: Span | undefined, takesStars = false): string {
  if (field === '') lose('loss/field-name', 'A test names no field', span);
  if (field.includes('*') && !takesStars) loseSeveral(field, lose, span);
  return field;
}

function spellEquals(node: Equals, lose: Lose): Clause {
  const clauses = node.values.map((value) => spellValue(node, value, lose));
  if (clauses.length === 0) return nothing;
  return node.quantifier === 'any' ? anyOf(clauses) : everyOf(clauses);
}

function spellValue({ field, caseSensitive, span }: Equals, value: Value, lose: Lose): Clause {
  if (value === null) return noneOf({ exists: { field: named(field, lose, span, true) } });
  const isNumber = typeof value === 'number' && !Number.isFinite(value);
  if (isNumber) return lose('loss/value-type', `The test of ${field} has a value that is no number`, span);
  if (field.includes('*'))
    return spellInSeveral(field, value, caseSensitive) ?? loseSeveral(field, lose, span);
  const name = named(field, lose, span);
  if (!isPattern(value)) return phrase(name, value);
  const option = !caseSensitive && hasCase(value) ? { case_insensitive: true } : undefined;
  const text = plainText(value);
  if (text === undefined) {
    const wildcards = printWildcards(value);
    if (wildcards === undefined)
      return lose('loss/placeholder', `The test of ${field} has a placeholder`, span);
    return { wildcard: { [name]: { value: wildcards, ...option } } };
  }
  // A phrase without words finds nothing in some fields, and everything in others.
  return option || text === '' ? { term: { [name]: { value: text, ...option } } } : phrase(name, text);
}

function phrase(field: string, value: string | number | boolean): Clause {
  return { match_phrase: { [field]: value } };
}

/** Two clauses alone look into all fields of a name with stars, and only for values in their own case. */
function spellInSeveral(
  field: string,
  value: Exclude<Value, null>,
  caseSensitive: boolean,
): Clause | undefined {
  // One star alone would search in every field, and a sign of weight is no name.
  if (field === '*' || field.includes('^')) return undefined;
  if (!isPattern(value)) return inFields(field, value);
  const text = plainText(value);
  if ((!caseSensitive && hasCase(value)) || text === '') return undefined;
  if (text !== undefined) return inFields(field, text);
  const query = printTerm(value);
  return query === undefined
    ? undefined
    : { query_string: { query, fields: [field], analyze_wildcard: true } };
}

function inFields(field: string, value: string | number | boolean): Clause {
  return { multi_match: { query: value, type: 'phrase', fields: [field], lenient: true } };
}

function loseSeveral(field: string, lose: Lose, span: Span | undefined): Clause {
  return lose('loss/field-name', `The test of ${field} is one of several fields at once`, span);
}

const keys = { '<': 'lt', '<=': 'lte', '>': 'gt', '>=': 'gte' } as const;

/** The bounds of a range, as Kibana keeps them beside it, too. */
export function boundsOf({ operator, value }: Range): Clause {
  return { [keys[operator]]: value };
}

function spellRange(node: Range, lose: Lose): Clause {
  const { field, value, span } = node;
  if (typeof value === 'number' && !Number.isFinite(value)) {
    lose('loss/value-type', `The bound of ${field} is no number`, span);
  }
  return { range: { [named(field, lose, span)]: boundsOf(node) } };
}

function spellRegex(
  { field, patterns, quantifier, flavour, caseSensitive, flags, span }: Regex,
  lose: Lose,
): Clause {
  if (flavour !== 'lucene' || flags !== undefined) {
    return lose('loss/regex-flavour', `The expression for ${field} is written for another engine`, span);
  }
  const name = named(field, lose, span);
  const option = caseSensitive ? {} : { case_insensitive: true };
  const clauses = patterns.map((value) => ({ regexp: { [name]: { value, ...option } } }));
  if (clauses.length === 0) return nothing;
  return quantifier === 'any' ? anyOf(clauses) : everyOf(clauses);
}

function spellFreeText(node: FreeText, lose: Lose): Clause {
  const clauses = node.values.map((value) => spellSearch(value, node, lose));
  if (clauses.length === 0) return nothing;
  return node.quantifier === 'any' ? anyOf(clauses) : everyOf(clauses);
}

/** Kibana asks so for what stands in quotes without a field, and for wildcards. */
function spellSearch(value: Value, { caseSensitive, span }: FreeText, lose: Lose): Clause {
  if (value === null) return lose('loss/null', 'A search in every field has no value to look for', span);
  if (!isPattern(value)) return { multi_match: { query: value, type: 'phrase', lenient: true } };
  if (!caseSensitive && hasCase(value)) {
    return lose('loss/case-sensitivity', 'The search in every field takes upper and lower case alike', span);
  }
  const text = plainText(value);
  if (text !== undefined) return { multi_match: { query: text, type: 'phrase', lenient: true } };
  const query = printTerm(value);
  if (query !== undefined && hasWildcard(value)) return { query_string: { query, analyze_wildcard: true } };
  return lose('loss/placeholder', 'The search in every field has a placeholder', span);
}

function spellNested({ path, where, span }: Nested, lose: Lose): Clause {
  const query = spell(where, lose);
  return { nested: { path: named(path, lose, span), query, score_mode: 'none' } };
}

/** Text of this language is a clause that was kept unread; those of Lucene and KQL have clauses of their own. */
function spellOpaque({ language, text, span }: Opaque, lose: Lose): Clause {
  if (language === 'lucene') return { query_string: { query: text, analyze_wildcard: true } };
  if (language === 'kuery') return { kql: { query: text } };
  const clause = language === 'dsl' ? clauseOf(text) : undefined;
  return clause ?? lose('loss/language', `A part of the query is text of "${language}"`, span);
}

/** A value list of exceptions is text of this language, too, and no clause. */
function clauseOf(text: string): Clause | undefined {
  const clause: unknown = readBack(text);
  const isObject = typeof clause === 'object' && clause !== null && !Array.isArray(clause);
  return isObject && Object.keys(clause).length === 1 ? (clause as Clause) : undefined;
}

function readBack(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
