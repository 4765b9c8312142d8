import { isList, isObject, type Json, type JsonObject, objectOf } from '../../rule/json.ts';

/** A rule line as `_export` writes it begins with these, in this order … */
const shared = [
  'outcome',
  'alias_target_id',
  'alias_purpose',
  'id',
  'updated_at',
  'updated_by',
  'created_at',
  'created_by',
  'name',
  'tags',
  'interval',
  'enabled',
  'revision',
  'description',
  'risk_score',
  'severity',
  'building_block_type',
  'namespace',
  'note',
  'license',
  'output_index',
  'timeline_id',
  'timeline_title',
  'meta',
  'rule_name_override',
  'timestamp_override',
  'timestamp_override_fallback_disabled',
  'investigation_fields',
  'author',
  'false_positives',
  'from',
  'rule_id',
  'max_signals',
  'risk_score_mapping',
  'severity_mapping',
  'threat',
  'to',
  'references',
  'version',
  'exceptions_list',
  'immutable',
  'rule_source',
  'related_integrations',
  'required_fields',
  'response_actions',
  'setup',
];

/** … goes on with those of its type … */
const searching = ['type', 'language', 'index', 'data_view_id', 'query', 'filters'];

const ofType: ReadonlyMap<string, readonly string[]> = new Map([
  ['query', [...searching, 'saved_id']],
  ['saved_query', ['type', 'language', 'index', 'query', 'filters', 'saved_id', 'data_view_id']],
  ['eql', [...searching, 'timestamp_field', 'event_category_override', 'tiebreaker_field']],
  ['esql', ['type', 'language', 'query']],
  ['threshold', [...searching, 'saved_id', 'threshold']],
  [
    'threat_match',
    [
      ...searching,
      'saved_id',
      'threat_filters',
      'threat_query',
      'threat_mapping',
      'threat_language',
      'threat_index',
      'threat_indicator_path',
      'concurrent_searches',
      'items_per_search',
    ],
  ],
  ['machine_learning', ['type', 'anomaly_threshold', 'machine_learning_job_id']],
  [
    'new_terms',
    [
      'type',
      'query',
      'new_terms_fields',
      'history_window_start',
      'index',
      'filters',
      'language',
      'data_view_id',
    ],
  ],
]);

/** … and ends with these. What is not known here stands between. */
const last = ['alert_suppression', 'throttle', 'actions', 'execution_summary'];

/** The types of rule that Kibana has. */
export const types: ReadonlySet<string> = new Set(ofType.keys());

/** The object with its keys in Kibana's order. */
export function inOrder(object: JsonObject): JsonObject {
  const type = typeof object['type'] === 'string' ? object['type'] : 'query';
  const first = [...shared, ...(ofType.get(type) ?? searching)];
  const known = new Set([...first, ...last]);
  const unknown = Object.keys(object).filter((key) => !known.has(key));
  const keys = [...first, ...unknown, ...last].filter((key) => Object.hasOwn(object, key));
  return objectOf(keys.map((key) => [key, ordered(object[key]!, within.get(key))]));
}

/** The few keys of maps in it that Kibana always has in one order. */
const within: ReadonlyMap<string, readonly string[]> = new Map([
  ['exceptions_list', ['id', 'list_id', 'type', 'namespace_type']],
  ['rule_source', ['type', 'is_customized', 'has_base_version', 'customized_fields']],
]);

function ordered(value: Json, keys: readonly string[] | undefined): Json {
  if (keys === undefined) return value;
  if (isList(value)) return value.map((part) => ordered(part, keys));
  const rank = (key: string) => (keys.includes(key) ? keys.indexOf(key) : keys.length);
  if (!isObject(value)) return value;
  return objectOf(Object.entries(value).sort(([a], [b]) => rank(a) - rank(b)));
}
