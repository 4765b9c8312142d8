import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { loadMapping } from '../../src/mapping/load.ts';
import { positions } from '../../src/source/source.ts';
import { failsWith, must } from '../support/laws.ts';

const root = join(import.meta.dirname, '../../mappings');
const tables = ['log-sources', 'fields'].flatMap((folder) =>
  readdirSync(join(root, folder)).map((name) => join(root, folder, name)),
);

const bomb = `a: &a [x]\n${['b', 'c', 'd', 'e']
  .map((name, index) => `${name}: &${name} [${Array(12).fill(`*${'abcd'[index]}`).join(', ')}]`)
  .join('\n')}`;

/** A table with a row of fields on its fourth line. */
const withRow = (row: string, list = 'fields') => `title: x\nversion: 1\n${list}:\n  - ${row}\n`;

/** What is said of a text, with the line and what stands at the place. */
function told(text: string): readonly string[] {
  const at = positions(text);
  return loadMapping(text).diagnostics.map(({ message, span }) => {
    const { line } = at(span!.start);
    const [word] = /^[^:,}\n]*/.exec(text.slice(span!.start))!;
    return `${line} ${word.trim()} | ${message.replace('; the table was not loaded.', '')}`;
  });
}

describe('what is wrong with a table', () => {
  test.each([
    [
      'a misspelt key',
      withRow('{sigma: A, ecs: b, source: c, chnage: {kind: number}}'),
      '4 chnage | Row 1 of fields (A, b): chnage has no place in a row of fields; change may be meant',
    ],
    [
      'a misspelt change',
      withRow('{sigma: A, ecs: b, source: c, change: {kind: numbre}}'),
      '4 numbre | Row 1 of fields (A, b): change.kind should be file-name, extension, directory, arguments, account, hash, words, number, prefix, mailbox, presence, otherwise, entries, empty, hexadecimal, registry-path, registry-key, registry-hive or registry-number, and is "numbre"; number may be meant',
    ],
    [
      'a misspelt direction',
      withRow('{sigma: A, ecs: b, source: c, direction: to_ecs}'),
      '4 to_ecs | Row 1 of fields (A, b): direction should be both, to-ecs or to-sigma, and is "to_ecs"; to-ecs may be meant',
    ],
    [
      'a row without its source',
      withRow('{sigma: A, ecs: b}'),
      '4 {sigma | Row 1 of fields (A, b): source is missing',
    ],
    [
      'a change that lacks a word',
      withRow('{sigma: A, ecs: b, source: c, change: {kind: account}}'),
      '4 {kind | Row 1 of fields (A, b): change.domain is missing',
    ],
    ['a row that is none', withRow('A'), '4 A | Row 1 of fields: it should be a map, and is "A"'],
    [
      'a log source without a word',
      withRow('{sigma: {}, source: c}', 'logSources'),
      '4 { | Row 1 of logSources (without a name): sigma should be a map of at least 1, and is a map of 0',
    ],
    [
      'names of both sides at once',
      withRow('{sigma: [A], ecs: [b], because: c, source: d}', 'unnamed'),
      '4 ecs | Row 1 of unnamed (A, b): ecs has no place here',
    ],
    [
      'names of neither side',
      withRow('{because: c, source: d}', 'unnamed'),
      '4 {because | Row 1 of unnamed: it needs sigma or ecs',
    ],
    [
      'a misspelt list',
      'title: x\nversion: 1\nfeilds: []',
      '3 feilds | feilds has no place in a mapping table; fields may be meant',
    ],
    ['another version', 'title: x\nversion: 2', '2 2 | version should be 1, and is 2'],
  ])('%s is told once, in its row and at its place', (_, text, sentence) => {
    expect(told(text)).toEqual([sentence]);
  });

  test('is told of so many rows, and not without end', () => {
    expect(told(`title: x\nversion: 1\nfields: [${'3, '.repeat(5000)}]`).length).toBe(50);
  });
});

describe('a row that is never taken', () => {
  const rows = (...given: string[]) => withRow(given.map((row) => `{source: s, ${row}}`).join('\n  - '));

  test.each([
    ['says the same again', 'sigma: A, ecs: b', 'sigma: A, ecs: b', true],
    [
      'holds where one before it holds',
      'sigma: A, ecs: b',
      'sigma: A, ecs: b, scope: {product: windows}',
      true,
    ],
    [
      'holds where none before it does',
      'sigma: A, ecs: b, scope: {product: windows}',
      'sigma: A, ecs: b',
      false,
    ],
    [
      'is read one way, and one before it takes any value',
      'sigma: A, ecs: b',
      'sigma: A, ecs: c, direction: to-ecs',
      true,
    ],
    ['is taken coming back', 'sigma: A, ecs: b', 'sigma: A, ecs: c', false],
    [
      'has words for what one before it has not',
      'sigma: A, ecs: b, change: {kind: extension}',
      'sigma: A, ecs: c, direction: to-ecs',
      false,
    ],
    [
      'holds text, after one of numbers',
      'sigma: A, ecs: process.pid',
      'sigma: A, ecs: c, direction: to-ecs',
      false,
    ],
    [
      'holds beside something else',
      'sigma: A, ecs: b, scope: {beside: {EventID: [1]}}',
      'sigma: A, ecs: b, scope: {beside: {EventID: [2]}}',
      false,
    ],
  ])('that %s', (_, earlier, later, isIdle) => {
    const sentences = told(rows(earlier, later));
    expect(sentences.length).toBe(isIdle ? 1 : 0);
    if (isIdle) expect(sentences[0]).toMatch(/^5 .*Row 2 of fields .* is never taken: row 1 /);
  });

  test.each(tables)('stands not in %s', (path) => {
    expect(loadMapping(readFileSync(path, 'utf8')).diagnostics).toEqual([]);
  });
});

describe('a mapping table', () => {
  test.each(tables)('%s follows its layout', (path) => {
    expect(must(loadMapping(readFileSync(path, 'utf8')))).toHaveProperty('version', 1);
  });

  test.each([
    ['is not YAML', 'title: [', 'parse/unexpected'],
    ['lacks its version', 'title: x', 'mapping/bad-table'],
    [
      'has a row without a source',
      'title: x\nversion: 1\nfields:\n  - {sigma: a, ecs: b}',
      'mapping/bad-table',
    ],
    ['has a key that no row has', 'title: x\nversion: 1\nfeilds: []', 'mapping/bad-table'],
    [
      'names a change that there is not',
      'title: x\nversion: 1\nfields:\n  - {sigma: a, ecs: b, source: c, change: {kind: magic}}',
      'mapping/bad-table',
    ],
    ['is nested without end', '- '.repeat(20_000), 'parse/too-deep'],
    ['is nested in brackets', '['.repeat(20_000), 'parse/too-deep'],
    ['is empty', '', 'mapping/bad-table'],
    ['names an anchor that there is not', 'title: *x', 'parse/unexpected'],
    ['grows as it is read', bomb, 'parse/unexpected'],
  ])('that %s is refused by a code', (_, text, code) => {
    expect(failsWith(loadMapping(text))).toContain(code);
  });
});
