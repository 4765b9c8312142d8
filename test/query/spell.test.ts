import { expect, test } from 'vitest';

import { eql } from '../../src/languages/eql/index.ts';
import { normal, spell } from '../../src/query/normal.ts';
import { must } from '../support/laws.ts';

test.each([
  'process where process.name == "a\\"b" and not (user.name : ("x*", "y") or process.pid > 4)',
  'any where true',
  'network where not (cidrMatch(source.ip, "10.0.0.0/8") or ?a.b != null)',
  'sequence by host.id with maxspan=1m [file where a == 1] [process where not b == "c"]',
])('the spelling of a normal form is its JSON, however it was put together: %s', (text) => {
  const form = normal(must(eql.parse(text)));
  expect(spell(form)).toBe(JSON.stringify(form));
  // What is known of its parts by now makes no difference.
  expect(spell({ ...form })).toBe(JSON.stringify(form));
});
