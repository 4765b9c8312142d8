import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { languages } from '../src/index.ts';
import { codesPage } from './support/codes-page.ts';
import { withCorrelations, withTables } from './support/format-pages.ts';
import { languagePage } from './support/language-pages.ts';
import { type Served, serve } from './support/served.ts';
import { formatIds } from './support/templates.ts';

/** Pages that are made: a script of the same name (`npm run codes`) runs these with leave to write. */
const docs = join(import.meta.dirname, '../docs');

let served: Served;
beforeAll(() => {
  served = serve();
});
afterAll(() => served.end());

test('codes.md is what `npm run codes` makes', async () => {
  await expect(codesPage(served.run)).toMatchFileSnapshot(join(docs, 'codes.md'));
});

test.each(formatIds)('formats/%s.md has the tables that `npm run formats` makes', async (format) => {
  const file = join(docs, 'formats', `${format}.md`);
  await expect(withCorrelations(withTables(format, readFileSync(file, 'utf8')))).toMatchFileSnapshot(file);
});

test.each(languages.map(({ id }) => id))(
  'languages/%s.md has the tables that `npm run languages` makes',
  async (id) => {
    const file = join(docs, 'languages', `${id === 'kuery' ? 'kql' : id}.md`);
    await expect(languagePage(id, readFileSync(file, 'utf8'))).toMatchFileSnapshot(file);
  },
);

test('library.md is what `npm run library` makes, and says something of every public name', () => {
  const script = join(docs, '../scripts/library.mjs');
  const made = execFileSync(process.execPath, [script, '--print'], { encoding: 'utf8' });
  expect(readFileSync(join(docs, 'library.md'), 'utf8')).toBe(made);
});
