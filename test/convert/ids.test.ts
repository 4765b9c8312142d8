import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Conversion } from '../../src/convert/conversion.ts';
import { convert, read } from '../../src/convert/convert.ts';
import type { ConvertOptions } from '../../src/convert/options.ts';
import { formats } from '../../src/formats/index.ts';
import { isObject, type JsonObject } from '../../src/rule/json.ts';
import type { Rule } from '../../src/rule/rule.ts';
import { corpus, elasticFiles, sigmaFiles, without } from '../support/corpus.ts';
import { must } from '../support/laws.ts';

const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const uuid5 = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const sigma = (n: number, more = '') => `# written by hand
title: Rule ${n}
id: ${idOf(n)} # its id
${more}logsource:
    product: windows
    service: security
detection:
    selection:
        EventID: ${n}
    condition: selection
`;

const correlation = (n: number, rules: readonly string[]) => `title: Many
id: ${idOf(n)}
correlation:
    type: temporal_ordered
    rules:
${rules.map((rule) => `        - ${rule}\n`).join('')}    group-by:
        - IpAddress
    timespan: 5m
`;

const aliases = (rules: readonly string[]) =>
  `    aliases:\n        who:\n${rules.map((rule) => `            ${rule}: User${rule.slice(-1)}\n`).join('')}`;

const filter = (n: number, rules: readonly string[]) => `title: All but one
id: ${idOf(n)}
logsource:
    product: windows
    service: security
filter:
    rules:
${rules.map((rule) => `        - ${rule}\n`).join('')}    selection:
        SubjectUserName: one
    condition: not selection
`;

const toml = (id = idOf(1), query = 'process where process.pid == 4') => `[metadata]
creation_date = "2026/01/02"
maturity = "production"
updated_date = "2026/01/03"

[rule]
author = ["rulecast"]
description = "A rule for tests."
index = ["logs-endpoint.events.process-*"]
language = "eql"
name = "For Tests"
risk_score = 47
rule_id = "${id}"
severity = "medium"
type = "eql"

query = '''
${query}
'''
`;

const derived = (text: string, options: ConvertOptions): Conversion =>
  must(convert(text, { id: 'derive', ...options }));
const written = ({ rules }: Conversion): readonly Rule[] => rules.flatMap((rule) => rule.written);
const codesOf = ({ rules }: Conversion) =>
  rules.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code));
const filtersIn = ({ text }: Conversion, format: string) => must(read(text, { format })).filters;

/** The text with the old ids, and without what was said of them. */
function undone(text: string, olds: readonly string[]): string {
  const news = new Map(
    olds.map((old) => [
      derived(sigma(1).replace(idOf(1), old), { to: 'sigma' }).rules[0]!.written[0]!.id!,
      old,
    ]),
  );
  return text
    .replace(/related:\n {4}- id: .*\n {6}type: derived\n/g, '')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, (id) => news.get(id) ?? id);
}

