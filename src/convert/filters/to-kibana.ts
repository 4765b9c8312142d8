import { sourceKey } from '../../mapping/mapping.ts';
import type { JsonObject } from '../../rule/json.ts';
import type { LogSource, Pack, Rule, RuleFilter } from '../../rule/rule.ts';
import {
  type CastFilters,
  type Elsewhere,
  type FilterOptions,
  nowhere,
  type Served,
} from './cast-filters.ts';
import { sourceOf } from './concern.ts';
import { Findings } from './findings.ts';
import { type Families, familiesOf, type Host, type Hosts, hostsOf } from './hosts.ts';
import { keyOfList, referenceTo } from './lists.ts';
import { madeOf } from './made.ts';
import { keysOfList } from './new-exceptions.ts';
import { assumptionOf } from './reading.ts';
import { alone, forSomeParts, taken } from './sayings.ts';
import { Shelf } from './shelf.ts';
import { reportUnknown } from './unknown.ts';

/**
 * Sigma filters as exception lists of Kibana: one list for each filter and each log source of the rules it
 * serves, one exception for each way in which what it leaves out can be met. Lists are written with the
 * rules they are for, as Kibana exports them; one that is for no rule here or elsewhere stands alone.
 * Exceptions that had become filters come back as they were.
 */
export function toKibanaExceptions(
  pack: Pack,
  served: readonly Served[],
  options: FilterOptions,
  { exclusions, served: others }: Elsewhere = nowhere,
): CastFilters {
  const filters = pack.filters.filter(({ format }) => format === 'sigma');
  const foreign = exclusions.filter(({ format }) => format === 'sigma');
  const cast: Cast = { shelf: new Shelf(), references: new Map(), findings: new Findings(), options };
  const families = familiesOf(
    served,
    others.map(({ rule }) => rule),
  );
  reportUnknown(filters, families, cast.findings);
  for (const one of filters) castFilter(one, families, cast);
  for (const one of foreign) castForeign(one, families, cast);
  if (filters.length > 0 || cast.references.size > 0)
    cast.findings.tell([], assumptionOf(options.reading ?? 'pysigma'));
  return {
    filters: cast.shelf.filters,
    references: new Map([...cast.references].map(([rule, lists]) => [rule, [...lists.values()]])),
    findings: cast.findings.ofRules,
    unsaid: cast.findings.unsaid,
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

function castFilter(one: RuleFilter, families: Families, cast: Cast): void {
  const source = sourceOf(one.body);
  const { whole, partly, elsewhere } = hostsOf(one.body, source, families);
  layOver(one, { whole, partly }, cast);
  if (whole.length + partly.length > 0) return;
  const goesAlong = elsewhere.length > 0;
  cast.findings.tell([], goesAlong ? taken(one.body, elsewhere) : alone(one.body), one);
  if (!goesAlong) write(one, [{ source, rules: [], written: [] }], cast);
}

/** A filter of another text is written for the rules of this one alone. */
function castForeign(one: RuleFilter, families: Families, cast: Cast): void {
  layOver(one, hostsOf(one.body, sourceOf(one.body), families), cast);
}

function layOver(one: RuleFilter, { whole, partly }: Omit<Hosts, 'elsewhere'>, cast: Cast): void {
  if (partly.length > 0) cast.findings.tell(partly, forSomeParts(one.body), one);
  cast.findings.leave(partly, [one]);
  write(one, bySource(whole), cast);
}

/** Rules of one log source, for which the fields of a filter have the same names. */
interface Audience {
  readonly source: LogSource;
  readonly rules: readonly Rule[];
  readonly written: readonly Rule[];
}

/** New exceptions, where what the filter leaves out can be said; the rules are told where it can not. */
function write(one: RuleFilter, audiences: readonly Audience[], cast: Cast): void {
  const { shelf, findings, options } = cast;
  for (const { source, rules, written } of audiences) {
    const made = madeOf(one.body, source, options);
    for (const found of made.diagnostics) findings.tell(rules, found, one);
    if (!made.ok) {
      findings.leave(rules, [one]);
      continue;
    }
    const { list, exceptions } = made.value;
    if (list) shelf.putList(list);
    for (const exception of exceptions) shelf.putException(exception);
    refer(written, referenceTo(list ?? keysOfList(exceptions[0]!)), cast);
  }
}

function refer(written: readonly Rule[], reference: JsonObject, { references }: Cast): void {
  for (const rule of written) {
    const known = references.get(rule) ?? new Map<string, JsonObject>();
    references.set(rule, known.set(keyOfList(reference), reference));
  }
}

/** Fields have other names in other log sources. */
function bySource(hosts: readonly Host[]): readonly Audience[] {
  const groups = new Map<string, Host[]>();
  for (const host of hosts) {
    const key = sourceKey(host.source);
    groups.set(key, [...(groups.get(key) ?? []), host]);
  }
  return [...groups.values()].map((group) => ({
    source: group[0]!.source,
    rules: group.map(({ rule }) => rule),
    written: group.flatMap(({ written }) => written),
  }));
}
