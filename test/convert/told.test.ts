import { expect, test } from 'vitest';

import { convert, translate } from '../../src/index.ts';
import { must } from '../support/laws.ts';
import { ruleText } from '../support/templates.ts';

/** What is told is so, whichever way a rule goes. */

test('what a file is given back with is not told to be left out', () => {
  const text = `${ruleText('kibana', { more: '"execution_summary":{},"apiKey":"c2VjcmV0",' })}{"id":"d","type":"dashboard","attributes":{"title":"D"}}\n`;
  const whole = convert(text, { to: 'kibana' });
  expect(must(whole).text).toBe(text);
  const found = [...whole.diagnostics, ...must(whole).rules.flatMap(({ diagnostics }) => diagnostics)];
  const told = found.filter(({ code }) => code.startsWith('read/'));
  expect(told.map(({ code }) => code).sort()).toEqual(['read/left-out', 'read/not-a-rule', 'read/secret']);
  for (const { message } of told)
    expect(message).toMatch(/; where the file is written anew, it is left out\.$/);
});

const counted =
  'from logs-* | where a == "x" | stats n = count(*), m = max(c) by host.id | where n >= 5 or m > 3';

test('a count that only ES|QL says is a count, and no pipe like others', () => {
  const codesOf = (to: string, query: string) =>
    must(translate(query, { from: 'esql', to })).diagnostics.map(({ code }) => code);
  expect(codesOf('kuery', counted)).toContain('loss/aggregation');
  expect(codesOf('kuery', 'from logs-* | where a == "x" | enrich b')).toContain('loss/pipe');
  const rule = ruleText('elastic', { query: counted, type: '"esql"' }).replace('"eql"', '"esql"');
  const [refused] = must(convert(rule, { to: 'sigma' })).rules;
  expect(refused!.diagnostics[0]).toMatchObject({ code: 'loss/aggregation' });
});

test('the reason for what is not proved is a clause of its sentence', () => {
  const rule = ruleText('sigma', {
    query:
      "selection:\n        Image|endswith: '\\a.exe'\n        CommandLine|re: 'a(?=b)'\n    condition: selection",
  });
  const [written] = must(convert(rule, { to: 'elastic', allow: ['broader'], today: '2024-01-01' })).rules;
  const unproved = written!.diagnostics.find(({ code }) => code === 'proof/unproved')!;
  expect(unproved.message).toContain('since the expression a(?=b) can not be searched for in linear time (');
  expect(unproved.message).not.toContain('no event was matched');
});
