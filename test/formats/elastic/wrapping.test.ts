import fc from 'fast-check';
import { expect, test } from 'vitest';

import { wrap } from '../../../src/formats/elastic/wrapping.ts';
import { joinLines } from '../../../src/formats/engine/index.ts';
import { everyString } from '../../support/laws.ts';

const margin = { columns: 8, indent: '' };

test.each([
  ['aaa bbbb c', 'aaa bbbb\nc\n'],
  ['aaa bbbbb c', 'aaa\nbbbbb c\n'],
  ['aaaaaaaaaaaa b', 'aaaaaaaaaaaa\nb\n'],
  ['aaaaaa-bbbbbb', 'aaaaaa-bbbbbb\n'],
  ['aaaaaaa  bbbb', 'aaaaaaa  bbbb\n'],
])('%j in eight columns', (text, lines) => {
  expect(wrap(text, margin)).toBe(lines);
});

test('stands behind its indent, and so do the quotes that close it', () => {
  expect(wrap('aaaa bbbb cccc', { columns: 9, indent: '  ' })).toBe('  aaaa bbbb\n  cccc\n  ');
});

test('joins what it has wrapped', () => {
  for (const text of everyString('ab \t\u00a0', 6)) {
    const joined = joinLines(text);
    expect(joinLines(wrap(joined, { columns: 2, indent: ' ' }))).toBe(joined);
  }
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 9 }), (text, columns) => {
      const joined = joinLines(text);
      expect(joinLines(joined)).toBe(joined);
      expect(joinLines(wrap(joined, { columns, indent: '    ' }))).toBe(joined);
    }),
  );
});

test('joins lines as they are, blank ones to two spaces', () => {
  expect(joinLines('\n a \r\n\tb\n\nc\u2028d ')).toBe('a b  c d');
  expect(joinLines('a  b')).toBe('a  b');
});
