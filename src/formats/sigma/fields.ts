import type { Report } from '../../diagnostic/diagnostic.ts';
import { carryKey, packCarry, staysBehind, Telling } from '../../rule/carry.ts';
import { type Json, type JsonObject, objectOf } from '../../rule/json.ts';
import type { Detection, QueryDetection, Rule, RuleFilter } from '../../rule/rule.ts';
import { writeCorrelation } from './correlation.ts';
import { detectionLines } from './detection.ts';
import { writeEnvelope } from './envelope.ts';
import { filterLines } from './filter.ts';
import { writeLogSource } from './log-source.ts';
import { printEntry } from './print.ts';
import { noFilters, noLanguage, noLogSource, noRuleType, noTitle } from './unsayable.ts';

/** The keys of a document in the order of SigmaHQ's rules; all others come behind. */
const order: readonly string[] = [
  'title',
  'id',
  'name',
  'related',
  'taxonomy',
  'status',
  'description',
  'license',
  'references',
  'author',
  'date',
  'modified',
  'tags',
  'logsource',
  'correlation',
  'detection',
  'filter',
  'fields',
  'falsepositives',
  'level',
];

/** What stands behind a key of a document: data, or the text of a detection, which is nobody's data here. */
export type Field =
  | { readonly key: string; readonly value: Json }
  | { readonly key: string; readonly text: string };

/** The document of a rule, key by key, with what travels unless `carries` is off. Fails on what Sigma has no rules for. */
export function fieldsOfRule(rule: Rule, carries = true, report: Report = () => {}): Field[] {
  if (rule.title === undefined) throw noTitle();
  const telling = new Telling(rule);
  const carried = travelled(rule.carry['sigma'] ?? {}, rule.detection);
  const said = [...writeEnvelope(telling, carried), ...writeSearch(telling, carried)];
  const fields = arrange([...Object.entries(carried).map(asField), ...said]);
  const travelling = packCarry('sigma', rule, telling.untold());
  if (travelling && !carries) staysBehind('Nothing was to travel', travelling).forEach(report);
  return travelling && carries ? [...fields, asField([carryKey, travelling])] : fields;
}

export function fieldsOfFilter({ body }: RuleFilter): Field[] {
  return arrange(Object.entries(body).map(asField));
}

/** What is said later covers what was said before under the same key. */
function arrange(fields: readonly Field[]): Field[] {
  const byKey = new Map(fields.map((field) => [field.key, field]));
  const known = order.flatMap((key) => byKey.get(key) ?? []);
  return [...known, ...[...byKey.values()].filter(({ key }) => !order.includes(key))];
}

/** Without keys that would make another document of it: another kind, or another `generate`. */
function travelled(carried: JsonObject, detection: Detection): JsonObject {
  const isStale = ([key, value]: [string, Json]) => {
    if (detection.kind !== 'correlation') return key === 'correlation';
    return key === 'generate' && typeof value === 'boolean' && value !== detection.generate;
  };
  return objectOf(Object.entries(carried).filter((entry) => entry[0] !== carryKey && !isStale(entry)));
}

/** What the rule looks for, and in which events. */
function writeSearch(telling: Telling, carried: JsonObject): Field[] {
  const detection = telling.take('detection');
  switch (detection.kind) {
    case 'correlation':
      return [{ key: 'correlation', value: writeCorrelation(detection, carried) }];
    case 'query': {
      const logsource = writeLogSource(telling.take('logSource') ?? {});
      if (logsource === undefined) throw noLogSource();
      return [
        { key: 'logsource', value: logsource },
        { key: 'detection', text: searchText(detection) },
      ];
    }
    case 'saved-query':
    case 'threshold':
    case 'new-terms':
    case 'indicator-match':
    case 'machine-learning':
    case 'other':
      throw noRuleType(detection.kind);
    default:
      return detection satisfies never;
  }
}

function searchText({ query, filters = [] }: QueryDetection): string {
  if (filters.length > 0) throw noFilters();
  if (query?.language === 'sigma') return query.text;
  throw noLanguage(query?.language);
}

/** A key and its value as lines of a document. */
export function printField(field: Field): string {
  if ('text' in field) return detectionLines(field.text);
  const { key, value } = field;
  if (key === 'filter') return filterLines(value);
  // A date is text to the specification, and to readers of YAML 1.2, which need no quotes to see it.
  if (isDate(key, value)) return `${key}: ${value}\n`;
  return printEntry(key, value, '');
}

function isDate(key: string, value: Json): value is string {
  return (
    (key === 'date' || key === 'modified') && typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
  );
}

function asField([key, value]: readonly [string, Json]): Field {
  return { key, value };
}
