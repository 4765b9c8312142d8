import { attempt } from '../../diagnostic/attempt.ts';
import { parseFilters } from '../../languages/dsl/parse.ts';
import { takenFromIndex } from '../../languages/esql/taken.ts';
import { languageOf } from '../../languages/index.ts';
import { moved } from '../../query/places.ts';
import type { Query } from '../../query/query.ts';
import { isList, isObject, type Json } from '../../rule/json.ts';
import type { Detection, QueryText, Rule } from '../../rule/rule.ts';
import { shift } from '../../source/source.ts';
import { type Asked, type Asks, asksOf } from './asked.ts';
import { askedByQuery, askedByTest } from './questions.ts';

/** What a rule of Elastic's asks its events for, whatever kind of rule it is. */
export interface OfRule {
  readonly asked: readonly Asked[];
  /** Its query, where it is read. */
  readonly query?: Query;
  readonly asks: Asks;
  /** Where it looks: what its query names, or what the rule does. Nothing said is everywhere. */
  readonly patterns: readonly string[];
}

export function ofRule(rule: Rule): OfRule {
  const { detection, engine = {} } = rule;
  const text = 'query' in detection ? detection.query : undefined;
  const asks = asksOf(text?.language ?? 'kuery') ?? 'kuery';
  const query = text && queryOf(text);
  const field = engine['event_category_override'];
  const categoryField = typeof field === 'string' ? field : 'event.category';
  const filters = 'filters' in detection ? (detection.filters ?? []) : [];
  return {
    asked: [
      ...(query ? askedByQuery(query, asks, categoryField) : []),
      ...(text && asks === 'esql' ? namedIn(text) : []),
      ...filters.flatMap(askedByFilter),
      ...askedBeside(detection),
      // What ES|QL gives of its finds are columns of its own making.
      ...(asks === 'esql' ? [] : suppressing(engine['alert_suppression'])),
    ],
    ...(query && { query }),
    asks,
    patterns: query && query.from.length > 0 ? query.from : (rule.indices ?? []),
  };
}

/** The tree of a text, with its places in the file, but no text of another language in it opened. */
function queryOf({ language = 'kuery', text, parsed, span }: QueryText): Query | undefined {
  const outcome = languageOf(language)?.parse(text, parsed);
  return outcome?.ok ? moved(outcome.value, span?.start) : undefined;
}

/** ES|QL looks up every column that it names, wherever that is. */
function namedIn({ text, span }: QueryText): readonly Asked[] {
  return takenFromIndex(text).map(({ name, span: place }) => ({
    field: name,
    use: { kind: 'named' },
    asks: 'esql',
    ...(place && span && { span: shift(place, span.start) }),
  }));
}

/** One by one: what can not be read of one filter is no reason to be silent about the others. */
function askedByFilter(filter: Json): readonly Asked[] {
  const outcome = attempt(() => parseFilters([filter]));
  return outcome.ok && outcome.value.ok ? askedByTest(outcome.value.value, 'dsl') : [];
}

const nothing = 'so the rule finds nothing';

/** What rules of some kinds ask beside their query. */
function askedBeside(detection: Detection): readonly Asked[] {
  switch (detection.kind) {
    case 'threshold': {
      const by = [detection.fields].flat().filter((field) => field !== '');
      const counted = (detection.cardinality ?? []).map(({ field }) => field);
      return [...by, ...counted].map((field) => group(field, 'counts events by it', nothing));
    }
    case 'new-terms':
      return detection.fields.map((field) => group(field, 'looks for new values of it', nothing));
    case 'indicator-match':
      return [...new Set(detection.mapping.flatMap(eventFields))].map((field) =>
        group(field, 'compares it with indicators', 'so no indicator is found by it', true),
      );
    case 'query':
    case 'saved-query':
    case 'machine-learning':
    case 'correlation':
    case 'other':
      return [];
    default:
      return detection satisfies never;
  }
}

function suppressing(said: Json | undefined): readonly Asked[] {
  const by = isObject(said) && isList(said['group_by']) ? said['group_by'] : [];
  return by
    .filter((field) => typeof field === 'string')
    .map((field) => group(field, 'groups alerts by it', 'so no alert is suppressed by it'));
}

/** `threat_mapping`: the fields of the events, not those of the indicators. */
function eventFields(mapped: Json): readonly string[] {
  const entries = isObject(mapped) && isList(mapped['entries']) ? mapped['entries'] : [];
  return entries.flatMap((entry) =>
    isObject(entry) && typeof entry['field'] === 'string' ? [entry['field']] : [],
  );
}

function group(field: string, of: string, without: string, isSearched = false): Asked {
  return { field, asks: 'dsl', use: { kind: isSearched ? 'searched' : 'group', of, without } };
}
