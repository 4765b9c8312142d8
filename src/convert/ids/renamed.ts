import { isList, isObject, type Json, type JsonObject, objectOf } from '../../rule/json.ts';
import type { Detection, Pack, Related, Rule } from '../../rule/rule.ts';
import { renamedExclusions } from './filters.ts';
import type { Renaming } from './renaming.ts';

/** The pack with the new ids. `keepsId` are rules whose id goes anyway. */
export function renamedPack(
  { rules, filters, rest }: Pack,
  renaming: Renaming,
  keepsId: (rule: Rule) => boolean,
): Pack {
  return {
    rules: rules.map((rule) => {
      if (rule.id === undefined || keepsId(rule)) return following(rule, renaming);
      const count = renaming.count(rule.id);
      // Others can mean only one of several rules that share an id: the first.
      const key = count === 1 ? rule.id : `${rule.id} ${count}`;
      return renamedRule(rule, rule.id, renaming.renew(rule.id, key), renaming);
    }),
    filters: renamedExclusions(filters, renaming),
    rest,
  };
}

/** A rule of another file, which is given its new id there. */
export function renamedReference(rule: Rule, renaming: Renaming): Rule {
  const id = rule.id === undefined ? undefined : renaming.idOf(rule.id);
  return rule.id === undefined || id === undefined ? rule : renamedRule(rule, rule.id, id, renaming);
}

function renamedRule(rule: Rule, old: string, id: string, renaming: Renaming): Rule {
  const followed = following(rule, renaming);
  return {
    ...followed,
    id,
    related: withOrigin(followed.related, old),
    carry: renamedCarry(followed.carry, old, id, renaming),
  };
}

/** What the specification has a rule say that was made from another. */
function withOrigin(related: readonly Related[] = [], old: string): readonly Related[] {
  const isSaid = related.some(({ id, type }) => id === old && type === 'derived');
  return isSaid ? related : [...related, { id: old, type: 'derived' }];
}

/** The rule with all that it refers to under the new ids. */
function following(rule: Rule, renaming: Renaming): Rule {
  const { related, detection } = rule;
  return {
    ...rule,
    ...(related && { related: related.map((kin) => ({ ...kin, id: renaming.idOf(kin.id) ?? kin.id })) }),
    detection: detection.kind === 'correlation' ? renamedCorrelation(detection, renaming) : detection,
  };
}

type Correlation = Extract<Detection, { readonly kind: 'correlation' }>;

/** Aliases and conditions call rules as the list does. */
function renamedCorrelation(detection: Correlation, { idOf }: Pick<Renaming, 'idOf'>): Correlation {
  const { rules, aliases, condition } = detection;
  const names = new Map(rules.map((name) => [name, idOf(name) ?? name]));
  const called = (name: string) => names.get(name) ?? name;
  return {
    ...detection,
    rules: rules.map(called),
    ...(aliases && { aliases: renamedAliases(aliases, called) }),
    ...(typeof condition === 'string' && { condition: condition.replace(/[^\s()]+/g, called) }),
  };
}

function renamedAliases(
  aliases: NonNullable<Correlation['aliases']>,
  called: (name: string) => string,
): NonNullable<Correlation['aliases']> {
  const fieldsOf = (fields: Readonly<Record<string, string>>) =>
    objectOf(Object.entries(fields).map(([name, field]) => [called(name), field]));
  const all = Object.entries(aliases).map(([alias, fields]) => [alias, fieldsOf(fields)] as const);
  return objectOf(all) as NonNullable<Correlation['aliases']>;
}

/** The parts that will come home, and what Kibana calls the object that the rule is kept in. */
function renamedCarry(carry: Rule['carry'], old: string, id: string, renaming: Renaming): Rule['carry'] {
  const { was, kibana } = carry;
  return {
    ...carry,
    ...(was && { was: renamedParts(was, renaming) }),
    ...(kibana && { kibana: renamedObject(kibana, old, id, renaming) }),
  };
}

/** Notes of an earlier conversion, which people may have edited: what makes no sense stays as it is. */
function renamedParts(before: JsonObject, { renew, idOf }: Renaming): JsonObject {
  const was = renamedPieces(before, idOf);
  const { parts, detection } = was;
  if (!isList(parts)) return was;
  const names = new Map<string, string>();
  const renamed = parts.map((part): Json => {
    if (!isObject(part) || typeof part['id'] !== 'string') return part;
    const id = renew(part['id']);
    names.set(part['id'], id);
    return { ...part, id };
  });
  if (!isObject(detection) || !isList(detection['rules'])) return { ...was, parts: renamed };
  const correlation = detection as unknown as Correlation;
  const called = (name: string) => names.get(name);
  return { ...was, parts: renamed, detection: asJson(renamedCorrelation(correlation, { idOf: called })) };
}

/** The rules that a rule was written as. */
function renamedPieces(was: JsonObject, idOf: Renaming['idOf']): JsonObject {
  const { pieces } = was;
  if (!isList(pieces)) return was;
  return { ...was, pieces: pieces.map((id) => (typeof id === 'string' ? (idOf(id) ?? id) : id)) };
}

/** An import of saved objects goes by their own ids, which often follow from that of the rule. */
function renamedObject(kibana: JsonObject, old: string, id: string, renaming: Renaming): JsonObject {
  const renamedIn = (key: string): [string, Json][] => {
    const map = kibana[key];
    const own = isObject(map) ? map['id'] : undefined;
    if (!isObject(map) || typeof own !== 'string') return [];
    return [[key, { ...map, id: objectId(own, old, id, renaming) }]];
  };
  return { ...kibana, ...objectOf([...renamedIn('fields'), ...renamedIn('envelope')]) };
}

function objectId(own: string, old: string, id: string, { renew, note }: Renaming): string {
  if (!own.includes(old)) return renew(own);
  const following = own.replaceAll(old, id);
  note(own, following);
  return following;
}

/** Parts of a Rule are plain data; this says so to the compiler. */
function asJson(value: Correlation): JsonObject {
  return value as unknown as JsonObject;
}
