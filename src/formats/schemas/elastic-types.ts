import {
  anyText,
  closed,
  type Fields,
  listOf,
  some,
  text,
  textOrTexts,
  whole,
  word,
} from '../../schema/build.ts';
import { cardinality, maps, suppressionByFields, suppressionByTime, threatMapping } from './engine.ts';
import type { RuleType } from './kibana-types.ts';
import { fieldsCounted, reaches, type Since, type Stack, sinceOf } from './stack.ts';

const language = word('kuery', 'lucene', 'eql', 'esql');

/** The types of rule that the files of a stack have; what each must say beside what every rule says, and may. */
export function fileTypes(stack: Stack): readonly RuleType[] {
  const since = sinceOf(stack);
  return [
    { type: 'query', must: { query: anyText, language }, may: searching(since, 8, 8) },
    eql(since),
    ...(reaches(stack, { major: 8, minor: 11 }) ? [esql(since)] : []),
    threshold(stack, since),
    threatMatch(stack, since),
    ...(reaches(stack, { major: 8, minor: 4 }) ? [newTerms(since)] : []),
    machineLearning(since),
  ];
}

function sources(since: Since): Fields {
  return { index: listOf(text), ...since(8, 3, { data_view_id: text }) };
}

function suppressed(since: Since, major: number, minor: number): Fields {
  return since(major, minor, { alert_suppression: suppressionByFields.file });
}

function searching(since: Since, major: number, minor: number): Fields {
  return { ...sources(since), ...suppressed(since, major, minor) };
}

function eql(since: Since): RuleType {
  const own = { timestamp_field: text, event_category_override: text, tiebreaker_field: text };
  const may = { ...searching(since, 8, 14), ...since(8, 0, own) };
  return { type: 'eql', must: { query: text, language: word('eql') }, may };
}

function esql(since: Since): RuleType {
  const must = { query: text, language: word('esql') };
  return { type: 'esql', must, may: suppressed(since, 8, 15) };
}

function threshold(stack: Stack, since: Since): RuleType {
  const field = listOf(text, { maxItems: fieldsCounted(stack) });
  const must = {
    query: anyText,
    language,
    threshold: closed({ field, value: whole(1) }, { cardinality }),
  };
  const may = { ...sources(since), ...since(8, 12, { alert_suppression: suppressionByTime }) };
  return { type: 'threshold', must, may };
}

function threatMatch(stack: Stack, since: Since): RuleType {
  const threat_mapping = threatMapping(reaches(stack, { major: 9, minor: 2 }));
  const must = { query: anyText, language, threat_mapping, threat_index: listOf(text, some) };
  const own = {
    threat_query: anyText,
    threat_language: language,
    threat_filters: maps,
    threat_indicator_path: text,
    concurrent_searches: whole(1),
    items_per_search: whole(1),
  };
  return { type: 'threat_match', must, may: { ...searching(since, 8, 13), ...own } };
}

const newTermsTable = closed({
  field: word('new_terms_fields'),
  value: listOf(text, { minItems: 1, maxItems: 3 }),
  history_window_start: listOf(closed({ field: word('history_window_start'), value: text }), {
    minItems: 1,
    maxItems: 1,
  }),
});

function newTerms(since: Since): RuleType {
  const must = { query: anyText, language, new_terms: newTermsTable };
  return { type: 'new_terms', must, may: searching(since, 8, 14) };
}

function machineLearning(since: Since): RuleType {
  const must = { anomaly_threshold: whole(0, 100), machine_learning_job_id: textOrTexts };
  return { type: 'machine_learning', must, may: suppressed(since, 8, 15) };
}
