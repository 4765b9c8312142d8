import { expect, test } from 'vitest';

import { tokenize } from '../../../src/languages/esql/lexer.ts';

const cut = (text: string): string[] =>
  tokenize(text)
    .slice(0, -1)
    .map(({ kind, text: of }) => (kind === of ? of : `${kind} ${of}`));

test.each([
  ['from logs-*,<a-{now/d}>', ['from', 'source logs-*', ',', 'source <a-{now/d}>']],
  [
    'from a:b::c metadata _id',
    ['from', 'source a', ':', 'source b', '::', 'source c', 'metadata', 'source _id'],
  ],
  ['row a-b*c/d', ['row', 'name a', '-', 'name b', '*', 'name c', '/', 'name d']],
  ['keep a*.`b c`*d', ['keep', 'pattern a*', '.', 'pattern `b c`*d']],
  ['rename a as b', ['rename', 'pattern a', 'as', 'pattern b']],
  ['enrich _any:p-1 on a', ['enrich', 'source _any:p-1', 'on', 'pattern a']],
  ['lookup join a-b on c-d', ['lookup', 'join', 'source a-b', 'on', 'name c', '-', 'name d']],
  ['fork (where a) (drop *b)', ['fork', '(', 'where', 'name a', ')', '(', 'drop', 'pattern *b', ')']],
  [
    'from (from a-b | where c-d), e-f',
    [...['from', '(', 'from', 'source a-b', '|', 'where', 'name c', '-', 'name d', ')', ',', 'source e-f']],
  ],
  ['where a in (from b-c)', ['where', 'name a', 'in', '(', 'from', 'source b-c', ')']],
  ['where a in (from, b-c)', ['where', 'name a', 'in', '(', 'name from', ',', 'name b', '-', 'name c', ')']],
  [
    'dedup a "|" (b | c) /* | */ | limit 1',
    ['dedup', 'text a "|" (b | c) /* | */ ', '|', 'limit', 'integer 1'],
  ],
  [
    'row 1 1.5 .5 5. 1e3 1.e-3',
    [...['row', 'integer 1', 'decimal 1.5', 'decimal .5', 'decimal 5.', 'decimal 1e3', 'decimal 1.e-3']],
  ],
  [
    'row ? ?a ?1 ?? ??b',
    ['row', 'parameter ?', 'parameter ?a', 'parameter ?1', 'double parameter ??', 'double parameter ??b'],
  ],
  ['row """a"b""" "c\\"d" `e``f`', ['row', 'string """a"b"""', 'string "c\\"d"', 'quoted name `e``f`']],
  ['ROW a AND b // c', ['row ROW', 'name a', 'and AND', 'name b']],
  ['row /* a /* b */ c */ d', ['row', 'name d']],
  ['row /* a /* b */ c', ['row', 'name c']],
  ['set a = 1; from b-c', ['set', 'name a', '=', 'integer 1', ';', 'from', 'source b-c']],
])('%s', (text, tokens) => {
  expect(cut(text).map((token) => token.replace(/^other dedup$/, 'dedup'))).toEqual(tokens);
});

test('an unknown command is the end of what can be cut', () => {
  expect(cut("from a | select 'b'")).toEqual(['from', 'source a', '|', 'unknown select']);
});
