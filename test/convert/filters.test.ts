import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { convert } from '../../src/convert/convert.ts';
import { type FilterOptions, type Served, withExceptions } from '../../src/convert/filters/cast-filters.ts';
import { disjuncts } from '../../src/convert/filters/disjuncts.ts';
import { conditionOf } from '../../src/convert/filters/document.ts';
import { excludedBy } from '../../src/convert/filters/reading.ts';
import { toKibanaExceptions } from '../../src/convert/filters/to-kibana.ts';
import { toSigmaFilters } from '../../src/convert/filters/to-sigma.ts';
import { mappingOf } from '../../src/convert/tables.ts';
import { attempt } from '../../src/diagnostic/attempt.ts';
import { kibana } from '../../src/formats/kibana/index.ts';
import { sigma } from '../../src/formats/sigma/index.ts';
import { parseEntries } from '../../src/languages/dsl/parse-entries.ts';
import { compileMapping } from '../../src/mapping/mapping.ts';
import { always, and, never, not, or } from '../../src/query/build.ts';
import { normalPredicate, spell } from '../../src/query/normal.ts';
import { many } from '../../src/query/pattern.ts';
import type { Predicate } from '../../src/query/query.ts';
import type { Json, JsonObject } from '../../src/rule/json.ts';
import type { LogSource, Pack, Rule, RuleFilter } from '../../src/rule/rule.ts';
import { plainEntries } from '../languages/dsl/entries.ts';
import { corpusFiles, without } from '../support/corpus.ts';
import { failsWith, must } from '../support/laws.ts';

/** No tables: every field keeps its name. */
const bare: FilterOptions = { mapping: compileMapping([], {}) };
const shipped: FilterOptions = { mapping: mappingOf({}) };

const windows = { category: 'process_creation', product: 'windows' };
const ruleId = '00000000-0000-4000-8000-00000000000a';

const sigmaRule = (id: string, logSource: LogSource = windows, more: Partial<Rule> = {}): Rule => ({
  id,
  title: `Rule ${id}`,
  logSource,
  detection: { kind: 'query', query: { language: 'sigma', text: 'a:\n    b: c\ncondition: a' } },
  carry: {},
  ...more,
});

const reference = { id: 'l1', list_id: 'printers', type: 'detection', namespace_type: 'single' };

const kibanaRule = (id: string, lists: readonly JsonObject[] = [reference]): Rule => ({
  id,
  title: `Rule ${id}`,
  detection: { kind: 'query', query: { language: 'kuery', text: 'a: b' } },
  engine: { exceptions_list: lists },
  carry: {},
});

const list: JsonObject = {
  ...reference,
  name: 'Printers',
  description: 'Machines that print',
  immutable: false,
  os_types: [],
  tags: [],
  version: 1,
};

const exceptionOf = (entries: unknown, more: JsonObject = {}): JsonObject => ({
  id: 'x1',
  item_id: 'printing-shells',
  list_id: 'printers',
  type: 'simple',
  name: 'Shells that print',
  description: 'The spooler starts them',
  namespace_type: 'single',
  comments: [{ comment: 'asked for by ann', created_by: 'ann' }],
  os_types: [],
  tags: ['printing'],
  created_at: '2024-03-01T09:30:00.000Z',
  created_by: 'ann',
  updated_at: '2024-03-04T09:30:00.000Z',
  entries: JSON.parse(JSON.stringify(entries)),
  ...more,
});

const packOf = (rules: readonly Rule[], format: string, ...bodies: readonly JsonObject[]): Pack => ({
  rules,
  filters: bodies.map((body): RuleFilter => ({ format, body })),
  rest: [],
});

const fromKibana: Served = { rule: kibanaRule(ruleId), written: [sigmaRule(ruleId)] };
const fromSigma: Served = { rule: sigmaRule(ruleId), written: [kibanaRule(ruleId, [])] };

const bodiesOf = ({ filters }: { readonly filters: readonly RuleFilter[] }) =>
  filters.map(({ body }) => body);
