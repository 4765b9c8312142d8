import { expect, test } from 'vitest';

import { check, convert } from '../../src/index.ts';
import { ruleText } from '../support/templates.ts';

/** Unknown files are passed over in folders, and a rule that was cut off must not be one of them. */
test.each([
  ['kibana', 'cut off', (text: string) => text.slice(0, -20)],
  ['kibana', 'with a bad escape', (text: string) => text.replace('A Rule', 'A \\Rule')],
  ['kibana', 'with a comma too many', (text: string) => text.replace(',"name"', ',,"name"')],
  ['native', 'cut off', (text: string) => text.slice(0, -20)],
  ['native', 'with a bad escape', (text: string) => text.replace('A Rule', 'A \\Rule')],
] as const)('a rule of %s that is %s is a broken rule, and no unknown file', (format, _, spoil) => {
  const text = spoil(ruleText(format));
  const codes = check(text).map(({ code }) => code);
  expect(codes.some((code) => code.startsWith('parse/'))).toBe(true);
  expect(codes).not.toContain('read/unknown-format');
  const outcome = convert(text, { to: 'sigma' });
  expect(outcome.ok).toBe(false);
  expect(outcome.diagnostics[0]?.span?.start).toBeGreaterThan(0);
});

test('what has nothing of a rule stays unknown', () => {
  expect(check('{"name":"a","version":').map(({ code }) => code)).toEqual(['read/unknown-format']);
});
