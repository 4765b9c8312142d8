import type { Report } from '../diagnostic/diagnostic.ts';
import { type Attack, threatFromTags, threatToTags } from '../mapping/attack.ts';
import { isList, type Json, type JsonObject, sameJson } from '../rule/json.ts';
import type { Rule, Severity, Threat } from '../rule/rule.ts';
import { digest, uuid5 } from '../source/digest.ts';
import { inventedIn, marked, wasOf, without, withWas } from './invented.ts';

/**
 * The words around the query, between Sigma and Elastic's engine. What one side spells in a way that
 * the other can not give back exactly travels in `carry.was`, with a way to know that nobody changed
 * it meanwhile: it is translated again, and must come to what stands there now.
 */

/** Elastic's scores for its four severities; Sigma's fifth is shown as the lowest. */
const scores: Readonly<Record<Severity, number>> = {
  informational: 21,
  low: 21,
  medium: 47,
  high: 73,
  critical: 99,
};

/** The rule in Sigma's words: ATT&CK as tags, and no tags but those that Sigma allows. */
export function toSigmaEnvelope(rule: Rule, attack: Attack, report: Report): Rule {
  const { tags: all = [], threat = [], ...rest } = without(rule, inventedIn(rule));
  const added = new Set(textsIn(wasOf(rule)['added']));
  const own = all.filter((tag) => !added.has(tag));
  const before = textsIn(wasOf(rule)['tags']);
  const restored = before && tagsComeHome(before, own, threat, attack);
  const tags = restored ?? [...threatToTags(threat, attack, report), ...own.filter(isSigmaTag)];
  const lost = own.some((tag) => !tags.includes(tag)) || (isEmpty(rule.tags) && tags.length > 0);
  return {
    ...rest,
    ...((tags.length > 0 || isEmpty(rule.tags)) && { tags }),
    // What the tags say whole need not travel beside them; that there is nothing has to.
    ...((isEmpty(rule.threat) || !saysThreat(tags, threat, attack)) && { threat }),
    carry: withWas(rule, { ...(lost && { tags: all }), ...deprecationMark(rule) }),
  };
}

/**
 * The tags as they were, without those that somebody took out meanwhile, and with those that Sigma allows of
 * the new ones. Undefined where the threat table was changed.
 */
function tagsComeHome(
  before: readonly string[],
  own: readonly string[],
  threat: readonly Threat[],
  attack: Attack,
): readonly string[] | undefined {
  if (!saysThreat(before, threat, attack)) return undefined;
  const { rest } = threatFromTags(before, attack, quiet);
  const kept = before.filter((tag) => !rest.includes(tag) || own.includes(tag));
  return [...kept, ...own.filter((tag) => !rest.includes(tag) && isSigmaTag(tag))];
}

/** What travels was written in either version. */
function inEither({ tables }: Attack): readonly Attack[] {
  return [
    { tables, version: 'v18' },
    { tables, version: 'v19' },
  ];
}

/** Said, and nothing in it; which is not the same as unsaid. */
function isEmpty(list: readonly unknown[] | undefined): boolean {
  return list?.length === 0;
}

function saysThreat(tags: readonly string[], threat: readonly Threat[], attack: Attack): boolean {
  const says = (one: Attack) => sameJson(asJson(threatFromTags(tags, one, quiet).threat), asJson(threat));
  return inEither(attack).some(says);
}

function isSigmaTag(tag: string): boolean {
  return /^[a-z0-9_-]+\.[a-z0-9._-]+$/.test(tag) && !tag.startsWith('attack.');
}

/**
 * The rule in the words of Elastic's engine: a threat table, a score, whatever it must have. `known` is
 * what else was found out about it; undefined if it comes home, and nothing has to be made up.
 */
