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
import { type Json, type JsonObject, objectOf } from '../../rule/json.ts';
import type { LogSource, Pack, RuleFilter } from '../../rule/rule.ts';
import { type Audience, anyRules, audiencesOf } from './audiences.ts';
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
  edited,
  forAny,
  leftBehind,
  leftOut,
  ofNoSystem,
  reportBounds,
  reportMissing,
  withoutSource,
} from './list-sayings.ts';
import { type ExceptionList, eachOnce, listsOf, nameOf, referringTo } from './lists.ts';
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
    const tell = (found: Diagnostic) => findings.tell([], found, list.list ?? list.exceptions[0]);
    for (const body of filtersOf(list, rules, { options, findings, tell }))
      bodies.set(JSON.stringify(body), body);
  }
  for (const list of foreign.values()) {
    const rules = referring.get(list.key) ?? [];
    // Its filters are written where the list stands; what they do to rules is said of the rules.
    if (!own.has(list.key) && rules.length > 0) filtersOf(list, rules, { options, findings, tell: () => {} });
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

interface Casting {
  readonly options: FilterOptions;
  readonly findings: Findings;
  /** What there is to say of the list itself. */
  readonly tell: Report;
}

function filtersOf(list: ExceptionList, rules: readonly Served[], casting: Casting): readonly JsonObject[] {
  const audiences = audiencesOf(rules);
  const exceptions = list.exceptions.map(({ body }) => body);
  const carried = carriedFilter(list.list?.body, exceptions);
  if (carried?.untouched && (audiences.length > 0 || rules.length === 0)) return [carried.body];
  const why = whyNot(list, rules, audiences, casting.options);
  if (why) casting.tell(why);
  else if (carried) casting.tell(edited(list));
  return (why ? [] : list.exceptions).flatMap((exception) => {
    const heard = rules.length > 0 ? audiences : anyRules(exception.body, list);
    return filtersFor(exception, list, heard, casting);
  });
}

function filtersFor(
  exception: RuleFilter,
  list: ExceptionList,
  audiences: readonly Audience[],
  { options, findings }: Casting,
): readonly JsonObject[] {
  if (audiences.length === 0) findings.tell([], leftOut(exception.body, ofNoSystem), exception);
  return audiences.flatMap((audience, index) => {
    const { rules } = audience;
    const outcome = attempt((report) =>
      filterOf(exception.body, list, audience, index === 0, options, report),
    );
    const { body } = exception;
    const found = outcome.ok ? outcome.diagnostics : [leftOut(body, outcome.diagnostics.at(-1)!)];
    for (const one of found) findings.tell(rules, one, exception);
    if (outcome.ok) return [outcome.value];
    findings.leave(rules, list.list ? [list.list, exception] : [exception]);
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

function filterOf(
  exception: JsonObject,
  { list }: ExceptionList,
  { source, names }: Audience,
  isFirst: boolean,
  { mapping, reading = 'pysigma', carry }: FilterOptions,
  report: Report,
): JsonObject {
  const logsource = writeLogSource(source);
  if (logsource === undefined) throw new Failure(withoutSource);
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
