import { describe, expect, test } from 'vitest';

import { loadMapping } from '../../../src/mapping/load.ts';
import { isPipeline } from '../../../src/mapping/pipeline/pipeline.ts';
import { must } from '../../support/laws.ts';
import { inTime, told } from '../../support/outcome.ts';

/** A pipeline of one transformation. */
const one = (text: string) => `transformations:\n  - ${text}\n`;

describe('a mapping is taken for a pipeline by its content', () => {
  test.each([
    ['transformations', 'transformations: []', true],
    ['postprocessing alone', 'postprocessing: []', true],
    ['finalizers alone', 'finalizers: []', true],
    ['vars alone', 'vars: {a: [b]}', true],
    ['JSON', '{"name": "x", "priority": 5, "transformations": []}', true],
    ['a table', 'title: x\nversion: 1\nfields: []', false],
  ])('%s', (_, text, is) => {
    expect(isPipeline(must(loadMapping(text)))).toBe(is);
  });

  test('and is none if it says anything of a table', () => {
    const outcome = loadMapping('transformations: []\nversion: 1');
    expect(outcome.diagnostics.map(({ code }) => code)).toContain('mapping/bad-table');
  });
});

/** What is wrong, the text, what stands at the place of the finding, and what the finding says. */
const mistakes: readonly (readonly [string, string, string, string])[] = [
  ['an unknown key', 'transformation: []\nvars: {}', 'transformation', 'did you mean "transformations"'],
  ['a priority that is no number', 'priority: high\nvars: {}', 'high', 'a whole number is needed'],
  [
    'transformations that are no list',
    'transformations: {a: b}',
    '{a: b}',
    'a list is needed, and this is a map',
  ],
  ['a transformation that is no map', one('drop_detection_item'), 'drop_detection_item', 'a map is needed'],
  ['a transformation without a type', one('{id: a}'), '{id: a}', 'transformation 1 needs "type"'],
  [
    'an unknown type',
    one('{type: field_name_maping, mapping: {}}'),
    'type',
    'did you mean "field_name_mapping"',
  ],
  [
    'a type that every object has',
    one('{type: constructor}'),
    'type',
    'No transformation is of type "constructor"',
  ],
  [
    'a missing parameter',
    one('{type: field_name_prefix}'),
    '{type: field_name_prefix}',
    '"field_name_prefix" needs "prefix"',
  ],
  [
    'a misspelt parameter',
    one('{type: field_name_mapping, maping: {a: b}}'),
    'maping',
    'did you mean "mapping"',
  ],
  [
    'a parameter of another type',
    one('{type: drop_detection_item, mapping: {a: b}}'),
    'mapping',
    '"drop_detection_item" has no "mapping"',
  ],
  [
    'a value that is no text',
    one('{type: field_name_prefix, prefix: [a]}'),
    '[a]',
    'a value is needed, and this is a list',
  ],
  ['a value that is none of the words', one('{type: case, method: lowr}'), 'lowr', 'did you mean "lower"'],
  [
    'a flag that is none',
    one('{type: add_condition, conditions: {a: 1}, negated: "yes"}'),
    '"yes"',
    'true or false',
  ],
  [
    'a log source without a word',
    one('{type: change_logsource}'),
    '{type: change_logsource}',
    'a category, a product or a service',
  ],
  [
    'a prefix for searches in all fields',
    one('{type: field_name_prefix_mapping, mapping: {null: a}}'),
    '{null: a}',
    'no name with a prefix',
  ],
  ['a number that is none', one('{type: set_value, value: x, force_type: num}'), 'x', '"x" is no number'],
  [
    'both include and exclude',
    one('{type: value_placeholders, include: [a], exclude: [b]}'),
    'exclude',
    'can not both be said',
  ],
  ['nothing to add', one('{type: add_condition, conditions: {}}'), 'conditions', 'Nothing is asked'],
  ['an unknown modifier', one('{type: add_condition, conditions: {a|contans: b}}'), 'contans', 'contains'],
  [
    'a value that a modifier can not have',
    one('{type: add_condition, conditions: {a|cidr: b}}'),
    'b',
    '"b" is no network',
  ],
  [
    'an unknown condition',
    one('{type: drop_detection_item, rule_conditions: [{type: logsorce}]}'),
    'type',
    'did you mean "logsource"',
  ],
  [
    'a condition of another sort',
    one('{type: drop_detection_item, rule_conditions: [{type: include_fields, fields: [a]}]}'),
    'type',
    'No condition of this sort',
  ],
  [
    'a condition that lacks something',
    one('{type: drop_detection_item, detection_item_conditions: [{type: is_null}]}'),
    '{type: is_null}',
    'needs "cond"',
  ],
  [
    'a condition that has too much',
    one('{type: drop_detection_item, rule_conditions: [{type: is_sigma_rule, tag: a}]}'),
    'tag',
    'A condition has no "tag"',
  ],
  [
    'a word beside an expression',
    one(
      '{type: drop_detection_item, rule_cond_op: or, rule_cond_expr: a, rule_conditions: {a: {type: is_sigma_rule}}}',
    ),
    'rule_cond_op',
    'says it again',
  ],
  [
    'an expression over a list',
    one('{type: drop_detection_item, rule_cond_expr: a, rule_conditions: [{type: is_sigma_rule}]}'),
    'rule_conditions',
    'must be a map',
  ],
  [
    'a condition that is never used',
    one(
      '{type: drop_detection_item, rule_cond_expr: a, rule_conditions: {a: {type: is_sigma_rule}, b: {type: is_sigma_rule}}}',
    ),
    'a',
    '"b" is never used',
  ],
  [
    'a condition that is not there',
    one(
      '{type: drop_detection_item, rule_cond_expr: not window, rule_conditions: {windows: {type: is_sigma_rule}}}',
    ),
    'window',
    'did you mean "windows"',
  ],
  [
    'an expression that goes on',
    one(
      '{type: drop_detection_item, rule_cond_expr: a b, rule_conditions: {a: {type: is_sigma_rule}, b: {type: is_sigma_rule}}}',
    ),
    'b',
    'can not stand here',
  ],
  [
    'a parenthesis that is never closed',
    one('{type: drop_detection_item, rule_cond_expr: (a, rule_conditions: {a: {type: is_sigma_rule}}}'),
    '',
    'never closed',
  ],
  [
    'an expression that ends too early',
    one('{type: drop_detection_item, rule_cond_expr: a and, rule_conditions: {a: {type: is_sigma_rule}}}'),
    '',
    'ends where a name is needed',
  ],
  [
    'an `or` over no conditions of tests',
    one('{type: drop_detection_item, detection_item_cond_op: or}'),
    'detection_item_cond_op',
    'nothing would ever be changed',
  ],
  [
    'a level that there is not',
    one(
      '{type: drop_detection_item, rule_conditions: [{type: rule_attribute, attribute: level, value: hig}]}',
    ),
    'hig',
    'did you mean "high"',
  ],
  [
    'a tag that is none',
    one('{type: drop_detection_item, rule_conditions: [{type: tag, tag: t1059}]}'),
    't1059',
    'is no tag',
  ],
  [
    'a date that is none',
    one(
      '{type: drop_detection_item, rule_conditions: [{type: rule_attribute, attribute: date, value: today}]}',
    ),
    'today',
    'is no date',
  ],
  ['look-around', one("{type: replace_string, replacement: a, regex: 'ab(?=c)'}"), '(?=', 'look-around'],
  [
    'a reference to a group',
    one("{type: replace_string, replacement: a, regex: '(a)\\1'}"),
    '\\1',
    'a reference to a group',
  ],
  [
    'a possessive repeat',
    one("{type: replace_string, replacement: a, regex: 'xa++'}"),
    '++',
    'a possessive repeat',
  ],
  [
    'an atomic group',
    one("{type: replace_string, replacement: a, regex: 'x(?>a)'}"),
    '(?>',
    'an atomic group',
  ],
  [
    'a verbose expression',
    one("{type: replace_string, replacement: a, regex: '(?x)a'}"),
    '(?x)',
    'the flag "x"',
  ],
  [
    'an unknown escape',
    one("{type: replace_string, replacement: a, regex: 'a\\y'}"),
    '\\y',
    'has the escape "\\y"',
  ],
  [
    'an expression that does not hold together',
    one("{type: replace_string, replacement: a, regex: '(a'}"),
    '(a',
    'does not hold together',
  ],
  [
    'a class that is never closed',
    one("{type: replace_string, replacement: a, regex: 'x[ab'}"),
    '[',
    'never closed',
  ],
  [
    'an expression that ends in an escape',
    one("{type: replace_string, replacement: a, regex: 'a\\'}"),
    '\\',
    'ends within an escape',
  ],
  [
    'more repeats than are searched for',
    one("{type: replace_string, replacement: a, regex: 'a{2000}'}"),
    'a{2000}',
    'more than is searched for',
  ],
  [
    'a group that the expression does not have',
    one("{type: replace_string, regex: '(a)', replacement: 'x\\2'}"),
    '\\2',
    'asks for the group "2"',
  ],
  [
    'a name that no group has',
    one("{type: replace_string, regex: '(a)', replacement: 'x\\g<b>'}"),
    '\\g<b>',
    'asks for the group "b"',
  ],
  [
    'an unknown escape of a replacement',
    one("{type: replace_string, regex: a, replacement: 'x\\y'}"),
    '\\y',
    'is not known',
  ],
  [
    'an expression that extracts nothing',
    one("{type: extract_fields, regex: '(a)'}"),
    "'(a)'",
    'no group with a name',
  ],
  [
    'an expression among names',
    one(
      "{type: drop_detection_item, field_name_conditions: [{type: include_fields, mode: re, fields: [a, '(b']}]}",
    ),
    '(b',
    'does not hold together',
  ],
  ['something unknown behind the query', 'postprocessing: [{type: embedd}]', 'type', 'did you mean "embed"'],
  [
    'too much behind the query',
    'finalizers: [{type: concat, seperator: a}]',
    'seperator',
    'did you mean "separator"',
  ],
  ['a mistake within a nest', one('{type: nest, items: [{type: case, method: x}]}'), 'x', 'is none of lower'],
];