describe('derived ids', () => {
  test('are the same in every run and every format, and those of no other rule', () => {
    const ids = formats.map(({ id }) => written(derived(toml(), { to: id })).at(-1)?.id);
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toMatch(uuid5);
    expect(derived(sigma(1), { to: 'kibana' }).rules[0]?.written[0]?.id).toBe(ids[0]);
    expect(derived(sigma(2), { to: 'kibana' }).rules[0]?.written[0]?.id).not.toBe(ids[0]);
  });

  test('are told, with the old ones, and the rule is no longer identical', () => {
    const [rule] = derived(toml(), { to: 'elastic' }).rules;
    expect(rule).toMatchObject({ id: idOf(1), fidelity: 'equivalent', rule: { id: idOf(1) } });
    const found = rule!.diagnostics.filter(({ code }) => code === 'convert/new-id');
    expect(found).toHaveLength(1);
    expect(found[0]!.message).toContain(`${idOf(1)} is written with the id ${rule!.written[0]!.id}`);
  });

  test('leave every other byte of a file where it is', () => {
    const texts = [sigma(1), correlation(3, [idOf(1), 'two']), sigma(2, 'name: two\n'), filter(4, [idOf(1)])];
    const text = texts.join('---\n');
    const there = derived(text, { to: 'sigma' }).text;
    expect(undone(there, [1, 2, 3, 4].map(idOf))).toBe(text);
    const rule = derived(toml(), { to: 'elastic', carry: 'none' });
    expect(rule.text).toBe(toml(rule.rules[0]!.written[0]!.id));
  });

  test('leave what people noted beside kin', () => {
    const kin = `related:\n    - id: ${idOf(2)} # the other\n      type: similar\n    - id: ${idOf(9)} # a third\n      type: similar\n`;
    const { text, rules } = derived(`${sigma(1, kin)}---\n${sigma(2)}`, { to: 'sigma' });
    const [one, two] = rules.map((rule) => rule.written[0]!.id!);
    const added = `    - id: ${idOf(1)}\n      type: derived\n`;
    expect(text.split('---\n')[0]).toBe(
      sigma(1, kin.replace(idOf(2), two!) + added).replace(`id: ${idOf(1)} # its`, `id: ${one} # its`),
    );
  });

  test('keep the old one: as kin in Sigma, carried elsewhere', () => {
    const kin = [{ id: idOf(1), type: 'derived' }];
    expect(derived(toml(), { to: 'sigma' }).text).toContain(
      `related:\n    - id: ${idOf(1)}\n      type: derived\n`,
    );
    for (const to of ['elastic', 'kibana', 'native'] as const) {
      const { text } = derived(sigma(1), { to });
      expect(must(read(text)).rules[0]?.related, to).toEqual(kin);
      expect(must(convert(text, { to: 'sigma' })).text).toContain(`- id: ${idOf(1)}\n      type: derived`);
    }
    expect(codesOf(derived(toml(), { to: 'kibana', carry: 'none' }))).toContain('loss/carry');
  });

  test('that stood for no UUID are UUIDs, and the old one is carried where Sigma has no word for it', () => {
    const there = derived(toml('my-rule').replace('severity', 'references = []\nseverity'), { to: 'sigma' });
    expect(there.rules[0]?.written[0]?.id).toMatch(uuid5);
    expect(must(read(there.text)).rules[0]?.related).toEqual([{ id: 'my-rule', type: 'derived' }]);
    const kin = `related:\n    - id: ${idOf(7)}\n      type: similar\n`;
    const strange = sigma(1, kin).replace(idOf(1), 'my-rule');
    const again = derived(strange, { to: 'sigma' });
    expect(again.text).toContain(kin);
    expect(must(read(again.text)).rules[0]?.related).toEqual([
      { id: idOf(7), type: 'similar' },
      { id: 'my-rule', type: 'derived' },
    ]);
  });

  test('are not given to a rule without one, which gets what it got', () => {
    const text = sigma(1).replace(/^id: .*\n/m, '');
    const there = derived(text, { to: 'kibana' });
    expect(there.text).toBe(must(convert(text, { to: 'kibana' })).text);
    expect(codesOf(there)).toContain('convert/derived-id');
    expect(codesOf(there)).not.toContain('convert/new-id');
    expect(derived(there.text, { to: 'sigma' }).text).toBe(text.replace('# written by hand\n', ''));
  });

  test('are another for each of two rules of a file that share theirs', () => {
    const { rules } = derived(`${sigma(1)}---\n${sigma(1)}`, { to: 'kibana' });
    expect(new Set(rules.map((rule) => rule.written[0]?.id)).size).toBe(2);
    expect(rules[1]?.diagnostics.map(({ code }) => code)).toContain('schema/duplicate-id');
  });
});

