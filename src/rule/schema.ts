import { type Check, list, listOf, map, mapOf, number, record, text, textOr, truth, word } from './check.ts';
import { isObject } from './json.ts';
import type { Detection, Rule, RuleFilter, Severity, Status } from './rule.ts';

const severities = { informational: true, low: true, medium: true, high: true, critical: true } as const;
const statuses = {
  stable: true,
  test: true,
  experimental: true,
  deprecated: true,
  unsupported: true,
} as const;
severities satisfies Record<Severity, true>;
statuses satisfies Record<Status, true>;

const texts = listOf(text);
const named = { id: text, name: text, reference: text };
const query = record({ text }, { language: text });
const searching = { query, filters: list };

const technique = record(named, { subtechniques: listOf(record(named, {})) });
const threat = record({ framework: text }, { tactic: record(named, {}), techniques: listOf(technique) });

const detections = {
  query: record({}, searching),
  'saved-query': record({ savedId: text }, searching),
  threshold: record(
    { fields: textOr(texts), value: number },
    { ...searching, cardinality: listOf(record({ field: text, value: number }, {})) },
  ),
  'new-terms': record({ fields: texts, since: text }, searching),
  'indicator-match': record(
    { indicatorIndices: texts, mapping: list },
    { ...searching, indicatorQuery: query, indicatorFilters: list, indicatorPath: text },
  ),
  'machine-learning': record({ jobs: textOr(texts), anomalyThreshold: number }, {}),
  correlation: record(
    { type: text, rules: texts },
    { groupBy: texts, timespan: text, condition: textOr(map), aliases: mapOf(mapOf(text)), generate: truth },
  ),
  other: record({ type: text }, searching),
} satisfies Record<Detection['kind'], Check>;

const kinds = record(
  { kind: word(Object.fromEntries(Object.keys(detections).map((kind) => [kind, true]))) },
  {},
);

export const detection: Check = (value, path) => {
  kinds(value, path);
  const kind = isObject(value) ? value['kind'] : undefined;
  new Map<unknown, Check>(Object.entries(detections)).get(kind)?.(value, path);
};

/** Every property of a rule with what it holds, in the order they are written. */
export const ruleFields = {
  id: text,
  name: text,
  title: text,
  description: text,
  severity: word(severities),
  riskScore: number,
  status: word(statuses),
  authors: texts,
  license: text,
  created: text,
  modified: text,
  references: texts,
  falsePositives: texts,
  tags: texts,
  threat: listOf(threat),
  related: listOf(record({ id: text, type: text }, {})),
  fields: texts,
  logSource: record({}, { category: text, product: text, service: text, definition: text, rest: map }),
  taxonomy: text,
  indices: texts,
  detection,
  engine: map,
  origin: record({ language: text, text, digest: text }, {}),
  carry: mapOf(map),
} satisfies Record<keyof Rule, Check>;

const { detection: _, ...optional } = ruleFields;

/** A rule; what it carries may go unsaid, being nothing then. */
export const rule = record({ detection }, optional);

/** Where it stands is found out anew by whoever reads it. */
type Kept = Exclude<keyof RuleFilter, 'span' | 'place'>;

export const filter = record({ format: text, body: map } satisfies Record<Kept, Check>, {});