describe('a mistake is told with its place', () => {
  test.each(mistakes)('%s', (_, text, place, message) => {
    const outcome = loadMapping(text);
    expect(outcome.ok).toBe(false);
    const [found] = outcome.diagnostics;
    expect(found?.message).toContain(message);
    expect(text.slice(found?.span?.start, found?.span?.end)).toBe(place);
    expect(['mapping/bad-pipeline', 'parse/bad-modifier', 'parse/bad-value']).toContain(found?.code);
    for (const one of outcome.diagnostics) expect(told(one, text)).toBe('');
  });

  test('all of them at once', () => {
    const text =
      'nam: x\npriority: a\ntransformations:\n  - {type: cas}\n  - {type: case, method: x, rule_conditions: [{type: y}]}\n';
    const outcome = loadMapping(text);
    expect(outcome.diagnostics.map(({ span }) => text.slice(span?.start, span?.end))).toEqual([
      'a',
      'type',
      'x',
      'type',
      'nam',
    ]);
  });
});

describe('what could do harm is refused by name', () => {
  test.each([
    ['command_placeholders', 'transformations', 'runs a command'],
    ['http_placeholders', 'transformations', 'reaches a network'],
    ['file_placeholders', 'transformations', 'reads a file'],
    ['field_name_transform', 'transformations', 'is a function of Python'],
    ['query_expression_placeholders', 'transformations', 'can not be checked'],
    ['template', 'postprocessing', 'a template of Jinja'],
    ['template', 'finalizers', 'a template of Jinja'],
  ])('%s in %s', (type, key, why) => {
    const text = `${key}:\n  - type: ${type}\n    cmd: rm\n    path: /etc/passwd\n    url: http://localhost\n`;
    const outcome = loadMapping(text);
    expect(outcome.ok).toBe(false);
    expect(outcome.diagnostics.map(({ code }) => code)).toEqual(['mapping/unsafe-pipeline']);
    expect(outcome.diagnostics[0]?.message).toContain(why);
    expect(text.slice(outcome.diagnostics[0]?.span?.start)).toMatch(/^type: /);
  });

  test('also within a nest', () => {
    const outcome = loadMapping(one('{type: nest, items: [{type: command_placeholders, cmd: id}]}'));
    expect(outcome.diagnostics.map(({ code }) => code)).toEqual(['mapping/unsafe-pipeline']);
    const dressed = loadMapping('postprocessing: [{type: nest, items: [{type: template, template: x}]}]');
    expect(dressed.diagnostics.map(({ code }) => code)).toEqual(['mapping/unsafe-pipeline']);
  });
});

