import { isList, isObject, type Json, type JsonObject } from '../../rule/json.ts';
import type {
  IndicatorMatchDetection,
  MachineLearningDetection,
  NewTermsDetection,
  QueryText,
  SavedQueryDetection,
  Searching,
  ThresholdDetection,
} from '../../rule/rule.ts';
import { languages, writtenLanguage } from './language.ts';
import { list, number, text, texts } from './values.ts';

export type WithOwnFields =
  | SavedQueryDetection
  | ThresholdDetection
  | NewTermsDetection
  | IndicatorMatchDetection
  | MachineLearningDetection;

/** What a type of rule says beside its query. Its readers stand below, in the same order. */
export function ownFields(detection: WithOwnFields): [string, Json | undefined][] {
  switch (detection.kind) {
    case 'saved-query':
      return [['saved_id', detection.savedId]];
    case 'threshold':
      return [['threshold', writeThreshold(detection)]];
    case 'new-terms':
      return [
        ['new_terms_fields', detection.fields],
        ['history_window_start', detection.since],
      ];
    case 'indicator-match':
      return indicatorFields(detection);
    case 'machine-learning':
      return [
        ['machine_learning_job_id', detection.jobs],
        ['anomaly_threshold', detection.anomalyThreshold],
      ];
    default:
      return detection satisfies never;
  }
}

export function readSavedQuery(given: JsonObject, searching: Searching): SavedQueryDetection | undefined {
  const savedId = text(given['saved_id']);
  return savedId === undefined ? undefined : { kind: 'saved-query', ...searching, savedId };
}

export function readThreshold(given: JsonObject, searching: Searching): ThresholdDetection | undefined {
  const { threshold } = given;
  if (!isObject(threshold)) return undefined;
  const fields = text(threshold['field']) ?? texts(threshold['field']);
  const value = number(threshold['value']);
  const cardinality = isList(threshold['cardinality'])
    ? threshold['cardinality'].flatMap(readCardinality)
    : undefined;
  if (fields === undefined || value === undefined) return undefined;
  return { kind: 'threshold', ...searching, fields, value, ...(cardinality && { cardinality }) };
}

function readCardinality(part: Json): { field: string; value: number }[] {
  if (!isObject(part)) return [];
  const field = text(part['field']);
  const value = number(part['value']);
  return field === undefined || value === undefined ? [] : [{ field, value }];
}

function writeThreshold({ fields, value, cardinality }: ThresholdDetection): Json {
  const counted = cardinality?.map((part) => ({ field: part.field, value: part.value }));
  return { field: fields, value, ...(counted && { cardinality: counted }) };
}

export function readNewTerms(given: JsonObject, searching: Searching): NewTermsDetection | undefined {
  const fields = texts(given['new_terms_fields']);
  const since = text(given['history_window_start']);
  if (fields === undefined || since === undefined) return undefined;
  return { kind: 'new-terms', ...searching, fields, since };
}

export function readIndicatorMatch(
  given: JsonObject,
  searching: Searching,
): IndicatorMatchDetection | undefined {
  const indicatorIndices = texts(given['threat_index']);
  const mapping = list(given['threat_mapping']);
  if (indicatorIndices === undefined || mapping === undefined) return undefined;
  const indicatorQuery = readIndicatorQuery(given);
  if (indicatorQuery && (indicatorQuery.language === undefined) === Object.hasOwn(given, 'threat_language')) {
    return undefined;
  }
  const indicatorFilters = list(given['threat_filters']);
  const indicatorPath = text(given['threat_indicator_path']);
  return {
    kind: 'indicator-match',
    ...searching,
    indicatorIndices,
    ...(indicatorQuery && { indicatorQuery }),
    ...(indicatorFilters && { indicatorFilters }),
    ...(indicatorPath !== undefined && { indicatorPath }),
    mapping,
  };
}

function readIndicatorQuery(given: JsonObject): QueryText | undefined {
  const query = text(given['threat_query']);
  const language = text(given['threat_language']);
  if (query === undefined) return undefined;
  return { text: query, ...(language !== undefined && Object.hasOwn(languages, language) && { language }) };
}

function indicatorFields(detection: IndicatorMatchDetection): [string, Json | undefined][] {
  const query = detection.indicatorQuery;
  return [
    ['threat_index', detection.indicatorIndices],
    ['threat_language', query && writtenLanguage(query)],
    ['threat_query', query?.text],
    ['threat_filters', detection.indicatorFilters],
    ['threat_indicator_path', detection.indicatorPath],
    ['threat_mapping', detection.mapping],
  ];
}

export function readMachineLearning(given: JsonObject): MachineLearningDetection | undefined {
  const job = given['machine_learning_job_id'];
  const jobs = text(job) ?? texts(job);
  const anomalyThreshold = number(given['anomaly_threshold']);
  if (jobs === undefined || anomalyThreshold === undefined) return undefined;
  return { kind: 'machine-learning', jobs, anomalyThreshold };
}
