import { attempt } from '../../diagnostic/attempt.ts';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { readLogSource } from '../../formats/sigma/log-source.ts';
import type { Entry } from '../../languages/dsl/entry.ts';
import { sourceKey } from '../../mapping/mapping.ts';
import { staysBehind } from '../../rule/carry.ts';
import { type JsonObject, sameJson } from '../../rule/json.ts';
import type { LogSource, Pack, Rule } from '../../rule/rule.ts';
import { type CastFilters, type FilterOptions, Findings, type Served } from './cast-filters.ts';
import { conditionOf } from './document.ts';
import { exceptionsFor, jsonOfEntries } from './exceptions.ts';
import { type Families, familiesOf, type Host, hostsOf } from './hosts.ts';
import { derivedId, idFor } from './ids.ts';
import { keyOfList, nameOf, referenceTo } from './lists.ts';
import { assumptionOf, excludedBy } from './reading.ts';
import { renewed, Shelf } from './shelf.ts';
import { wordsOf } from './to-sigma.ts';
import { type CarriedException, carriedException, withFilter } from './travel.ts';

/**
 * The Sigma filters of a pack as exception lists of Kibana: one list for each filter and each log source
 * of the rules it serves, one exception for each way in which what it leaves out can be met. Exceptions
 * that had become filters come back as they were.
 */
export function toKibanaExceptions(
  pack: Pack,
  served: readonly Served[],
  options: FilterOptions,
): CastFilters {
  const bodies = pack.filters.filter(({ format }) => format === 'sigma').map(({ body }) => body);
  const cast: Cast = { shelf: new Shelf(), references: new Map(), findings: new Findings(), options };
  const families = familiesOf(served);
  for (const body of bodies) castFilter(body, families, cast);
  if (bodies.length > 0) cast.findings.ofPack.push(assumptionOf(options.reading ?? 'pysigma'));
  return {
    filters: cast.shelf.filters,
    references: new Map([...cast.references].map(([rule, lists]) => [rule, [...lists.values()]])),
    findings: cast.findings.ofRules,
    diagnostics: cast.findings.ofPack,
  };
}

/** What has come together so far. */
interface Cast {
  readonly shelf: Shelf;
  /** By the list they are to. */
  readonly references: Map<Rule, Map<string, JsonObject>>;
  readonly findings: Findings;
  readonly options: FilterOptions;
}

function castFilter(body: JsonObject, families: Families, cast: Cast): void {
  const source = attempt(() => readLogSource(body['logsource'], () => {}));
  const { whole, partly } = hostsOf(body, source.ok ? source.value : {}, families);
  cast.findings.tell(partly, forSomeParts(body));
  if (whole.length === 0) {
    if (partly.length === 0) cast.findings.ofPack.push(leftBehind(body));
    return;
  }
  const carried = carriedException(body);
  if (carried?.untouched) restore(body, carried, whole, cast);
  else bySource(whole).forEach((hosts, index) => writeAnew(body, carried, hosts, index, cast));
}

/** The exception that the filter was made of, and the list it stood in. */
function restore(
  body: JsonObject,
  { exception, list }: CarriedException,
  hosts: readonly Host[],
  cast: Cast,
): void {
  if (list) cast.shelf.putList(list);
  cast.shelf.putException({ ...exception, ...editedWords(body, exception) });
  refer(hosts, referenceTo(list ?? keysOfList(exception)), cast);
}

/** New exceptions, where what the filter leaves out can be said; the rules are told where it can not. */
function writeAnew(
  body: JsonObject,
  carried: CarriedException | undefined,
  hosts: readonly Host[],
  index: number,
  cast: Cast,
): void {
  const { mapping, reading = 'pysigma' } = cast.options;
  const { source } = hosts[0]!;
  const rules = hosts.map(({ rule }) => rule);
  const outcome = attempt((report) =>
    exceptionsFor(excludedBy(conditionOf(body), reading), source, mapping, report),
  );
  const found = outcome.ok ? outcome.diagnostics : [leftOut(body, outcome.diagnostics.at(-1)!)];
  for (const one of found) cast.findings.tell(rules, one);
  if (carried) cast.findings.tell(rules, edited(body));
  if (!outcome.ok || outcome.value.length === 0) return;
  const place = carried ? placeOf(body, carried) : newPlace(body, source, index === 0);
  if (cast.options.carry === 'none') for (const found of unsaid(body)) cast.findings.tell(rules, found);
  putAway(body, place, outcome.value, cast);
  refer(hosts, referenceTo(place.list ?? keysOfList(place.model)), cast);
}

/** Where new exceptions go, and what each of them is but for its entries. */
interface Place {
  readonly list?: JsonObject;
  readonly model: JsonObject;
  /** The list is made for the filter, so the filter can travel with it. */
  readonly isNew: boolean;
}

