import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { runIn } from '../support/command.ts';

const rules = join(import.meta.dirname, '../../rules');
const convertTo = (out: string) =>
  runIn(rules, ['convert', 'archive-with-password', '--to', 'kibana', '--out', out]);

describe.skipIf(!existsSync('/dev/full'))('a device takes all as one file', () => {
  test('and a full one is told of once', () => {
    const { status, stderr } = convertTo('/dev/full');
    expect(status).toBe(1);
    expect(stderr.match(/\[write\/failed\]/g)?.length).toBe(1);
  });

  test('and one that keeps nothing is none', () => {
    expect(convertTo('/dev/null')).toMatchObject({ status: 0, stdout: '' });
  });

  test('and nothing is below it', () => {
    expect(convertTo('/dev/null/out')).toMatchObject({ status: 1 });
  });
});
