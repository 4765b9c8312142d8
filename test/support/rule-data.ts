import fc from 'fast-check';
import { stringify as toToml } from 'smol-toml';
import { stringify as toYaml } from 'yaml';

import type { Json, JsonObject } from '../../src/rule/json.ts';
import { objectOf } from '../../src/rule/json.ts';

/** What texts of rules hold, and what breaks writers: quotes, escapes, line ends, blanks at the ends, nothing. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ maxLength: 6, unit: 'grapheme' }),
  fc.constantFrom(
    '',
    ' ',
    ' a ',
    'a\n',
    '\na\n\nb',
    'a\tb',
    'a\\b\\',
    '"a"',
    "it's",
    "'''",
    '"""',
    'a\'\'\'b"""c',
    'a\r\nb',
    '\u0000\u0001\u007f\u0085\u2028',
    '😀 é 中',
    '# no comment',
    '- a: b',
    '~',
    'null',
    'true',
    '1.0',
    '2024-01-31',
    '__proto__',
    'constructor',
    '{{a.b}} %d',
  ),
);
const filled = anyText.map((text) => `A ${text}`);
const texts = fc.array(anyText, { maxLength: 3 });
const key = fc.oneof(
  fc.constantFrom(
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'a.b',
    'a/b',
    '~',
    ' ',
    'a',
    'x-y',
  ),
  fc.string({ minLength: 1, maxLength: 5 }),
);

/** Data of nobody's, without null, which TOML has not. */
const own: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    anyText,
    fc.integer({ min: -9, max: 1_000_000 }),
    fc.boolean(),
    fc.array(tie('value'), { maxLength: 2 }),
    fc.array(fc.tuple(key, tie('value')), { maxLength: 3 }).map((entries): Json => objectOf(entries)),
  ),
})).value;
const withNull = fc.oneof({ weight: 3, arbitrary: own }, { weight: 1, arbitrary: fc.constant(null) });

const extras = (value: fc.Arbitrary<Json>) =>
  fc.array(
    fc.tuple(
      key
        .filter((name) => !['type', 'meta', 'id', 'name', 'rulecast', 'data', 'rules'].includes(name))
        .map((name) =>
          name.startsWith('__') || name.startsWith('c') || name.startsWith('t') || name.startsWith('h')
            ? name
            : `x ${name}`,
        ),
      value,
    ),
    { maxLength: 2 },
  );

const sayable = {
  eql: [
    'process where process.name == "a.exe"',
    'process where process.args : ("a*", "b\\\\c") and not user.name == "x"\n',
    'sequence by host.id with maxspan=1m\n  [process where process.name == "a"]\n  [file where file.name == "b"]',
  ],
  kuery: [
    'process.name: "a.exe"',
    'event.category:process and process.args:(a* or "b c") and not user.name:x\n',
    'a:* or b >= 3',
  ],
  lucene: ['process.name:a.exe AND NOT user.name:/x.*/'],
  esql: ['FROM logs-* METADATA _id\n| WHERE process.name == "a" | LIMIT 5'],
} as const;
type Language = keyof typeof sayable;

const asks = (...languages: readonly Language[]) =>
  fc
    .constantFrom(...languages)
    .chain((language) => fc.constantFrom(...sayable[language]).map((query) => ({ language, query })));

/** What each type of the detection engine says of itself. */
const types: readonly fc.Arbitrary<JsonObject>[] = [
  asks('eql').map((ask) => ({ type: 'eql', ...ask })),
  asks('kuery', 'lucene').map((ask) => ({ type: 'query', ...ask })),
  asks('esql').map((ask) => ({ type: 'esql', ...ask })),
  // What goes without saying, and what says nothing.
  fc.constantFrom<JsonObject>(
    { type: 'query', query: 'process.name: "a"' },
    { type: 'query' },
    { type: 'query', language: 'kuery', query: '' },
    { type: 'eql', language: 'eql', query: '' },
    { type: 'clairvoyance', query: 'a', sees: ['b'] },
  ),
  fc.tuple(asks('kuery'), anyText).map(([ask, saved_id]) => ({ type: 'saved_query', saved_id, ...ask })),
  fc
    .tuple(
      asks('kuery'),
      fc.constantFrom<Json>([], ['host.id'], ['host.id', 'user.name']),
      fc.integer({ min: 1, max: 9 }),
    )
    .map(([ask, field, value]) => ({ type: 'threshold', ...ask, threshold: { field, value } })),
  fc.tuple(asks('kuery', 'lucene'), fc.constantFrom('now-7d', 'now-14d')).map(([ask, since]) => ({
    type: 'new_terms',
    ...ask,
    new_terms_fields: ['user.name', 'host.id'],
    history_window_start: since,
  })),
  fc.tuple(asks('kuery'), filled).map(([ask, path]) => ({
    type: 'threat_match',
    ...ask,
    threat_index: ['filebeat-*'],
    threat_query: '*:*',
    threat_language: 'kuery',
    threat_indicator_path: path,
    threat_mapping: [{ entries: [{ field: 'a', type: 'mapping', value: 'b' }] }],
  })),
  fc.tuple(texts, fc.integer({ min: 0, max: 100 })).map(([jobs, score]) => ({
    type: 'machine_learning',
    anomaly_threshold: score,
    machine_learning_job_id: jobs,
  })),
];

