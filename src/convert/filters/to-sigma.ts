import { attempt, Failure, need } from '../../diagnostic/attempt.ts';
import type { Diagnostic, Report } from '../../diagnostic/diagnostic.ts';
import { writeLogSource } from '../../formats/sigma/log-source.ts';
import { readListed } from '../../languages/dsl/listed.ts';
import { parseEntries } from '../../languages/dsl/parse-entries.ts';
import { renameFields } from '../../mapping/fields.ts';
import { type Mapping, sourceKey } from '../../mapping/mapping.ts';
import { retyped } from '../../mapping/types.ts';
import { not } from '../../query/build.ts';
import type { Predicate } from '../../query/query.ts';
import { isList, type Json, type JsonObject, objectOf } from '../../rule/json.ts';
import type { LogSource, Pack, Rule, RuleFilter } from '../../rule/rule.ts';
import {
  type CastFilters,
  type Elsewhere,
  type FilterOptions,
  nowhere,
  type Served,
} from './cast-filters.ts';
import { searchesFor } from './document.ts';
import { Findings } from './findings.ts';
import { derivedId, idFor } from './ids.ts';
import {
  type ExceptionList,
  eachOnce,
  keyOfList,
  listsOf,
  nameOf,
  referencesOf,
  referringTo,
} from './lists.ts';
import { assumptionOf, excluding, opposite } from './reading.ts';
import { carriedFilter, withException } from './travel.ts';

/**
 * The exceptions of a Kibana export as Sigma filters: one for each exception of a list that a written
 * rule refers to, and for each log source of the rules it serves, also where those stand in another text.
 * What Sigma has no words for travels under `rulecast`; an exception that can not be said makes its rules
 * broader, and they are told so, wherever it stands.
 */
export function toSigmaFilters(
  pack: Pack,
  served: readonly Served[],
  options: FilterOptions,
  { exclusions, served: others }: Elsewhere = nowhere,
): CastFilters {
  const own = listsOf(pack.filters);
  const foreign = listsOf(eachOnce(exclusions));
  const findings = new Findings();
  const [referring, also] = [referringTo(served), referringTo(others)];
  // A filter that had become several lists comes back from each of them.
  const bodies = new Map<string, JsonObject>();
  for (const list of own.values()) {
    const rules = [...(referring.get(list.key) ?? []), ...(also.get(list.key) ?? [])];
    for (const body of filtersOf(list, rules, options, findings)) bodies.set(JSON.stringify(body), body);
  }
  for (const list of foreign.values()) {
    const rules = referring.get(list.key) ?? [];
    // Its filters are written where the list stands; what they do to rules is said of the rules.
    if (!own.has(list.key) && audiencesOf(rules).length > 0) filtersOf(list, rules, options, findings);
  }
  reportMissing(served, new Set([...own.keys(), ...foreign.keys()]), findings);
  if (bodies.size > 0) findings.tell([], assumptionOf(options.reading ?? 'pysigma'));
  return {
    filters: [...bodies.values()].map((body): RuleFilter => ({ format: 'sigma', body })),
    references: new Map(),
    findings: findings.ofRules,
    unsaid: findings.unsaid,
    diagnostics: findings.ofPack,
  };
}

function filtersOf(
  list: ExceptionList,
  rules: readonly Served[],
  options: FilterOptions,
  findings: Findings,
): readonly JsonObject[] {
  const audiences = audiencesOf(rules);
  const { exceptions } = list;
  const carried = carriedFilter(
    list.list?.body,
    exceptions.map(({ body }) => body),
  );
  if (carried?.untouched && (audiences.length > 0 || rules.length === 0)) return [carried.body];
  const why = whyNot(list, rules, audiences, options);
  if (why) findings.tell([], why, list.list ?? exceptions[0]);
  if (why) return [];
  if (carried) findings.tell([], edited(list), list.list);
  return exceptions.flatMap((exception) => {
    const heard = rules.length > 0 ? audiences : anyRules(exception.body, list);
    return filtersFor(exception, list, heard, options, findings);
  });
}

