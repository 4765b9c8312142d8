import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Conversion } from '../../src/convert/conversion.ts';
import { convert, read, write } from '../../src/convert/convert.ts';
import type { ConvertOptions } from '../../src/convert/options.ts';
import type { Json, JsonObject } from '../../src/rule/json.ts';
import type { Rule, RuleFilter } from '../../src/rule/rule.ts';
import { must } from '../support/laws.ts';

const id = (digit: number | string) => `00000000-0000-4000-8000-00000000000${digit}`;

const ruleOf = (digit: number, more = '') => `title: Rule ${digit}
id: ${id(digit)}
name: rule_${digit}
logsource:
    category: process_creation
    product: windows
detection:
    selection:
        CommandLine|contains: 'thing ${digit}'
    condition: selection
${more}`;

const filterOf = (rules: string, searched = "CommandLine|cased: 'x'") => `title: Known good
id: ${id('f')}
logsource:
    category: process_creation
    product: windows
filter:
    rules: ${rules}
    selection:
        ${searched}
    condition: not selection
`;

const list: JsonObject = {
  list_id: 'printers',
  type: 'detection',
  namespace_type: 'single',
  name: 'Printers',
  description: 'Machines that print',
  os_types: ['windows'],
  tags: ['site'],
  version: 3,
};

const itemOf = (name: string, entries: readonly JsonObject[], more: JsonObject = {}): JsonObject => ({
  item_id: name,
  list_id: 'printers',
  type: 'simple',
  namespace_type: 'single',
  name,
  description: `About ${name}`,
  comments: [{ comment: 'asked for by ann' }],
  os_types: [],
  tags: ['printing'],
  expire_time: '2031-01-01T00:00:00.000Z',
  entries,
  ...more,
});

const match: JsonObject = { type: 'match', field: 'process.command_line', operator: 'included', value: 'x' };
const lookUp: JsonObject = {
  type: 'list',
  field: 'host.ip',
  operator: 'excluded',
  list: { id: 'scanners', type: 'ip' },
};
const nested: JsonObject = {
  type: 'nested',
  field: 'file.Ext.code_signature',
  entries: [
    { type: 'match', field: 'subject_name', operator: 'included', value: 'Someone' },
    { type: 'match', field: 'trusted', operator: 'included', value: 'true' },
  ],
};

const lineOf = (digit: number, lists: readonly string[] = ['printers']): JsonObject => ({
  rule_id: id(digit),
  name: `Rule ${digit}`,
  description: 'Finds things',
  risk_score: 21,
  severity: 'low',
  type: 'eql',
  language: 'eql',
  index: ['logs-endpoint.events.process-*'],
  query: `process where host.os.type == "windows" and event.type == "start" and process.command_line == "${digit}"`,
  exceptions_list: lists.map((list_id) => ({
    id: list_id,
    list_id,
    type: 'detection',
    namespace_type: 'single',
  })),
});

const linesOf = (...objects: readonly JsonObject[]) =>
  objects.map((one) => `${JSON.stringify(one)}\n`).join('');
const objectsIn = (text: string): readonly JsonObject[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

/** Casts one text of a run that has others. */
function among(text: string, others: readonly string[], options: ConvertOptions): Conversion {
  const packs = others.map((other) => must(read(other)));
  const exclusions: readonly RuleFilter[] = packs.flatMap(({ filters }) => filters);
  const references: readonly Rule[] = packs.flatMap(({ rules }) => rules);
  return must(convert(text, { ...options, exclusions, references }));
}

const told = ({ rules }: Conversion) =>
  rules.flatMap(({ diagnostics }) =>
    diagnostics.filter(({ effect }) => effect !== undefined).map(({ code, effect }) => [code, effect]),
  );
const codesOf = ({ rules }: Conversion) =>
  rules.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code));
const textOfQuery = ({ rules }: Conversion) =>
  rules.flatMap(({ written }) =>
    written.map(({ detection }) => ('query' in detection ? detection.query?.text : undefined)),
  );
/** The same rule, with what the filter keeps in its condition. */
const withFilter = (rule: string) =>
  rule.replace(
    '    condition: selection',
    "    good:\n        CommandLine|cased: 'x'\n    condition: selection and not good",
  );
const filtersIn = ({ companions }: Conversion) => companions.filters.map(({ body }) => body);
const rulesOf = (body: JsonObject | undefined) => (body?.['filter'] as JsonObject | undefined)?.['rules'];