describe('what refers to a rule follows it', () => {
  const family = `${sigma(1)}---\n${sigma(2, 'name: two\n')}---\n${correlation(3, [idOf(1), 'two'])}`;

  test('a correlation, in its list, its aliases and its condition', () => {
    const [one, , many] = written(derived(family + aliases([idOf(1), 'two']), { to: 'sigma' }));
    expect(many?.detection).toMatchObject({
      rules: [one!.id, 'two'],
      aliases: { who: { [one!.id!]: 'User1', two: 'Usero' } },
    });
    const extended = family.replace('    group-by', `    condition: '(${idOf(1)} and two)'\n    group-by`);
    expect(written(derived(extended, { to: 'sigma' }))[2]?.detection).toMatchObject({
      condition: `(${one!.id} and two)`,
    });
  });

  test('its kin, but for the rule it was made of', () => {
    const kin = `related:\n    - id: ${idOf(1)}\n      type: similar\n    - id: ${idOf(9)}\n      type: merged\n`;
    const [one, two] = written(derived(`${sigma(1)}---\n${sigma(2, kin)}`, { to: 'sigma' }));
    expect(two?.related).toEqual([
      { id: one!.id, type: 'similar' },
      { id: idOf(9), type: 'merged' },
      { id: idOf(2), type: 'derived' },
    ]);
  });

  test('a filter, which is another filter then', () => {
    const conversion = derived(`${sigma(1)}---\n${filter(4, [idOf(1), idOf(8)])}`, { to: 'sigma' });
    const { body } = filtersIn(conversion, 'sigma')[0]!;
    expect(body['filter']).toMatchObject({ rules: [written(conversion)[0]!.id, idOf(8)] });
    expect(body['id']).not.toBe(idOf(4));
    const others = derived(`${sigma(1)}---\n${filter(4, ['any'])}`, { to: 'sigma' });
    expect(filtersIn(others, 'sigma')[0]?.body['id']).toBe(idOf(4));
  });

  test('across files', () => {
    const references = [sigma(1), sigma(2, 'name: two\n')].flatMap((text) => must(read(text)).rules);
    const options = { to: 'sigma', references } as const;
    const alone = derived(correlation(3, [idOf(1), 'two']), options);
    const [one] = written(derived(sigma(1), { to: 'sigma' }));
    expect(written(alone)[0]?.detection).toMatchObject({ rules: [one!.id, 'two'] });
    const filtered = derived(filter(4, [idOf(1)]), options);
    expect(filtered.text).toContain(`        - ${one!.id}\n`);
    const strangers = derived(filter(4, [idOf(8)]), options);
    expect(strangers.text).toBe(filter(4, [idOf(8)]));
    expect(derived(correlation(3, [idOf(1), 'two']), { to: 'elastic', references }).rules[0]?.fidelity).toBe(
      'equivalent',
    );
  });

  test('the parts of a rule that has several, when they come home', () => {
    const there = must(convert(family, { to: 'elastic' }));
    const parts = (conversion: Conversion) => written(conversion).map(({ id }) => id);
    const home = derived(there.text, { to: 'sigma' });
    expect(parts(home)).toEqual(parts(derived(family, { to: 'sigma' })));
    expect(codesOf(home)).toContain('carry/restored');
    // And where they are told apart on the way out, not on the way home.
    const copy = derived(family, { to: 'elastic' });
    expect(parts(must(convert(copy.text, { to: 'sigma' })))).toEqual(parts(home));
  });

  test('rules that are made of one each have an id of their own', () => {
    const query =
      'sequence by host.id with maxspan=1m [process where process.pid == 4] [process where process.pid == 5]';
    const ids = written(derived(toml(idOf(1), query), { to: 'sigma' })).map(({ id }) => id);
    const kept = written(must(convert(toml(idOf(1), query), { to: 'sigma' }))).map(({ id }) => id);
    expect(new Set([...ids, ...kept]).size).toBe(6);
  });

  test('exceptions that become filters, and filters that come home from exceptions', () => {
    const path = join(import.meta.dirname, '../../rules/service-from-share/kibana.ndjson');
    const text = readFileSync(path, 'utf8');
    const [kept, copied] = [must(convert(text, { to: 'sigma' })), derived(text, { to: 'sigma' })];
    const [[before], [after]] = [filtersIn(kept, 'sigma'), filtersIn(copied, 'sigma')];
    expect(after?.body['id']).not.toBe(before?.body['id']);
    expect(after?.body['filter']).toMatchObject({ rules: [written(copied)[0]!.id] });
    const there = must(convert(`${sigma(1)}---\n${filter(4, [idOf(1)])}`, { to: 'kibana' })).text;
    const home = derived(there, { to: 'sigma' });
    expect(filtersIn(home, 'sigma')[0]?.body['filter']).toMatchObject({ rules: [written(home)[0]!.id] });
    expect(home.text).not.toContain(idOf(4));
  });

  test('a query that asks for alerts of another rule stays, and that is told', () => {
    const query = `any where kibana.alert.rule.rule_id == "${idOf(2)}"`;
    const references = must(read(toml(idOf(2)))).rules;
    const { rules } = derived(toml(idOf(1), query), { to: 'kibana', references });
    expect(rules[0]?.text).toContain(idOf(2));
    expect(rules[0]?.diagnostics.map(({ code }) => code)).toContain('convert/id-in-query');
    expect(codesOf(derived(toml(idOf(1), query), { to: 'kibana' }))).not.toContain('convert/id-in-query');
  });
});

