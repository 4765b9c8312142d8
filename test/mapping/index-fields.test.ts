import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { readFields } from '../../src/convert/preflight/read-fields.ts';
import { findField } from '../../src/mapping/index-fields/find.ts';
import { indicesFor, overlap, shownName } from '../../src/mapping/index-fields/names.ts';
import { positionAt } from '../../src/source/source.ts';
import { kitchen } from '../support/mappings.ts';
import { told } from '../support/outcome.ts';

const readIn = (answer: unknown) => {
  const outcome = readFields(typeof answer === 'string' ? answer : JSON.stringify(answer));
  if (!outcome.ok) throw new Error(outcome.diagnostics[0]?.message);
  return outcome.value.indices;
};
/** Each index by its name, with the types of its fields; places are left out. */
const typesIn = (answer: unknown) =>
  readIn(answer).map(({ name, also, fields }) => [
    name,
    also,
    Object.fromEntries(
      [...fields].flatMap(([field, { type }]) => (type === 'object' ? [] : [[field, type]])),
    ),
  ]);

const small = { properties: { a: { properties: { b: { type: 'long' } } }, c: { type: 'keyword' } } };
const types = { 'a.b': 'long', c: 'keyword' };

describe('the ways in which Elasticsearch says how it keeps fields', () => {
  test.each<readonly [string, unknown, unknown]>([
    [
      '_mapping of indices',
      { x: { mappings: small }, y: { mappings: {} } },
      [
        ['x', [], types],
        ['y', [], {}],
      ],
    ],
    ['a mappings object', small, [[undefined, [], types]]],
    [
      'the body of an index',
      { mappings: small, settings: {}, aliases: { k: {} } },
      [[undefined, ['k'], types]],
    ],
    [
      'an index whole',
      { x: { aliases: { k: {} }, mappings: small, settings: {}, data_stream: 's' } },
      [['x', ['s', 'k'], types]],
    ],
    [
      'field capabilities',
      {
        indices: ['x', 'y'],
        fields: {
          c: { keyword: { type: 'keyword', searchable: true, aggregatable: true } },
          'a.b': {
            long: { type: 'long', searchable: true, aggregatable: true, indices: ['x'] },
            unmapped: { type: 'unmapped', searchable: false, aggregatable: false, indices: ['y'] },
          },
        },
      },
      [
        ['x', [], { c: 'keyword', 'a.b': 'long' }],
        ['y', [], { c: 'keyword' }],
      ],
    ],
    [
      'field capabilities of nobody',
      { fields: { c: { keyword: { type: 'keyword', searchable: true, aggregatable: true } } } },
      [[undefined, [], { c: 'keyword' }]],
    ],
    [
      'an index template',
      { index_patterns: ['k-*'], template: { mappings: small } },
      [[undefined, ['k-*'], types]],
    ],
    ['a component template', { template: { mappings: small } }, [[undefined, [], types]]],
    [
      'index templates by name',
      {
        index_templates: [
          { name: 't', index_template: { index_patterns: ['k-*'], template: { mappings: small } } },
        ],
      },
      [['t', ['k-*'], types]],
    ],
    [
      'component templates by name',
      { component_templates: [{ name: 't', component_template: { template: { mappings: small } } }] },
      [['t', [], types]],
    ],
    [
      'a template of the old kind',
      { t: { index_patterns: ['k-*'], mappings: small } },
      [['t', ['k-*'], types]],
    ],
    [
      'mappings of single fields',
      { x: { mappings: { 'a.b': { full_name: 'a.b', mapping: { b: { type: 'long' } } } } } },
      [['x', [], { 'a.b': 'long' }]],
    ],
    [
      'indices with odd names',
      { template: { mappings: small }, mappings: { mappings: small } },
      [
        ['template', [], types],
        ['mappings', [], types],
      ],
    ],
  ])('%s', (_, answer, expected) => {
    expect(typesIn(answer)).toEqual(expected);
  });

  test('templates take in the component templates that stand beside them', () => {
    const part = (type: string) => ({ template: { mappings: { properties: { c: { type } } } } });
    const answer = {
      component_templates: [
        { name: 'one', component_template: part('long') },
        { name: 'two', component_template: part('ip') },
      ],
      index_templates: [
        {
          name: 't',
          index_template: { index_patterns: ['k-*'], composed_of: ['one', 'two', 'gone'], template: {} },
        },
      ],
    };
    expect(typesIn(answer)).toEqual([['t', ['k-*'], { c: 'ip' }]]);
    expect(readIn(answer)[0]?.missing).toEqual(['gone']);
  });
});

