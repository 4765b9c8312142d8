import { expect, test } from 'vitest';

import { candidatesIn } from '../../src/mapping/candidates.ts';
import { compileMapping, type ReadyRow } from '../../src/mapping/mapping.ts';

const source = 'a test';

/** Log sources, each under its product. */
function rowsOf(rows: Readonly<Record<string, object>>): readonly ReadyRow[] {
  const logSources = Object.entries(rows).map(([product, row]) => ({ sigma: { product }, source, ...row }));
  return compileMapping([{ title: 'rows', version: 1, logSources }], {}).byCategory.get('')!;
}

const rows = rowsOf({
  needing: { where: [{ field: 'a', is: ['x'], also: [{ is: ['y'] }] }] },
  asking: { where: [{ field: 'a', is: ['x'], missing: 'equivalent' }] },
  searched: { where: [{ field: 'b', is: ['x'] }], indices: ['logs-b-*'], saidByIndex: true },
  bare: { indices: ['logs-c-*'] },
});
const keyOf = (row: number, test: number, spelling = 0) => rows[row]!.where[test]!.spellings[spelling]!.key;
const found = (sayings: readonly string[], stems: readonly string[]) =>
  candidatesIn(rows, sayings, stems).map(({ row }) => row.sigma.product);

test('a row that needs a test is tried where one of its spellings stands', () => {
  expect(found([], [])).toEqual(['asking', 'bare']);
  expect(found([keyOf(0, 0)], [])).toEqual(['needing', 'asking', 'bare']);
  expect(found([keyOf(0, 0, 1)], [])).toEqual(['needing', 'asking', 'bare']);
});

test('a row that indices may say alone is tried where its own is searched, in the order of the rows, once', () => {
  expect(found([], ['logs-b'])).toEqual(['asking', 'searched', 'bare']);
  expect(found([keyOf(2, 0), keyOf(0, 0)], ['logs-b', 'logs-c'])).toEqual([
    'needing',
    'asking',
    'searched',
    'bare',
  ]);
});
