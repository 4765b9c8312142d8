import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { Failure } from '../../../src/diagnostic/attempt.ts';
import { loadMapping } from '../../../src/mapping/load.ts';
import type { Predicate } from '../../../src/query/query.ts';
import { failsWith } from '../../support/laws.ts';
import { inTime, told } from '../../support/outcome.ts';
import { type Detection, pipe, pipelineOf, whereOf } from '../../support/piped.ts';
import '../../support/seed.ts';

const names = ['a', 'b', 'a.b', 'Hashes', 'constructor', ''];
const values = ['x', 'x*', '\\*', 'C:\\a\\', 'MD5=01', '%v%', 'é', '', 5, 2.5, true, null];
const name = fc.constantFrom(...names);
const value = fc.constantFrom(...values);
const several = fc.array(name, { maxLength: 3 });
const expression = fc.constantFrom('x', '^', 'x*', '(?P<g>.)', '\\w+', '[^x]', '(?i)X', '.*');

const condition = (...kinds: readonly object[]) =>
  fc.constantFrom(...kinds.map((one) => [one]), [], [kinds[0]!, kinds.at(-1)!]);
const applied = { type: 'processing_item_applied', processing_item_id: 'one' };
const state = { type: 'processing_state', key: 'k', val: 5, op: 'gte' };
const ofRule = condition(
  { type: 'logsource', product: 'windows' },
  { type: 'contains_field', field: 'a' },
  { type: 'contains_detection_item', field: 'a', value: 'x' },
  { type: 'is_sigma_rule' },
  { type: 'tag', tag: 'attack.t1059' },
  applied,
  state,
);
const ofTest = condition(
  { type: 'match_string', cond: 'any', pattern: 'x' },
  { type: 'match_value', cond: 'all', value: 5 },
  { type: 'contains_wildcard', cond: 'any' },
  { type: 'is_null', cond: 'any' },
  applied,
  state,
);
const ofField = condition(
  { type: 'include_fields', fields: ['a', 'b'] },
  { type: 'exclude_fields', fields: ['a.*'], mode: 're' },
  applied,
  state,
);

const action = fc.oneof(
  fc.record({ type: fc.constant('field_name_mapping'), mapping: fc.dictionary(name, several) }),
  fc.record({ type: fc.constant('field_name_prefix_mapping'), mapping: fc.dictionary(name, several) }),
  fc.record({ type: fc.constant('field_name_prefix'), prefix: name }),
  fc.record({ type: fc.constant('field_name_suffix'), suffix: name }),
  fc.record({ type: fc.constant('drop_detection_item') }),
  fc.record({
    type: fc.constant('hashes_fields'),
    valid_hash_algos: fc.constant(['MD5']),
    field_prefix: name,
  }),
  fc.record({
    type: fc.constant('extract_fields'),
    regex: fc.constant('(?P<g>.)(?P<h>.)?'),
    preserve_unmatched: fc.boolean(),
  }),
  fc.record({
    type: fc.constantFrom('wildcard_placeholders', 'value_placeholders'),
    include: fc.constant(['v']),
  }),
  fc.record({
    type: fc.constant('add_condition'),
    conditions: fc.dictionary(fc.constantFrom('a', 'c|contains'), fc.constantFrom('x', 'y*'), { minKeys: 1 }),
    negated: fc.boolean(),
  }),
  fc.record({ type: fc.constant('change_logsource'), product: fc.constantFrom('windows', 'linux') }),
  fc.record({ type: fc.constantFrom('add_field', 'remove_field'), field: several }),
  fc.record({
    type: fc.constant('replace_string'),
    regex: expression,
    replacement: fc.constantFrom('', 'y', '*', '\\\\', '\\g<0>\\g<0>'),
    skip_special: fc.boolean(),
    interpret_special: fc.boolean(),
  }),
  fc.record({
    type: fc.constant('map_string'),
    mapping: fc.dictionary(fc.constantFrom('x', 'x*', '%v%', ''), fc.constantFrom('x', ['y', 'z*'], [])),
  }),
  fc.record({
    type: fc.constant('set_state'),
    key: fc.constantFrom('k', 'index'),
    val: fc.constantFrom(5, 'i-*', ['i', 'j']),
  }),
  fc.record({ type: fc.constant('regex'), method: fc.constantFrom('plain', 'ignore_case_flag') }),
  fc.record({ type: fc.constant('set_value'), value }),
  fc.record({ type: fc.constant('convert_type'), target_type: fc.constantFrom('str', 'num') }),
  fc.record({ type: fc.constant('case'), method: fc.constantFrom('lower', 'upper', 'snake_case') }),
  fc.record({ type: fc.constant('set_custom_attribute'), attribute: name, value }),
  fc.record({ type: fc.constant('strict_field_mapping_failure') }),
);
const transformation = fc
  .tuple(action, fc.constantFrom('one', 'two'), ofRule, ofTest, ofField, fc.boolean())
  .map(([does, id, rule, tests, fields, not]) => ({
    ...does,
    id,
    rule_conditions: rule,
    rule_cond_not: not,
    detection_item_conditions: tests,
    field_name_conditions: fields,
  }));
