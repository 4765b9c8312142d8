import { describe, expect, test } from 'vitest';

import { convert } from '../../src/convert/convert.ts';
import type { FormatId } from '../../src/formats/format.ts';
import { formats } from '../../src/formats/index.ts';
import { positionAt } from '../../src/source/source.ts';
import { must } from '../support/laws.ts';

const id = '00000000-0000-4000-8000-000000000001';

const sigma = `title: One
logsource:
    product: windows
detection:
    selection:
        Image: a
    condition: selection
id: '${id}'
`;

const rule = { name: 'One', type: 'query', language: 'kuery', query: 'a:b', rule_id: id };
const asset = { type: 'security-rule', id: 'x', attributes: rule };
const saved = {
  type: 'alert',
  id: 'y',
  attributes: {
    name: 'One',
    alertTypeId: 'siem.queryRule',
    params: { type: 'query', language: 'kuery', query: 'a:b', ruleId: id },
  },
};
const native = { id, detection: { kind: 'query', query: { language: 'eql', text: 'any where true' } } };

const line = (value: object) => `${JSON.stringify(value)}\n`;
const twice: readonly (readonly [string, string])[] = [
  ['Sigma documents', `${sigma}---\n${sigma}`],
  ['lines of an export', line(rule) + line({ ...rule, name: 'Two' })],
  ['prebuilt rules', line(asset) + line(asset)],
  ['saved objects', line(saved) + line(saved)],
  ['rules in the list of a response', JSON.stringify({ data: [rule, rule] }, null, 2)],
  ['rules of a pack', JSON.stringify({ rulecast: 1, rules: [native, { broken: true }, native] }, null, 2)],
];

describe('two rules of one id in a file', () => {
  test.each(twice)('are told of with both their places: %s', (_, text) => {
    for (const { id: to } of formats) {
      const { rules } = must(convert(text, { to: to as FormatId, allow: ['broader', 'carried'] }));
      const [first, second] = rules.map(({ diagnostics }) =>
        diagnostics.filter(({ code }) => code === 'schema/duplicate-id'),
      );
      expect(first).toEqual([]);
      expect(second).toHaveLength(1);
      const { message, span, also } = second![0]!;
      const quoted = (offset: number) => text.slice(offset).replace(/^['"]/, '').startsWith(id);
      const [one, two] = [text.indexOf(id), text.lastIndexOf(id)].map((at) => positionAt(text, at - 1));
      expect(also).toEqual(one);
      expect(positionAt(text, span!.start)).toEqual(two);
      expect(quoted(span!.start)).toBe(true);
      expect(message).toContain(`at ${one!.line}:${one!.column} has the id ${id}`);
    }
  });

  test('of which one has its id from elsewhere have the places that there are', () => {
    const global = `action: global\nid: ${id}\nlogsource:\n    product: windows\n---\n`;
    const document = (n: number) =>
      `title: T${n}\ndetection:\n    selection:\n        Image: a\n    condition: selection\n`;
    const { rules } = must(convert(`${global}${document(1)}---\n${document(2)}`, { to: 'kibana' }));
    const found = rules[1]?.diagnostics.find(({ code }) => code === 'schema/duplicate-id');
    expect(found?.message).toBe(`The rule before this one has the id ${id} as well; both were read.`);
    expect(found).not.toHaveProperty('also');
  });
});

test('a rule that is alone has no twin, nor has one without an id', () => {
  const bare = sigma.replace(/^id: .*\n/m, '');
  const { rules } = must(convert(`${sigma}---\n${bare}---\n${bare}`, { to: 'sigma' }));
  expect(rules.flatMap(({ diagnostics }) => diagnostics)).toEqual([]);
});

test('every format tells where the id of its rule stands', () => {
  for (const format of formats) {
    const { text } = must(convert(line(rule), { to: format.id, allow: ['carried'] }));
    const place = format.placesOfIds(text)[0];
    expect(place && text.slice(place.start, place.end).replace(/^["']|["']$/g, ''), format.id).toBe(id);
  }
});
