import { or } from '../query/build.ts';
import { isMany, isPattern, plainText } from '../query/pattern.ts';
import type { Equals, FreeText, Predicate, Value } from '../query/query.ts';

/**
 * A search for a part of any value, whatever its case, takes two tests in Lucene: a phrase for fields of words and an
 * expression for the others. Going to Sigma, the two are the one search that Sigma has.
 */
export function asSearched(where: Predicate): Predicate {
  switch (where.kind) {
    case 'and':
      return { ...where, of: where.of.map(asSearched) };
    case 'not':
      return { ...where, of: asSearched(where.of) };
    case 'or':
      return or(paired(where.of).map(asSearched));
    default:
      return where;
  }
}

/** The phrases and patterns of alternatives that look for the same texts, as one search. */
function paired(parts: readonly Predicate[]): readonly Predicate[] {
  const phrases = parts.filter(isPhrase);
  const patterns = parts.filter(isEverywhere);
  const texts = new Set(phrases.flatMap(({ values }) => values.map(lower)));
  const sought = new Set(patterns.flatMap(({ values }) => values.map(partSought)));
  const isOne = texts.size > 0 && sought.size === texts.size && [...sought].every((text) => texts.has(text));
  const [first] = phrases;
  if (!first || !isOne) return parts;
  const values = phrases.flatMap((phrase) => phrase.values);
  const found: FreeText = { ...first, values, caseSensitive: false };
  return [found, ...parts.filter((part) => !isPhrase(part) && !isEverywhere(part))];
}

function isPhrase(part: Predicate): part is FreeText {
  return (
    part.kind === 'free-text' &&
    part.quantifier === 'any' &&
    part.values.every((value) => lower(value) !== '')
  );
}

/** A test of any field, for which case does not count. */
function isEverywhere(part: Predicate): part is Equals {
  return part.kind === 'equals' && part.field === '*' && part.quantifier === 'any' && !part.caseSensitive;
}

/** A plain text in small letters; nothing for a pattern. */
function lower(value: Value | undefined): string {
  return isPattern(value ?? 0) ? (plainText(value as readonly string[]) ?? '').toLowerCase() : '';
}

/** The text between two stars. */
function partSought(value: Value): string {
  if (value === null || !isPattern(value) || value.length !== 3) return '';
  const [start, text, end] = value;
  return isMany(start) && isMany(end) ? lower([text!]) : '';
}
