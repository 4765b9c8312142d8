import { or } from '../query/build.ts';
import { isMany, isPattern, plainText } from '../query/pattern.ts';
import type { FreeText, Pattern, Predicate, Value } from '../query/query.ts';

/**
 * A search for a part of any value, whatever its case, takes two tests in Lucene: a phrase for fields of words and an
 * expression for the others. Going to Sigma, they are the one search that Sigma has.
 */
export function asSearched(where: Predicate): Predicate {
  switch (where.kind) {
    case 'and':
      return { ...where, of: where.of.map(asSearched) };
    case 'not':
      return { ...where, of: asSearched(where.of) };
    case 'or':
      return or(withoutPhrases(where.of).map(asSearched));
    case 'equals':
      return partSought(where) ?? where;
    default:
      return where;
  }
}

/** Alternatives without the phrases that are sought as parts of values as well. */
function withoutPhrases(parts: readonly Predicate[]): readonly Predicate[] {
  const sought = new Set(parts.flatMap((part) => (partSought(part)?.values ?? []).map(lower)));
  const isSaid = (part: Predicate) =>
    isPhrase(part) && part.values.every((value) => sought.has(lower(value)));
  return parts.filter((part) => !isSaid(part));
}

function isPhrase(part: Predicate): part is FreeText {
  return part.kind === 'free-text' && part.quantifier === 'any';
}

/** A test of any field for parts of its value, for which case does not count, as a search for them. */
function partSought(part: Predicate): FreeText | undefined {
  if (part.kind !== 'equals' || part.field !== '*' || part.quantifier !== 'any' || part.caseSensitive)
    return undefined;
  const values = part.values.map((value) => (value !== null && isPattern(value) ? inner(value) : undefined));
  if (!values.every((value) => value !== undefined)) return undefined;
  const { values: _, kind: _kind, field: _field, ...rest } = part;
  return { kind: 'free-text', ...rest, values };
}

/** What stands between two stars. */
function inner(value: Pattern): Pattern | undefined {
  return value.length > 2 && isMany(value[0]) && isMany(value.at(-1)) ? value.slice(1, -1) : undefined;
}

/** A plain text in small letters; nothing for a pattern. */
function lower(value: Value): string {
  return value !== null && isPattern(value) ? (plainText(value) ?? '').toLowerCase() : '';
}
