import { Failure } from '../../diagnostic/attempt.ts';
import type { Report } from '../../diagnostic/diagnostic.ts';
import { type Json, type JsonObject, sameJson } from '../../rule/json.ts';
import type { CorrelationDetection, Detection, QueryDetection, Searching } from '../../rule/rule.ts';
import type { Claim } from '../claim.ts';
import {
  ownFields,
  readIndicatorMatch,
  readMachineLearning,
  readNewTerms,
  readSavedQuery,
  readThreshold,
  type WithOwnFields,
} from './kinds.ts';
import { languagesOf, typeOf, writtenLanguage } from './language.ts';

/**
 * A type whose fields are not all there and as they should be is not understood: it becomes `other`,
 * and its fields stay where they are.
 */
export function readDetection(from: Claim, report: Report): Detection {
  const type = from.take('type', nonEmpty, 'the name of a type') ?? '';
  const searching = type === 'machine_learning' ? {} : readSearching(from, type);
  const strange = searching.query !== undefined && from.has('language');
  const detection = strange ? undefined : readKind(from, type, searching, report);
  if (detection !== undefined) return detection;
  report({ code: 'schema/unknown-rule-type', path: from.at('type'), message: notUnderstood(type) });
  return { kind: 'other', type, ...searching };
}

/** The fields that say it. Fails on what no type of rule can hold. */
export function detectionFields(detection: Detection): [string, Json | undefined][] {
  switch (detection.kind) {
    case 'query':
      return [['type', typeOf(detection.query)], ...searchingFields(detection)];
    case 'saved-query':
      return [['type', 'saved_query'], ...searchingFields(detection), ...ownFields(detection)];
    case 'threshold':
      return [['type', 'threshold'], ...searchingFields(detection), ...ownFields(detection)];
    case 'new-terms':
      return [['type', 'new_terms'], ...searchingFields(detection), ...ownFields(detection)];
    case 'indicator-match':
      return [['type', 'threat_match'], ...searchingFields(detection), ...ownFields(detection)];
    case 'machine-learning':
      return [['type', 'machine_learning'], ...ownFields(detection)];
    case 'other':
      return [['type', detection.type === '' ? undefined : detection.type], ...searchingFields(detection)];
    case 'correlation':
      throw noType(detection);
    default:
      return detection satisfies never;
  }
}

function readSearching(from: Claim, type: string): Searching {
  const text = from.text('query');
  const query = text === undefined ? undefined : { text, ...readLanguage(from, type) };
  const filters = from.list('filters');
  return { ...(query && { query }), ...(filters && { filters }) };
}

/** The language is part of the query: without one, it says nothing. */
function readLanguage(from: Claim, type: string): { language?: string } {
  const language = from.word('language', languagesOf(type));
  return language === undefined ? {} : { language };
}

function searchingFields({ query, filters }: Searching): [string, Json | undefined][] {
  return [
    ['language', query && writtenLanguage(query)],
    ['query', query?.text],
    ['filters', filters],
  ];
}

function readKind(from: Claim, type: string, searching: Searching, report: Report): Detection | undefined {
  switch (type) {
    case 'query':
      return { kind: 'query', ...searching };
    case 'eql':
    case 'esql':
      return readOfOwnType(from, type, searching, report);
    case 'saved_query':
      return claimed(from, (given) => readSavedQuery(given, searching));
    case 'threshold':
      return claimed(from, (given) => readThreshold(given, searching));
    case 'new_terms':
      return claimed(from, (given) => readNewTerms(given, searching));
    case 'threat_match':
      return claimed(from, (given) => readIndicatorMatch(given, searching));
    case 'machine_learning':
      return claimed(from, readMachineLearning);
    default:
      return undefined;
  }
}

function readOfOwnType(from: Claim, language: string, searching: Searching, report: Report) {
  const { query, ...rest } = searching;
  if (query === undefined) return undefined;
  if (query.language === undefined) {
    const message = `The rule does not name the language of its query; it was taken for ${language}, as its type says.`;
    report({ code: 'style/default', path: from.at('language'), message });
  }
  return { kind: 'query', query: { ...query, language }, ...rest } satisfies QueryDetection;
}

/** Claims what a detection was read from, if writing it gives just that back. */
function claimed<D extends WithOwnFields>(from: Claim, read: (given: JsonObject) => D | undefined) {
  const given = from.rest();
  const detection = read(given);
  if (detection === undefined) return undefined;
  const fields = ownFields(detection).filter(([, value]) => value !== undefined);
  if (!fields.every(([key, value]) => sameJson(value, given[key]))) return undefined;
  for (const [key] of fields) from.take(key, (value) => value, 'anything');
  return detection;
}

function nonEmpty(value: Json): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function noType({ type }: CorrelationDetection): Failure {
  const message = `The detection engine has no rules that correlate others, so this correlation (${type}) cannot be written.`;
  return new Failure({ code: 'loss/rule-type', message, path: 'detection' });
}

function notUnderstood(type: string): string {
  if (type === '') return 'The rule does not say its type; what it looks for is carried as it is.';
  return `The rule is not of a type "${type}" as it is known here; what it looks for is carried as it is.`;
}