export function toEngineEnvelope(
  rule: Rule,
  attack: Attack,
  known: Partial<Rule> | undefined,
  report: Report,
  about: readonly string[] = [],
): Rule {
  const was = wasOf(rule);
  const tags = rule.tags ?? [];
  const { threat, rest } = threatOf(rule, tags, attack, report);
  const before = textsIn(was['tags']);
  const { tags: _tags, threat: _threat, ...others } = withoutTakenBack(rule, report);
  const inventions = known === undefined ? {} : { ...known, ...whatIsMissing(others, report) };
  // Of the tags as they were, Sigma showed those that it allows: one that is gone was taken out.
  const kept = before?.filter((tag) => !isSigmaTag(tag) || rest.includes(tag)) ?? [];
  const own = [...kept, ...rest.filter((tag) => !kept.includes(tag))];
  const isNew = known !== undefined && before === undefined && !isEmpty(rule.tags) && about.length > 0;
  const added = isNew ? tagsAbout(about, threat).filter((tag) => !own.includes(tag)) : [];
  const all = [...added, ...own];
  const travels = before
    ? {}
    : { ...(tags.length > 0 && { tags }), ...(added.length > 0 && { added }), ...marked(inventions) };
  return {
    ...others,
    ...inventions,
    ...((all.length > 0 || isEmpty(before ?? rule.tags)) && { tags: all }),
    ...((threat.length > 0 || isEmpty(rule.threat)) && { threat }),
    carry: withWas(rule, travels),
  };
}

/** What the tags of Elastic's rules say: where it happens, what it is for, which tactic, whose data. In this order. */
function tagsAbout(about: readonly string[], threat: readonly Threat[]): readonly string[] {
  const tactics = threat.flatMap(({ tactic }) => (tactic ? [`Tactic: ${tactic.name}`] : []));
  const [data, places] = [about.filter(isOfData), about.filter((tag) => !isOfData(tag))];
  return [...new Set([...places, ...tactics, ...data])];
}

function isOfData(tag: string): boolean {
  return tag.startsWith('Data Source: ');
}

/** The threat table that travelled with the rule, if the tags still say the same; otherwise a new one. */
function threatOf(
  rule: Rule,
  tags: readonly string[],
  attack: Attack,
  report: Report,
): { threat: readonly Threat[]; rest: readonly string[] } {
  if (rule.threat) {
    const rest = tags.filter((tag) => !tag.startsWith('attack.'));
    const said = tags.filter((tag) => tag.startsWith('attack.'));
    const says = (one: Attack) => sameJson(threatToTags(rule.threat ?? [], one, quiet), said);
    if (inEither(attack).some(says)) return { threat: rule.threat, rest };
    const message =
      'The tags say something else of ATT&CK than the table that travelled with them; they win.';
    report({ code: 'carry/edited', message, path: 'threat' });
  }
  return threatFromTags(tags, attack, report);
}

/** Sigma says that a rule is deprecated, and not when and why: that goes with the status, if somebody edits it. */
function deprecationMark({ status, deprecation }: Rule): JsonObject {
  return status === 'deprecated' && deprecation ? { deprecated: true } : {};
}

function withoutTakenBack(rule: Rule, report: Report): Rule {
  const { deprecation, ...others } = rule;
  if (wasOf(rule)['deprecated'] !== true || deprecation === undefined || rule.status === 'deprecated')
    return rule;
  const message = 'The rule is not deprecated any more; when and why it was stays behind.';
  report({ code: 'carry/edited', message, path: 'status' });
  return others;
}

/** What the engine can not do without, each told of. */
export function whatIsMissing(rule: Partial<Rule>, report: Report): Partial<Rule> {
  const { id, severity, riskScore, description, authors, title } = rule;
  const tell = (path: string, value: string) =>
    report({
      code: 'style/default',
      path,
      message: `The target wants ${path}, which the rule does not say; it is written as ${value}.`,
    });
  if (severity === undefined) tell('severity', 'low');
  if (riskScore === undefined) tell('risk_score', String(scores[severity ?? 'low']));
  if (description === undefined) tell('description', 'the title');
  if (authors === undefined) tell('author', 'an empty list');
  const derived =
    id === undefined ? uuid5(idNamespace, digest(JSON.stringify([title, rule.detection]))) : undefined;
  if (derived !== undefined) {
    report({
      code: 'convert/derived-id',
      path: 'id',
      message: `The rule has no id; ${derived} was derived from its title and query.`,
    });
  }
  return {
    ...(derived !== undefined && { id: derived }),
    ...(severity === undefined && { severity: 'low' }),
    ...(riskScore === undefined && { riskScore: scores[severity ?? 'low'] }),
    ...(description === undefined && { description: title ?? '' }),
    ...(authors === undefined && { authors: [] }),
  };
}

const idNamespace = '2f7f5a36-0a5e-4b1f-8c35-0d0c2f0b9a57';

function textsIn(value: Json | undefined): readonly string[] | undefined {
  return isList(value) && value.every((one): one is string => typeof one === 'string') ? value : undefined;
}

/** Parts of a Rule are plain data; this says so to the compiler. */
function asJson(value: unknown): Json {
  return value as Json;
}

function quiet(): void {}
