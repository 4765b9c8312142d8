import fc from 'fast-check';
import { expect, test } from 'vitest';

import { mergePieces } from '../src/source/merge-pieces.ts';
import { changesOf } from '../src/source/piece-changes.ts';

const pieces: fc.Arbitrary<string[]> = fc.array(fc.constantFrom<string>('a', 'b', 'c'), { maxLength: 8 });

test('the changes between two texts make the second of the first', () => {
  fc.assert(
    fc.property(pieces, pieces, (before, after) => {
      const result = [...before];
      for (const { start, end, pieces: own } of [...changesOf(before, after)].reverse())
        result.splice(start, end - start, ...own);
      expect(result).toEqual(after);
    }),
    { numRuns: 1000 },
  );
});

test('what one side alone changed is taken, and what both changed alike', () => {
  fc.assert(
    fc.property(pieces, pieces, (base, other) => {
      for (const [ours, theirs] of [
        [base, other],
        [other, base],
        [other, other],
      ] as const) {
        expect(mergePieces({ base, ours, theirs })).toEqual({ pieces: other, isClean: true });
      }
    }),
    { numRuns: 1000 },
  );
});

const list = (text: string) => text.split('');
const merged = (base: string, ours: string, theirs: string, keepsBoth = false) => {
  const { pieces: all, isClean } = mergePieces(
    { base: list(base), ours: list(ours), theirs: list(theirs) },
    { keepsBoth },
  );
  return [all.join(''), isClean];
};

test.each([
  ['changes side by side', 'abc', 'xbc', 'aby', ['xby', true]],
  ['a change and an addition behind it', 'abc', 'xbc', 'aybc', ['xybc', true]],
  ['one removes what the other changes', 'abc', 'ac', 'axc', ['ac', false]],
  ['both put something at one place', 'ab', 'axb', 'ayb', ['axb', false]],
  ['both put the same there', 'ab', 'axb', 'axb', ['axb', true]],
] as const)('%s', (_, base, ours, theirs, expected) => {
  expect(merged(base, ours, theirs)).toEqual(expected);
});

test('both additions are kept where that is wanted, first that of ours', () => {
  expect(merged('ab', 'axb', 'ayb', true)).toEqual(['axyb', true]);
});

test('texts beyond any that people write are one change', () => {
  const long = (sign: string) => Array.from({ length: 3000 }, (_, index) => `${sign}${index % 7}`);
  expect(changesOf(['start', ...long('a'), 'end'], ['start', ...long('b'), 'end'])).toHaveLength(1);
});
