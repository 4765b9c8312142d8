import { stringify as toToml } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { stringify as toYaml } from 'yaml';
import { acceptable } from '../../src/convert/fidelity.ts';
import type { FormatId } from '../../src/formats/format.ts';
import { elasticRules, fileSchema } from '../../src/formats/schemas/elastic.ts';
import { kibanaSchema } from '../../src/formats/schemas/kibana.ts';
import { ruleSchema } from '../../src/formats/schemas/sigma.ts';
import { check, convert, read } from '../../src/index.ts';
import type { Json } from '../../src/rule/json.ts';
import { ruleFields } from '../../src/rule/schema.ts';
import type { Choice } from '../../src/schema/build.ts';
import { told } from '../support/outcome.ts';
import { changedAt, type Path, valueAt } from '../support/places.ts';

/** The paths of all that a schema names, a list's elements under 0. */
function fieldsOf(schema: unknown, path: Path = []): readonly Path[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const {
    properties = {},
    items,
    oneOf = [],
  } = schema as {
    properties?: Record<string, unknown>;
    items?: unknown;
    oneOf?: readonly unknown[];
  };
  const own = Object.entries(properties).flatMap(([key, inner]) => [
    [...path, key],
    ...fieldsOf(inner, [...path, key]),
  ]);
  const parts = items === undefined ? [] : fieldsOf(items, [...path, 0]);
  const all = [...own, ...parts, ...oneOf.flatMap((one) => fieldsOf(one, path))];
  return [...new Map(all.map((each) => [each.join('\n'), each])).values()];
}

/** The fields of rules of every type. */
function fieldsOfTypes({ maps }: Choice, path: Path = []): readonly Path[] {
  const all = [...maps.values()].flatMap((map) => fieldsOf(map, path));
  return [...new Map(all.map((each) => [each.join('\n'), each])).values()];
}

const stack = { major: 9, minor: 2 };
const id = '00000000-0000-4000-8000-000000000001';
const eql = { type: 'eql', language: 'eql', query: 'process where process.name == "a"' };
const about = { name: 'A', description: 'B', risk_score: 21, severity: 'low', rule_id: id };

interface Subject {
  readonly rule: Json;
  readonly fields: readonly Path[];
  readonly print: (rule: Json) => string;
}

const inRule = (path: Path) => ['rules', 0, ...path];
const subjects: Readonly<Record<FormatId, Subject>> = {
  elastic: {
    rule: {
      metadata: { creation_date: '2024/01/31', updated_date: '2024/01/31' },
      rule: { ...about, ...eql },
    },
    fields: [...fieldsOf(fileSchema), ...fieldsOfTypes(elasticRules(stack), ['rule'])],
    print: (rule) => toToml(rule as object),
  },
  sigma: {
    rule: {
      title: 'A',
      id,
      logsource: { product: 'windows' },
      detection: { s: { a: 'b' }, condition: 's' },
      level: 'low',
    },
    fields: [...fieldsOf(ruleSchema), ['detection', 's'], ['detection', 's', 'a'], ['detection', 's', 0]],
    print: (rule) => toYaml(rule, { schema: 'core' }),
  },
  kibana: {
    rule: { ...about, ...eql },
    fields: fieldsOfTypes(kibanaSchema(stack).rule),
    print: (rule) => `${JSON.stringify(rule)}\n`,
  },
  native: {
    rule: {
      rulecast: 1,
      rules: [{ id, title: 'A', detection: { kind: 'query', query: { language: 'eql', text: eql.query } } }],
    },
    fields: [
      ...Object.keys(ruleFields).map((key) => inRule([key])),
      ...['kind', 'query', 'filters'].map((key) => inRule(['detection', key])),
      ...['language', 'text'].map((key) => inRule(['detection', 'query', key])),
      ...['rules', 'filters', 'rest'].map((key): Path => [key]),
    ],
    print: (rule) => JSON.stringify(rule),
  },
};

const wrong: readonly Json[] = [
  '',
  'constructor',
  '__proto__',
  7,
  -1.5,
  true,
  [],
  [[]],
  [''],
  [7],
  [{}],
  {},
  { a: 1 },
  null,
  [null],
];

/** In the place of the field, and of all that is not there on the way to it. */
function withValue(rule: Json, path: Path, value: Json): Json {
  const at = path.findIndex((_, index) => valueAt(rule, path.slice(0, index + 1)) === undefined);
  if (at === -1 || at === path.length - 1) return changedAt(rule, path, value);
  const inner = path
    .slice(at + 1)
    .reduceRight<Json>((held, step) => (step === 0 ? [held] : { [step]: held }), value);
  return changedAt(rule, path.slice(0, at + 1), inner);
}

const holdsNull = (value: Json) => value === null || (Array.isArray(value) && value[0] === null);

describe.each(Object.entries(subjects))(
  'a wrong value in a rule of %s',
  (format, { rule, fields, print }) => {
    test.each(fields.map((path) => ({ name: path.join('.'), path })))('for $name', ({ path }) => {
      for (const value of wrong) {
        if (format === 'elastic' && holdsNull(value)) continue;
        const text = print(withValue(rule, path, value));
        const pack = read(text);
        const found = [...pack.diagnostics, ...check(text)];
        if (!pack.ok) expect(pack.diagnostics.every(({ span }) => span !== undefined)).toBe(true);
        const to = format === 'sigma' ? 'elastic' : 'sigma';
        const outcome = convert(text, { to, allow: acceptable });
        expect(outcome.ok).toBe(pack.ok);
        for (const { text, diagnostics } of outcome.ok ? outcome.value.rules : []) {
          if (text === '') expect(diagnostics.length).toBeGreaterThan(0);
          for (const one of diagnostics) found.push(one);
        }
        for (const one of found)
          expect(told(one, text), `${JSON.stringify(value)}: ${JSON.stringify(one)}`).toBe('');
      }
    });
  },
);

test('there are fields of every format', () => {
  for (const { fields } of Object.values(subjects)) expect(fields.length).toBeGreaterThan(20);
});
