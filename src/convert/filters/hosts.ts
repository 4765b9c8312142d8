import type { JsonObject } from '../../rule/json.ts';
import type { LogSource, Rule } from '../../rule/rule.ts';
import type { Served } from './cast-filters.ts';
import { isWithin, namesIn } from './concern.ts';

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
  /** Rules of other texts that it is for. */
  readonly elsewhere: readonly Rule[];
}

/** Rules, and of those that refer to others the rules that they refer to: undefined for one that is nowhere. */
export interface Families {
  readonly served: readonly Served[];
  /** Rules of other texts. */
  readonly others: readonly Rule[];
  readonly parts: ReadonlyMap<Served, readonly (Rule | undefined)[]>;
}

export function familiesOf(served: readonly Served[], others: readonly Rule[]): Families {
  const named = new Map<string, Rule>();
  for (const rule of [...others, ...served.map(({ rule }) => rule)]) {
    for (const name of [rule.id, rule.name]) if (name !== undefined) named.set(name, rule);
  }
  const wholes = served.filter(({ rule }) => rule.detection.kind === 'correlation');
  return { served, others, parts: new Map(wholes.map((whole) => [whole, partsOf(whole.rule, named)])) };
}

function partsOf({ detection }: Rule, named: ReadonlyMap<string, Rule>): readonly (Rule | undefined)[] {
  const names = detection.kind === 'correlation' ? detection.rules : [];
  return names.map((name) => named.get(name));
}

/** Where a filter goes: to the rules it names, and to those that these are parts of. */
export function hostsOf(filter: JsonObject, source: LogSource, { served, others, parts }: Families): Hosts {
  const isNamed = namedBy(filter);
  const isMeant = (rule: Rule) => isNamed(rule) && isWithin(rule, source);
  const elsewhere = others.filter(isMeant);
  const own = served.filter(({ rule }) => isMeant(rule));
  const chosen = new Set([...elsewhere, ...own.map(({ rule }) => rule)]);
  const whole: Host[] = own.map(({ rule, written }) => ({ rule, written, source: rule.logSource ?? {} }));
  const partly: Rule[] = [];
  for (const [{ rule, written }, of] of parts) {
    const filtered = of.filter((part) => part !== undefined && chosen.has(part));
    const [first] = filtered;
    if (first === undefined) continue;
    if (filtered.length < of.length) partly.push(rule);
    else whole.push({ rule, written, source: first.logSource ?? {} });
  }
  return { whole: whole.filter((host) => host.written.length > 0), partly, elsewhere };
}

/** Correlations have no events of their own. */
function namedBy(filter: JsonObject): (rule: Rule) => boolean {
  const names = namesIn(filter);
  return ({ id, name, detection }) =>
    detection.kind !== 'correlation' && (names === 'any' || names.some((one) => one === id || one === name));
}