function filtersFor(
  exception: RuleFilter,
  list: ExceptionList,
  audiences: readonly Audience[],
  options: FilterOptions,
  findings: Findings,
): readonly JsonObject[] {
  if (audiences.length === 0) findings.tell([], leftOut(exception.body, ofNoSystem), exception);
  return audiences.flatMap((audience, index) => {
    const tell = (found: Diagnostic) => findings.tell(audience.rules, found, exception);
    const outcome = attempt((report) =>
      filterOf(exception.body, list, audience, index === 0, options, report),
    );
    if (outcome.ok) {
      outcome.diagnostics.forEach(tell);
      return [outcome.value];
    }
    tell(leftOut(exception.body, outcome.diagnostics.at(-1)!));
    findings.leave(audience.rules, ...(list.list ? [list.list] : []), exception);
    return [];
  });
}

/** Why nothing of a list is written, if nothing is. */
function whyNot(
  list: ExceptionList,
  rules: readonly Served[],
  audiences: readonly Audience[],
  { allow = [] }: FilterOptions,
): Diagnostic | undefined {
  if (list.exceptions.length === 0) return leftBehind(list, 'holds no exceptions; it was left behind');
  if (rules.length > 0)
    return audiences.length > 0
      ? undefined
      : leftBehind(list, 'serves no rule that was written; it was left behind');
  if (allow.includes('narrower')) return undefined;
  return leftBehind(
    list,
    'is referred to by no rule here, and a Sigma filter has to name its rules; it was not written. One for any rule of its systems would be narrower, and is written where that is allowed',
  );
}

/** Rules of one log source: one filter serves them all, as their fields have the same names. */
interface Audience {
  readonly source: LogSource;
  /** As filters may call them. */
  readonly names: 'any' | readonly string[];
  readonly rules: readonly Rule[];
}

/** A rule of several events is served in each of its parts; filters are not for correlations. */
function audiencesOf(served: readonly Served[]): readonly Audience[] {
  const audiences = new Map<string, Audience & { readonly names: string[]; readonly rules: Rule[] }>();
  for (const { rule, written } of served) {
    for (const { id, name, logSource = {}, detection } of written) {
      const called = id ?? name;
      if (detection.kind !== 'query' || called === undefined) continue;
      const source = bare(logSource);
      const key = sourceKey(source);
      const audience = audiences.get(key) ?? { source, names: [], rules: [] };
      audience.names.push(called);
      audience.rules.push(rule);
      audiences.set(key, audience);
    }
  }
  return [...audiences.values()];
}

/** Any rules of the systems that an exception is for, as far as that is known. */
function anyRules({ os_types: own }: JsonObject, { list }: ExceptionList): readonly Audience[] {
  const systems = isList(own) && own.length > 0 ? own : list?.body['os_types'];
  return (isList(systems) ? systems : [])
    .filter((product): product is string => typeof product === 'string' && product !== '')
    .map((product): Audience => ({ source: { product }, names: 'any', rules: [] }));
}

/** What decides which events a log source means. */
function bare({ category, product, service }: LogSource): LogSource {
  return {
    ...(category !== undefined && { category }),
    ...(product !== undefined && { product }),
    ...(service !== undefined && { service }),
  };
}

function filterOf(
  exception: JsonObject,
  { list }: ExceptionList,
  { source, names }: Audience,
  isFirst: boolean,
  { mapping, reading = 'pysigma', carry }: FilterOptions,
  report: Report,
): JsonObject {
  const logsource = writeLogSource(source);
  if (logsource === undefined) throw withoutSource();
  const where = need(parseEntries(exception['entries']), report);
  refuseLookUps(where);
  const excluded = inSigma(where, source, mapping, report);
  const searches = searchesFor(excluding(excluded, reading));
  reportBounds(exception, source, report);
  if (names === 'any') report(forAny(exception));
  const body = objectOf([
    ...wordsOf(exception, isFirst ? undefined : sourceKey(source)),
    ['logsource', logsource],
    ['filter', { rules: names === 'any' ? names : [...new Set(names)], ...searches }],
  ]);
  return carry === 'none' ? body : withException(body, exception, list?.body);
}

