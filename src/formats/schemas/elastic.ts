import {
  anyText,
  choice,
  closed,
  type Fields,
  free,
  listOf,
  type Schema,
  some,
  spelled,
  text,
  textOrTexts,
  texts,
  truth,
  whole,
  word,
} from './build.ts';
import {
  cardinality,
  maps,
  riskScore,
  severity,
  suppressionByFields,
  suppressionByTime,
  threatMapping,
  whatEveryRuleMaySay,
} from './engine.ts';

const day = spelled('^\\d{4}/\\d{2}/\\d{2}$', 'a day such as 2024/01/31');

const metadata = closed(
  { creation_date: day, updated_date: day },
  {
    maturity: word('development', 'experimental', 'beta', 'production', 'deprecated'),
    integration: textOrTexts,
    min_stack_version: spelled('^\\d+\\.\\d+(?:\\.\\d+)?$', 'a version such as 8.3.0'),
    min_stack_comments: anyText,
    deprecation_date: day,
    deprecated_reason: anyText,
    bypass_bbr_timing: truth,
    promotion: truth,
    query_schema_validation: truth,
    os_type_list: listOf(word('windows', 'linux', 'macos')),
    related_endpoint_rules: texts,
    comments: anyText,
    extended: free,
  },
  'the metadata of a rule',
);

const named = (form: string, example: string) => ({
  id: text,
  name: text,
  reference: spelled(
    `^https://(?:attack\\.mitre\\.org/${form}/?|atlas\\.mitre\\.org/.+)$`,
    `an address such as https://attack.mitre.org/${example}/`,
  ),
});

const subtechnique = closed(named('techniques/T\\d+/\\d+', 'techniques/T1059/001'));
const technique = closed(named('techniques/T\\d+', 'techniques/T1059'), {
  subtechnique: listOf(subtechnique),
});
const threat = listOf(
  closed(
    {
      framework: word('MITRE ATT&CK', 'MITRE ATLAS'),
      tactic: closed(named('tactics/TA\\d+', 'tactics/TA0002')),
    },
    { technique: listOf(technique) },
  ),
);

const mapped = { operator: word('equals'), value: anyText };

/** A UUID. Two ids in use have a digit too many, and the format lets them be. */
export const idShape = '^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12,13}$';

const required = {
  author: texts,
  description: text,
  name: text,
  risk_score: riskScore,
  rule_id: spelled(idShape, 'a UUID in small letters'),
  severity,
};

const optional = {
  ...whatEveryRuleMaySay,
  building_block_type: word('default'),
  threat,
  setup: anyText,
  investigation_fields: closed({ field_names: listOf(text, some) }),
  risk_score_mapping: listOf(closed({ field: text }, mapped)),
  severity_mapping: listOf(closed({ field: text }, { ...mapped, severity })),
  filters: maps,
  actions: maps,
  response_actions: maps,
  related_integrations: listOf(closed({ package: text, version: text }, { integration: text })),
  required_fields: listOf(closed({ name: text, type: text, ecs: truth })),
  threat_mappings: listOf(closed({ framework: text, version: text, threat })),
  version: whole(1),
  revision: whole(0),
};

/** A rule's index patterns and its data view exclude each other. */
const oneSource = { dependencies: { index: { properties: { data_view_id: false } } } };
const sources = { index: listOf(text), data_view_id: text };
const language = word('kuery', 'lucene', 'eql', 'esql');

function rule(type: string, must: Fields, may: Fields = {}): Schema {
  const title = `a rule of type ${type}`;
  const made = closed({ type: { const: type }, ...required, ...must }, { ...optional, ...may }, title);
  return Object.hasOwn(may, 'index') ? { ...made, ...oneSource } : made;
}

const alert_suppression = suppressionByFields.file;
const searching = { ...sources, alert_suppression };

const newTerms = closed({
  field: word('new_terms_fields'),
  value: listOf(text, { minItems: 1, maxItems: 3 }),
  history_window_start: listOf(closed({ field: word('history_window_start'), value: text }), {
    minItems: 1,
    maxItems: 1,
  }),
});

const rules = [
  rule('query', { query: anyText, language }, searching),
  rule(
    'eql',
    { query: text, language: word('eql') },
    { ...searching, timestamp_field: text, event_category_override: text, tiebreaker_field: text },
  ),
  rule('esql', { query: text, language: word('esql') }, { alert_suppression }),
  rule(
    'threshold',
    {
      query: anyText,
      language,
      threshold: closed({ field: listOf(text, { maxItems: 5 }), value: whole(1) }, { cardinality }),
    },
    { ...sources, alert_suppression: suppressionByTime },
  ),
  rule(
    'threat_match',
    { query: anyText, language, threat_mapping: threatMapping(true), threat_index: listOf(text, some) },
    {
      ...searching,
      threat_query: anyText,
      threat_language: language,
      threat_filters: maps,
      threat_indicator_path: text,
      concurrent_searches: whole(1),
      items_per_search: whole(1),
    },
  ),
  rule('new_terms', { query: anyText, language, new_terms: newTerms }, searching),
  rule(
    'machine_learning',
    { anomaly_threshold: whole(0, 100), machine_learning_job_id: textOrTexts },
    { alert_suppression },
  ),
];

const provider = closed({
  excluded: truth,
  field: text,
  queryType: word('phrase', 'range'),
  value: anyText,
  valueType: word('string', 'boolean'),
});

const column = closed({}, { field: text, value: anyText });

const transform = closed(
  {},
  {
    osquery: listOf(
      closed({ label: text, query: text }, { ecs_mapping: { type: 'object', additionalProperties: column } }),
    ),
    investigate: listOf(
      closed(
        { label: text, providers: listOf(listOf(provider)) },
        { description: anyText, relativeFrom: text, relativeTo: text },
      ),
    ),
  },
);

/** A rule file of elastic/detection-rules, as data. */
export const elasticSchema = closed({ metadata, rule: choice('type', rules) }, { transform }, 'a rule file');
