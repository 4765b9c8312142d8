import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { codes } from '../src/diagnostic/codes.ts';

const root = join(import.meta.dirname, '../src');
const elsewhere = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('codes.ts'))
  .map((path) => readFileSync(join(root, path), 'utf8'))
  .join('\n');

test.each(Object.keys(codes))('%s is reported by somebody', (code) => {
  expect(elsewhere).toContain(`'${code}'`);
});
