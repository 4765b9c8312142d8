import type { Report } from '../diagnostic/diagnostic.ts';
import { sameJson } from '../rule/json.ts';
import type { Pack, Rule, RuleFilter } from '../rule/rule.ts';
import { type Cast, type Casting, cast } from './cast.ts';
import {
  type CastFilters,
  type Elsewhere,
  noFilters,
  nowhere,
  type Served,
  withExceptions,
} from './filters/cast-filters.ts';
import { concerned } from './filters/concern.ts';
import { eachOnce, keyOfList, referencesOf as listsOfRule } from './filters/lists.ts';
import { withoutPlace } from './filters/no-place.ts';
import { toKibanaExceptions } from './filters/to-kibana.ts';
import { toSigmaFilters } from './filters/to-sigma.ts';
import {
  bringsUnsaid,
  broughtHome,
  leavingBehind,
  travellingWith,
  withTravelling,
} from './filters/unsaid.ts';
import { renamedExclusions, renewedFilter } from './ids/filters.ts';
import { renamedReference } from './ids/renamed.ts';
import { type ConvertOptions, stops } from './options.ts';
import { type References, referencesOf } from './references.ts';

/** What stands in a file beside its rules: exceptions and filters, and other companions. */
export type Companions = Pick<Pack, 'filters' | 'rest'>;

/** What travels beside rules as it is, because the target has a place for it. */
export function companionsIn(casting: Casting, { filters, rest }: Pack): Companions {
  const { id } = casting.target;
  if (id === 'native') return { filters, rest };
  return {
    filters: hasExclusions(casting) ? filters.filter(({ format }) => format === id) : [],
    rest: hasConnectors(casting) ? rest : [],
  };
}

/** Of what has no place is told; exclusions are told of with the rules that they are for. */
export function reportCompanions(pack: Pack, casting: Casting, report: Report): void {
  if (companionsIn(casting, pack).rest.length === pack.rest.length) return;
  const message =
    'Connectors and other objects beside the rules have no place in a file of this format and shape; they were left behind.';
  report({ code: 'loss/carry', effect: 'dropped', message });
}

/** Whether the target has words for exclusions beside rules: filters, or exception lists. */
function hasExclusions({ target, options }: Pick<Casting, 'target' | 'options'>): boolean {
  return target.id === 'sigma' || (target.id === 'kibana' && (options.shape ?? 'export') === 'export');
}

function hasConnectors(casting: Casting): boolean {
  const { target, options } = casting;
  return target.id === 'kibana' && (hasExclusions(casting) || options.shape === 'saved-object');
}

/** The Sigma filters that are joined to the queries of their rules, as the target has no place for them. */
export function filtersToJoin({ filters }: Pack, { target, options }: Casting): readonly RuleFilter[] {
  if (target.id === 'native' || hasExclusions({ target, options })) return [];
  const all = [...filters, ...(options.exclusions ?? [])].filter(({ format }) => format === 'sigma');
  return all.length > 1 ? eachOnce(all) : all;
}

/** The exclusions of the rules in the words of the target, once these are cast; `known` is every rule by name. */
export function castExclusions(
  pack: Pack,
  format: string,
  casts: ReadonlyMap<Rule, Cast>,
  known: References,
  casting: Casting,
): CastFilters {
  const { target, mapping, options } = casting;
  // What has a place in its own words stays beside the rules as it is.
  if (target.id === 'native' || (target.id === format && hasExclusions(casting))) return noFilters;
  // Sigma is told which lists a rule names that are nowhere.
  if (target.id !== 'sigma' && !hasAny(pack, options)) return noFilters;
  const elsewhere = elsewhereOf(pack, known, casting);
  const served = pack.rules.map((rule) => ({ rule, written: casts.get(rule)?.rules ?? [] }));
  const { carry, filters: reading, allow } = options;
  if (!hasExclusions(casting)) {
    const filtered = new Set(pack.rules.filter((rule) => casts.get(rule)?.filtered));
    return withoutPlace(pack, served, elsewhere, { filtered, ...(reading && { reading }) });
  }
  const how = {
    mapping,
    ...(carry !== undefined && { carry }),
    ...(reading !== undefined && { reading }),
    ...(allow !== undefined && { allow }),
  };
  const into = target.id === 'sigma' ? toSigmaFilters : toKibanaExceptions;
  const { filters, ...others } = into(pack, served, how, elsewhere);
  const home = broughtHome(
    served.filter(({ written }) => written.length > 0).map(({ rule }) => rule),
    target.id,
  );
  const all = home.length > 0 ? eachOnce([...filters, ...home]) : filters;
  const { renaming } = casting;
  return { ...others, filters: renaming ? all.map((one) => renewedFilter(one, renaming)) : all };
}

