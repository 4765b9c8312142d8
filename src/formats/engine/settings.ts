import { type Json, type JsonObject, objectOf } from '../../rule/json.ts';
import type { Claim } from '../claim.ts';

/**
 * How the detection engine runs a rule and dresses its alerts: every such key of its API with the kind
 * of value it holds, in the order they are written. What the API only says in its answers (`id`,
 * `created_at`, `rule_source`, …) is not here; it belongs to no rule.
 */
const settings = {
  enabled: 'truth',
  from: 'text',
  to: 'text',
  interval: 'text',
  max_signals: 'number',
  data_view_id: 'text',
  saved_id: 'text',
  timestamp_override: 'text',
  timestamp_override_fallback_disabled: 'truth',
  timestamp_field: 'text',
  tiebreaker_field: 'text',
  event_category_override: 'text',
  alert_suppression: 'map',
  concurrent_searches: 'number',
  items_per_search: 'number',
  building_block_type: 'text',
  rule_name_override: 'text',
  risk_score_mapping: 'list',
  severity_mapping: 'list',
  timeline_id: 'text',
  timeline_title: 'text',
  note: 'text',
  setup: 'text',
  related_integrations: 'list',
  required_fields: 'list',
  exceptions_list: 'list',
  actions: 'list',
  response_actions: 'list',
  throttle: 'text',
  output_index: 'text',
  namespace: 'text',
  meta: 'map',
  version: 'number',
  revision: 'number',
} as const satisfies Record<string, 'text' | 'number' | 'truth' | 'list' | 'map'>;

/** What `Rule.engine` holds, or undefined if nothing of the kind is said. */
export function readSettings(from: Claim): JsonObject | undefined {
  const said: [string, Json][] = [];
  for (const [key, kind] of Object.entries(settings)) {
    const value = from.has(key) ? from[kind](key) : undefined;
    if (value !== undefined) said.push([key, value]);
  }
  return said.length === 0 ? undefined : objectOf(said);
}

/** The way back. A key that is not in the table was put there by somebody who knows why. */
export function settingFields(engine: JsonObject | undefined): [string, Json][] {
  if (engine === undefined) return [];
  const known = Object.keys(settings).filter((key) => Object.hasOwn(engine, key));
  const unknown = Object.keys(engine).filter((key) => !Object.hasOwn(settings, key));
  return [...known, ...unknown].map((key) => [key, engine[key]!]);
}