test('what dresses the text of queries is left out, and told of', () => {
  const text = `transformations: []
postprocessing:
  - {type: embed, prefix: '[', suffix: ']', id: a, rule_conditions: [{type: is_sigma_rule}]}
  - {type: simple_template, template: '{query}'}
  - {type: replace, pattern: '(?<=a)b', replacement: c}
  - {type: json, json_template: '{"q": "%QUERY%"}'}
  - {type: nest, items: [{type: embed, prefix: x}]}
finalizers:
  - {type: concat, separator: ';'}
  - {type: json, indent: 2}
  - {type: yaml}
  - {type: nested, finalizers: [{type: concat}]}
`;
  const outcome = loadMapping(text);
  expect(outcome.ok).toBe(true);
  expect(outcome.diagnostics.map(({ code, span }) => [code, text.slice(span?.start, span?.end)])).toEqual([
    ['mapping/left-out', 'postprocessing'],
    ['mapping/left-out', 'finalizers'],
  ]);
});

test('a pipeline for other targets is told of', () => {
  const foreign = loadMapping('allowed_backends: [splunk]\ntransformations: []');
  expect(foreign.diagnostics.map(({ code }) => code)).toEqual(['mapping/assumption']);
  expect(loadMapping('allowed_backends: [splunk, lucene]\ntransformations: []').diagnostics).toEqual([]);
});

