import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';

import { runIn } from '../support/command.ts';

test('a code is explained, and one that is not there is told with the one that may be meant', () => {
  const one = runIn(tmpdir(), ['list', 'codes', 'loss/words', '--json']);
  expect(JSON.parse(one.stdout)).toMatchObject({
    code: 'loss/words',
    level: 'warning',
    meaning: expect.stringContaining('words'),
    remedy: expect.stringContaining('--types'),
  });
  const none = runIn(tmpdir(), ['list', 'codes', 'loss/wrods']);
  expect(none.status).toBe(2);
  expect(none.stderr).toContain('There is no code "loss/wrods". Did you mean "loss/words"?');
  expect(runIn(tmpdir(), ['list', 'formats', 'loss/words']).status).toBe(2);
});