describe('a field as a search finds it', () => {
  const [index] = readIn({ 'kitchen-stove': { mappings: kitchen } });
  const found = (name: string) => findField(name, index!);

  test('by its own name, an alias, a multi-field, a key of a flattened object, a part that passes through', () => {
    expect(found('process.name')?.field).toMatchObject({ type: 'keyword', limit: 1024 });
    expect(found('source.addr')).toMatchObject({ name: 'source.ip', field: { type: 'ip' } });
    expect(found('process.name.caseless')?.field).toMatchObject({ lowers: true });
    expect(found('labels.a.b')).toMatchObject({ keyOf: 'labels', field: { type: 'flattened', limit: 10 } });
    expect(found('colour')).toMatchObject({ name: 'attributes.colour' });
    expect(found('pots.size')).toMatchObject({ nested: 'pots' });
    expect(found('weekday')?.field).toEqual({ type: 'keyword', runtime: true });
  });

  test('names of the language are names like others', () => {
    expect(found('toString')).toBeUndefined();
    expect(found('constructor')?.field.type).toBe('long');
    const [caps] = readIn('{"fields":{"__proto__":{"long":{"type":"long","searchable":true}}}}');
    expect(findField('__proto__', caps!)?.field.type).toBe('long');
    const [mapped] = readIn('{"x":{"mappings":{"properties":{"__proto__":{"type":"ip"}}}}}');
    expect(findField('__proto__', mapped!)?.field.type).toBe('ip');
  });

  test('normalizers that lower case are known by their settings', () => {
    const settings = {
      index: { analysis: { normalizer: { low: { type: 'custom', filter: ['lowercase'] }, odd: {} } } },
    };
    const properties = {
      a: { type: 'keyword', normalizer: 'low' },
      b: { type: 'keyword', normalizer: 'odd' },
      c: { type: 'keyword', normalizer: 'lowercase' },
    };
    const [one] = readIn({ x: { mappings: { properties }, settings } });
    expect(['a', 'b', 'c'].map((name) => findField(name, one!)?.field.lowers)).toEqual([
      true,
      undefined,
      true,
    ]);
  });
});

describe('names of indices', () => {
  const indices = readIn(
    Object.fromEntries(
      [
        'plain-1',
        '.ds-logs-a.b-default-2026.01.02-000001',
        'partial-.ds-logs-c-default-2026.01.02-000003',
        'far:.ds-logs-d-default-2026.01.02-000001',
      ].map((name) => [name, { mappings: {} }]),
    ),
  );
  const namedBy = (...patterns: string[]) => {
    const { found, unmet } = indicesFor(patterns, indices);
    return [found.map(shownName), unmet];
  };

  test('fit patterns as Elasticsearch reads them', () => {
    expect(namedBy('plain-1')).toEqual([['plain-1'], []]);
    expect(namedBy('logs-a.b-*')).toEqual([['logs-a.b-default'], []]);
    expect(namedBy('logs-*')).toEqual([['logs-a.b-default', 'logs-c-default'], []]);
    expect(namedBy('logs-*,plain-*')).toEqual([['plain-1', 'logs-a.b-default', 'logs-c-default'], []]);
    expect(namedBy('logs-*::data', '-logs-c-*')).toEqual([['logs-a.b-default'], []]);
    expect(namedBy('-logs-c-*', 'logs-*')).toEqual([['logs-a.b-default', 'logs-c-default'], []]);
    expect(namedBy('far:logs-*')).toEqual([['logs-a.b-default', 'logs-c-default', 'far:logs-d-default'], []]);
    expect(namedBy('none-*', 'pl?in-1')).toEqual([[], ['none-*', 'pl?in-1']]);
    expect(namedBy('_all')[0]).toHaveLength(4);
  });

  test('two patterns overlap where one name fits both', () => {
    const part = fc.constantFrom('a', 'b', '-', '*');
    const patterns = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(''));
    const fits = (name: string, pattern: string) =>
      new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(name);
    const names = fc.array(fc.constantFrom('a', 'b', '-'), { maxLength: 5 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(patterns, patterns, names, (one, other, name) => {
        expect(overlap(one, other)).toBe(overlap(other, one));
        expect(overlap(one, name)).toBe(fits(name, one));
        if (fits(name, one) && fits(name, other)) expect(overlap(one, other)).toBe(true);
      }),
    );
    expect(overlap('a*b', 'ab*c')).toBe(false);
    expect(overlap('a*b*', '*c')).toBe(true);
  });
});