describe('no text takes long or breaks it', () => {
  const bomb = `vars:\n  a: &a [x, x, x, x, x, x, x, x, x, x]\n${[...'bcdefgh']
    .map((name, at) => `  ${name}: &${name} [${Array(10).fill(`*${'abcdefgh'[at]}`).join(', ')}]`)
    .join('\n')}\n`;
  const deep = `transformations: ${'[{type: nest, items: '.repeat(60)}[]${'}]'.repeat(60)}`;
  const parentheses = one(
    `{type: drop_detection_item, rule_cond_expr: ${'('.repeat(5_000)}a${')'.repeat(5_000)}, rule_conditions: {a: {type: is_sigma_rule}}}`,
  );
  const nots = one(
    `{type: drop_detection_item, rule_cond_expr: ${'not '.repeat(5_000)}a, rule_conditions: {a: {type: is_sigma_rule}}}`,
  );
  test.each([
    ['aliases of aliases', bomb, 'parse/alias-bomb'],
    ['nests in nests', deep, 'parse/too-deep'],
    ['lists in lists', `vars: ${'['.repeat(20_000)}`, 'parse/too-deep'],
    ['parentheses', parentheses, 'mapping/bad-pipeline'],
    ['negations', nots, 'mapping/bad-pipeline'],
    [
      'groups',
      one(`{type: replace_string, replacement: a, regex: '${'('.repeat(2_000)}'}`),
      'mapping/bad-pipeline',
    ],
    [
      'long expressions',
      one(`{type: replace_string, replacement: a, regex: '${'a?'.repeat(3_000)}'}`),
      'mapping/bad-pipeline',
    ],
    [
      'repeats of repeats',
      one("{type: replace_string, replacement: a, regex: '((a{100}){100}){100}'}"),
      'mapping/bad-pipeline',
    ],
    ['two documents', 'transformations: []\n---\ntransformations: []', 'parse/unexpected'],
    ['an alias of nothing', 'vars: {a: *b}', 'parse/unexpected'],
  ])('%s', (_, text, code) => {
    const outcome = inTime(() => loadMapping(text));
    expect(outcome.diagnostics.map((found) => found.code)).toContain(code);
    for (const found of outcome.diagnostics) expect(told(found, text)).toBe('');
  });
});
