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
  const known = directories.get(exclusions) ?? sorted(exclusions);
  directories.set(exclusions, known);
  return known;
}

function sorted(exclusions: readonly RuleFilter[]): Directory {
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
  const filtered = new Map<RuleFilter, Set<Rule>>();
  const listed = new Map<string, Rule[]>();
  for (const rule of rules) {
    for (const key of new Set(referencesOf(rule).map(keyOfList))) {
      if (lists.has(key) && !own.has(key)) put(listed, key, rule);
    }
    for (const one of meaning(rule, { named, general })) {
      filtered.set(one, (filtered.get(one) ?? new Set()).add(rule));
    }
  }
  if (filtered.size + listed.size === 0) return new Map();
  const found = new Map<RuleFilter, readonly Rule[]>();
  for (const [one, rules] of filtered) found.set(one, [...rules]);
  // A list may be long: all that is in it is for the same rules.
  for (const [key, rules] of listed) for (const one of lists.get(key) ?? []) found.set(one, rules);
  return found.size === 1 ? found : inOrder(found, exclusions);
}

/** The Sigma filters of these that are for a rule: it is of their log source, and they name it or all of them. */
export function filtersFor(rule: Rule, exclusions: readonly RuleFilter[]): readonly RuleFilter[] {
  const found = new Set(meaning(rule, directoryOf(exclusions)));
  return found.size === 0
    ? []
    : exclusions.filter((one) => found.has(one) && isWithin(rule, sourceOf(one.body)));
}

/** Correlations have no events of their own. */
function meaning(rule: Rule, { named, general }: Omit<Directory, 'lists'>): readonly RuleFilter[] {
  if (rule.detection.kind === 'correlation') return [];
  const names = [rule.id, rule.name].filter((name) => name !== undefined);
  return [
    ...names.flatMap((name) => named.get(name) ?? []),
    ...general.filter(({ source }) => isWithin(rule, source)).map(({ one }) => one),
  ];
}

function inOrder<T>(found: ReadonlyMap<RuleFilter, T>, exclusions: readonly RuleFilter[]) {
  return new Map(exclusions.filter((one) => found.has(one)).map((one) => [one, found.get(one)!]));
}
