import type { Report } from '../../diagnostic/diagnostic.ts';
import { isObject, type Json, type JsonObject } from '../../rule/json.ts';
import type { RuleFilter } from '../../rule/rule.ts';
import { readLogSource } from './log-source.ts';
import { missing, wrong } from './missing.ts';
import { printEntry } from './print.ts';
import { plainly, quoted } from './scalar.ts';
import { text, textOrTexts } from './word.ts';

/** A document that narrows other rules down travels as it is, once it is known to be sound. */
export function readFilter(body: JsonObject, report: Report): RuleFilter {
  if (text.read(body['title'] ?? null) === undefined) throw missing('title');
  readLogSource(body['logsource'], report);
  if (!isObject(body['filter'])) throw wrong('filter', 'a map');
  checkFilter(body['filter']);
  return { format: 'sigma', body };
}

/** `rules: any` stands for all rules of the log source, and so does an empty list. */
function checkFilter({ rules, condition, ...searches }: JsonObject): void {
  if (rules === undefined) throw missing('filter.rules');
  if (textOrTexts.read(rules) === undefined) throw wrong('filter.rules', textOrTexts.wanted);
  if (condition === undefined) throw missing('filter.condition');
  if (text.read(condition) === undefined) throw wrong('filter.condition', text.wanted);
  if (Object.keys(searches).length === 0) throw missing('filter', 'with a search');
}

/** The lines of the map: what to search for stands in quotes, as in a detection. */
export function filterLines(filter: Json): string {
  if (!isObject(filter) || Object.keys(filter).length === 0) return printEntry('filter', filter, '');
  const lines = Object.entries(filter).map(([key, value]) =>
    printEntry(key, value, '    ', key === 'rules' || key === 'condition' ? plainly : quoted),
  );
  return `filter:\n${lines.join('')}`;
}