describe('what Kibana calls the object of a rule', () => {
  const attributes = (id: string) => ({ rule_id: id, version: 3, name: 'a', type: 'query', query: 'a:b' });

  test.each([
    ['the id and its version', `${idOf(1)}_3`],
    ['the id alone', idOf(1)],
    ['something else', idOf(77)],
  ])('follows, where it is %s', (_, id) => {
    const text = JSON.stringify({ attributes: attributes(idOf(1)), id, type: 'security-rule' });
    const there = JSON.parse(derived(text, { to: 'kibana' }).text);
    const now = there.attributes.rule_id;
    expect(now).toMatch(uuid5);
    expect(there.id).not.toContain(idOf(1));
    if (id.startsWith(idOf(1))) expect(there.id).toBe(id.replace(idOf(1), now));
    else expect(there.id).toMatch(uuid5);
  });
});

describe('ids that somebody hands in', () => {
  test('are asked for once for each rule, and what refers to it has the same', () => {
    let count = 0;
    const id = () => idOf(++count + 100);
    const text = `${sigma(1)}---\n${sigma(2)}---\n${correlation(3, [idOf(1), idOf(2)])}`;
    const [one, two, many] = written(derived(text, { to: 'sigma', id }));
    expect(many?.detection).toMatchObject({ rules: [one!.id, two!.id] });
    expect(count).toBe(3);
  });
});

test('nothing changes where ids are kept', () => {
  const text = `${sigma(1)}---\n${correlation(3, [idOf(1)])}`;
  expect(must(convert(text, { to: 'sigma', id: 'keep' })).text).toBe(text);
  expect(must(convert(text, { to: 'kibana', id: 'keep' }))).toEqual(must(convert(text, { to: 'kibana' })));
});

test('however rules refer to one another, copies refer to the copies in the same way', () => {
  const shape = fc.record({
    rules: fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 }),
    links: fc.array(fc.tuple(fc.nat(5), fc.nat(5), fc.constantFrom('similar', 'obsolete')), { maxLength: 6 }),
    named: fc.uniqueArray(fc.nat(7), { minLength: 1, maxLength: 4 }),
    to: fc.constantFrom('sigma', 'native' as const),
  });
  fc.assert(
    fc.property(shape, ({ rules, links, named, to }) => {
      const at = (index: number) => idOf(rules[index] ?? 90 + index);
      const kinOf = (n: number) =>
        links
          .filter(([from]) => rules[from] === n)
          .map(([, other, type]) => `    - id: ${at(other)}\n      type: ${type}\n`);
      const docs = rules.map((n) => sigma(n, kinOf(n).length > 0 ? `related:\n${kinOf(n).join('')}` : ''));
      const text = [...docs, correlation(80, named.map(at)), filter(81, named.map(at))].join('---\n');
      const conversion = derived(text, { to: to as 'sigma' });
      const { rules: copies, filters } = must(read(conversion.text));
      const { rules: originals, filters: before } = must(read(text));
      const news = new Map(originals.map(({ id }, index) => [id!, copies[index]!.id!]));
      const now = (id: string) => news.get(id) ?? id;
      expect(new Set([...news.keys(), ...news.values()]).size).toBe(2 * news.size);
      for (const [index, { related = [], detection, id }] of originals.entries()) {
        const copy = copies[index]!;
        const kin = related.map((one) => ({ ...one, id: now(one.id) }));
        expect(copy.related).toEqual([...kin, { id, type: 'derived' }]);
        if (detection.kind === 'correlation')
          expect(copy.detection).toMatchObject({ rules: detection.rules.map(now) });
      }
      const rulesOf = (body: JsonObject | undefined) => {
        const block = body?.['filter'];
        return isObject(block) ? (block['rules'] as readonly string[]) : [];
      };
      expect(rulesOf(filters[0]?.body)).toEqual(rulesOf(before[0]?.body).map(now));
      expect(derived(text, { to: to as 'sigma' }).text).toBe(conversion.text);
    }),
    { numRuns: 60 },
  );
});

test.skipIf(without)(`every tenth real rule becomes a copy that is it but for its id (${corpus})`, () => {
  const files = [...elasticFiles(), ...sigmaFiles()].filter((_, index) => index % 10 === 0);
  expect(files.length).toBeGreaterThan(100);
  for (const { path, text } of files) {
    const outcome = convert(text, { to: path.endsWith('.toml') ? 'elastic' : 'sigma', id: 'derive' });
    if (!outcome.ok) continue;
    for (const { rule, written } of outcome.value.rules) {
      const [copy] = written;
      expect(copy?.id, path).toMatch(uuid5);
      const back = must(read(outcome.value.text)).rules.find(({ id }) => id === copy?.id);
      const { id, related = [], carry, detection, ...others } = rule;
      expect(back, path).toMatchObject(JSON.parse(JSON.stringify(others)));
      expect(back?.related, path).toEqual([...related, { id, type: 'derived' }]);
    }
  }
});
