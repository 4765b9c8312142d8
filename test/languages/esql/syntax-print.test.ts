import { expect, test } from 'vitest';

import { parseStatement } from '../../../src/languages/esql/parse-statement.ts';
import { printStatement } from '../../../src/languages/esql/print-statement.ts';

const print = (text: string): string => printStatement(parseStatement(text));

/** What is written on one line, and how. */
test.each([
  ['FROM a , b METADATA _id,_index', 'from a, b metadata _id, _index'],
  ['TS "a"', 'ts a'],
  ['FROM "a, -b"', 'from "a, -b"'],
  ['ROW A=1', 'row A = 1'],
  ['row ((a AND (b))) OR c', 'row (a and b) or c'],
  ['row a AND (b OR c)', 'row a and (b or c)'],
  ['row NOT(a==1)', 'row not a == 1'],
  ['row NOT(a and b)', 'row not (a and b)'],
  ['row (a+b)*-c-(d-e)', 'row (a + b) * -c - (d - e)'],
  ['row a NOT IN(1,2)', 'row a not in (1, 2)'],
  ['row a LIKE ("b")', 'row a like "b"'],
  ['row a RLIKE ("b","c")', 'row a rlike ("b", "c")'],
  ['row a IS NOT NULL', 'row a is not null'],
  ['row a:"b"', 'row a : "b"'],
  ['row COUNT ( * )', 'row COUNT(*)'],
  ['row F(a,{"b":1})', 'row F(a, { "b": 1 })'],
  ['row a::INT', 'row a::INT'],
  ['row 5minutes', 'row 5 minutes'],
  ['row [ 1,2 ]', 'row [1, 2]'],
  ['row `a`.`b c`', 'row a.`b c`'],
  ['row """a"""', 'row "a"'],
  ['row "C:\\\\a\\\\b"', 'row """C:\\a\\b"""'],
  ['row 1 // and 2', 'row 1'],
])('%s becomes %s', (text, printed) => {
  expect(print(text)).toBe(printed);
});

test.each([
  ['STATS C=COUNT(*) WHERE a>1 BY b', 'stats C = COUNT(*) where a > 1 by b'],
  ['INLINESTATS a BY b', 'inline stats a by b'],
  ['STATS BY a', 'stats by a'],
  ['KEEP a*,`b*`,*', 'keep a*, `b*`, *'],
  ['RENAME b=a', 'rename a as b'],
  ['SORT a ASC,b DESC NULLS FIRST', 'sort a asc, b desc nulls first'],
  ['MV_EXPAND a', 'mv_expand a'],
  ['GROK a "b","c"', 'grok a "b", "c"'],
  ['DISSECT a "%{b}" APPEND_SEPARATOR=","', 'dissect a "%{b}" APPEND_SEPARATOR = ","'],
  ['ENRICH p ON a WITH b=c', 'enrich p on a with b = c'],
  ['LOOKUP JOIN a ON b,c', 'lookup join a on b, c'],
  ['FORK (WHERE a|LIMIT 1)(LIMIT 2)', 'fork (where a | limit 1) (limit 2)'],
  ['COMPLETION a=b WITH {"c":"d"}', 'completion a = b with { "c": "d" }'],
  ['RERANK a="b" ON c', 'rerank a = "b" on c'],
  ['SAMPLE .5', 'sample .5'],
  ['CHANGE_POINT a ON b AS c,d', 'change_point a on b as c, d'],
  ['FUSE RRF KEY BY a', 'fuse RRF key by a'],
  ['URI_PARTS a = b', 'uri_parts a = b'],
])('%s becomes %s', (text, printed) => {
  expect(print(`row 1 | ${text}`)).toBe(`row 1\n| ${printed}`);
});

const long = (count: number): string => 'x'.repeat(count);

/** Beyond 120 columns: joins at their words, lists at their commas, commands at their parts. */
test.each([
  [
    `where a == "${long(50)}" and (b == "${long(50)}" or c)`,
    [`where a == "${long(50)}" and`, `  (b == "${long(50)}" or c)`],
  ],
  [
    `where a and (b == "${long(60)}" or c == "${long(60)}")`,
    ['where a and', '  (', `    b == "${long(60)}" or`, `    c == "${long(60)}"`, '  )'],
  ],
  [
    `where a in ("${long(40)}", "${long(40)}", "${long(40)}")`,
    ['where a in (', `    "${long(40)}", "${long(40)}",`, `    "${long(40)}"`, '  )'],
  ],
  [
    `eval a = case(b == "${long(60)}", c, d == "${long(60)}", e, f)`,
    ['eval a = case(', `    b == "${long(60)}", c,`, `    d == "${long(60)}", e,`, '    f', '  )'],
  ],
  [`keep ${long(60)}, ${long(60)}`, ['keep', `    ${long(60)},`, `    ${long(60)}`]],
  [
    `stats a = max(${long(60)}), b = min(${long(60)}) by c, d`,
    ['stats', `    a = max(${long(60)}),`, `    b = min(${long(60)})`, '  by c, d'],
  ],
  [`where kql("${long(120)}")`, [`where kql("${long(120)}")`]],
])('%s has several lines', (text, lines) => {
  expect(print(`row 1 | ${text}`)).toBe(`row 1\n| ${lines.join('\n')}`);
});

test('long sources stand one a line, the metadata behind them', () => {
  expect(print(`from ${long(60)}, ${long(60)} metadata _id`)).toBe(
    `from\n    ${long(60)},\n    ${long(60)}\n  metadata _id`,
  );
});
