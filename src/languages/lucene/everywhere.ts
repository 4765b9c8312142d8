import { shortened } from '../../diagnostic/shortened.ts';
import { always, and, never, or } from '../../query/build.ts';
import { isMany, isPattern, many, pattern, plainText } from '../../query/pattern.ts';
import { regexOf } from '../../query/pattern-regex.ts';
import type { Equals, FreeText, Pattern, Predicate, Value } from '../../query/query.ts';
import { anyCaseOf, regexTest } from './fold.ts';
import { normalRegex, printRegex } from './regex.ts';
import type { Tell } from './said.ts';

/** Any field whose whole value is one of these: expressions match whole values, where terms look for words. */
export function everyField(test: Equals): Predicate {
  if (!test.values.every((value) => value !== null && isPattern(value))) return test;
  const of = test.caseSensitive ? (value: Pattern) => normalRegex(regexOf(value)) : anyCaseOf;
  return regexTest(test, '*', (test.values as readonly Pattern[]).map(of));
}

/**
 * A search in every field. With case it is Lucene's own: words in fields of words, whole values in others. Without,
 * it is Sigma's, for a part of any value: a phrase finds it among words, an expression in the other fields.
 */
export function freeText(test: FreeText, tell: Tell): Predicate {
  const values = test.values.map((value) => (isPattern(value ?? 0) ? value : [String(value)]) as Pattern);
  if (values.length === 0) return never;
  if (test.caseSensitive) return withStars({ ...test, values });
  const parts = values.map((value) => partOf(value, test, tell));
  return test.quantifier === 'any' ? or(parts) : and(parts);
}

/** Every event has some field with some value. */
function withStars(test: FreeText): Predicate {
  const isAnything = (value: Value) => isPattern(value ?? 0) && (value as Pattern).every(isMany);
  const values = test.values.filter((value) => !isAnything(value));
  if (values.length === test.values.length) return test;
  return test.quantifier === 'any' || values.length === 0 ? always : { ...test, values };
}

function partOf(value: Pattern, test: FreeText, tell: Tell): Predicate {
  if (value.every(isMany)) return always;
  const span = test.span ? { span: test.span } : {};
  const text = plainText(inner(value));
  const phrase: FreeText = {
    ...test,
    values: text === undefined ? [] : [[text]],
    quantifier: 'any',
    caseSensitive: true,
  };
  const expression = anyCaseOf(pattern([many, ...inner(value), many]));
  const said = printRegex(expression) !== undefined;
  if (!said && text === undefined) return { ...test, values: [value] };
  if (!said) {
    const message = `"${shortened(text!)}" is too long for an expression that takes upper and lower case alike, so it is looked for in fields of words alone.`;
    tell({ code: 'loss/free-text', message, effect: 'narrower', ...span });
    return phrase;
  }
  const about = text === undefined ? 'a part' : `"${shortened(text)}"`;
  const message = `Fields of words are searched by whole words for ${about}, and the others for any part of their values.`;
  tell({ code: 'mapping/assumption', message, ...span });
  const regex = regexTest({ ...test, quantifier: 'any' }, '*', [expression]);
  return text === undefined ? regex : or([phrase, regex]);
}

/** A part of a value stands between stars, written or not. */
function inner(value: Pattern): Pattern {
  const from = value.findIndex((part) => !isMany(part));
  const to = value.findLastIndex((part) => !isMany(part));
  return value.slice(from, to + 1);
}
