import { attempt } from '../../diagnostic/attempt.ts';
import { readLogSource } from '../../formats/sigma/log-source.ts';
import { isList, isObject, type JsonObject } from '../../rule/json.ts';
import type { LogSource, Pack, Rule, RuleFilter } from '../../rule/rule.ts';
import { keyOfList, referencesOf } from './lists.ts';

/** The rules that a Sigma filter names. `any` and an empty list name all of them. */
export function namesIn({ filter }: JsonObject): 'any' | readonly string[] {
  const { rules } = isObject(filter) ? filter : {};
  const names = isList(rules) ? rules : rules === undefined ? [] : [rules];
  if (names.length === 0 || (names.length === 1 && names[0] === 'any')) return 'any';
  return names.filter((name) => typeof name === 'string');
}

export function sourceOf({ logsource }: JsonObject): LogSource {
  const source = attempt(() => readLogSource(logsource, () => {}));
  return source.ok ? source.value : {};
}

/** Whether the rule is of the same log source or of a narrower one. */
export function isWithin({ logSource = {} }: Rule, { category, product, service }: LogSource): boolean {
  return (
    (category === undefined || category === logSource.category) &&
    (product === undefined || product === logSource.product) &&
    (service === undefined || service === logSource.service)
  );
}

/** Exclusions by what a rule has to be to be meant. */
interface Directory {
  readonly named: ReadonlyMap<string, readonly RuleFilter[]>;
  readonly general: readonly { readonly one: RuleFilter; readonly source: LogSource }[];
  readonly lists: ReadonlyMap<string, readonly RuleFilter[]>;
}

/** A run hands in the same exclusions with each of its texts. */
const directories = new WeakMap<readonly RuleFilter[], Directory>();

function directoryOf(exclusions: readonly RuleFilter[]): Directory {
  const known = directories.get(exclusions) ?? listed(exclusions);
  directories.set(exclusions, known);
  return known;
}

function listed(exclusions: readonly RuleFilter[]): Directory {
  const named = new Map<string, RuleFilter[]>();
  const lists = new Map<string, RuleFilter[]>();
  const general: Directory['general'][number][] = [];
  for (const one of exclusions) {
    const names = one.format === 'sigma' ? namesIn(one.body) : [];
    if (names === 'any') general.push({ one, source: sourceOf(one.body) });
    else for (const name of names) put(named, name, one);
    if (one.format === 'kibana') put(lists, keyOfList(one.body), one);
  }
  return { named, general, lists };
}

function put<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const known = lists.get(key);
  if (known) known.push(value);
  else lists.set(key, [value]);
}

/**
 * The rules of a pack that exclusions of other texts are for, by exclusion and in the order of those: a Sigma
 * filter is for the rules it names, an exception for those that refer to its list, unless a list of that name
 * stands in the pack itself.
 */
export function concerned(
  { rules, filters }: Pick<Pack, 'rules' | 'filters'>,
  exclusions: readonly RuleFilter[],
): ReadonlyMap<RuleFilter, readonly Rule[]> {
  const { named, general, lists } = directoryOf(exclusions);
  const own = new Set(filters.filter(({ format }) => format === 'kibana').map(({ body }) => keyOfList(body)));
  const found = new Map<RuleFilter, Set<Rule>>();
  const note = (rule: Rule, ones: Iterable<RuleFilter> = []) => {
    for (const one of ones) found.set(one, (found.get(one) ?? new Set()).add(rule));
  };
  for (const rule of rules) {
    for (const key of new Set(referencesOf(rule).map(keyOfList)))
      if (!own.has(key)) note(rule, lists.get(key));
    if (rule.detection.kind === 'correlation') continue;
    for (const name of [rule.id, rule.name]) if (name !== undefined) note(rule, named.get(name));
    for (const { one, source } of general) if (isWithin(rule, source)) note(rule, [one]);
  }
  const inOrder = found.size > 1 ? exclusions.filter((one) => found.has(one)) : [...found.keys()];
  return new Map(inOrder.map((one) => [one, [...found.get(one)!]]));
}
