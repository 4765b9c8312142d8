import fc from 'fast-check';

import type { JsonObject } from '../../src/rule/json.ts';
import type { Detection, Pack, Rule } from '../../src/rule/rule.ts';

const text = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.constantFrom('', 'constructor', '__proto__', 'a\nb', 'ä\u2028"\\', '\ud800', 'null'),
);
const texts = fc.array(text, { maxLength: 3 });
const number = fc.integer({ min: 0, max: 100 });
/** JSON as a file can hold it: no negative zero, which no text gives back. */
const json = fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)));
const jsons = fc.array(json, { maxLength: 2 });
const map = fc
  .dictionary(text, json, { maxKeys: 3 })
  .map((value): JsonObject => JSON.parse(JSON.stringify(value)));
const languages = fc.constantFrom('kuery', 'lucene', 'eql', 'esql');

/** Some of the properties, each there or not. */
function some<T extends object>(of: { [K in keyof T]-?: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> {
  return fc.record(of, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;
}

const named = fc.record({ id: text, name: text, reference: text });
const technique = fc.record(
  { id: text, name: text, reference: text, subtechniques: fc.array(named, { maxLength: 2 }) },
  { requiredKeys: ['id', 'name', 'reference'] },
);
const threat = fc.record(
  { framework: text, tactic: named, techniques: fc.array(technique, { maxLength: 2 }) },
  { requiredKeys: ['framework'] },
);

const query = fc.record({ language: languages, text }, { requiredKeys: ['text'] });
const searching = some({ query, filters: jsons });

function kind<K extends Detection['kind']>(
  name: K,
  required: object,
  optional: object = {},
): fc.Arbitrary<Detection> {
  return fc
    .tuple(fc.record(required), fc.record(optional, { requiredKeys: [] }), searching)
    .map(([must, may, search]) => ({ kind: name, ...must, ...may, ...search }) as unknown as Detection);
}

/** Every kind of detection that the detection engine knows. */
export const engineDetection: fc.Arbitrary<Detection> = fc.oneof(
  kind('query', {}),
  kind('saved-query', { savedId: text }),
  kind(
    'threshold',
    { fields: fc.oneof(text, texts), value: number },
    { cardinality: fc.array(fc.record({ field: text, value: number }), { maxLength: 2 }) },
  ),
  kind('new-terms', { fields: texts, since: text }),
  kind(
    'indicator-match',
    { indicatorIndices: texts, mapping: jsons },
    { indicatorQuery: query, indicatorFilters: jsons, indicatorPath: text },
  ),
  fc.record({
    kind: fc.constant('machine-learning' as const),
    jobs: fc.oneof(text, texts),
    anomalyThreshold: number,
  }),
);

const correlation: fc.Arbitrary<Detection> = fc.record(
  {
    kind: fc.constant('correlation' as const),
    type: text,
    rules: texts,
    groupBy: texts,
    timespan: text,
    condition: fc.oneof(map, text),
    aliases: fc.dictionary(text, fc.dictionary(text, text, { maxKeys: 2 }), { maxKeys: 2 }),
    generate: fc.boolean(),
  },
  { requiredKeys: ['kind', 'type', 'rules'] },
);

export const anyDetection: fc.Arbitrary<Detection> = fc.oneof(
  engineDetection,
  correlation,
  kind('other', { type: text }),
);

const formats = fc.constantFrom('elastic', 'sigma', 'kibana', 'native', 'constructor', '__proto__');

export function ruleWith(detection: fc.Arbitrary<Detection>): fc.Arbitrary<Rule> {
  const properties = some<Omit<Rule, 'detection' | 'carry'>>({
    id: text,
    name: text,
    title: text,
    description: text,
    severity: fc.constantFrom('informational', 'low', 'medium', 'high', 'critical'),
    riskScore: number,
    status: fc.constantFrom('stable', 'test', 'experimental', 'deprecated', 'unsupported'),
    authors: texts,
    license: text,
    created: fc.constantFrom('2024-02-03', '2024-02-03T04:05:06.789Z'),
    modified: fc.constantFrom('2024-02-04', '2024-02-04T04:05:06.789Z'),
    references: texts,
    falsePositives: texts,
    tags: texts,
    threat: fc.array(threat, { maxLength: 2 }),
    related: fc.array(fc.record({ id: text, type: text }), { maxLength: 2 }),
    fields: texts,
    logSource: some({ category: text, product: text, service: text, definition: text, rest: map }),
    taxonomy: text,
    indices: texts,
    engine: some({
      from: text,
      interval: text,
      note: text,
      version: number,
      meta: map,
      actions: jsons,
      related_integrations: jsons,
      required_fields: jsons,
    }) as fc.Arbitrary<JsonObject>,
    origin: fc.record({ language: languages, text, digest: text }),
  });
  const carry = fc.dictionary(formats, map, { maxKeys: 2 });
  return fc
    .tuple(properties, detection, carry)
    .map(([said, detection, carry]) => withoutUndefined({ ...said, detection, carry } as Rule));
}

export const anyPack: fc.Arbitrary<Pack> = fc.record({
  rules: fc.array(ruleWith(anyDetection), { maxLength: 3 }),
  filters: fc.array(fc.record({ format: formats, body: map }), { maxLength: 2 }),
  rest: fc.array(map, { maxLength: 2 }),
});

/** Plain data, as it comes from a file: prototypes and absences included. */
function withoutUndefined<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}