/** Values that stand in a list of the site, which never travels. */
function refuseLookUps(where: Predicate): void {
  for (const node of where.kind === 'and' ? where.of : [where]) {
    const test = node.kind === 'not' ? node.of : node;
    const listed = test.kind === 'opaque' ? readListed(test.text) : undefined;
    if (listed === undefined) continue;
    const message = `The values of ${listed.field} stand in the value list "${listed.list.id}", which stays on its site.`;
    throw new Failure({ code: 'loss/language', message });
  }
}

/** Renamed as the rule sees it, under a negation, so that what is reported is what becomes of the rule. */
function inSigma(excluded: Predicate, logSource: LogSource, mapping: Mapping, report: Report): Predicate {
  const kept = not(retyped(excluded, mapping));
  return opposite(renameFields(kept, { mapping, logSource, way: 'toSigma', report }));
}

/** Title, id, description and days, as far as the exception says them. */
export function wordsOf(exception: JsonObject, variant?: string): readonly [string, Json][] {
  const { item_id, list_id = '', namespace_type = 'single', description } = exception;
  const names = [namespace_type, list_id] as const;
  const id = variant === undefined ? idFor(item_id, ...names) : derivedId(item_id ?? null, ...names, variant);
  const [date, modified] = [dayOf(exception['created_at']), dayOf(exception['updated_at'])];
  return [
    ['title', nameOf(exception)],
    ['id', id],
    ...(typeof description === 'string' && description !== '' ? [['description', description] as const] : []),
    ...(date !== undefined ? [['date', date] as const] : []),
    ...(modified !== undefined && modified !== date ? [['modified', modified] as const] : []),
  ].map(([key, value]) => [key, value]);
}

function dayOf(time: Json | undefined): string | undefined {
  return typeof time === 'string' ? /^\d{4}-\d{2}-\d{2}(?=T|$)/.exec(time)?.[0] : undefined;
}

/** What bounds an exception in Kibana and a filter in nothing. */
function reportBounds(exception: JsonObject, { product }: LogSource, report: Report): void {
  const { expire_time, os_types } = exception;
  const tell = (what: string) => {
    const message = `The exception "${nameOf(exception)}" ${what}; it is written as a filter without bounds, which is narrower.`;
    report({ code: 'loss/exceptions', effect: 'narrower', message });
  };
  if (typeof expire_time === 'string') tell(`ends at ${expire_time}`);
  if (isList(os_types) && os_types.length > 0 && !os_types.includes(product ?? ''))
    tell(`is for ${os_types.join(' and ')} alone`);
}

const ofNoSystem: Diagnostic = {
  code: 'loss/log-source',
  message: 'It says no systems that it is for, and a filter needs a log source.',
};

function withoutSource(): Failure {
  const message = 'The rule has no log source, and a filter needs one.';
  return new Failure({ code: 'loss/log-source', message });
}

function leftOut(exception: JsonObject, { message }: Diagnostic): Diagnostic {
  return {
    code: 'loss/exceptions',
    effect: 'broader',
    message: `The exception "${nameOf(exception)}" has no words in Sigma, so the rule is written without it and matches more: ${message}`,
  };
}

function forAny(exception: JsonObject): Diagnostic {
  const message = `The exception "${nameOf(exception)}" is written as a filter for any rule of its system, as no rule here refers to its list, which is narrower.`;
  return { code: 'loss/exceptions', effect: 'narrower', message };
}

function leftBehind({ list, exceptions }: ExceptionList, why: string): Diagnostic {
  const message = `The exception list "${nameOf((list ?? exceptions[0])?.body ?? {})}" ${why}.`;
  return { code: 'loss/exceptions', effect: 'dropped', message };
}

function edited(list: ExceptionList): Diagnostic {
  const message = `The exceptions of the list "${nameOf(list.list?.body ?? {})}" were edited since they were made of a Sigma filter; the edit wins.`;
  return { code: 'carry/edited', message };
}

/** Lists that are not in the file exclude things all the same. */
function reportMissing(served: readonly Served[], lists: ReadonlySet<string>, findings: Findings): void {
  for (const { rule } of served) {
    for (const reference of referencesOf(rule).filter((one) => !lists.has(keyOfList(one)))) {
      const message = `The rule refers to the exception list "${nameOf(reference)}", which is not here; it is written without it and matches more.`;
      findings.tell([rule], { code: 'loss/exceptions', effect: 'broader', message });
    }
  }
}
