import { type Attack, threatFromTags, threatIn } from '../../mapping/attack.ts';
import { type Json, type JsonObject, sameJson } from '../../rule/json.ts';
import type { Rule, Threat } from '../../rule/rule.ts';
import { inventedIn, without } from '../invented.ts';
import { isSigma } from '../taxonomies.ts';

/** What two rules say differently beside their queries. A side that says nothing of it has no key; null is something said. */
export interface Difference {
  /** `severity`, `threat`, `engine.interval` */
  readonly field: string;
  readonly first?: Json;
  readonly second?: Json;
}

type Said = ReadonlyMap<string, Json>;

/**
 * What two rules say differently, field by field, in the words of the neutral model. Between rules of Sigma's and of Elastic's,
 * only fields count that both have words for: that a format can not say something is no difference.
 */
export function differencesOf(
  first: Rule,
  second: Rule,
  [attack, ...others]: readonly [Attack, ...Attack[]],
): readonly Difference[] {
  const isAlike = isSigma(first) === isSigma(second);
  const [a, b] = [saidBy(first, attack, isAlike), saidBy(second, attack, isAlike)];
  // Each names a version of its own.
  const isSameThreat = others.some((one) =>
    sameJson(threatOf(first, one).threat, threatOf(second, one).threat),
  );
  return [...new Set([...a.keys(), ...b.keys()])]
    .filter((field) => !sameJson(a.get(field), b.get(field)))
    .filter((field) => field !== 'threat' || !isSameThreat)
    .filter((field) => isAlike || isCommon(field) || (a.has(field) && b.has(field)))
    .map((field) => ({
      field,
      ...(a.has(field) && { first: a.get(field)! }),
      ...(b.has(field) && { second: b.get(field)! }),
    }));
}

/** Fields of the model that are compared as they are, in the order in which they are told. */
const plain = [
  'id',
  'name',
  'title',
  'description',
  'severity',
  'riskScore',
  'status',
  'deprecation',
  'authors',
  'license',
  'created',
  'modified',
  'references',
  'falsePositives',
  'related',
  'fields',
  'taxonomy',
  'indices',
] as const satisfies readonly (keyof Rule)[];

const common: ReadonlySet<string> = new Set([
  'title',
  'description',
  'severity',
  'status',
  'authors',
  'license',
  'created',
  'modified',
  'references',
  'falsePositives',
  'threat',
]);

/** Whether Sigma and Elastic both have words for it. */
function isCommon(field: string): boolean {
  return common.has(field);
}

function saidBy(given: Rule, attack: Attack, isAlike: boolean): Said {
  // What a conversion made up, and nobody has made his own since, nobody said.
  const rule = without(given, inventedIn(given));
  const said = new Map<string, Json>();
  for (const field of plain) {
    const value = rule[field];
    if (value !== undefined) said.set(field, value as Json);
  }
  // Elastic has no word for it, and shows such rules as the lowest.
  if (!isAlike && rule.severity === 'informational') said.set('severity', 'low');
  const { threat, tags } = threatOf(rule, attack);
  if (threat) said.set('threat', threat);
  if (tags && isAlike) said.set('tags', tags);
  if (rule.logSource && isAlike) said.set('logSource', rule.logSource as unknown as JsonObject);
  for (const [key, value] of Object.entries(rule.engine ?? {})) said.set(`engine.${key}`, value);
  return said;
}

/** Tactics and techniques by their ids, in one version of ATT&CK; and the tags that are none. */
function threatOf(
  rule: Rule,
  attack: Attack,
): { readonly threat?: readonly string[]; readonly tags?: readonly string[] } {
  const { tags } = rule;
  if (!isSigma(rule)) {
    const threat = rule.threat && idsOf(threatIn(rule.threat, attack));
    return { ...(threat && { threat }), ...(tags && { tags: [...tags].sort() }) };
  }
  if (tags === undefined) return rule.threat ? { threat: idsOf(threatIn(rule.threat, attack)) } : {};
  const { threat, rest } = threatFromTags(tags, attack, () => {});
  const all = [...threat, ...threatIn(rule.threat ?? [], attack)];
  const isSaid = all.length > 0 || rule.threat !== undefined;
  // Tags that all say ATT&CK are no others.
  const areOthers = rest.length > 0 || tags.length === 0;
  return { ...(areOthers && { tags: [...rest].sort() }), ...(isSaid && { threat: idsOf(all) }) };
}

/**
 * The ids of tactics and techniques; of a technique and a part of it, that of the part. Which technique serves which tactic is
 * not said in Sigma.
 */
function idsOf(threat: readonly Threat[]): readonly string[] {
  const ids = threat.flatMap((one) => {
    const techniques = (one.techniques ?? []).flatMap(({ id, subtechniques = [] }) =>
      subtechniques.length > 0 ? subtechniques.map((sub) => sub.id) : [id],
    );
    return [...(one.tactic ? [one.tactic.id] : []), ...techniques];
  });
  return [...new Set(ids)].sort();
}