describe('a Sigma filter of another text, going to Kibana', () => {
  test.each([
    ['by id', `[${id(1)}]`, true],
    ['by name', '[rule_1]', true],
    ['any', 'any', true],
    ['none of these', '[rule_9]', false],
  ])('is written with the rules that it names %s', (_, names, isMeant) => {
    const { rules, text, companions } = among(ruleOf(1), [filterOf(names)], { to: 'kibana' });
    const [line, made, item] = objectsIn(text);
    const references = line!['exceptions_list'] as readonly JsonObject[] | undefined;
    expect(rules[0]!.fidelity).toBe('equivalent');
    expect(companions.filters).toHaveLength(isMeant ? 2 : 0);
    expect(references?.map(({ list_id }) => list_id)).toEqual(isMeant ? [made!['list_id']] : undefined);
    if (isMeant) expect(item).toMatchObject({ item_id: id('f'), entries: [match] });
  });

  test('says, where it stands, that it goes with them', () => {
    const conversion = convert(filterOf('[rule_1]'), {
      to: 'kibana',
      references: must(read(ruleOf(1))).rules,
    });
    expect(must(conversion)).toMatchObject({ text: '', rules: [], fidelity: 'equivalent' });
    expect(conversion.diagnostics).toMatchObject([
      { code: 'convert/taken', message: expect.stringContaining('"Rule 1"'), span: { start: 0 } },
      { code: 'mapping/assumption' },
    ]);
  });

  test('stands alone where it is for no rule, and names that nobody has are told', () => {
    const conversion = convert(filterOf('[rule_9]'), { to: 'kibana', exclusions: [] });
    expect(conversion.diagnostics.map(({ code }) => code)).toEqual([
      'schema/unknown-reference',
      'convert/alone',
      'mapping/assumption',
    ]);
    expect(objectsIn(must(conversion).text)).toMatchObject([
      { name: 'Known good', type: 'detection' },
      { name: 'Known good', entries: [match] },
      { exported_rules_count: 0, exported_exception_list_count: 1 },
    ]);
    const back = must(convert(must(conversion).text, { to: 'sigma' }));
    expect(filtersIn(back)).toEqual(must(read(filterOf('[rule_9]'))).filters.map(({ body }) => body));
  });

  test('makes the rule broader where it can not be said, at its own place, and travels with the rule', () => {
    const filter = filterOf('[rule_1]', 'CommandLine|re: x+');
    const place = 'filters/good.yml:1';
    const exclusions = must(read(filter)).filters.map(({ format, body }) => ({ format, body, place }));
    const { rules, text } = must(convert(ruleOf(1), { to: 'kibana', exclusions }));
    expect(rules[0]!.fidelity).toBe('broader');
    const [found] = rules[0]!.diagnostics.filter(({ code }) => code === 'loss/exceptions');
    expect(found).toMatchObject({
      effect: 'broader',
      message: expect.stringMatching(/^filters\/good\.yml:1: /),
    });
    const back = must(convert(text, { to: 'sigma' }));
    expect(filtersIn(back)).toEqual([exclusions[0]!.body]);
    expect(back.rules[0]!.text).not.toContain('exclusions');
  });

  test('that stands with the rules as well counts once', () => {
    const { companions } = among(`${ruleOf(1)}---\n${filterOf('any')}`, [filterOf('any')], { to: 'kibana' });
    expect(companions.filters).toHaveLength(2);
  });

  test('is for a correlation whose rules are of a third text, if it is for all of them', () => {
    const whole = `title: Both
id: ${id(3)}
correlation:
    type: temporal_ordered
    rules:
        - rule_1
        - rule_2
    group-by:
        - ComputerName
    timespan: 5m
`;
    const parts = [ruleOf(1), ruleOf(2)];
    const all = among(whole, [...parts, filterOf('[rule_1, rule_2]')], { to: 'kibana' });
    expect(filtersIn(all)).toHaveLength(2);
    const some = among(whole, [...parts, filterOf('[rule_1]')], { to: 'kibana' });
    expect(filtersIn(some)).toEqual([]);
    expect(told(some)).toContainEqual(['loss/exceptions', 'broader']);
  });
});