/** Those that take the place of a carried exception are called as it was, and stand where it stood. */
function placeOf(body: JsonObject, { exception, list }: CarriedException): Place {
  return { model: { ...exception, ...editedWords(body, exception) }, ...(list && { list }), isNew: false };
}

function newPlace(body: JsonObject, source: LogSource, isFirst: boolean): Place {
  const list = listFor(body, source);
  return { list, model: exceptionFor(body, list, source, isFirst), isNew: true };
}

function putAway(
  body: JsonObject,
  { list, model, isNew }: Place,
  ways: readonly (readonly Entry[])[],
  { shelf, options }: Cast,
): void {
  const exceptions = ways.map((entries, index) => {
    const exception = { ...model, entries: jsonOfEntries(entries) };
    return index === 0 ? exception : renewed(exception);
  });
  if (list) shelf.putList(isNew && options.carry !== 'none' ? withFilter(list, body, exceptions) : list);
  for (const exception of exceptions) shelf.putException(exception);
}

function refer(hosts: readonly Host[], reference: JsonObject, { references }: Cast): void {
  for (const rule of hosts.flatMap((host) => host.written)) {
    const known = references.get(rule) ?? new Map<string, JsonObject>();
    references.set(rule, known.set(keyOfList(reference), reference));
  }
}

/** Fields have other names in other log sources. */
function bySource(hosts: readonly Host[]): readonly (readonly Host[])[] {
  const groups = new Map<string, Host[]>();
  for (const host of hosts) {
    const key = sourceKey(host.source);
    groups.set(key, [...(groups.get(key) ?? []), host]);
  }
  return [...groups.values()];
}

function listFor(body: JsonObject, source: LogSource): JsonObject {
  const id = derivedId('list', body['id'] ?? nameOf(body), sourceKey(source));
  return {
    id,
    list_id: id,
    type: 'detection',
    name: nameOf(body),
    description: descriptionOf(body),
    namespace_type: 'single',
    os_types: [],
    tags: [],
    version: 1,
  };
}

function exceptionFor(body: JsonObject, list: JsonObject, source: LogSource, isFirst: boolean): JsonObject {
  const own = body['id'] ?? nameOf(body);
  return {
    item_id: isFirst ? idFor(own) : derivedId(own, sourceKey(source)),
    list_id: list['list_id'] ?? '',
    type: 'simple',
    name: nameOf(body),
    description: descriptionOf(body),
    namespace_type: 'single',
    os_types: [],
    tags: [],
    comments: [],
  };
}

/** Kibana wants a description of everything. */
function descriptionOf(body: JsonObject): string {
  const { description } = body;
  return typeof description === 'string' && description !== '' ? description : nameOf(body);
}

/** Name and description, where the filter does not say any more what was written for the exception. */
function editedWords(body: JsonObject, exception: JsonObject): JsonObject {
  const before = new Map(wordsOf(exception));
  const { title = '', description = '' } = body;
  return {
    ...(!sameJson(title, before.get('title')) && { name: title }),
    ...(!sameJson(description, before.get('description') ?? '') && { description }),
  };
}

/** What an exception says of the list it stands in. */
function keysOfList({ list_id, namespace_type }: JsonObject): JsonObject {
  return {
    ...(list_id !== undefined && { list_id }),
    ...(namespace_type !== undefined && { namespace_type }),
  };
}

/** What an exception says as well as a filter, or is made of. */
const said: ReadonlySet<string> = new Set(['title', 'id', 'description', 'logsource', 'filter']);

/** Where nothing is to travel. */
function unsaid(body: JsonObject): readonly Diagnostic[] {
  const fields = Object.keys(body).filter((key) => !said.has(key));
  return staysBehind(`Of the filter "${nameOf(body)}" nothing was to travel`, {}, fields);
}

function leftOut(body: JsonObject, { message }: Diagnostic): Diagnostic {
  return {
    code: 'loss/exceptions',
    effect: 'broader',
    message: `The filter "${nameOf(body)}" has no words in exceptions, so the rule is written without it and matches more: ${message}`,
  };
}

function forSomeParts(body: JsonObject): Diagnostic {
  return {
    code: 'loss/exceptions',
    effect: 'broader',
    message: `The filter "${nameOf(body)}" is for some events of the rule, and exceptions are for all of them; the rule is written without it and matches more.`,
  };
}

function leftBehind(body: JsonObject): Diagnostic {
  const message = `The filter "${nameOf(body)}" serves no rule that was written; it was left behind.`;
  return { code: 'loss/exceptions', effect: 'dropped', message };
}

function edited(body: JsonObject): Diagnostic {
  const message = `The filter "${nameOf(body)}" was edited since it was made of an exception; the edit wins.`;
  return { code: 'carry/edited', message };
}
