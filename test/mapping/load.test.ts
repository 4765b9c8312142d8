import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { loadMapping } from '../../src/mapping/load.ts';
import { failsWith, must } from '../support/laws.ts';

const root = join(import.meta.dirname, '../../mappings');
const tables = ['log-sources', 'fields'].flatMap((folder) =>
  readdirSync(join(root, folder)).map((name) => join(root, folder, name)),
);

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
  ])('that %s is refused by a code', (_, text, code) => {
    expect(failsWith(loadMapping(text))).toContain(code);
  });
});
