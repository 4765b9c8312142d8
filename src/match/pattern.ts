import type { FieldType } from '../query/facts.ts';
import { isPattern, plainText } from '../query/pattern.ts';
import type { Pattern, Value } from '../query/query.ts';
import type { Scalar } from './event.ts';
import { networkTest } from './network.ts';
import { dateOf, momentOf, numberOf, sameAddress } from './value.ts';
import { wildcardTest } from './wildcard.ts';

/** Whether a value of an event is the value that is asked for, the way its field is kept. */
export function valueTest(
  asked: Exclude<Value, null>,
  caseSensitive: boolean,
  type: FieldType | undefined,
): (value: Scalar) => boolean {
  if (!isPattern(asked) && type === 'date') return (value) => dateOf(value) === asked;
  if (!isPattern(asked))
    return (value) => value === asked || String(value) === String(asked) || isNumber(value, asked);
  const text = plainText(asked);
  if (type === 'text') return textTest(asked);
  return text === undefined ? wildcards(asked, caseSensitive) : plain(text, caseSensitive, type);
}

function isNumber(value: Scalar, asked: Scalar): boolean {
  return typeof asked === 'number' && numberOf(value) === asked;
}

function wildcards(asked: Pattern, caseSensitive: boolean): (value: Scalar) => boolean {
  if (caseSensitive) {
    const test = wildcardTest(asked);
    return (value) => test(String(value));
  }
  const test = wildcardTest(asked.map((part) => (typeof part === 'string' ? part.toLowerCase() : part)));
  return (value) => test(String(value).toLowerCase());
}

function plain(
  text: string,
  caseSensitive: boolean,
  type: FieldType | undefined,
): (value: Scalar) => boolean {
  if (type === 'ip') {
    const isWithin = networkTest([text]);
    return (value) => typeof value === 'string' && (isWithin(value) || sameAddress(value, text));
  }
  const number = numberOf(text);
  const moment = type === undefined || type === 'date' ? momentOf(text) : undefined;
  const lower = text.toLowerCase();
  return (value) => {
    if (typeof value === 'number') return value === number || String(value) === text;
    const found = String(value);
    if (found === text) return true;
    if (!caseSensitive && found.toLowerCase() === lower) return true;
    return moment !== undefined && momentOf(value) === moment;
  };
}

/** Fields that are analysed hold words, and are asked for words that stand side by side, whatever their case. */
function textTest(asked: Pattern): (value: Scalar) => boolean {
  const text = plainText(asked);
  if (text === undefined) {
    const test = wildcards(asked, false);
    return (value) => wordsOf(String(value)).some(test);
  }
  const words = wordsOf(text);
  return (value) => {
    const found = wordsOf(String(value));
    return (
      words.length > 0 && found.some((_, at) => words.every((word, index) => found[at + index] === word))
    );
  };
}

/** As the standard analyser cuts them, near enough: runs of letters, marks and digits, in lower case. */
function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}_]+(?:['.’][\p{L}\p{M}\p{N}_]+)*/gu) ?? [];
}