const named = (id: string, name: string) => ({ id, name, reference: `https://attack.mitre.org/${id}/` });
const threat = fc.constantFrom<Json>(
  [],
  [{ framework: 'MITRE ATT&CK', tactic: named('TA0002', 'Execution'), technique: [] }],
  [
    {
      framework: 'MITRE ATT&CK',
      tactic: named('TA0002', 'Execution'),
      technique: [named('T1059', 'Command and Scripting Interpreter')],
    },
  ],
);

function envelope(value: fc.Arbitrary<Json>): fc.Arbitrary<JsonObject> {
  const optional: Record<string, fc.Arbitrary<Json>> = {
    author: texts,
    false_positives: texts,
    references: texts,
    tags: texts,
    index: texts,
    note: anyText,
    setup: anyText,
    license: anyText,
    from: fc.constantFrom('now-9m', 'now-1h'),
    interval: fc.constantFrom('5m', '1h'),
    max_signals: fc.integer({ min: 1, max: 1000 }),
    threat,
    rule_name_override: anyText,
    timestamp_override: anyText,
    building_block_type: fc.constant('default'),
    filters: fc.constantFrom<Json>(
      [],
      [{ meta: { negate: true }, query: { match_phrase: { 'user.name': 'x' } } }],
    ),
    risk_score_mapping: fc.constantFrom<Json>([], [{ field: 'a', operator: 'equals', value: '' }]),
    investigation_fields: texts.map((field_names) => ({ field_names })),
  };
  return fc
    .tuple(
      fc.record(
        {
          rule_id: fc.uuid(),
          name: filled,
          description: filled,
          risk_score: fc.integer({ min: 0, max: 100 }),
          severity: fc.constantFrom('low', 'medium', 'high', 'critical'),
          ...optional,
        },
        { requiredKeys: ['rule_id', 'name', 'description', 'risk_score', 'severity'] },
      ) as fc.Arbitrary<JsonObject>,
      extras(value),
      fc.oneof(...types),
    )
    .map(([fields, more, type]) => objectOf([...Object.entries(fields), ...Object.entries(type), ...more]));
}

/** A rule line of Kibana's, as data and as text. */
export const kibanaLine = envelope(withNull).map((data) => ({ data, text: `${JSON.stringify(data)}\n` }));

/** In files, what a rule of new terms looks for stands in a table. */
function withTable({ new_terms_fields, history_window_start, ...rule }: JsonObject): JsonObject {
  if (new_terms_fields === undefined || history_window_start === undefined) return rule;
  const since = [{ field: 'history_window_start', value: history_window_start }];
  const table = { field: 'new_terms_fields', value: new_terms_fields, history_window_start: since };
  return objectOf([...Object.entries(rule), ['new_terms', table]]);
}

const day = fc.constantFrom<Json>('2024/01/31', '2024/02/01', '2024-02-01', 'soon', '', 7);
const days = fc.tuple(day, day).map(([created, updated]): [string, Json][] => [
  ['creation_date', created],
  ['updated_date', updated],
]);

/** A rule file of Elastic's. */
export const elasticFile = fc
  .tuple(envelope(own), days, extras(own), extras(own))
  .map(([rule, said, more, beside]) => {
    const metadata = objectOf([...said, ['maturity', 'production'], ...more]);
    const data = objectOf([
      ['metadata', metadata],
      ['rule', withTable(rule)],
      ...(beside.length > 0 ? [['others', objectOf(beside)] as const] : []),
    ]);
    return { data, text: toToml(data) };
  });

const search = fc.constantFrom<JsonObject>(
  { selection: { 'Image|endswith': '\\a.exe' }, condition: 'selection' },
  {
    selection: { CommandLine: ['a*', 'b?c'], User: null },
    filter: { 'Image|re': 'x.*' },
    condition: 'selection and not filter',
  },
  { keywords: ['a word'], condition: 'keywords' },
  { selection: { 'a|fieldref': 'b' }, condition: '1 of sel*' },
);

/** A Sigma rule. */
export const sigmaFile = fc
  .tuple(
    fc.record(
      {
        title: filled,
        id: fc.uuid(),
        status: fc.constantFrom('stable', 'test', 'experimental', 'deprecated', 'unsupported'),
        description: anyText,
        author: anyText,
        date: fc.constantFrom('2024-01-31', '2024/01/31'),
        references: texts,
        tags: fc.subarray(['attack.t1059', 'attack.execution', 'cve.2024.1', 'own.tag']),
        fields: texts,
        falsepositives: texts,
        level: fc.constantFrom('informational', 'low', 'medium', 'high', 'critical'),
        license: anyText,
        scope: texts,
      },
      { requiredKeys: ['title', 'id'] },
    ) as fc.Arbitrary<JsonObject>,
    fc.constantFrom<JsonObject>(
      { category: 'process_creation', product: 'windows' },
      { product: 'linux', service: 'x' },
      { category: 'process_creation', product: 'windows', definition: 'd', own: 'o' },
    ),
    search,
    extras(withNull),
  )
  .map(([fields, logsource, detection, more]) => {
    const data = objectOf([
      ...Object.entries(fields),
      ['logsource', logsource],
      ['detection', detection],
      ...more,
    ]);
    return { data, text: toYaml(data, { schema: 'core' }) };
  });
