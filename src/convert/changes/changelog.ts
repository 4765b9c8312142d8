import { attempt, need } from '../../diagnostic/attempt.ts';
import type { Outcome } from '../../diagnostic/diagnostic.ts';
import { sameJson } from '../../rule/json.ts';
import type { Pack, Rule, RuleFilter } from '../../rule/rule.ts';
import { asData } from '../as-data.ts';
import type { Asked } from '../compare/asked.ts';
import { askedAmong, type CompareOptions, rulesToAsk } from '../compare/compare.ts';
import { differencesOf } from '../compare/envelope.ts';
import { nameOf } from '../filters/lists.ts';
import { formatFrom } from '../find-format.ts';
import { attackFor, mappingOf } from '../tables.ts';
import { envelopeChange } from './of-envelope.ts';
import { queryChanges } from './of-query.ts';
import type { RuleChange, Said } from './rule-change.ts';

/** How two texts are read, and held against events. */
export interface ChangelogOptions extends Omit<CompareOptions, 'from'> {
  /** The formats of the texts; each is found by its content where it is not said. */
  readonly formats?: { readonly before?: CompareOptions['from']; readonly after?: CompareOptions['from'] };
}

/**
 * What is otherwise in the rules of a second text than in those of a first, in words for people. Both may be of any formats; rules
 * are the same by their ids. What is said of events is so: it is asked of events, or proved.
 */
export function changelog(
  before: string,
  after: string,
  options: ChangelogOptions = {},
): Outcome<readonly RuleChange[]> {
  return attempt((report) => {
    const { formats = {} } = options;
    const read = (text: string, from: CompareOptions['from']) =>
      need(formatFrom(text, from ? { from } : {}).read(text), report);
    const [first, second] = [read(before, formats.before), read(after, formats.after)];
    return [...rulesIn(first, second, options), ...exclusionsIn(first, second)];
  });
}

function rulesIn(first: Pack, second: Pack, options: CompareOptions): readonly RuleChange[] {
  const [was, is] = [standing(first), standing(second)];
  const partners = paired(was, is);
  const [askedBefore, askedAfter] = [askedAmong(first, options), askedAmong(second, options)];
  const found = is.flatMap((rule): readonly RuleChange[] => {
    const old = partners.get(rule);
    if (old === undefined) return [named(rule, { where: 'rule', message: 'was added' })];
    if (areSame(old, rule) && first.filters.length + second.filters.length === 0 && !isOfOthers(rule))
      return [];
    return changesOfRule(askedBefore(old), askedAfter(rule), options).map((said) => named(rule, said));
  });
  const kept = new Set(partners.values());
  const gone = was.filter((rule) => !kept.has(rule));
  return [...found, ...gone.map((rule) => named(rule, { where: 'rule', message: 'was removed' }))];
}

function changesOfRule(before: Asked, after: Asked, options: CompareOptions): readonly Said[] {
  const versions = [
    attackFor({ id: 'sigma' }, { attack: 19 }),
    attackFor({ id: 'sigma' }, { attack: 18 }),
  ] as const;
  const beside = differencesOf(before.rule, after.rule, versions);
  return [...queryChanges(before, after, mappingOf(options)), ...beside.flatMap(envelopeChange)];
}

/** A correlation is what its rules are. */
function isOfOthers({ detection }: Rule): boolean {
  return detection.kind === 'correlation';
}

function areSame(a: Rule, b: Rule): boolean {
  return sameJson(asData(a), asData(b));
}

/** Rules that stand for themselves; where there are none, all. */
function standing(pack: Pack): readonly Rule[] {
  const rules = rulesToAsk(pack);
  return rules.length > 0 ? rules : pack.rules;
}

/** By id; two that are alone are one rule by whatever id. */
function paired(before: readonly Rule[], after: readonly Rule[]): ReadonlyMap<Rule, Rule> {
  if (before.length === 1 && after.length === 1) return new Map([[after[0]!, before[0]!]]);
  const left = new Map<string, Rule[]>();
  for (const rule of before) left.set(keyOf(rule), [...(left.get(keyOf(rule)) ?? []), rule]);
  const pairs = after.flatMap((rule) => {
    const old = left.get(keyOf(rule))?.shift();
    return old ? [[rule, old] as const] : [];
  });
  return new Map(pairs);
}

function keyOf({ id, name, title }: Rule): string {
  return id ?? name ?? title ?? '';
}

function named({ id, title }: Rule, said: Said): RuleChange {
  return { ...(id !== undefined && { id }), ...(title !== undefined && { title }), ...said };
}

/** Filters and exceptions that stand beside the rules. What they do to rules is told of these. */
function exclusionsIn(first: Pack, second: Pack): readonly RuleChange[] {
  const [was, is] = [first, second].map(
    ({ filters }) => new Map(filters.map((one) => [keyOfFilter(one), one])),
  );
  const told = (filter: RuleFilter, what: string): RuleChange => ({
    where: 'exclusion',
    message: `the exclusion "${nameOf(filter.body)}" was ${what}`,
  });
  const come = [...is!].flatMap(([key, one]) => {
    const old = was!.get(key);
    if (old === undefined) return [told(one, 'added')];
    return sameJson(old.body, one.body) ? [] : [told(one, 'changed')];
  });
  const gone = [...was!].flatMap(([key, one]) => (is!.has(key) ? [] : [told(one, 'removed')]));
  return [...come, ...gone];
}

function keyOfFilter({ body }: RuleFilter): string {
  return JSON.stringify([
    body['item_id'] ?? null,
    body['list_id'] ?? null,
    body['id'] ?? body['title'] ?? null,
  ]);
}
