import { Failure } from '../../diagnostic/attempt.ts';
import { always, and } from '../../query/build.ts';
import { isMany, isPattern } from '../../query/pattern.ts';
import type { Opaque, Order, Pattern, Predicate, Value } from '../../query/query.ts';
import type { Span } from '../../source/source.ts';
import type { Token } from '../cursor.ts';
import type { Kind } from './lexer.ts';
import { printBare, printField, quote, readBound, readPattern, readText, readValue } from './literal.ts';
import { normalRegex } from './regex.ts';

type Word = Token<Kind>;

/** What a field, or every field, is asked with a word, and with what stands behind the word. */
export function testOf(
  field: string | undefined,
  word: Word,
  fuzzy: Word | undefined,
  span: Span,
): Predicate {
  switch (word.kind) {
    case 'quoted':
      return phraseOf(field, word, fuzzy, span);
    case '*':
      if (field === '_exists_') return opaque(`_exists_:*`, span);
      return isAny(field) ? always : { kind: 'exists', field, span };
    case 'wildcard': {
      const pattern = readPattern(word);
      return field === '_exists_' ? opaque(`_exists_:${word.text}`, span) : valueTest(field, pattern, span);
    }
    case 'regex':
      readText(word);
      if (field === '_exists_') return opaque(`_exists_:${word.text}`, span);
      return regexTest(field, normalRegex(word.text.slice(1, -1)), span);
    default:
      return fuzzy ? fuzzyOf(field, word, fuzzy, span) : termOf(field, word, span);
  }
}

/** No field, or each of them. */
function isAny(field: string | undefined): field is undefined | '*' {
  return field === undefined || field === '*';
}

/** Without a field a value of nothing but stars asks for any value of any field, which every event has. */
function valueTest(field: string | undefined, value: Value, span: Span): Predicate {
  if (isAny(field) && isPattern(value ?? 0) && (value as Pattern).every(isMany)) return always;
  const test = { values: [value], quantifier: 'any', caseSensitive: true, span } as const;
  return isAny(field) ? { kind: 'free-text', ...test } : { kind: 'equals', field, ...test };
}

function regexTest(field: string | undefined, text: string, span: Span): Predicate {
  const test = { patterns: [text], quantifier: 'any', flavour: 'lucene', caseSensitive: true, span } as const;
  return { kind: 'regex', field: field ?? '*', ...test };
}

const operator = /^([<>]=?)([^]+)$/;

/** `f:x`, `f:>=5`: escaped or not, a sign of order in front makes a range. */
function termOf(field: string | undefined, word: Word, span: Span): Predicate {
  const text = readText(word);
  if (field === '_exists_') return { kind: 'exists', field: text, span };
  const [, order, bound] = operator.exec(text) ?? [];
  if (order === undefined || bound === undefined) return valueTest(field, readValue(word), span);
  if (isAny(field)) return opaque(printBare(text), span);
  if (bound === '*') return { kind: 'exists', field, span };
  return { kind: 'range', field, operator: order as Order, value: readBound(bound, false), span };
}

/** A phrase whose words may stand apart is beyond the tree, unless they may not. */
function phraseOf(field: string | undefined, word: Word, slop: Word | undefined, span: Span): Predicate {
  const text = readText(word);
  if (field === '_exists_') return { kind: 'exists', field: text, span };
  const apart = Math.trunc(Number(slop?.text.slice(1)));
  return apart > 0 ? opaque(`${prefix(field)}${quote(text)}~${apart}`, span) : valueTest(field, [text], span);
}

function fuzzyOf(field: string | undefined, word: Word, { text, start, end }: Word, span: Span): Predicate {
  const distance = text.slice(1);
  if (!/^(?:|auto|\d+(?:\.0+)?|0\.\d+)$/i.test(distance)) {
    const message = `"${text.slice(0, 40)}" says no distance of words: there may be a whole number, a part of one, or nothing.`;
    throw new Failure({ code: 'parse/bad-value', message, span: { start, end } });
  }
  return opaque(`${prefix(field)}${printBare(readText(word))}~${distance}`, span);
}

function prefix(field: string | undefined): string {
  return isAny(field) ? '' : `${printField(field)}:`;
}

function opaque(text: string, span: Span): Opaque {
  return { kind: 'opaque', language: 'lucene', text, span };
}

export interface Ends {
  readonly from: Word;
  readonly to: Word;
  readonly withFrom: boolean;
  readonly withTo: boolean;
}

/** `[a TO b}`: two ranges, or one where an end is open. A lone star is open, quoted or not. */
export function rangeBetween(field: string | undefined, ends: Ends, span: Span): Predicate {
  if (field === '_exists_') return opaque(`_exists_:${spelled(ends)}`, span);
  const name = field ?? '*';
  const [from, to] = [readText(ends.from), readText(ends.to)];
  const side = (word: Word, text: string, order: '<' | '>', isIn: boolean): readonly Predicate[] => {
    if (text === '*') return [];
    const operator: Order = isIn ? `${order}=` : order;
    return [
      { kind: 'range', field: name, operator, value: readBound(text, word.kind === 'quoted-bound'), span },
    ];
  };
  const parts = [...side(ends.from, from, '>', ends.withFrom), ...side(ends.to, to, '<', ends.withTo)];
  return parts.length > 0 ? and(parts) : { kind: 'exists', field: name, span };
}

function spelled({ from, to, withFrom, withTo }: Ends): string {
  return `${withFrom ? '[' : '{'}${from.text} TO ${to.text}${withTo ? ']' : '}'}`;
}
