import type { Report } from '../diagnostic/diagnostic.ts';
import { isList, isObject, type Json } from '../rule/json.ts';
import type { Span } from '../source/source.ts';
import { deepest, elements, failure, type Member, members, skipBlank } from './json-scan.ts';
import type { Found } from './json-values.ts';

/**
 * Says what `JSON.parse` passes over in silence: keys that stand twice, of which it keeps the last, and
 * numbers it can not hold. Fails on what cannot be kept at all. A cheap count tells whether to look.
 */
export function inspect(text: string, { value, span }: Found, report: Report): void {
  const count: Count = { keys: 0, large: false };
  add(count, value, 0, span.start);
  if (count.large || count.keys !== keysIn(text.slice(span.start, span.end))) look(text, span, '', report);
}

interface Count {
  keys: number;
  /** Whether a number is too large for every integer below it to be told apart. */
  large: boolean;
}

function add(count: Count, value: Json, depth: number, start: number): void {
  if (depth > deepest) throw failure('parse/too-deep', start, `The JSON is nested more than ${deepest} deep`);
  if (isList(value)) {
    for (const part of value) add(count, part, depth + 1, start);
  } else if (isObject(value)) {
    const keys = Object.keys(value);
    count.keys += keys.length;
    for (const key of keys) add(count, value[key]!, depth + 1, start);
  } else if (typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER) {
    count.large = true;
  }
}

/** How many texts have a colon behind them. */
function keysIn(text: string): number {
  let keys = 0;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at)) {
    at = skipBlank(text, closingQuote(text, at) + 1);
    if (text.charAt(at) === ':') keys += 1;
  }
  return keys;
}

function closingQuote(text: string, open: number): number {
  let at = text.indexOf('"', open + 1);
  while (isEscaped(text, at)) at = text.indexOf('"', at + 1);
  return at;
}

/** An odd number of backslashes stands before it. */
function isEscaped(text: string, at: number): boolean {
  let first = at;
  while (text.charAt(first - 1) === '\\') first -= 1;
  return (at - first) % 2 === 1;
}

function look(text: string, span: Span, path: string, report: Report): void {
  switch (text.charAt(span.start)) {
    case '{': {
      const found = members(text, span.start);
      reportDoubles(found, path, report);
      for (const { key, value } of found) look(text, value, join(path, key), report);
      return;
    }
    case '[':
      elements(text, span.start).forEach((part, index) => look(text, part, join(path, index), report));
      return;
    case '"':
      return;
    default:
      lookAtWord(text.slice(span.start, span.end), span, path, report);
  }
}

function reportDoubles(found: readonly Member[], path: string, report: Report): void {
  const seen = new Set<string>();
  for (const { key, name, value } of found) {
    if (seen.has(key)) {
      const message = `${JSON.stringify(key)} stands twice in one object; the last one counts.`;
      report({
        code: 'read/duplicate-key',
        message,
        path: join(path, key),
        span: { start: name.start, end: value.end },
      });
    }
    seen.add(key);
  }
}

const whole = /^-?[0-9]+$/;

function lookAtWord(word: string, span: Span, path: string, report: Report): void {
  const number = Number(word);
  if (Math.abs(number) === Number.POSITIVE_INFINITY) {
    throw failure(
      'parse/bad-value',
      span.start,
      `The number ${word.slice(0, 20)} is larger than any that is kept`,
    );
  }
  if (whole.test(word) && word !== String(number) && BigInt(word) !== BigInt(number)) {
    report({ code: 'read/rounded', message: `${word} is kept as ${number}.`, path, span });
  }
}

function join(path: string, step: string | number): string {
  return path === '' ? String(step) : `${path}.${step}`;
}