describe('what is none of these', () => {
  test.each([
    ['', '1:1 parse/unexpected'],
    ['{"a": 1,}', '1:9 parse/unexpected'],
    ['{"a": {"mappings": {}}} x', '1:25 parse/unexpected'],
    ['[1]', 'fields/bad-mapping'],
    ['{}', 'fields/bad-mapping'],
    ['{"error": {"type": "index_not_found_exception"}, "status": 404}', 'fields/bad-mapping'],
    ['{"x":\n {"mapping": {}}}', '2:2 fields/bad-mapping'],
    ['{"properties": {"a":\n 5}}', '2:2 fields/bad-mapping'],
    ['{"properties": {"a": {"type":\n 5}}}', '2:2 fields/bad-mapping'],
    ['{"fields": {"a": {"long":\n {}}}}', '2:2 fields/bad-mapping'],
    ['{"index_templates":\n 5}', '2:2 fields/bad-mapping'],
  ])('%s', (text, expected) => {
    const outcome = readFields(text);
    expect(outcome.ok).toBe(false);
    const [{ code, span }] = outcome.diagnostics as never as [(typeof outcome.diagnostics)[number]];
    const place = span ? positionAt(text, span.start) : undefined;
    expect(`${place ? `${place.line}:${place.column} ` : ''}${code}`).toBe(expected);
    for (const one of outcome.diagnostics) expect(told(one, text)).toBe('');
  });

  test('any JSON, and any text, ends in an outcome', () => {
    const words = fc.constantFrom(
      'mappings',
      'properties',
      'fields',
      'type',
      'template',
      'x',
      '__proto__',
      'runtime',
    );
    const { json } = fc.letrec((tie) => ({
      json: fc.oneof(
        { maxDepth: 5, withCrossShrink: true },
        fc.constantFrom<unknown>('keyword', 'nested', 5, null, true, []),
        fc.dictionary(words, tie('json'), { maxKeys: 4 }),
        fc.array(tie('json'), { maxLength: 2 }),
      ),
    }));
    const texts = fc.oneof(
      json.map((value) => JSON.stringify(value) ?? ''),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const outcome = readFields(text);
        if (!outcome.ok) expect(outcome.diagnostics).not.toEqual([]);
        for (const one of outcome.diagnostics) expect(told(one, text)).toBe('');
      }),
      { numRuns: 500 },
    );
  });

  test('what is nested too deep is told, and what is large is read', () => {
    const deep = `${'{"properties":{"a":'.repeat(5000)}{}${'}}'.repeat(5000)}`;
    expect(readFields(deep).ok).toBe(false);
    const properties = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, at) => [`f${at}`, { type: 'keyword' }]),
    );
    const start = performance.now();
    expect(readIn({ x: { mappings: { properties } } })[0]?.fields.size).toBe(20_000);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
