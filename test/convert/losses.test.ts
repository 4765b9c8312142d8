import { describe, expect, test } from 'vitest';

import { convert, read } from '../../src/convert/convert.ts';
import type { ConvertOptions } from '../../src/convert/options.ts';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { formats } from '../../src/formats/index.ts';
import type { Rule } from '../../src/rule/rule.ts';
import { ruleFields } from '../../src/rule/schema.ts';
import { must } from '../support/laws.ts';

/** Nothing is lost silently: where nothing is to travel, all that stays behind is named. */

const technique = {
  id: 'T1059',
  name: 'Command and Scripting Interpreter',
  reference: 'https://attack.mitre.org/techniques/T1059/',
};

/** A rule that says all there is to say. */
const full = {
  id: '00000000-0000-4000-8000-000000000001',
  name: 'called_so',
  title: 'For Tests',
  description: 'Says all.',
  severity: 'informational',
  riskScore: 33,
  status: 'deprecated',
  deprecation: { date: '2025-01-01', reason: 'Enough.' },
  authors: ['rulecast'],
  license: 'MIT',
  created: '2024-01-01T01:02:03Z',
  modified: '2024-01-02T01:02:03Z',
  references: ['https://example.com'],
  falsePositives: ['None.'],
  tags: ['OS: Windows', 'cve.2024-0001'],
  threat: [{ framework: 'MITRE ATT&CK', techniques: [technique] }],
  related: [{ id: '00000000-0000-4000-8000-000000000002', type: 'similar' }],
  fields: ['user.name'],
  logSource: {
    category: 'process_creation',
    product: 'windows',
    definition: 'All of it.',
    rest: { site: 1 },
  },
  taxonomy: 'own',
  indices: ['mine-*'],
  engine: { from: 'now-9m', note: 'Look closely.', throttle: 'rule', version: 3, meta: { own: 1 } },
  origin: { language: 'lucene', text: 'a:b', digest: '0123456789abcdef' },
  carry: {
    elastic: { metadata: { integration: ['endpoint'] } },
    sigma: { custom: 1 },
    kibana: { fields: { created_by: 'me' }, envelope: { managed: true } },
    native: { unknown: 1 },
    was: { tags: ['An Old Tag'], parts: [{ title: 'A Part', detection: { kind: 'query' } }] },
  },
} as const satisfies Required<Omit<Rule, 'detection'>>;

const queries = {
  eql: 'process where host.os.type == "windows" and event.type == "start" and process.pid == 4',
  sigma: '    selection:\n        ProcessId: 4\n    condition: selection',
} as const;

const targets = formats.flatMap(({ id, shapes }) => shapes.map((shape) => ({ to: id, shape })));
const ways = Object.keys(queries).flatMap((language) =>
  targets.map((target) => [language as keyof typeof queries, target] as const),
);

const packOf = (rule: object) => JSON.stringify({ rulecast: 1, rules: [rule] });
const ruleIn = (language: keyof typeof queries) =>
  ({ ...full, detection: { kind: 'query', query: { language, text: queries[language] } } }) as const;

function cast(rule: object, options: ConvertOptions) {
  const outcome = convert(packOf(rule), { carry: 'none', ...options });
  const [result] = must(outcome).rules;
  const found = [...outcome.diagnostics, ...result!.diagnostics];
  return { text: result!.text, found, back: must(read(result!.text, { format: options.to })).rules.at(-1)! };
}

const names = (found: readonly Diagnostic[], name: string) =>
  found.some(({ message, path }) => `${path} ${message}`.includes(name));

/** What a finding calls a property, where it is not by its name. */
const called: Partial<Record<keyof Rule, string>> = {
  origin: 'original query',
  carry: 'what ',
};

