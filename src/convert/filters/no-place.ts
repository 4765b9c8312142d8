import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Pack, Rule, RuleFilter } from '../../rule/rule.ts';
import { type CastFilters, type Elsewhere, nowhere, type Served } from './cast-filters.ts';
import { sourceOf } from './concern.ts';
import { Findings } from './findings.ts';
import { type Families, familiesOf, hostsOf } from './hosts.ts';
import { eachOnce, keyOfList, listsOf, nameOf, referencesOf } from './lists.ts';
import { namesOf } from './sayings.ts';
import { reportUnknown } from './unknown.ts';

/**
 * Exclusions where the target has no place for any: the rules that they are for match more without them, and
 * are told so. They travel with those rules.
 */
export function withoutPlace(
  pack: Pack,
  served: readonly Served[],
  { exclusions, served: others }: Elsewhere = nowhere,
): CastFilters {
  const findings = new Findings();
  const families = familiesOf(
    served,
    others.map(({ rule }) => rule),
  );
  const own = wholesOf(pack.filters);
  const known = new Set(own.map(({ key }) => key));
  const foreign = wholesOf(exclusions).filter(({ key }) => !known.has(key));
  reportUnknown(pack.filters.filter(isSigma), families, findings);
  for (const { one, all } of [...own, ...foreign]) {
    const rules = rulesFor(one, families);
    if (rules.length > 0) findings.tell(rules, broader(one), one);
    findings.leave(rules, ...all);
  }
  for (const { one } of own) {
    if (rulesFor(one, families).length === 0) findings.tell([], leftBehind(one, families), one);
  }
  return {
    filters: [],
    references: new Map(),
    findings: findings.ofRules,
    unsaid: findings.unsaid,
    diagnostics: findings.ofPack,
  };
}

/** A filter, or a list of exceptions with all that is in it. */
interface Whole {
  readonly key: string;
  readonly one: RuleFilter;
  readonly all: readonly RuleFilter[];
}

function wholesOf(exclusions: readonly RuleFilter[]): readonly Whole[] {
  const each = eachOnce(exclusions);
  const lists = [...listsOf(each).values()].map(({ key, list, exceptions }) => {
    const all = list ? [list, ...exceptions] : exceptions;
    return { key, one: all[0]!, all };
  });
  const filters = each.filter(isSigma).map((one) => ({ key: JSON.stringify(one.body), one, all: [one] }));
  return [...filters, ...lists];
}

function isSigma({ format }: RuleFilter): boolean {
  return format === 'sigma';
}

/** The rules of this text that an exclusion is for, of those that were written. */
function rulesFor(one: RuleFilter, families: Families): readonly Rule[] {
  if (!isSigma(one)) return referringTo(one, families.served).map(({ rule }) => rule);
  const { whole, partly } = hostsOf(one.body, sourceOf(one.body), families);
  return [...whole.map(({ rule }) => rule), ...partly];
}

function referringTo(one: RuleFilter, served: readonly Served[]): readonly Served[] {
  const key = keyOfList(one.body);
  return served.filter(
    ({ rule, written }) => written.length > 0 && referencesOf(rule).some((list) => keyOfList(list) === key),
  );
}

const noPlace = 'has no place in a file of this format and shape';

function broader(one: RuleFilter): Diagnostic {
  const message = `${called(one)} ${noPlace}, so the rule is written without it and matches more.`;
  return { code: 'loss/exceptions', effect: 'broader', message };
}

function leftBehind(one: RuleFilter, families: Families): Diagnostic {
  const key = keyOfList(one.body);
  const elsewhere = isSigma(one)
    ? hostsOf(one.body, sourceOf(one.body), families).elsewhere
    : families.others.filter((rule) => referencesOf(rule).some((list) => keyOfList(list) === key));
  if (elsewhere.length === 0) {
    const message = `${called(one)} ${noPlace}; it was left behind.`;
    return { code: 'loss/exceptions', effect: 'dropped', message };
  }
  const message = `${called(one)} ${noPlace}; that is told of the rules that it is for, ${namesOf(elsewhere)}.`;
  return { code: 'convert/taken', effect: 'broader', message };
}

function called(one: RuleFilter): string {
  return `The ${isSigma(one) ? 'filter' : 'exception list'} "${nameOf(one.body)}"`;
}
