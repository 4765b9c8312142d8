import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Pack, Rule, RuleFilter } from '../../rule/rule.ts';
import { type CastFilters, type Elsewhere, nowhere, type Served } from './cast-filters.ts';
import { sourceOf } from './concern.ts';
import { Findings } from './findings.ts';
import { type Families, familiesOf, hostsOf } from './hosts.ts';
import { eachOnce, keyOfList, listsOf, nameOf, referringTo } from './lists.ts';
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
  const meantBy = meaning(served, others, families);
  for (const { one, all } of own) {
    const { here, elsewhere } = meantBy(one);
    findings.tell(here, here.length > 0 ? broader(one) : leftBehind(one, elsewhere), one);
    findings.leave(here, all);
  }
  for (const { one, all } of foreign) {
    const { here } = meantBy(one);
    if (here.length > 0) findings.tell(here, broader(one), one);
    findings.leave(here, all);
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

/** Rules that an exclusion is for: of this text, where they were written, and of others. */
interface Meant {
  readonly here: readonly Rule[];
  readonly elsewhere: readonly Rule[];
}

function meaning(served: readonly Served[], others: readonly Served[], families: Families) {
  const [here, elsewhere] = [
    referringTo(served.filter(({ written }) => written.length > 0)),
    referringTo(others),
  ];
  return (one: RuleFilter): Meant => {
    if (isSigma(one)) {
      const { whole, partly, elsewhere } = hostsOf(one.body, sourceOf(one.body), families);
      return { here: [...whole.map(({ rule }) => rule), ...partly], elsewhere };
    }
    const key = keyOfList(one.body);
    const rulesIn = (lists: typeof here) => (lists?.get(key) ?? []).map(({ rule }) => rule);
    return { here: rulesIn(here), elsewhere: rulesIn(elsewhere) };
  };
}

const noPlace = 'has no place in a file of this format and shape';

function broader(one: RuleFilter): Diagnostic {
  const message = `${called(one)} ${noPlace}, so the rule is written without it and matches more.`;
  return { code: 'loss/exceptions', effect: 'broader', message };
}

function leftBehind(one: RuleFilter, elsewhere: readonly Rule[]): Diagnostic {
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
