import { test } from 'vitest';
import { eql } from '../../src/languages/eql/index.ts';
import { compareQueries } from '../../src/proof/compare-queries.ts';
import { must } from '../support/laws.ts';

const q = (text: string) => must(eql.parse(text));

test.each([
  ['process where a == "x"', 'file where a == "x"'],
  ['process where a == "x"', 'any where a == "x"'],
  [
    'sequence by h with maxspan=1m [process where a == "x"] [file where b == "y"]',
    'sequence by h with maxspan=30s [process where a == "x"] [file where b == "y"]',
  ],
  [
    'sequence by h with maxspan=1m [process where a == "x"] [file where b == "y"]',
    'sequence with maxspan=1m [process where a == "x"] [file where b == "y"]',
  ],
  [
    'sequence by h with maxspan=1m [process where a == "x"] [file where b == "y"]',
    'sequence by h with maxspan=1m [file where b == "y"] [process where a == "x"]',
  ],
  [
    'sequence by h with maxspan=1m [process where a == "x"] [file where b == "y"] until [process where c == "z"]',
    'sequence by h with maxspan=1m [process where a == "x"] [file where b == "y"]',
  ],
  [
    'sequence by h with maxspan=1m [process where a == "x"] ![file where b == "y"] [process where c == "z"]',
    'sequence by h with maxspan=1m [process where a == "x"] [process where c == "z"]',
  ],
  [
    'sequence by h with maxspan=1m [process where a == "x"] ![file where b == "y"] [process where c == "z"]',
    'sequence by h with maxspan=1m [process where a == "x"] ![file where b in ("y","u")] [process where c == "z"]',
  ],
  [
    'sequence by h with maxspan=1m [process where a == "x"] with runs=3',
    'sequence by h with maxspan=1m [process where a == "x"] with runs=2 [process where c == "z"]',
  ],
  [
    'sequence [process where a == "x"] by h [file where b == "y"] by k',
    'sequence [process where a == "x"] by k [file where b == "y"] by h',
  ],
])('%s | %s', (a, b) => {
  console.log(a, '\n', b, '\n', JSON.stringify(compareQueries(q(a), q(b))));
});
