import { parse } from 'smol-toml';
import { describe, expect, test } from 'vitest';

import { basic, lines, literal, quoteKey } from '../../../src/formats/elastic/quote.ts';
import { everyString } from '../../support/laws.ts';

const nasty = ['"\\\n', "'\n\r", '"\\ \t', 'a\u0000\u007f\u001b', '"\'\\n', '😀\u2028\u0085"'];

function readBack(printed: string): unknown {
  return parse(`before = 1\nvalue = ${printed}\nafter = 2`)['value'];
}

describe.each(nasty)('every short string over %j', (alphabet) => {
  test('reads back from one line', () => {
    for (const text of everyString(alphabet, 5)) {
      expect(basic(text)).not.toMatch(/\n/);
      expect(readBack(basic(text))).toBe(text);
    }
  });

  test('reads back from lines', () => {
    for (const text of everyString(alphabet, 5)) {
      expect(readBack(lines(text))).toBe(text);
      expect(readBack(lines(text, 'behind'))).toBe(text);
    }
  });

  test('reads back as it stands, or cannot stand so', () => {
    for (const text of everyString(alphabet, 5)) {
      const printed = literal(text);
      if (printed !== undefined) expect(readBack(printed)).toBe(text);
      else expect(text).toMatch(/'''|'$|[^\P{Cc}\t\n\u0080-\u009f]/u);
    }
  });

  test('reads back as a key', () => {
    for (const text of everyString(alphabet, 4)) {
      expect(Object.keys(parse(`${quoteKey(text)} = 1`))).toEqual([text]);
    }
  });
});

test('quotes by the dozen', () => {
  for (let count = 0; count < 12; count += 1) {
    const text = '"'.repeat(count);
    expect(readBack(lines(text))).toBe(text);
    expect(readBack(lines(`a${text}b\n${text}`, 'behind'))).toBe(`a${text}b\n${text}`);
  }
});

test('leaves no quote right before those that close, which older readers stumble over', () => {
  for (const text of everyString('"\\a', 5)) expect(lines(text)).toMatch(/(?:^"""\n|\\"|[^"])"""$/);
});

test('writes no escape that TOML 1.0 does not have', () => {
  const all = Array.from({ length: 0x100 }, (_, code) => String.fromCharCode(code)).join('');
  for (const printed of [basic(all), lines(all)]) {
    expect(printed.match(/\\./gs)!.filter((found) => !/\\["\\bfnrtu]/.test(found))).toEqual([]);
  }
});