describe('with --carry none', () => {
  test.each(ways)(
    'of a rule with a query of %s, every property is written or named: %j',
    (language, target) => {
      const { text, found, back } = cast(ruleIn(language), target);
      expect(text).not.toBe('');
      for (const key of Object.keys(ruleFields) as (keyof Rule)[]) {
        if (key === 'detection') continue;
        const isThere = JSON.stringify(back[key]) === JSON.stringify(ruleIn(language)[key]);
        if (!isThere) expect(names(found, called[key] ?? key), `${key} is lost in silence`).toBe(true);
      }
    },
  );

  test.each(ways)('nothing is said to travel: %s, %j', (language, target) => {
    const { found, text } = cast(ruleIn(language), target);
    if (target.to === 'native') return;
    expect(found.filter(({ effect }) => effect === 'carried')).toEqual([]);
    expect(text).not.toContain('rulecast:');
    expect(text).not.toContain('extended.rulecast');
    expect(text).not.toContain('"rulecast":{');
  });

  test.each(ways)('and what each format said is named one by one: %s, %j', (language, target) => {
    const { found } = cast(ruleIn(language), target);
    if (target.to === 'native') return;
    for (const format of ['elastic', 'sigma', 'kibana', 'native']) {
      const isOwn = format === target.to;
      if (!isOwn) expect(names(found, `what ${format} said`), format).toBe(true);
    }
  });

  test('one property alone is named alone', () => {
    const { detection } = ruleIn('eql');
    for (const key of ['name', 'related', 'taxonomy'] as const) {
      const rule = { id: full.id, title: 'T', [key]: full[key], detection };
      const { found } = cast(rule, { to: 'kibana' });
      const lost = found.filter(({ code }) => code === 'loss/carry');
      expect(lost.map(({ message }) => message)).toEqual([
        `Nothing was to travel, so this stays behind: ${key}.`,
      ]);
    }
  });

  test('a rule that loses nothing is told of nothing', () => {
    const rule = {
      id: full.id,
      title: 'T',
      logSource: { product: 'windows' },
      detection: ruleIn('sigma').detection,
    };
    expect(cast(rule, { to: 'sigma' }).found).toEqual([]);
  });

  test('tags that Sigma does not allow are named, those that it shows are not', () => {
    const rule = { id: full.id, title: 'T', detection: ruleIn('eql').detection };
    const lost = (tags: readonly string[]) =>
      cast({ ...rule, tags }, { to: 'sigma' }).found.filter(({ code }) => code === 'loss/carry');
    expect(lost(['OS: Windows'])[0]?.message).toContain('tags');
    expect(lost(['cve.2024-0001'])).toEqual([]);
    expect(lost([])).toEqual([]);
  });

  test('the rules of a correlation are named, as nobody can give them back', () => {
    const part = `title: One\nname: one\nlogsource:\n    product: windows\ndetection:\n    s:\n        User: a\n    condition: s\n`;
    const whole = `title: Many\nid: ${full.id}\ncorrelation:\n    type: event_count\n    rules:\n        - one\n    group-by:\n        - User\n    timespan: 5m\n    condition:\n        gte: 3\n`;
    const { rules } = must(convert(`${part}---\n${whole}`, { to: 'elastic', carry: 'none' }));
    expect(names(rules[1]!.diagnostics, 'the rules that it was made of')).toBe(true);
    expect(rules[1]!.written[0]).not.toHaveProperty('origin');
  });
});

describe('of what stands beside rules, with --carry none', () => {
  const line = must(
    convert(packOf({ id: full.id, title: 'T', detection: ruleIn('eql').detection }), { to: 'kibana' }),
  );
  const lists = [{ id: 'l', list_id: 'l', type: 'detection', namespace_type: 'single' }];
  const rule = { ...JSON.parse(line.text.split('\n')[0]!), exceptions_list: lists };
  const list = {
    list_id: 'l',
    name: 'A list',
    description: 'L',
    type: 'detection',
    namespace_type: 'single',
  };
  const exception = {
    ...{
      list_id: 'l',
      item_id: 'i',
      name: 'One',
      description: 'O',
      type: 'simple',
      namespace_type: 'single',
    },
    ...{ tags: ['kept'], comments: [{ comment: 'Why' }], os_types: [] },
    entries: [{ field: 'process.pid', operator: 'included', type: 'match', value: '5' }],
  };
  const text = [rule, list, exception].map((one) => `${JSON.stringify(one)}\n`).join('');
  const lost = (from: string, options: ConvertOptions) =>
    must(convert(from, options)).rules.flatMap(({ diagnostics }) =>
      diagnostics.filter(({ code }) => code === 'loss/carry').map(({ message }) => message),
    );

  test('what filters have no words for of an exception is named', () => {
    const found = lost(text, { to: 'sigma', carry: 'none' });
    expect(found).toContain(
      'Of the exception "One" nothing was to travel, so this stays behind: tags, comments, the list it stands in.',
    );
    expect(lost(text, { to: 'sigma' })).toEqual([]);
  });

  test('what exceptions have no words for of a filter is named', () => {
    const sigma = must(convert(text, { to: 'sigma', carry: 'none' })).text;
    const from = sigma.replace('title: One\n', 'title: One\nauthor: me\nstatus: test\n');
    const found = lost(from, { to: 'kibana', carry: 'none' });
    expect(found).toContain(
      'Of the filter "One" nothing was to travel, so this stays behind: author, status.',
    );
    expect(lost(from, { to: 'kibana' })).toEqual([]);
  });
});

describe('kin', () => {
  test('has words in Sigma alone, and comes home through every circle', () => {
    const { related } = full;
    const rule = { id: full.id, title: 'T', related, detection: ruleIn('eql').detection };
    for (const way of [['elastic'], ['kibana'], ['sigma'], ['sigma', 'kibana', 'elastic']] as const) {
      const text = way.reduce((now, to) => must(convert(now, { to })).text, packOf(rule));
      expect(must(read(text)).rules[0]?.related, way.join()).toEqual(related);
    }
  });
});
