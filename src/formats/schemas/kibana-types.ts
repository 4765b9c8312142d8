import {
  anyText,
  anything,
  closed,
  type Fields,
  listOf,
  type Schema,
  some,
  text,
  textOrTexts,
  whole,
  word,
} from '../../schema/build.ts';
import { cardinality, maps, suppressionByFields, suppressionByTime, threatMapping } from './engine.ts';
import { fieldsCounted, reaches, type Since, type Stack, sinceOf } from './stack.ts';

/** A type of rule: what it must say beside what every rule says, and what it may. */
export interface RuleType {
  readonly type: string;
  readonly must: Fields;
  readonly may: Fields;
}

const language = word('kuery', 'lucene');
const filters = listOf(anything);

/** The types of rule a stack has. */
export function ruleTypes(stack: Stack): readonly RuleType[] {
  const since = sinceOf(stack);
  const types = [
    query(since),
    savedQuery(since),
    eql(since),
    threshold(stack, since),
    threatMatch(stack, since),
    machineLearning(since),
  ];
  if (reaches(stack, { major: 8, minor: 4 })) types.push(newTerms(since));
  if (reaches(stack, { major: 8, minor: 11 })) types.push(esql(since));
  return types;
}

function searching(since: Since): Fields {
  return { index: listOf(anyText), filters, ...since(8, 3, { data_view_id: anyText }) };
}

function suppressed(since: Since, major: number, minor: number): Fields {
  return since(major, minor, { alert_suppression: suppressionByFields.api });
}

function query(since: Since): RuleType {
  const own = { query: anyText, language, saved_id: text };
  return { type: 'query', must: {}, may: { ...searching(since), ...own, ...suppressed(since, 8, 6) } };
}

function savedQuery(since: Since): RuleType {
  const may = { ...searching(since), query: anyText, language, ...suppressed(since, 8, 6) };
  return { type: 'saved_query', must: { saved_id: text }, may };
}

function eql(since: Since): RuleType {
  const fields = { event_category_override: anyText, tiebreaker_field: anyText, timestamp_field: anyText };
  const may = { ...searching(since), ...since(8, 0, fields), ...suppressed(since, 8, 14) };
  return { type: 'eql', must: { query: text, language: word('eql') }, may };
}

/** Its indices stand in its query, and so does what other rules filter. */
function esql(since: Since): RuleType {
  const must = { query: text, language: word('esql') };
  return { type: 'esql', must, may: suppressed(since, 8, 15) };
}

function threshold(stack: Stack, since: Since): RuleType {
  const suppression = since(8, 12, { alert_suppression: suppressionByTime });
  const may = { ...searching(since), language, saved_id: text, ...suppression };
  return { type: 'threshold', must: { query: anyText, threshold: limit(stack) }, may };
}

function limit(stack: Stack): Schema {
  const field = { type: ['string', 'array'], items: anyText, maxItems: fieldsCounted(stack) };
  return closed({ field, value: whole(1) }, { cardinality });
}

function threatMatch(stack: Stack, since: Since): RuleType {
  const threat_mapping = threatMapping(reaches(stack, { major: 9, minor: 2 }));
  const must = { query: anyText, threat_query: anyText, threat_mapping, threat_index: listOf(anyText) };
  const indicators = {
    threat_filters: maps,
    threat_indicator_path: text,
    threat_language: language,
    concurrent_searches: whole(1),
    items_per_search: whole(1),
  };
  const own = { language, saved_id: text, ...indicators };
  return { type: 'threat_match', must, may: { ...searching(since), ...own, ...suppressed(since, 8, 13) } };
}

function machineLearning(since: Since): RuleType {
  const must = { anomaly_threshold: whole(0), machine_learning_job_id: textOrTexts };
  return { type: 'machine_learning', must, may: suppressed(since, 8, 15) };
}

function newTerms(since: Since): RuleType {
  const new_terms_fields = listOf(text, { ...some, maxItems: 3 });
  const must = { query: anyText, new_terms_fields, history_window_start: text };
  return { type: 'new_terms', must, may: { ...searching(since), language, ...suppressed(since, 8, 14) } };
}
