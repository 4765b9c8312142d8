import { expect, test } from 'vitest';

import { eql } from '../../src/languages/eql/index.ts';
import { kql } from '../../src/languages/kql/index.ts';
import { moved } from '../../src/query/places.ts';
import type { Query } from '../../src/query/query.ts';
import { must } from '../support/laws.ts';

const queries: readonly Query[] = [
  must(
    eql.parse(
      'process where not (a == "b" or length(c) > 5) and (d == e) == true and endsWith(f, g) | head 5',
    ),
  ),
  must(
    eql.parse(
      'sequence by a with maxspan=1m [file where b : "c"] by d [any where true] by e until [f where g] by h',
    ),
  ),
  must(eql.parse('sample by a [file where b == 1] [process where c regex "d"]')),
  must(eql.parse('join by a [b where c == 1] [d where e == 2]')),
  must(kql.parse('a:{ b:1 and not c:* } and "d" and e > 5')),
];

/** Every span of a tree, in the order they stand in it. */
function spansOf(tree: unknown): number[][] {
  if (typeof tree !== 'object' || tree === null) return [];
  return Object.entries(tree).flatMap(([key, value]) =>
    key === 'span' ? [[value.start, value.end]] : spansOf(value),
  );
}

test.each(queries)('every place of a tree is moved, and nothing else: %j', (query) => {
  const far = moved(query, 1000);
  expect(spansOf(query).length).toBeGreaterThan(0);
  expect(spansOf(far)).toEqual(spansOf(query).map(([start, end]) => [start! + 1000, end! + 1000]));
  expect(moved(far, -1000)).toEqual(query);
});

test.each(queries)('a tree whose text stands nowhere has no places: %j', (query) => {
  const nowhere = moved(query, undefined);
  expect(spansOf(nowhere)).toEqual([]);
  expect(nowhere).toEqual(
    JSON.parse(JSON.stringify(query, (key, value) => (key === 'span' ? undefined : value))),
  );
});
