import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Pack, Rule, RuleFilter } from '../../rule/rule.ts';
import { type CastFilters, type Elsewhere, nowhere, type Served } from './cast-filters.ts';
import { sourceOf } from './concern.ts';
import { Findings } from './findings.ts';
import { type Families, familiesOf, hostsOf } from './hosts.ts';
import { eachOnce, keyOfList, listsOf, nameOf, referringTo } from './lists.ts';
import { assumptionOf, type Reading } from './reading.ts';
import { namesOf } from './sayings.ts';
import { reportUnknown } from './unknown.ts';

/**
 * Exclusions where the target has no place for any. Sigma's filters have become a part of the queries of their rules,
 * where that could be said; otherwise the rules match more without them, and are told so. All of them travel with
 * those rules.
 */
export function withoutPlace(
  pack: Pack,
  served: readonly Served[],
  { exclusions, served: others }: Elsewhere = nowhere,
  { filtered, reading = 'pysigma' }: Joined = { filtered: new Set() },
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
  const tellRules = ({ one, all }: Whole, here: readonly Rule[]) => {
    const isPart = (rule: Rule) => isSigma(one) && filtered.has(rule);
    const [within, without] = [here.filter(isPart), here.filter((rule) => !isPart(rule))];
    if (within.length > 0) findings.tell(within, joined(one), one);
    if (without.length > 0) findings.tell(without, broader(one), one);
    findings.leave(here, all);
  };
  for (const whole of own) {
    const { here, elsewhere } = meantBy(whole.one);
    if (here.length === 0) findings.tell([], leftBehind(whole.one, elsewhere), whole.one);
    tellRules(whole, here);
  }
  for (const whole of foreign) tellRules(whole, meantBy(whole.one).here);
  if (filtered.size > 0) findings.tell([], assumptionOf(reading));
  return {
    filters: [],
    references: new Map(),
    findings: findings.ofRules,
    unsaid: findings.unsaid,
    diagnostics: findings.ofPack,
  };
}

/** Rules whose filters are a part of their query, and what the filters were taken to mean. */
export interface Joined {
  readonly filtered: ReadonlySet<Rule>;
  readonly reading?: Reading;
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

function joined(one: RuleFilter): Diagnostic {
  const message = `${called(one)} ${noPlace}; its condition is a part of the query instead.`;
  return { code: 'convert/joined', message };
}

function leftBehind(one: RuleFilter, elsewhere: readonly Rule[]): Diagnostic {
  if (elsewhere.length === 0) {
    const message = `${called(one)} ${noPlace}; it was left behind.`;
    return { code: 'loss/exceptions', effect: 'dropped', message };
  }
  const message = `${called(one)} ${noPlace}; what becomes of it is told of the rules that it is for, ${namesOf(elsewhere)}.`;
  // A filter may be a part of their queries.
  return { code: 'convert/taken', message, ...(!isSigma(one) && { effect: 'broader' }) };
}

function called(one: RuleFilter): string {
  return `The ${isSigma(one) ? 'filter' : 'exception list'} "${nameOf(one.body)}"`;
}
