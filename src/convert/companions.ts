import type { Report } from '../diagnostic/diagnostic.ts';
import type { Pack, Rule } from '../rule/rule.ts';
import type { Cast, Casting } from './cast.ts';
import { type CastFilters, noFilters, withExceptions } from './filters/cast-filters.ts';
import { toKibanaExceptions } from './filters/to-kibana.ts';
import { toSigmaFilters } from './filters/to-sigma.ts';
import { renewedFilter } from './ids/filters.ts';
import { stops } from './options.ts';

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

/** What has no place is told of; exclusions that become those of the target are not meant. */
export function reportCompanions(pack: Pack, casting: Casting, report: Report): void {
  const { filters, rest } = companionsIn(casting, pack);
  const message = (what: string) =>
    `${what} beside the rules have no place in a file of this format and shape; they were left behind.`;
  if (filters.length < pack.filters.length && !hasExclusions(casting))
    report({ code: 'loss/exceptions', effect: 'dropped', message: message('Exceptions and filters') });
  if (rest.length < pack.rest.length)
    report({ code: 'loss/carry', effect: 'dropped', message: message('Connectors and other objects') });
}

/** Whether the target has words for exclusions beside rules: filters, or exception lists. */
function hasExclusions({ target, options }: Casting): boolean {
  return target.id === 'sigma' || (target.id === 'kibana' && (options.shape ?? 'export') === 'export');
}

function hasConnectors(casting: Casting): boolean {
  const { target, options } = casting;
  return target.id === 'kibana' && (hasExclusions(casting) || options.shape === 'saved-object');
}

/** The exclusions beside the rules in the words of the target, once the rules are cast. */
export function castExclusions(pack: Pack, casts: ReadonlyMap<Rule, Cast>, casting: Casting): CastFilters {
  if (!hasExclusions(casting)) return noFilters;
  const { carry, filters: reading } = casting.options;
  const options = {
    mapping: casting.mapping,
    ...(carry !== undefined && { carry }),
    ...(reading !== undefined && { reading }),
  };
  const served = pack.rules.map((rule) => ({ rule, written: casts.get(rule)?.rules ?? [] }));
  if (casting.target.id !== 'sigma') return toKibanaExceptions(pack, served, options);
  const { filters, ...others } = toSigmaFilters(pack, served, options);
  const { renaming } = casting;
  return { ...others, filters: renaming ? filters.map((one) => renewedFilter(one, renaming)) : filters };
}

/** A rule as it was cast, with what its exclusions did to it. */
export function withExclusions(
  rule: Rule,
  result: Cast,
  { references, findings }: CastFilters,
  { options }: Casting,
): Cast {
  const found = findings.get(rule) ?? [];
  if (found.length === 0 && references.size === 0) return result;
  const diagnostics = [...result.diagnostics, ...found];
  // The filters of a rule are approximations like those of the tables: only who wants none refuses it.
  if (options.strict && found.some((one) => stops(one, options)))
    return { rules: [], fidelity: 'refused', diagnostics };
  const rules = result.rules.map((written) => withExceptions(written, references.get(written) ?? []));
  return { ...result, rules, diagnostics };
}