const codesOf = (findings: ReadonlyMap<Rule, readonly { code: string; effect?: string }[]>) =>
  [...findings.values()].flat().map(({ code, effect }) => [code, effect]);

function toSigma(
  exceptions: readonly JsonObject[],
  options = bare,
  served: readonly Served[] = [fromKibana],
) {
  return toSigmaFilters(packOf([], 'kibana', list, ...exceptions), served, options);
}

function toKibana(bodies: readonly JsonObject[], options = bare, served: readonly Served[] = [fromSigma]) {
  return toKibanaExceptions(packOf([], 'sigma', ...bodies), served, options);
}

const meaningOf = (where: Predicate) => spell(normalPredicate(where));
const entry = (type: string, field: string, value?: Json, operator = 'included'): JsonObject => ({
  field,
  operator,
  type,
  ...(value !== undefined && { value }),
});

/** The documents as they are after they stood in a file. */
function throughText(filters: readonly JsonObject[]): readonly JsonObject[] {
  const pack = packOf([sigmaRule(ruleId)], 'sigma', ...filters);
  return bodiesOf(must(sigma.read(must(sigma.write(pack, {})))));
}

describe('an exception as a Sigma filter', () => {
  test('says what is kept, as pySigma reads it', () => {
    const { filters, diagnostics } = toSigma([
      exceptionOf([entry('match', 'a', 'x*'), entry('exists', 'b', undefined, 'excluded')]),
    ]);
    const { rulecast: _, ...body } = filters[0]!.body;
    expect(body).toEqual({
      title: 'Shells that print',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      description: 'The spooler starts them',
      date: '2024-03-01',
      modified: '2024-03-04',
      logsource: windows,
      filter: {
        rules: [ruleId],
        filter_main_a: { 'a|cased': 'x\\*', 'b|exists': false },
        condition: 'not filter_main_a',
      },
    });
    expect(diagnostics.map(({ message }) => message)).toEqual([expect.stringContaining('pySigma')]);
  });

  test('or what is left out, as the specification has it', () => {
    const { filters, diagnostics } = toSigma([exceptionOf([entry('match', 'a', 'x')])], {
      ...bare,
      reading: 'specification',
    });
    expect(filters[0]!.body['filter']).toEqual({
      rules: [ruleId],
      selection: { 'a|cased': 'x' },
      condition: 'selection',
    });
    expect(diagnostics[0]!.message).toContain('specification');
  });

  test('in the field names of the log source', () => {
    const { filters } = toSigma([exceptionOf([entry('match', 'process.command_line', 'x')])], shipped);
    expect(JSON.stringify(filters[0]!.body['filter'])).toContain('"CommandLine|cased":"x"');
  });

  test('keeps an id that is a UUID', () => {
    const item_id = '3e0d7dbd-0000-4000-8000-000000000001';
    const { filters } = toSigma([exceptionOf([entry('exists', 'a')], { item_id })]);
    expect(filters[0]!.body['id']).toBe(item_id);
  });

  test('is one for each log source of its rules', () => {
    const linux: LogSource = { category: 'process_creation', product: 'linux' };
    const served: Served[] = [
      fromKibana,
      { rule: kibanaRule('r2'), written: [sigmaRule('r2', linux)] },
      { rule: kibanaRule('r3'), written: [sigmaRule('r3', windows)] },
      { rule: kibanaRule('r4', []), written: [sigmaRule('r4', windows)] },
    ];
    const result = toSigma([exceptionOf([entry('exists', 'a')])], bare, served);
    const said = bodiesOf(result).map(({ logsource, filter }) => [
      logsource,
      (filter as JsonObject)['rules'],
    ]);
    expect(said).toEqual([
      [windows, [ruleId, 'r3']],
      [linux, ['r2']],
    ]);
    expect(new Set(bodiesOf(result).map(({ id }) => id)).size).toBe(2);
    const back = toKibana(bodiesOf(result), bare, [
      fromSigma,
      { rule: sigmaRule('r2', linux), written: [kibanaRule('r2', [])] },
    ]);
    expect(bodiesOf(back)).toEqual([list, exceptionOf([entry('exists', 'a')])]);
  });

  test('travels with nothing if nothing is to travel', () => {
    const { filters } = toSigma([exceptionOf([entry('exists', 'a')])], { ...bare, carry: 'none' });
    expect(filters[0]!.body).not.toHaveProperty('rulecast');
  });
});

