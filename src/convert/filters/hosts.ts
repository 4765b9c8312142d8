import { isList, isObject, type JsonObject } from '../../rule/json.ts';
import type { LogSource, Rule } from '../../rule/rule.ts';
import type { Served } from './cast-filters.ts';

/** A rule of the target that a Sigma filter narrows down, and the log source that its fields are of. */
export interface Host {
  readonly rule: Rule;
  readonly written: readonly Rule[];
  readonly source: LogSource;
}

export interface Hosts {
  readonly whole: readonly Host[];
  /** Rules of several events of which the filter is for some only: lists are laid over all of them. */
  readonly partly: readonly Rule[];
}

/** Rules, and of those that refer to others the rules that they refer to: undefined for one that is elsewhere. */
export interface Families {
  readonly served: readonly Served[];
  readonly parts: ReadonlyMap<Served, readonly (Served | undefined)[]>;
}

export function familiesOf(served: readonly Served[]): Families {
  const named = new Map<string, Served>();
  for (const one of served) {
    for (const name of [one.rule.id, one.rule.name]) if (name !== undefined) named.set(name, one);
  }
  const wholes = served.filter(({ rule }) => rule.detection.kind === 'correlation');
  return { served, parts: new Map(wholes.map((whole) => [whole, partsOf(whole.rule, named)])) };
}

function partsOf({ detection }: Rule, named: ReadonlyMap<string, Served>): readonly (Served | undefined)[] {
  const names = detection.kind === 'correlation' ? detection.rules : [];
  return names.map((name) => named.get(name));
}

/** Where a filter goes: to the rules it names, and to those that these are parts of. */
export function hostsOf(filter: JsonObject, source: LogSource, { served, parts }: Families): Hosts {
  const isNamed = namedBy(isObject(filter['filter']) ? filter['filter'] : {});
  const chosen = new Set(served.filter(({ rule }) => isNamed(rule) && isWithin(rule, source)));
  const whole: Host[] = [...chosen].map(({ rule, written }) => ({
    rule,
    written,
    source: rule.logSource ?? {},
  }));
  const partly: Rule[] = [];
  for (const [{ rule, written }, of] of parts) {
    const filtered = of.filter((part) => part !== undefined && chosen.has(part));
    const [first] = filtered;
    if (first === undefined) continue;
    if (filtered.length < of.length) partly.push(rule);
    else whole.push({ rule, written, source: first.rule.logSource ?? {} });
  }
  return { whole: whole.filter((host) => host.written.length > 0), partly };
}

/** `any` and an empty list name all rules. Correlations have no events of their own. */
function namedBy({ rules }: JsonObject): (rule: Rule) => boolean {
  const names = isList(rules) ? rules : rules === undefined ? [] : [rules];
  const all = names.length === 0 || (names.length === 1 && names[0] === 'any');
  return ({ id, name, detection }) =>
    detection.kind !== 'correlation' && (all || names.some((one) => one === id || one === name));
}

/** Whether the rule is of the same log source or of a narrower one. */
function isWithin({ logSource = {} }: Rule, { category, product, service }: LogSource): boolean {
  return (
    (category === undefined || category === logSource.category) &&
    (product === undefined || product === logSource.product) &&
    (service === undefined || service === logSource.service)
  );
}
