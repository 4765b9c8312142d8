import { expect, test } from 'vitest';

import { convert } from '../../src/convert/convert.ts';
import type { Stack } from '../../src/formats/format.ts';
import { must } from '../support/laws.ts';

const script = `title: For Tests
id: 00000000-0000-4000-8000-000000000001
status: test
description: Detects nothing.
author: rulecast
date: 2024-01-01
logsource:
    product: windows
    category: ps_script
detection:
    selection:
        ScriptBlockText|contains:
            - 'Alpha -One'
            - 'Beta -Two'
    condition: selection
level: low
`;

function written(stack?: Stack) {
  const options = { to: 'elastic', today: '2024-01-01', ...(stack && { stack }) } as const;
  return must(convert(script, options)).rules[0]!;
}

/** Scripts are kept as words, for which ES|QL alone asks as they were logged. */
test.each<[Stack | undefined, string, string]>([
  [undefined, 'esql', 'like ("*alpha -one*", "*beta -two*")'],
  [{ major: 9, minor: 1 }, 'esql', 'like ("*alpha -one*", "*beta -two*")'],
  [{ major: 8, minor: 19 }, 'esql', 'like ("*alpha -one*", "*beta -two*")'],
  [{ major: 9, minor: 0 }, 'esql', 'like "*beta -two*"'],
  [{ major: 8, minor: 11 }, 'esql', 'like "*beta -two*"'],
  [{ major: 8, minor: 10 }, 'kuery', '(*Alpha -One* or *Beta -Two*)'],
])('for the stack %j a rule is in a language that this has, as it has it', (stack, language, text) => {
  const rule = written(stack);
  expect(rule.fidelity).not.toBe('refused');
  expect(rule.text).toContain(`language = "${language}"`);
  expect(rule.text.replace(/\s+/g, ' ')).toContain(text);
});