/** Whether there are exclusions at all: in this text, in others of its run, or travelling with a rule. */
function hasAny({ rules, filters }: Pack, { exclusions = [] }: ConvertOptions): boolean {
  return filters.length + exclusions.length > 0 || rules.some(bringsUnsaid);
}

/** What concerns this text in the others of its run. */
function elsewhereOf(pack: Pack, known: References, casting: Casting): Elsewhere {
  const { renaming } = casting;
  const { exclusions: asked = [], references = [] } = casting.options;
  const exclusions = renaming ? renamedExclusions(asked, renaming) : asked;
  const meant = exclusions.length > 0 ? concernedBy(exclusions, withParts(pack, known)) : [];
  if (pack.filters.length + meant.length === 0) return nowhere;
  const own = new Set(pack.rules.map(({ id }) => id));
  const others = references
    .map((rule) => (renaming ? renamedReference(rule, renaming) : rule))
    .filter(({ id }) => id === undefined || !own.has(id));
  const isSigma = casting.target.id === 'sigma';
  const served = isSigma
    ? castOthers(pack, others, known, casting)
    : others.map((rule) => ({ rule, written: [] }));
  return { exclusions: meant, served };
}

/** A filter that stands beside the rules as well counts once. */
function concernedBy(exclusions: readonly RuleFilter[], pack: Pick<Pack, 'rules' | 'filters'>) {
  const own = pack.filters.filter(({ format }) => format === 'sigma');
  return [...concerned(pack, exclusions).keys()].filter(
    (one) => !own.some(({ body }) => sameJson(body, one.body)),
  );
}

/** What is for a part of a rule concerns the rule, wherever the part stands. */
function withParts({ rules, filters }: Pack, known: References): Pick<Pack, 'rules' | 'filters'> {
  const parts = rules.flatMap((rule) => referencesOf(rule, known)).filter((part) => part !== undefined);
  return { rules: parts.length > 0 ? [...new Set([...rules, ...parts])] : rules, filters };
}

/** Sigma's filters are of a log source, which the rules they are for have once they are cast. */
function castOthers(
  pack: Pack,
  rules: readonly Rule[],
  known: References,
  casting: Casting,
): readonly Served[] {
  const lists = new Set(
    pack.filters.filter(({ format }) => format === 'kibana').map(({ body }) => keyOfList(body)),
  );
  return rules
    .filter((rule) => listsOfRule(rule).some((list) => lists.has(keyOfList(list))))
    .map((rule) => ({ rule, written: cast({ rule, parts: referencesOf(rule, known) }, casting).rules }));
}

/** A rule as it was cast, with what its exclusions did to it. */
export function withExclusions(
  rule: Rule,
  result: Cast,
  { references, findings, unsaid }: CastFilters,
  casting: Casting,
): Cast {
  const { target, options } = casting;
  const found = [...(findings.get(rule) ?? [])];
  const hasPlace = hasRoom(casting);
  const home = hasExclusions(casting) ? target.id : undefined;
  const travelling = hasPlace ? travellingWith(rule, unsaid.get(rule) ?? [], home, found) : [];
  if (!hasPlace) found.push(...leavingBehind(rule, home));
  if (found.length + travelling.length + references.size === 0 && !bringsUnsaid(rule)) return result;
  const diagnostics = [...result.diagnostics, ...found];
  // The filters of a rule are approximations like those of the tables: only who wants none refuses it.
  if (options.strict && found.some((one) => stops(one, options)))
    return { rules: [], fidelity: 'refused', diagnostics };
  const last = result.rules.at(-1);
  const rules = result.rules.map((written) => {
    const excepted = withExceptions(written, references.get(written) ?? []);
    return written === last ? withTravelling(excepted, travelling) : excepted;
  });
  return { ...result, rules, diagnostics };
}

/** Whether something can travel with a rule. */
function hasRoom({ target, options }: Casting): boolean {
  return options.carry !== 'none' && !(target.id === 'kibana' && options.shape === 'asset');
}