const transformations = fc.array(
  fc.oneof(
    transformation,
    fc.array(transformation, { maxLength: 3 }).map((items) => ({ type: 'nest', items })),
  ),
  { maxLength: 6 },
);

const key = fc.tuple(
  fc.constantFrom('a', 'b', 'a.b', 'Hashes'),
  fc.constantFrom('', '|contains', '|expand', '|contains|expand', '|endswith|all'),
);
const search = fc.dictionary(
  key.map(([field, modifier]) => field + modifier),
  fc.array(fc.constantFrom('x', 'x*', 'C:\\a', 'MD5=01', '%v%'), { minLength: 1, maxLength: 3 }),
  { minKeys: 1, maxKeys: 3 },
);
const others = fc.constantFrom<object>(
  { b: [5, null] },
  { 'a|re': 'x.y' },
  { 'b|cidr': '10.0.0.0/8' },
  { 'a|gt': 5 },
  { 'a|fieldref': 'b' },
  { 'b|exists': false },
  ['word', 'w*'],
  { 'a|hour': 3 },
);
const detection = fc
  .tuple(
    search,
    others,
    fc.constantFrom('one and two', 'one or two', 'one and not two', 'not (one or two)', 'not one'),
  )
  .map(([one, two, condition]): Detection => ({ one, two, condition }));

describe('whatever a pipeline does', () => {
  test('it ends in a rule or in a refusal with a reason, and always in the same', () => {
    fc.assert(
      fc.property(transformations, detection, (list, from) => {
        const pipeline = pipelineOf(list, { vars: { v: ['1', 2, 'w*'] } });
        const run = () => {
          try {
            const { piped, found } = pipe([pipeline], from, { source: 'process_creation/windows' });
            return { where: piped.where, final: [...piped.named], found };
          } catch (error) {
            if (error instanceof Failure) return { found: error.diagnostics };
            throw error;
          }
        };
        const one = inTime(run);
        expect(run()).toEqual(one);
        for (const finding of one.found) expect(told(finding, JSON.stringify(from))).toBe('');
        if ('where' in one) expectWhole(one.where);
      }),
      { numRuns: 600 },
    );
  });

  test('a rule that it was not for is as it was', () => {
    fc.assert(
      fc.property(fc.array(transformation, { maxLength: 4 }), detection, (list, from) => {
        const never = list.map((one) => ({
          ...one,
          rule_cond_not: false,
          rule_conditions: [{ type: 'logsource', product: 'nowhere' }],
        }));
        expect(pipe([pipelineOf(never)], from).piped.where).toEqual(whereOf(from));
      }),
      { numRuns: 100 },
    );
  });
});

/** Joins have two parts or more, lists one value or more. */
function expectWhole(where: Predicate | undefined): void {
  if (where === undefined) throw new Error('There is nothing left.');
  if (where.kind === 'and' || where.kind === 'or') {
    expect(where.of.length).toBeGreaterThan(1);
    where.of.forEach(expectWhole);
  } else if (where.kind === 'not') expectWhole(where.of);
  else if (where.kind === 'equals' || where.kind === 'free-text') {
    expect(where.values.length).toBeGreaterThan(0);
    for (const one of where.values) if (Array.isArray(one)) expect(one.length).toBeGreaterThan(0);
  }
}

