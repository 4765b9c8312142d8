/**
 * The keys of a rule in the words of the API, and as its saved object spells them. Nothing is spelled
 * anew by a rule of thumb: a key that is not here is the same in both.
 */

/** What the framework of alerts knows about a rule stands in `attributes` … */
export const attributeKeys: ReadonlyMap<string, string> = new Map([
  ['name', 'name'],
  ['tags', 'tags'],
  ['enabled', 'enabled'],
  ['actions', 'actions'],
  ['throttle', 'throttle'],
  ['revision', 'revision'],
  ['created_at', 'createdAt'],
  ['created_by', 'createdBy'],
  ['updated_at', 'updatedAt'],
  ['updated_by', 'updatedBy'],
]);

/** … and all else in its `params`. */
export const paramKeys: ReadonlyMap<string, string> = new Map([
  ['alert_suppression', 'alertSuppression'],
  ['anomaly_threshold', 'anomalyThreshold'],
  ['author', 'author'],
  ['building_block_type', 'buildingBlockType'],
  ['concurrent_searches', 'concurrentSearches'],
  ['data_view_id', 'dataViewId'],
  ['description', 'description'],
  ['event_category_override', 'eventCategoryOverride'],
  ['exceptions_list', 'exceptionsList'],
  ['false_positives', 'falsePositives'],
  ['filters', 'filters'],
  ['from', 'from'],
  ['history_window_start', 'historyWindowStart'],
  ['immutable', 'immutable'],
  ['index', 'index'],
  ['investigation_fields', 'investigationFields'],
  ['items_per_search', 'itemsPerSearch'],
  ['language', 'language'],
  ['license', 'license'],
  ['machine_learning_job_id', 'machineLearningJobId'],
  ['max_signals', 'maxSignals'],
  ['meta', 'meta'],
  ['namespace', 'namespace'],
  ['new_terms_fields', 'newTermsFields'],
  ['note', 'note'],
  ['output_index', 'outputIndex'],
  ['query', 'query'],
  ['references', 'references'],
  ['related_integrations', 'relatedIntegrations'],
  ['required_fields', 'requiredFields'],
  ['response_actions', 'responseActions'],
  ['risk_score', 'riskScore'],
  ['risk_score_mapping', 'riskScoreMapping'],
  ['rule_id', 'ruleId'],
  ['rule_name_override', 'ruleNameOverride'],
  ['rule_source', 'ruleSource'],
  ['saved_id', 'savedId'],
  ['setup', 'setup'],
  ['severity', 'severity'],
  ['severity_mapping', 'severityMapping'],
  ['threat', 'threat'],
  ['threat_filters', 'threatFilters'],
  ['threat_index', 'threatIndex'],
  ['threat_indicator_path', 'threatIndicatorPath'],
  ['threat_language', 'threatLanguage'],
  ['threat_mapping', 'threatMapping'],
  ['threat_query', 'threatQuery'],
  ['threshold', 'threshold'],
  ['tiebreaker_field', 'tiebreakerField'],
  ['timeline_id', 'timelineId'],
  ['timeline_title', 'timelineTitle'],
  ['timestamp_field', 'timestampField'],
  ['timestamp_override', 'timestampOverride'],
  ['timestamp_override_fallback_disabled', 'timestampOverrideFallbackDisabled'],
  ['to', 'to'],
  ['type', 'type'],
  ['version', 'version'],
]);

/** What an answer of the API says and no saved object keeps in its params. */
export const apart: ReadonlySet<string> = new Set([
  'id',
  'interval',
  'outcome',
  'alias_target_id',
  'alias_purpose',
  'execution_summary',
]);

/** The kind of alert that a rule of each type is. Until 7.16 all were `siem.signals`. */
export const alertTypes: ReadonlyMap<string, string> = new Map([
  ['query', 'siem.queryRule'],
  ['saved_query', 'siem.savedQueryRule'],
  ['eql', 'siem.eqlRule'],
  ['esql', 'siem.esqlRule'],
  ['threshold', 'siem.thresholdRule'],
  ['threat_match', 'siem.indicatorRule'],
  ['machine_learning', 'siem.mlRule'],
  ['new_terms', 'siem.newTermsRule'],
]);

export function turned(keys: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...keys].map(([key, value]) => [value, key]));
}
