import fc from 'fast-check';
import { parse } from 'smol-toml';
import { expect, test } from 'vitest';

import { listEdits } from '../../src/formats/list-edit.ts';
import { edit } from '../../src/source/edit.ts';
import type { Span } from '../../src/source/source.ts';

/** A list of words as people lay it out. */
const layouts: Record<string, (words: readonly string[]) => string> = {
  'side by side': (words) => `[${words.join(', ')}]`,
  'close together': (words) => `[${words.join(',')}]`,
  'with room': (words) => `[ ${words.join(' , ')} ]`,
  'a line each': (words) => `[\n${words.map((word) => `    ${word},\n`).join('')}]`,
  'a line each, the last without a comma': (words) => `[\n  ${words.join(',\n  ')}\n]`,
  'a line each, with comments': (words) =>
    `[\n${words.map((word) => `  ${word}, # about ${word}\n`).join('')}  # the end\n]`,
  'with comments above': (words) => `[\n${words.map((word) => `  # on ${word}\n  ${word},\n`).join('')}]`,
  'with other line ends': (words) => `[\r\n${words.map((word) => `\t${word},\r\n`).join('')}]`,
};

function elementsOf(text: string): Span[] {
  return [...text.replace(/#.*/g, (note) => ' '.repeat(note.length)).matchAll(/"[^"]*"/g)].map(
    ({ index, 0: word }) => ({
      start: index,
      end: index + word.length,
    }),
  );
}

function changed(text: string, before: readonly string[], after: readonly string[]): string | undefined {
  const elements = elementsOf(text);
  const edits = listEdits(
    { text, span: { start: 0, end: text.length }, elements, gap: ' ' },
    {
      before,
      after,
      change: (was, is) => [{ ...elements[was]!, replacement: JSON.stringify(after[is]) }],
      print: (is) => JSON.stringify(after[is]),
    },
  );
  return edits && edit(text, edits);
}

const words = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1, maxLength: 6 });

test.each(Object.entries(layouts))('a list is what it is to be, laid out %s', (_, layOut) => {
  fc.assert(
    fc.property(words, words, (before, after) => {
      const text = layOut(before.map((word) => JSON.stringify(word)));
      const said = changed(text, before, after);
      if (said === undefined) return;
      expect(parse(`list = ${said}`)['list']).toEqual(after);
    }),
    { numRuns: 500 },
  );
});

test.each<[string, string[], string]>([
  ['["a", "b"]', ['a', 'b', 'c'], '["a", "b", "c"]'],
  ['["a","b"]', ['c', 'a', 'b'], '["c","a","b"]'],
  ['["a"]', ['a', 'b'], '["a", "b"]'],
  ['["a", "b", "c"]', ['a', 'c'], '["a", "c"]'],
  ['["a", "b", "c"]', ['a', 'b'], '["a", "b"]'],
  ['["a", "b"]', ['a', 'x'], '["a", "x"]'],
  ['[\n  "a", # one\n  "b", # two\n]', ['a', 'c', 'b'], '[\n  "a", # one\n  "c",\n  "b", # two\n]'],
  ['[\n  "a", # one\n  "b", # two\n]', ['b'], '[\n  "b", # two\n]'],
  ['[\n  "a", # one\n  "b" # two\n]', ['a', 'b', 'c'], '[\n  "a", # one\n  "b", # two\n  "c"\n]'],
  ['[\n  "a",\n  "b"\n]', ['a'], '[\n  "a"\n]'],
  ['[ "a", # one\n  "b" ]', ['a'], '[ "a", # one\n   ]'],
])('%j becomes %j', (text, after, expected) => {
  expect(
    changed(
      text,
      elementsOf(text).map(({ start, end }) => JSON.parse(text.slice(start, end))),
      after,
    ),
  ).toBe(expected);
});

test('a list of which nothing stays is left to its printer', () => {
  expect(changed('["a"]', ['a'], [])).toBeUndefined();
});
