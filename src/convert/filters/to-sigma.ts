import { attempt, Failure, need } from '../../diagnostic/attempt.ts';
import type { Diagnostic, Report } from '../../diagnostic/diagnostic.ts';
import { writeLogSource } from '../../formats/sigma/log-source.ts';
import { parseEntries } from '../../languages/dsl/parse-entries.ts';
import { renameFields } from '../../mapping/fields.ts';
import { type Mapping, sourceKey } from '../../mapping/mapping.ts';
import { retyped } from '../../mapping/types.ts';
import { not } from '../../query/build.ts';
import type { Predicate } from '../../query/query.ts';
import { staysBehind } from '../../rule/carry.ts';
import { isList, type Json, type JsonObject, objectOf, sameJson } from '../../rule/json.ts';
import type { LogSource, Pack, Rule, RuleFilter } from '../../rule/rule.ts';
import { type CastFilters, type FilterOptions, Findings, type Served } from './cast-filters.ts';
import { searchesFor } from './document.ts';
import { derivedId, idFor } from './ids.ts';
import { type ExceptionList, keyOfList, listsOf, nameOf, referencesOf } from './lists.ts';
import { assumptionOf, excluding, opposite } from './reading.ts';
import { carriedFilter, withException } from './travel.ts';

/**
 * The exceptions of a Kibana export as Sigma filters: one for each exception of a list that a written
 * rule refers to, and for each log source of the rules it serves. What Sigma has no words for travels
 * under `rulecast`; an exception that can not be said makes its rules broader, and they are told so.
 */
export function toSigmaFilters(pack: Pack, served: readonly Served[], options: FilterOptions): CastFilters {
  const lists = listsOf(pack.filters);
  const findings = new Findings();
  const bodies: JsonObject[] = [];
  const referring = referringTo(served);
  for (const list of lists.values()) {
    for (const body of filtersOf(list, referring.get(list.key) ?? [], options, findings)) {
      // A filter that had become several lists comes back from each of them.
      if (!bodies.some((known) => known['id'] === body['id'] && sameJson(known, body))) bodies.push(body);
    }
  }
  reportMissing(served, lists, findings);
  if (bodies.length > 0) findings.ofPack.push(assumptionOf(options.reading ?? 'pysigma'));
  return {
    filters: bodies.map((body): RuleFilter => ({ format: 'sigma', body })),
    references: new Map(),
    findings: findings.ofRules,
    diagnostics: findings.ofPack,
  };
}

/** The rules that refer to a list, by the key of the list. */
function referringTo(served: readonly Served[]): ReadonlyMap<string, readonly Served[]> {
  const referring = new Map<string, Served[]>();
  for (const one of served) {
    for (const key of new Set(referencesOf(one.rule).map(keyOfList))) {
      const known = referring.get(key);
      if (known) known.push(one);
      else referring.set(key, [one]);
    }
  }
  return referring;
}

function filtersOf(
  list: ExceptionList,
  rules: readonly Served[],
  options: FilterOptions,
  findings: Findings,
): readonly JsonObject[] {
  const audiences = audiencesOf(rules);
  if (list.exceptions.length === 0 || audiences.length === 0) {
    const why = list.exceptions.length === 0 ? 'holds no exceptions' : 'serves no rule that was written';
    findings.ofPack.push(leftBehind(list, why));
    return [];
  }
  const carried = carriedFilter(list.list, list.exceptions);
  if (carried?.untouched) return [carried.body];
  if (carried) findings.ofPack.push(edited(list));
  return list.exceptions.flatMap((exception) =>
    audiences.flatMap((audience, index) => {
      const tell = (found: Diagnostic) => findings.tell(audience.rules, found);
      const outcome = attempt((report) =>
        filterOf(exception, list.list, audience, index === 0, options, report),
      );
      if (outcome.ok) outcome.diagnostics.forEach(tell);
      else tell(leftOut(exception, outcome.diagnostics.at(-1)!));
      return outcome.ok ? [outcome.value] : [];
    }),
  );
}

/** Rules of one log source: one filter serves them all, as their fields have the same names. */
interface Audience {
  readonly source: LogSource;
  /** As filters may call them. */
  readonly names: readonly string[];
  readonly rules: readonly Rule[];
}

/** A rule of several events is served in each of its parts; filters are not for correlations. */
function audiencesOf(served: readonly Served[]): readonly Audience[] {
  const audiences = new Map<string, Audience>();
  for (const { rule, written } of served) {
    for (const { id, name, logSource = {}, detection } of written) {
      const called = id ?? name;
      if (detection.kind !== 'query' || called === undefined) continue;
      const source = bare(logSource);
      const key = sourceKey(source);
      const { names = [], rules = [] } = audiences.get(key) ?? {};
      audiences.set(key, { source, names: [...names, called], rules: [...rules, rule] });
    }
  }
  return [...audiences.values()];
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
  list: JsonObject | undefined,
  { source, names }: Audience,
  isFirst: boolean,
  { mapping, reading = 'pysigma', carry }: FilterOptions,
  report: Report,
): JsonObject {
  const logsource = writeLogSource(source);
  if (logsource === undefined) throw withoutSource();
  const excluded = inSigma(need(parseEntries(exception['entries']), report), source, mapping, report);
  const searches = searchesFor(excluding(excluded, reading));
  reportBounds(exception, source, report);
  const body = objectOf([
    ...wordsOf(exception, isFirst ? undefined : sourceKey(source)),
    ['logsource', logsource],
    ['filter', { rules: [...new Set(names)], ...searches }],
  ]);
  if (carry !== 'none') return withException(body, exception, list);
  reportUnsaid(exception, list, report);
  return body;
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

/** What says which exception it is, and what a filter says as well. */
const said: ReadonlySet<string> = new Set([
  ...[
    'item_id',
    'list_id',
    'namespace_type',
    'type',
    'name',
    'description',
    'entries',
    'expire_time',
    'os_types',
  ],
  ...['id', '_version', 'tie_breaker_id', 'created_at', 'updated_at'],
]);

/** Where nothing is to travel. */
function reportUnsaid(exception: JsonObject, list: JsonObject | undefined, report: Report): void {
  const left = Object.entries(exception).filter(([key, value]) => !said.has(key) && !isEmpty(value));
  const fields = [...left.map(([key]) => key), ...(list ? ['the list it stands in'] : [])];
  staysBehind(`Of the exception "${nameOf(exception)}" nothing was to travel`, {}, fields).forEach(report);
}

function isEmpty(value: Json): boolean {
  return value === null || value === '' || (isList(value) && value.length === 0);
}

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

function leftBehind(list: ExceptionList, why: string): Diagnostic {
  const message = `The exception list "${nameOf(list.list ?? list.exceptions[0] ?? {})}" ${why}; it was left behind.`;
  return { code: 'loss/exceptions', effect: 'dropped', message };
}

function edited(list: ExceptionList): Diagnostic {
  const message = `The exceptions of the list "${nameOf(list.list ?? {})}" were edited since they were made of a Sigma filter; the edit wins.`;
  return { code: 'carry/edited', message };
}

/** Lists that are not in the file exclude things all the same. */
function reportMissing(
  served: readonly Served[],
  lists: ReadonlyMap<string, ExceptionList>,
  findings: Findings,
): void {
  for (const { rule } of served) {
    for (const reference of referencesOf(rule).filter((one) => !lists.has(keyOfList(one)))) {
      const message = `The rule refers to the exception list "${nameOf(reference)}", which is not in the file; it is written without it and matches more.`;
      findings.tell([rule], { code: 'loss/exceptions', effect: 'broader', message });
    }
  }
}