describe('an exception list of another text, going to Sigma', () => {
  const exceptions = linesOf(
    list,
    itemOf('plain', [match]),
    itemOf('deep', [nested]),
    itemOf('listed', [match, lookUp]),
  );
  const rules = linesOf(lineOf(1), lineOf(2, []), lineOf(3));

  test('becomes filters that name the rules that refer to it', () => {
    const bodies = filtersIn(among(exceptions, [rules], { to: 'sigma' }));
    expect(bodies.map(({ title }) => title)).toEqual(['plain']);
    expect(rulesOf(bodies[0])).toEqual([id(1), id(3)]);
  });

  test('does to the rules what it would do beside them, by name and place', () => {
    const conversion = among(rules, [exceptions], { to: 'sigma' });
    expect(filtersIn(conversion)).toEqual([]);
    expect(conversion.rules.map(({ fidelity }) => fidelity)).toEqual([
      'approximate',
      'equivalent',
      'approximate',
    ]);
    const messages = conversion.rules[0]!.diagnostics.map(({ message }) => message).join('\n');
    expect(messages).toContain('The exception "deep" has no words in Sigma');
    expect(messages).toContain('The exception "listed" has no words in Sigma');
    expect(messages).toContain('value list "scanners"');
    expect(messages).toContain('The exception "plain" ends at 2031');
  });

  test('stays the one that counts if a list of that name stands beside the rules', () => {
    const own = linesOf(lineOf(1), list, itemOf('own', [match]));
    expect(told(among(own, [exceptions], { to: 'sigma' }))).toEqual([['loss/exceptions', 'narrower']]);
  });

  test('comes home whole: what Sigma says, what it does not, and all that is said of them', () => {
    const there = [among(rules, [exceptions], { to: 'sigma' }), among(exceptions, [rules], { to: 'sigma' })];
    const [back, rest] = there.map(({ text }, index) =>
      among(text, [there[1 - index]!.text], { to: 'kibana' }),
    );
    expect(rest!.text).toBe('');
    const objects = objectsIn(back!.text);
    for (const one of [...objectsIn(rules), ...objectsIn(exceptions)]) expect(objects).toContainEqual(one);
    expect(objects).toHaveLength(8);
    expect(back!.rules.map(({ fidelity }) => fidelity)).toEqual(['identical', 'identical', 'identical']);
  });

  test('of two lists the one that can be said is, and the other is told', () => {
    const other = { ...list, list_id: 'others', name: 'Others' };
    const lists = linesOf(list, itemOf('plain', [match], { expire_time: '' }), other, {
      ...itemOf('deep', [nested]),
      list_id: 'others',
    });
    const both = linesOf(lineOf(1, ['printers', 'others']));
    expect(filtersIn(among(lists, [both], { to: 'sigma' })).map(({ title }) => title)).toEqual(['plain']);
    expect(told(among(both, [lists], { to: 'sigma' }))).toContainEqual(['loss/exceptions', 'broader']);
  });

  test('that no rule refers to is refused, unless it may exclude too much', () => {
    const refused = convert(exceptions, { to: 'sigma' });
    expect(must(refused)).toMatchObject({ text: '', fidelity: 'refused' });
    expect(refused.diagnostics).toMatchObject([
      { code: 'loss/exceptions', effect: 'dropped', span: { start: 0 } },
    ]);
    const allowed = must(convert(exceptions, { to: 'sigma', allow: ['narrower'] }));
    expect(allowed.fidelity).toBe('approximate');
    expect(filtersIn(allowed)).toMatchObject([
      { logsource: { product: 'windows' }, filter: { rules: 'any' } },
    ]);
    const nowhere = linesOf({ ...list, os_types: [] }, itemOf('plain', [match]));
    expect(must(convert(nowhere, { to: 'sigma', allow: ['narrower'] })).fidelity).toBe('refused');
  });
});

