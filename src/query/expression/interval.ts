import { digits as everyDigit, expressionOf } from './characters.ts';
import { alternation, type Expression, type Interval, repeat, sequence } from './expression.ts';

/** The numbers of an interval, digit by digit: `<7-12>` is `0*([7-9]|1[0-2])`. */
export function intervalOf({ least, most, digits }: Interval): Expression {
  if (digits !== undefined) return between(padded(least, digits), padded(most, digits));
  const [shortest, longest] = [String(least).length, String(most).length];
  const lengths = Array.from({ length: longest - shortest + 1 }, (_, more) => shortest + more);
  const numbers = lengths.map((length) =>
    between(
      padded(length === shortest ? least : 10 ** (length - 1), length),
      padded(length === longest ? most : 10 ** length - 1, length),
    ),
  );
  return sequence([repeat(digit('0', '0'), 0), alternation(numbers)]);
}

function padded(value: number, length: number): string {
  return String(value).padStart(length, '0');
}

function digit(from: string, to: string): Expression {
  return expressionOf([[from.charCodeAt(0), to.charCodeAt(0)]]);
}

function anyDigits(count: number): readonly Expression[] {
  return Array.from({ length: count }, () => expressionOf(everyDigit));
}

/** Digits that are, as a number, between two others as long. */
function between(from: string, to: string): Expression {
  if (from === '') return sequence([]);
  const [low, high] = [from.charAt(0), to.charAt(0)];
  const [lower, higher] = [from.slice(1), to.slice(1)];
  if (low === high) return sequence([digit(low, low), between(lower, higher)]);
  const rest = lower.length;
  const step = (char: string, by: number) => String.fromCharCode(char.charCodeAt(0) + by);
  const hasLow = /^0*$/.test(lower);
  const hasHigh = /^9*$/.test(higher);
  const [first, last] = [hasLow ? low : step(low, 1), hasHigh ? high : step(high, -1)];
  return alternation([
    ...(hasLow ? [] : [sequence([digit(low, low), between(lower, '9'.repeat(rest))])]),
    ...(first <= last ? [sequence([digit(first, last), ...anyDigits(rest)])] : []),
    ...(hasHigh ? [] : [sequence([digit(high, high), between('0'.repeat(rest), higher)])]),
  ]);
}
