import type { Report } from '../diagnostic/diagnostic.ts';
import { isAsItIs } from '../formats/elastic/leaving.ts';
import type { Format } from '../formats/format.ts';
import { isObject, objectOf } from '../rule/json.ts';
import type { Rule } from '../rule/rule.ts';
import type { Casting } from './cast.ts';
import { whatIsMissing } from './envelope.ts';
import { inventedIn, marked, marksOf, wasOf, without, withWas } from './invented.ts';
import type { ConvertOptions } from './options.ts';

const days = ['created', 'modified'] as const;

/** The days that a file of Elastic's must have, as far as the rule does not say them. Each is told of. */
export function missingDays(
  rule: Rule,
  { id }: Format,
  { today }: ConvertOptions,
  report: Report,
): Partial<Rule> {
  const day = id === 'elastic' ? (rule.created ?? rule.modified ?? today) : undefined;
  const missing =
    day === undefined ? [] : days.filter((key) => rule[key] === undefined && !isCarried(rule, key));
  for (const key of missing) {
    const message = `The target wants a day the rule was ${key}, which it does not say; it is written as ${day}.`;
    report({ code: 'style/default', path: key, message });
  }
  return Object.fromEntries(missing.map((key) => [key, day]));
}

const names = { created: 'creation_date', modified: 'updated_date' } as const;

/** Whether the file it came from says something else in the place of the day, or of all metadata. */
function isCarried({ carry }: Rule, day: (typeof days)[number]): boolean {
  const { metadata = {}, sections = {} } = carry['elastic'] ?? {};
  const instead = isObject(sections) ? sections['metadata'] : undefined;
  if (instead !== undefined && !isObject(instead)) return true;
  return isObject(metadata) && Object.hasOwn(metadata, names[day]);
}

/** The rule with what a file of Elastic's must say; what was made up is marked, so that it goes again. */
export function asFile(rule: Rule, { target, options, foreign }: Casting, report: Report): Rule {
  const words = foreign && !isAsItIs(rule) ? whatIsMissing(rule, report) : {};
  const added = { ...words, ...missingDays(rule, target, options, report) };
  if (Object.keys(added).length === 0) return rule;
  if (options.carry === 'none') return { ...rule, ...added };
  return { ...rule, ...added, carry: withWas(rule, { ...wasOf(rule), ...marked(added, marksOf(rule)) }) };
}

/** What only a file must say. */
const ofFiles = [...days, 'authors'] as const;
/** What else a file must say; a translated rule was given it for good, since Kibana wants it, too. */
const ofRules = ['id', 'severity', 'riskScore', 'description'] as const;

/** The way back: without what was made up for a file and nobody has changed since. */
export function asLine(rule: Rule): Rule {
  const standing = inventedIn(rule);
  const made = rule.origin === undefined ? [...ofFiles, ...ofRules] : ofFiles;
  const gone = new Set<string>(made.filter((key) => standing.has(key)));
  if (gone.size === 0) return rule;
  const { invented: _, ...was } = wasOf(rule);
  const marks = Object.entries(marksOf(rule)).filter(([key]) => !gone.has(key));
  return { ...without(rule, gone), carry: withWas(rule, { ...was, ...marked({}, objectOf(marks)) }) };
}
