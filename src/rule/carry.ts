import { attempt, Failure } from '../diagnostic/attempt.ts';
import type { Diagnostic, Report } from '../diagnostic/diagnostic.ts';
import type { Check } from './check.ts';
import { isList, isObject, type Json, type JsonObject, objectOf } from './json.ts';
import type { Carry, Origin, Rule } from './rule.ts';
import { ruleFields } from './schema.ts';

/** The name of the place where each format lets things travel. */
export const carryKey = 'rulecast';

/** The name under which fields travel that a file has no place for, or says otherwise than they are meant. */
export const apartKey = 'apart';

/** The parts of a rule that are never carried: they are its query, or the carrying itself. */
const never: ReadonlySet<string> = new Set(['detection', 'carry', 'origin']);

/**
 * Hands a rule out property by property. What a writer took is told; what nobody took is carried.
 * So a property that a format has no word for travels without anyone coding for it.
 */
export class Telling {
  readonly #rule: Rule;
  readonly #told = new Set<string>();

  constructor(rule: Rule) {
    this.#rule = rule;
  }

  /** The property, which the writer promises to write in its format's own words. */
  take<K extends keyof Rule>(key: K): Rule[K] {
    this.#told.add(key);
    return this.#rule[key];
  }

  /** The property, with no promise: unless somebody takes it, it is carried. */
  see<K extends keyof Rule>(key: K): Rule[K] {
    return this.#rule[key];
  }

  /** What nobody took. */
  untold(): JsonObject {
    return objectOf(
      Object.entries(this.#rule).filter(
        (entry): entry is [string, Json] =>
          entry[1] !== undefined && !this.#told.has(entry[0]) && !never.has(entry[0]),
      ),
    );
  }
}

/**
 * What travels in a file of the format `own`: the properties it has no words for (`rule`), the rest of
 * every other format under its name, and the original query. Undefined if nothing has to travel.
 */
export function packCarry(own: string, rule: Rule, untold: JsonObject): JsonObject | undefined {
  const { origin } = rule;
  const query = origin && {
    language: origin.language,
    text: origin.text,
    digest: origin.digest,
  };
  const entries: [string, Json][] = [
    ...(Object.keys(untold).length > 0 ? [['rule', untold] as [string, Json]] : []),
    ...Object.entries(rule.carry).filter(([format, rest]) => format !== own && Object.keys(rest).length > 0),
    ...(query ? [['query', query] as [string, Json]] : []),
  ];
  return entries.length === 0 ? undefined : objectOf(entries);
}

/** What `unpackCarry` gives back: parts of a rule. */
export interface Unpacked {
  /** Properties to be laid under what the file says itself: the file wins. */
  readonly rule: Partial<Rule>;
  readonly carry: Carry;
  readonly origin?: Origin;
}

/** The way back. What makes no sense is reported and stays behind. */
export function unpackCarry(value: Json | undefined, path: string, report: Report): Unpacked {
  if (value === undefined) return { rule: {}, carry: {} };
  if (!isObject(value)) {
    report({
      code: 'carry/unreadable',
      path,
      message: `${path} is not a map as this program writes it; it was left out.`,
    });
    return { rule: {}, carry: {} };
  }
  const { rule, query, ...formats } = value;
  const origin = readOrigin(query);
  const carry = Object.entries(formats).filter((entry): entry is [string, JsonObject] => isObject(entry[1]));
  return {
    rule: isObject(rule) ? understood(rule, `${path}.rule`, report) : {},
    carry: objectOf(carry) as Carry,
    ...(origin && { origin }),
  };
}

/** What a rule has that may travel, and what it holds. */
const checks: ReadonlyMap<string, Check> = new Map(
  Object.entries(ruleFields).filter(([key]) => !never.has(key)),
);

/** The properties that are as a rule has them: people may have edited them. */
function understood(rule: JsonObject, path: string, report: Report): Partial<Rule> {
  const kept = Object.entries(rule).filter(([key, value]) => {
    const outcome = attempt(() => (checks.get(key) ?? unknown)(value, `${path}.${key}`));
    for (const found of outcome.diagnostics) report({ ...found, code: 'carry/unreadable' });
    return outcome.ok;
  });
  return objectOf(kept) as Partial<Rule>;
}

function unknown(_: Json, path: string): never {
  const message = `${path} is no property that travels with a rule; it was left out.`;
  throw new Failure({ code: 'carry/unreadable', path, message });
}

function readOrigin(query: Json | undefined): Origin | undefined {
  if (!isObject(query)) return undefined;
  const { language, text, digest } = query;
  if (typeof language !== 'string' || typeof text !== 'string' || typeof digest !== 'string')
    return undefined;
  return { language, text, digest };
}

/**
 * Says what does not travel, and why, if there is any such thing. `carried` is what would have: properties of the
 * rule, the rest of formats, what an earlier conversion left for the way back, the original query.
 */
export function staysBehind(
  why: string,
  carried: JsonObject,
  fields: readonly string[] = [],
): readonly Diagnostic[] {
  const { rule, query, was, [apartKey]: apart, ...formats } = carried;
  const meant = isObject(apart) ? apart['fields'] : undefined;
  const names = new Set([
    ...fields,
    ...(isObject(meant) ? Object.keys(meant) : []),
    ...(isObject(rule) ? Object.keys(rule) : []),
    ...(isObject(was) ? Object.entries(was).flatMap(nameOfBefore) : []),
    ...Object.keys(formats).map((format) => `what ${format} said`),
    ...(query === undefined ? [] : ['the original query']),
  ]);
  if (names.size === 0) return [];
  const message = `${why}, so this stays behind: ${[...names].join(', ')}.`;
  return [{ code: 'loss/carry', message, effect: 'dropped' }];
}

/** As people call it. Marks of what was made up mean nothing to them. */
const before: ReadonlyMap<string, string> = new Map([
  ['tags', 'tags'],
  ['detection', 'what was said beside the original query'],
  ['parts', 'the rules that it was made of'],
  ['files', 'the original file'],
  ['exclusions', 'filters and exceptions that were not said'],
]);

function nameOfBefore([key, value]: readonly [string, Json]): readonly string[] {
  const name = before.get(key);
  return name === undefined || (isList(value) && value.length === 0) ? [] : [name];
}

/** Where nothing travels, what would have been carried beside an approximation is dropped. */
export function withoutCarrying(report: Report): Report {
  return (found) => report(found.effect === 'carried' ? { ...found, effect: 'dropped' } : found);
}