describe('where exclusions have no place', () => {
  const targets: readonly ConvertOptions[] = [{ to: 'elastic' }, { to: 'kibana', shape: 'api' }];

  test.each(targets)('a filter is a part of the query of each rule that it is for: %j', (options) => {
    const conversion = among(ruleOf(1), [filterOf('any')], options);
    expect(told(conversion)).toEqual([]);
    expect(textOfQuery(conversion)).toEqual(textOfQuery(among(withFilter(ruleOf(1)), [], options)));
    expect(codesOf(conversion)).toContain('convert/joined');
    const alone = among(filterOf('any'), [ruleOf(1)], options);
    expect(alone).toMatchObject({ text: '', fidelity: 'equivalent' });
    expect(must(convert(filterOf('any'), options)).fidelity).toBe('refused');
  });

  test.each(targets)(
    'where its query can not say it, a rule is told so, and written without: %j',
    (options) => {
      const words = filterOf('any', "Image|re: 'a(?=b)'");
      const conversion = among(ruleOf(1), [words], options);
      expect(told(conversion)).toEqual([['loss/exceptions', 'broader']]);
      expect(textOfQuery(conversion)).toEqual(textOfQuery(among(ruleOf(1), [], options)));
    },
  );

  test('it is read as the user says', () => {
    const kept = textOfQuery(among(ruleOf(1), [filterOf('any')], { to: 'elastic' }));
    const excluded = textOfQuery(
      among(ruleOf(1), [filterOf('any').replace('not selection', 'selection')], {
        to: 'elastic',
        filters: 'specification',
      }),
    );
    expect(excluded).toEqual(kept);
  });

  test('they travel with the rules, and come home', () => {
    const { text } = among(ruleOf(1), [filterOf('any')], { to: 'elastic' });
    expect(filtersIn(must(convert(text, { to: 'sigma' })))).toEqual(
      must(read(filterOf('any'))).filters.map(({ body }) => body),
    );
    const bare = among(ruleOf(1), [filterOf('any')], { to: 'elastic', carry: 'none' });
    expect(bare.text).not.toContain('Known good');
  });

  test('through a format that is not their own as well', () => {
    const exceptions = linesOf(list, itemOf('deep', [nested]));
    const sigma = among(linesOf(lineOf(1)), [exceptions], { to: 'sigma' }).text;
    const elastic = must(convert(sigma, { to: 'elastic' })).text;
    const objects = objectsIn(must(convert(elastic, { to: 'kibana' })).text);
    for (const one of objectsIn(exceptions)) expect(objects).toContainEqual(one);
  });

  test.each<ConvertOptions>([
    { to: 'sigma', carry: 'none' },
    { to: 'kibana', shape: 'asset' },
  ])('where they have no place to travel on, they stay behind, and that is told: %j', (options) => {
    const pack = readFileSync(
      join(import.meta.dirname, '../../rules/service-from-share/elastic.toml'),
      'utf8',
    );
    const [rule] = must(convert(pack, options)).rules;
    expect(rule!.text).not.toContain('"exclusions"');
    expect(rule!.diagnostics.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('filters and exceptions that were not said'),
    );
  });

  test('more than a hundred stay behind, and that is told', () => {
    const items = Array.from({ length: 100 }, (_, index) => itemOf(`item ${index}`, [match]));
    const { rules } = among(linesOf(lineOf(1)), [linesOf(list, ...items)], { to: 'elastic' });
    expect(rules[0]!.diagnostics.map(({ code }) => code)).toContain('loss/carry');
    expect(rules[0]!.text).not.toContain('item 7');
  });
});

describe('whatever is handed in', () => {
  const json = fc.jsonValue({ maxDepth: 4 }).map((value) => value as Json);
  const names = fc.oneof(fc.constantFrom('any', 'rule_1', [], ['rule_1'], '__proto__', null), json);
  const filter = fc.record(
    {
      title: json,
      id: json,
      logsource: json,
      filter: fc.oneof(json, fc.record({ rules: names, a: json, condition: json })),
    },
    { requiredKeys: [] },
  );
  const exception = fc.record(
    {
      list_id: fc.constantFrom('printers', 'other'),
      item_id: json,
      os_types: json,
      expire_time: json,
      meta: json,
      entries: fc.oneof(json, fc.constant([match])),
    },
    { requiredKeys: ['list_id'] },
  );
  const exclusion = fc.oneof(
    filter.map((body) => ({ format: 'sigma', body: body as JsonObject })),
    exception.map((body) => ({ format: 'kibana', body: body as JsonObject })),
  );

  test('there is an outcome', () => {
    fc.assert(
      fc.property(
        fc.array(exclusion, { maxLength: 5 }),
        fc.constantFrom('kibana' as const, 'sigma' as const, 'elastic' as const),
        (exclusions, to) => {
          for (const text of [ruleOf(1), linesOf(lineOf(1), list)]) {
            expect(must(convert(text, { to, exclusions })).rules).toHaveLength(1);
          }
          const pack = must(write({ rules: [], filters: exclusions, rest: [] }, { format: 'native' }));
          expect(must(convert(pack, { to, references: must(read(ruleOf(1))).rules })).rules).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });
});