describe('exceptions come back from Sigma as they were', () => {
  test.each([
    ['match', [entry('match', 'a', 'x')]],
    ['match_any', [entry('match_any', 'a', ['x'])]],
    ['exists', [entry('exists', 'a')]],
    ['wildcard', [entry('wildcard', 'a', 'C:\\\\*\\*?', 'excluded')]],
    ['several', [entry('match', 'a', 'x'), entry('match_any', 'a', ['y', 'z'], 'excluded')]],
  ])('%s', (_, entries) => {
    const exception = exceptionOf(entries, { expire_time: '2030-01-01T00:00:00.000Z' });
    const { filters } = toSigma([exception]);
    const { filters: back, references } = toKibana(throughText(bodiesOf({ filters })));
    expect(back.map(({ body }) => body)).toEqual([list, exception]);
    expect(references.get(fromSigma.written[0]!)).toEqual([reference]);
  });

  test('of any entries that Sigma has words for, and with their meaning on the way', () => {
    fc.assert(
      fc.property(
        plainEntries,
        fc.constantFrom('pysigma' as const, 'specification' as const),
        (entries, reading) => {
          const exception = exceptionOf(entries);
          const options = { ...bare, reading };
          const bodies = bodiesOf(toSigma([exception], options));
          const where = must(parseEntries(exception['entries']));
          expect(meaningOf(excludedBy(conditionOf(bodies[0]!), reading))).toBe(meaningOf(where));
          expect(bodiesOf(toKibana(bodies, options))).toEqual([list, exception]);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('with nothing carried, they still leave out the same', () => {
    fc.assert(
      fc.property(plainEntries, (entries) => {
        const options: FilterOptions = { ...bare, carry: 'none' };
        const bodies = bodiesOf(toSigma([exceptionOf(entries)], options));
        const [, exception, ...more] = bodiesOf(toKibana(bodies, options));
        expect(more).toEqual([]);
        expect(meaningOf(must(parseEntries(exception!['entries'])))).toBe(
          meaningOf(must(parseEntries(exceptionOf(entries)['entries']))),
        );
      }),
      { numRuns: 300 },
    );
  });

  test('under other words, if somebody gave them, and with other entries', () => {
    const exception = exceptionOf([entry('match', 'a', 'x')]);
    const [body] = bodiesOf(toSigma([exception]));
    const renamed = bodiesOf(toKibana([{ ...body!, title: 'Printers print' }]));
    expect(renamed[1]).toEqual({ ...exception, name: 'Printers print' });

    const filter = { rules: 'any', s: [{ 'a|cased': 'y' }, { 'b|exists': true }], condition: 'not s' };
    const edited = toKibana([{ ...body!, filter }]);
    expect(bodiesOf(edited)).toEqual([
      list,
      { ...exception, entries: [entry('match', 'a', 'y')] },
      expect.objectContaining({ list_id: 'printers', entries: [entry('exists', 'b')] }),
    ]);
    expect(codesOf(edited.findings)).toContainEqual(['carry/edited', undefined]);
  });

  test('also where the list itself is not in the file', () => {
    const exception = exceptionOf([entry('match', 'a', 'x')]);
    const bodies = bodiesOf(toSigmaFilters(packOf([], 'kibana', exception), [fromKibana], bare));
    const { filters, references } = toKibana(bodies);
    expect(bodiesOf({ filters })).toEqual([exception]);
    expect(references.get(fromSigma.written[0]!)).toEqual([{ ...reference, id: 'printers' }]);
  });
});

describe('what Sigma has no words for', () => {
  test.each([
    ['a value list', [{ ...entry('list', 'a'), list: { id: 'scanners', type: 'ip' } }]],
    ['a nested search', [{ field: 'a', type: 'nested', entries: [entry('match', 'b', 'x')] }]],
    ['no entry', [{}]],
    ['no entries', null],
  ])('%s makes the rule broader', (_, entries) => {
    const { filters, findings } = toSigma([exceptionOf(entries)]);
    expect(filters).toEqual([]);
    expect(codesOf(findings)).toEqual([['loss/exceptions', 'broader']]);
    expect([...findings.keys()]).toEqual([fromKibana.rule]);
  });

  test('so does a list that is not in the file', () => {
    const { findings } = toSigmaFilters(packOf([], 'kibana'), [fromKibana], bare);
    expect(codesOf(findings)).toEqual([['loss/exceptions', 'broader']]);
  });

  test('an end makes it narrower, and so do systems that the log source does not mean', () => {
    const bounded = { expire_time: '2030-01-01T00:00:00.000Z', os_types: ['linux'] };
    const { findings } = toSigma([exceptionOf([entry('exists', 'a')], bounded)]);
    const narrower = codesOf(findings).filter(([, effect]) => effect === 'narrower');
    expect(narrower).toEqual([
      ['loss/exceptions', 'narrower'],
      ['loss/exceptions', 'narrower'],
    ]);
    const fitting = toSigma([exceptionOf([entry('exists', 'a')], { os_types: ['windows'] })]);
    expect(codesOf(fitting.findings).filter(([, effect]) => effect !== undefined)).toEqual([]);
  });

  test.each([
    ['serves no rule', [{ rule: kibanaRule('r', []), written: [sigmaRule('r')] }]],
    ['serves none that was written', [{ ...fromKibana, written: [] }]],
  ])('a list that %s stays behind', (_, served) => {
    const { filters, diagnostics } = toSigma([exceptionOf([entry('exists', 'a')])], bare, served);
    expect(filters).toEqual([]);
    expect(diagnostics).toMatchObject([{ code: 'loss/exceptions', effect: 'dropped' }]);
  });
});

const filterOf = (filter: JsonObject, more: JsonObject = {}): JsonObject => ({
  title: 'Administrators',
  id: '00000000-0000-4000-8000-00000000000f',
  description: 'They may',
  logsource: windows,
  filter: { rules: [ruleId], ...filter },
  ...more,
});

const entriesIn = (bodies: readonly JsonObject[]) =>
  bodies.flatMap(({ entries }) => (entries === undefined ? [] : [entries]));

describe('a Sigma filter as exceptions', () => {
  const adm = { 'User|startswith|cased': 'adm_' };

  test('is a list that the rule refers to, and an exception in it', () => {
    const { filters, references } = toKibana([filterOf({ selection: adm, condition: 'not selection' })]);
    const [made, exception] = bodiesOf({ filters });
    expect(made).toMatchObject({ type: 'detection', name: 'Administrators', description: 'They may' });
    expect(exception).toMatchObject({
      item_id: '00000000-0000-4000-8000-00000000000f',
      list_id: made!['list_id'],
      type: 'simple',
      entries: [entry('wildcard', 'User', 'adm_*')],
    });
    const [[written, added] = []] = [...references];
    expect(withExceptions(written!, added!).engine).toEqual({
      exceptions_list: [
        { id: made!['id'], list_id: made!['list_id'], type: 'detection', namespace_type: 'single' },
      ],
    });
    expect(withExceptions(withExceptions(written!, added!), added!)).toEqual(
      withExceptions(written!, added!),
    );
  });

  test('has opposite meanings in the two readings', () => {
    const body = filterOf({ selection: adm, condition: 'selection' });
    expect(entriesIn(bodiesOf(toKibana([body])))).toEqual([[entry('wildcard', 'User', 'adm_*', 'excluded')]]);
    const other = toKibana([body], { ...bare, reading: 'specification' });
    expect(entriesIn(bodiesOf(other))).toEqual([[entry('wildcard', 'User', 'adm_*')]]);
  });

  test('is an exception for each way in which it leaves something out', () => {
    const body = filterOf({
      a: { 'A|cased': 'x', 'B|cased': ['y', 'z*'] },
      b: { 'C|exists': true },
      condition: 'not 1 of *',
    });
    expect(entriesIn(bodiesOf(toKibana([body])))).toEqual([
      [entry('match', 'A', 'x'), entry('match', 'B', 'y')],
      [entry('match', 'A', 'x'), entry('wildcard', 'B', 'z*')],
      [entry('exists', 'C')],
    ]);
  });

  test('is asked in the field names of ECS', () => {
    const body = filterOf({ s: { 'CommandLine|cased': 'x' }, condition: 'not s' });
    expect(entriesIn(bodiesOf(toKibana([body], shipped)))).toEqual([
      [entry('match', 'process.command_line', 'x')],
    ]);
  });

  test('comes back from Kibana as it was', () => {
    const body = filterOf({ a: { User: ['x', 'y*'] }, b: { 'Port|gt': 5 }, condition: 'not a and not b' });
    const { filters, references } = toKibana([body]);
    const rule = withExceptions(fromSigma.written[0]!, references.get(fromSigma.written[0]!)!);
    const text = must(kibana.write({ rules: [], filters, rest: [] }, {}));
    const pack = must(kibana.read(text));
    const back = toSigmaFilters(pack, [{ rule, written: [sigmaRule(ruleId)] }], bare);
    expect(bodiesOf(back)).toEqual([body]);
  });

  test('also where its rules are of two log sources, and it became two lists', () => {
    const linux = { ...windows, product: 'linux' };
    const body = filterOf(
      { rules: 'any', s: { 'CommandLine|contains|cased': 'x' }, condition: 'not s' },
      { logsource: { category: 'process_creation' } },
    );
    const served: Served[] = [fromSigma, { rule: sigmaRule('r2', linux), written: [kibanaRule('r2', [])] }];
    const { filters, references } = toKibana([body], shipped, served);
    expect(filters).toHaveLength(4);
    const back = served.map(({ rule, written: [there] }) => ({
      rule: withExceptions(there!, references.get(there!)!),
      written: [rule],
    }));
    const pack: Pack = { rules: [], filters, rest: [] };
    expect(bodiesOf(toSigmaFilters(pack, back, shipped))).toEqual([body]);
  });

  test('unless its exceptions were edited', () => {
    const { filters } = toKibana([filterOf({ s: adm, condition: 'not s' })]);
    const bodies = bodiesOf({ filters }).map((body) =>
      body['entries'] === undefined ? body : { ...body, entries: [entry('match', 'User', 'root')] },
    );
    const key = bodies[0]!;
    const rule = kibanaRule(ruleId, [key]);
    const back = toSigmaFilters(
      packOf([], 'kibana', ...bodies),
      [{ rule, written: [sigmaRule(ruleId)] }],
      bare,
    );
    expect(back.diagnostics.map(({ code }) => code)).toContain('carry/edited');
    expect(back.filters[0]!.body['filter']).toMatchObject({ filter_main_user: { 'User|cased': 'root' } });
  });
});

describe('which rules a Sigma filter is for', () => {
  const s = { 'a|exists': true };
  const served = (rule: Rule): Served => ({ rule, written: [kibanaRule(`k-${rule.id}`, [])] });
  const rules = [
    served(sigmaRule('r1', windows, { name: 'one' })),
    served(sigmaRule('r2', { ...windows, service: 'sysmon' })),
    served(sigmaRule('r3', { product: 'windows' })),
    served(sigmaRule('r4', { category: 'process_creation', product: 'linux' })),
  ];
  test.each<[unknown, readonly string[]]>([
    ['any', ['k-r1', 'k-r2']],
    [[], ['k-r1', 'k-r2']],
    [
      ['one', 'r2', 'r3', 'r4'],
      ['k-r1', 'k-r2'],
    ],
    ['r2', ['k-r2']],
  ])('%j', (names, expected) => {
    const body = filterOf({ rules: names as never, s, condition: 'not s' });
    const { references } = toKibana([body], bare, rules);
    expect([...references.keys()].map(({ id }) => id)).toEqual(expected);
  });

  test('one that is for none stands alone, and names that nobody has are told', () => {
    const body = filterOf({ rules: ['r9', 'one'], s, condition: 'not s' }, { logsource: { product: 'aws' } });
    const { filters, references, diagnostics } = toKibana([body], bare, rules);
    expect(entriesIn(bodiesOf({ filters }))).toEqual([[entry('exists', 'a')]]);
    expect(references.size).toBe(0);
    const codes = diagnostics.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(['convert/alone', 'mapping/assumption']));
    expect(codes[0]).toBe('schema/unknown-reference');
    expect(diagnostics[0]!.message).toMatch(/: r9\.$/);
  });

  const whole: Rule = {
    ...sigmaRule('w'),
    detection: { kind: 'correlation', type: 'temporal', rules: ['one', 'r2'] },
  };
  const part = (id: string, name: string): Served => ({
    rule: sigmaRule(id, windows, { name }),
    written: [],
  });
  const family = [part('r1', 'one'), part('r2', 'two'), served(whole)];

  test('one for all events of a rule is laid over the rule', () => {
    const { references } = toKibana(
      [filterOf({ rules: ['r1', 'two'], s, condition: 'not s' })],
      bare,
      family,
    );
    expect([...references.keys()].map(({ id }) => id)).toEqual(['k-w']);
  });

  test('one for some of them can not be', () => {
    const { filters, findings } = toKibana(
      [filterOf({ rules: ['r1'], s, condition: 'not s' })],
      bare,
      family,
    );
    expect(filters).toEqual([]);
    expect(findings.get(whole)).toMatchObject([{ code: 'loss/exceptions', effect: 'broader' }]);
  });
});

describe('what exceptions have no words for', () => {
  test.each<[string, JsonObject, string, readonly unknown[]]>([
    ['a comparison', { s: { 'a|gt': 5 }, condition: 'not s' }, 'loss/exceptions', []],
    [
      'one of several',
      { s: [{ 'a|gt': 5 }, { 'b|cased': 'x' }], condition: 'not s' },
      'loss/exceptions',
      [[entry('match', 'b', 'x')]],
    ],
    [
      'a test without case leaves out what is spelled as it stands',
      { s: { a: 'x' }, condition: 'not s' },
      'loss/case-sensitivity',
      [[entry('match', 'a', 'x')]],
    ],
    ['a negated test without case', { s: { a: 'x' }, condition: 's' }, 'loss/exceptions', []],
    ['what can not be parsed', { s: { a: 'x' }, condition: 'not t' }, 'loss/exceptions', []],
    [
      'what comes to too many exceptions',
      {
        ...Object.fromEntries([...'abcdefg'].map((name) => [name, [{ [name]: 1 }, { [`${name}2`]: 2 }]])),
        condition: 'not (a and b and c and d and e and f and g)',
      },
      'loss/exceptions',
      [],
    ],
  ])('%s', (_, filter, code, expected) => {
    const { filters, findings } = toKibana([filterOf(filter)]);
    expect(entriesIn(bodiesOf({ filters }))).toEqual(expected);
    expect(codesOf(findings).filter(([, effect]) => effect !== undefined)).toEqual([[code, 'broader']]);
  });
});

describe('the ways in which a predicate can hold', () => {
  const tests = ['a', 'b', 'c', 'd'].map((field): Predicate => ({ kind: 'exists', field }));
  const { tree } = fc.letrec<{ tree: Predicate }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.constantFrom(...tests, always, never),
      fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map(and),
      fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map(or),
      tie('tree').map(not),
    ),
  }));

  const holds = (node: Predicate, event: string): boolean => {
    switch (node.kind) {
      case 'and':
        return node.of.every((part) => holds(part, event));
      case 'or':
        return node.of.some((part) => holds(part, event));
      case 'not':
        return !holds(node.of, event);
      case 'constant':
        return node.value;
      default:
        return node.kind === 'exists' && event.includes(node.field);
    }
  };

  test('are together the predicate, and each of them one join', () => {
    fc.assert(
      fc.property(tree, (where) => {
        const outcome = attempt(() => disjuncts(where));
        if (!outcome.ok) return;
        const ways = outcome.value;
        expect(
          ways.some((way) => (way.kind === 'and' ? way.of : [way]).some(({ kind }) => kind === 'or')),
        ).toBe(false);
        for (let bits = 0; bits < 16; bits += 1) {
          const event = [...'abcd'].filter((_, bit) => (bits >> bit) & 1).join('');
          expect(ways.some((way) => holds(way, event))).toBe(holds(where, event));
        }
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    [100, 2],
    [101, undefined],
  ])('are at most a hundred: %i', (count, expected) => {
    const values = Array.from({ length: count / (expected ?? 1) }, (_, index) => [`${index}`, many]);
    const list: Predicate = { kind: 'equals', field: 'a', values, quantifier: 'any', caseSensitive: true };
    const where = expected === undefined ? list : and([list, or(tests.slice(0, expected))]);
    const outcome = attempt(() => disjuncts(where));
    expect(outcome.ok ? outcome.value.length : failsWith(outcome)).toEqual(
      expected === undefined ? ['loss/exceptions'] : 100,
    );
  });
});

test('a whole export and back again', () => {
  const rule = {
    rule_id: ruleId,
    type: 'query',
    language: 'kuery',
    name: 'Shells from a printer',
    description: 'A print server has no business with shells.',
    risk_score: 47,
    severity: 'medium',
    index: ['logs-endpoint.events.process-*'],
    query:
      'process.name: "cmd.exe" and host.os.type: windows and event.category: process and event.type: start',
    exceptions_list: [reference],
  };
  const exceptions = [
    exceptionOf([entry('wildcard', 'process.command_line', 'print *'), entry('exists', 'user.name')]),
    exceptionOf([entry('match', 'source.ip', '10.0.0.0/8')], { item_id: 'lab', id: 'x2' }),
  ];
  const text = [rule, list, ...exceptions].map((object) => JSON.stringify(object)).join('\n');
  const pack = must(kibana.read(text));
  const there = must(convert(text, { to: 'sigma' })).rules;
  const filters = toSigmaFilters(pack, there, shipped);
  expect(codesOf(filters.findings)).not.toContainEqual(['loss/exceptions', 'broader']);
  const written = there.flatMap((one) => one.written);
  const sigmaText = must(sigma.write({ rules: written, filters: filters.filters, rest: [] }, {}));
  expect(sigmaText).toContain('SourceIp|cidr');

  const back = must(convert(sigmaText, { to: 'kibana' })).rules;
  const restored = toKibanaExceptions(must(sigma.read(sigmaText)), back, shipped);
  expect(bodiesOf(restored)).toEqual([list, ...exceptions]);
  const [again] = back[0]!.written;
  const references = restored.references.get(again!) ?? [];
  expect(withExceptions(again!, references).engine).toMatchObject({ exceptions_list: [reference] });
});

test('any bodies at all give an outcome', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), (body, value) => {
      const filter = filterOf(JSON.parse(JSON.stringify(body)));
      toKibana([filter, JSON.parse(JSON.stringify({ ...filter, filter: value, rulecast: value }))]);
      toSigma([exceptionOf(value, JSON.parse(JSON.stringify(body)))]);
    }),
  );
});

const exports = corpusFiles('kibana/detection-engine-export', '.ndjson');

describe.skipIf(without)('real exports', () => {
  const packs = exports.map(({ path, text }) => ({ path, pack: must(kibana.read(text)) }));

  test('there are exceptions among them', () => {
    expect(packs.some(({ pack }) => pack.filters.length > 0)).toBe(true);
  });

  test.each(packs)('$path: what becomes a filter comes back as it was', ({ pack }) => {
    const written = pack.rules.map((rule) => sigmaRule(rule.id ?? 'r'));
    const there = toSigmaFilters(
      pack,
      pack.rules.map((rule, index) => ({ rule, written: [written[index]!] })),
      shipped,
    );
    const back = toKibanaExceptions(
      { rules: written, filters: there.filters, rest: [] },
      written.map((rule, index) => ({ rule, written: [pack.rules[index]!] })),
      shipped,
    );
    expect(new Set(bodiesOf(back))).toEqual(new Set(bodiesOf(pack)));
  });
});
