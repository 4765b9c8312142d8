import { expect, test } from 'vitest';
import { eql } from '../../src/languages/eql/index.ts';
import { spell } from '../../src/query/normal.ts';
import type { Query } from '../../src/query/query.ts';
import { must } from '../support/laws.ts';

test.each([
  'process where process.name == "a\\"b" and not (user.name : ("x*", "y") or process.pid > 4)',
  'any where true',
  'network where cidrMatch(source.ip, "10.0.0.0/8") or ?a.b != null',
  'sequence by host.id with maxspan=1m [file where a == 1] [process where not b == "c"]',
])('a spelling is the JSON of the tree, however it was put together: %s', (text) => {
  const query: Query = must(eql.parse(text));
  expect(spell(query)).toBe(JSON.stringify(query));
  // What is known of its parts by now makes no difference.
  expect(spell({ ...query })).toBe(JSON.stringify(query));
});