describe('no pipeline makes more of a rule than can be written', () => {
  const times = (count: number, one: object) => Array.from({ length: count }, () => one);
  test.each<readonly [string, readonly object[], object, object]>([
    ['names', times(60, { type: 'field_name_mapping', mapping: { a: ['a', 'a'] } }), { a: 1 }, {}],
    ['fields', times(60, { type: 'field_name_mapping', mapping: { x: ['x', 'x'] } }), { a: 1 }, {}],
    [
      'text',
      times(60, { type: 'replace_string', regex: '.+', replacement: '\\g<0>\\g<0>' }),
      { a: 'xy' },
      {},
    ],
    [
      'values',
      times(60, {
        type: 'map_string',
        mapping: { x: ['x', 'x*', 'y'], 'x*': ['x', 'y'], y: Array(2_000).fill('x') },
      }),
      { a: 'x' },
      {},
    ],
    [
      'lists',
      [{ type: 'value_placeholders' }],
      { 'a|expand': '%v%%v%%v%%v%%v%%v%' },
      { vars: { v: Array(40).fill('x') } },
    ],
    ['groups', times(60, { type: 'extract_fields', regex: '(?P<a>.*)(?P<b>.*)' }), { a: 'x' }, {}],
    ['finds', [{ type: 'replace_string', regex: '.*x|y', replacement: '' }], { a: 'y'.repeat(50_000) }, {}],
  ])('%s', (_, list, from, others) => {
    const pipeline = pipelineOf(list, others);
    inTime(() => {
      try {
        pipe([pipeline], from as Detection);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        expect(error.diagnostics.map(({ code }) => code)).toEqual(['parse/too-large']);
      }
    });
  });

  test('nor a deeper one', () => {
    const list = Array.from({ length: 400 }, (_, at) => [
      { type: 'field_name_mapping', mapping: { [`a${at}`]: [`b${at}`, 'z'] } },
      { type: 'extract_fields', field_to_parse: [`b${at}`], regex: `(?P<a${at + 1}>x)(?P<y>x?)` },
      {
        type: 'set_value',
        value: 'xx',
        field_name_conditions: [{ type: 'include_fields', fields: [`a${at + 1}`] }],
      },
    ]).flat();
    expect(() => inTime(() => pipe([pipelineOf(list)], { a0: 'xx' }))).toThrow('levels deep');
  });
});

test('no expression takes long', () => {
  const text = (regex: string) =>
    `transformations: [{type: replace_string, regex: '${regex}', replacement: x}]`;
  for (const regex of ['(a*)*b', '(a|a)*b', '(?:a?){50}a{50}', '(.*a){20}']) {
    const pipeline = pipelineOf([{ type: 'replace_string', regex, replacement: 'x' }]);
    inTime(() => pipe([pipeline], { f: `${'a'.repeat(2_000)}c` }));
  }
  expect(failsWith(loadMapping(text('(?<!a)b')))).toEqual(['mapping/bad-pipeline']);
});

test('any bytes are a mapping or none, with a reason', () => {
  const pieces = [
    'transformations:',
    ' [',
    '{',
    'type: ',
    'nest',
    'case',
    '}',
    ']',
    '\n',
    '  - ',
    'items: ',
    '&a ',
    '*a',
    "'",
    '"',
    ': ',
    'null',
    '|',
    '>',
    '#',
    '%',
    '\t',
    'é',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 30 }), (parts) => {
      const text = parts.join('');
      const outcome = inTime(() => loadMapping(text));
      if (!outcome.ok) expect(outcome.diagnostics.length).toBeGreaterThan(0);
      for (const found of outcome.diagnostics) expect(told(found, text)).toBe('');
    }),
    { numRuns: 1_000 },
  );
});

test('no message is longer than anybody reads', () => {
  const long = 'x'.repeat(5_000);
  const texts = [
    `${long}: 1\nvars: {}`,
    `transformations: [{type: ${long}}]`,
    `transformations: [{type: case, method: ${long}}]`,
    `allowed_backends: [${long}]\ntransformations: []`,
    `transformations: [{id: ${long}, type: map_string, mapping: {a: b}}]`,
  ];
  for (const text of texts)
    for (const found of loadMapping(text).diagnostics) expect(told(found, text)).toBe('');
  const strict = pipelineOf([{ id: long, type: 'strict_field_mapping_failure' }]);
  const fields = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`field${at}`, 1]));
  try {
    pipe([strict], fields);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    for (const found of error.diagnostics) expect(told(found, '')).toBe('');
  }
});
