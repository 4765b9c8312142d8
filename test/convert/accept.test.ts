import { describe, expect, test } from 'vitest';

import { convert } from '../../src/convert/convert.ts';
import type { ConvertOptions } from '../../src/convert/options.ts';
import { must } from '../support/laws.ts';

/** What can not be said whole, and what the user accepts instead. */

const sigma = (detection: string) => `title: For Tests
id: 00000000-0000-4000-8000-000000000001
status: test
description: Detects nothing.
author: rulecast
date: 2024-01-01
logsource:
  category: process_creation
  product: windows
detection:
${detection.replace(/^/gm, '  ')}
level: low
`;

const selection = "selection:\n  CommandLine|contains: ' Whoami '\ncondition: selection";
const exclusion =
  'selection:\n  ProcessId: 4\nfilter:\n  CommandLine: Whoami\ncondition: selection and not filter';

function converted(detection: string, options: Partial<ConvertOptions>) {
  const { rules } = must(convert(sigma(detection), { to: 'elastic', today: '2024-01-01', ...options }));
  const [rule] = rules;
  return { ...rule!, query: rule!.text.replace(/[^]*query = '''|'''[^]*/g, '').trim() };
}

describe('a language that tells upper and lower case apart', () => {
  test('refuses a test that does not', () => {
    const { fidelity, diagnostics } = converted(selection, { language: 'kuery' });
    expect(fidelity).toBe('refused');
    expect(diagnostics.map(({ code }) => code)).toContain('loss/case-sensitivity');
  });

  test('asks for the case as it is written where the user accepts less', () => {
    const { fidelity, query } = converted(selection, { language: 'kuery', allow: ['narrower'] });
    expect(fidelity).toBe('narrower');
    expect(query).toContain('process.command_line:* Whoami *');
  });

  test('under a negation that matches more, and needs leave for that', () => {
    expect(converted(exclusion, { language: 'kuery', allow: ['narrower'] }).fidelity).toBe('refused');
    const { fidelity, query } = converted(exclusion, { language: 'kuery', allow: ['broader'] });
    expect(fidelity).toBe('broader');
    expect(query).toContain('not process.command_line:Whoami');
  });

  test('leaves a test out where that alone is accepted', () => {
    const { fidelity, query } = converted(selection, { language: 'kuery', allow: ['broader'] });
    expect(fidelity).toBe('broader');
    expect(query).not.toContain('Whoami');
  });
});

test('a language that loses nothing comes before one that the user would accept', () => {
  const { fidelity, query } = converted(selection, { allow: ['narrower', 'broader'] });
  expect(fidelity).toBe('equivalent');
  expect(query).toContain('process.command_line : "* Whoami *"');
});
