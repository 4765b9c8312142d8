import { isObject, type Json, type JsonObject, objectOf } from '../../rule/json.ts';
import type { Carry, Detection, QueryText, Rule } from '../../rule/rule.ts';
import { rule as check, ruleFields } from '../../rule/schema.ts';

/**
 * The rule that a map is. Fails on what the model does not allow. Keys that no rule has are carried
 * under `native`, and stand beside the others again on the way back.
 */
export function readRule(value: Json, path: string): Rule {
  check(value, path);
  const entries = isObject(value) ? Object.entries(value) : [];
  const unknown = entries.filter(([key]) => !isKnown(key));
  // The check has just seen to it that these are the parts of a rule; only `carry` may be missing.
  const said = objectOf(entries.filter(([key]) => isKnown(key))) as unknown as Rule;
  const carry = said.carry ?? {};
  const native = objectOf([...Object.entries(carry['native'] ?? {}), ...unknown]);
  return { ...said, carry: unknown.length === 0 ? carry : { ...carry, native } };
}

/** The way back. Places in a text, and what was parsed of it, mean nothing elsewhere and stay out. */
export function writeRule({ detection, origin, carry, ...others }: Rule): JsonObject {
  const beside = Object.entries(carry['native'] ?? {}).filter(([key]) => !isKnown(key));
  const said = {
    ...others,
    detection: writeDetection(detection),
    ...(origin && { origin: writeQuery(origin) }),
    carry: beside.length === 0 ? carry : withoutBeside(carry),
  };
  return objectOf([...inOrder(said), ...beside]);
}

const order = Object.keys(ruleFields);

function isKnown(key: string): boolean {
  return Object.hasOwn(ruleFields, key);
}

/** What was not said is left out, a carry that holds nothing too; what no rule has comes last. */
function inOrder(rule: object): [string, Json][] {
  const said = new Map<string, Json | undefined>(Object.entries(rule));
  const keys = [...order, ...[...said.keys()].filter((key) => !isKnown(key))];
  return keys.flatMap((key): [string, Json][] => {
    const value = said.get(key);
    const empty = key === 'carry' && isObject(value) && Object.keys(value).length === 0;
    return value === undefined || empty ? [] : [[key, value]];
  });
}

function withoutBeside({ native = {}, ...formats }: Carry): Carry {
  const kept = Object.entries(native).filter(([key]) => isKnown(key));
  return kept.length === 0 ? formats : { ...formats, native: objectOf(kept) };
}

function writeDetection(detection: Detection): JsonObject {
  const entries = Object.entries(detection).map(([key, value]): [string, Json] =>
    key === 'query' || key === 'indicatorQuery' ? [key, writeQuery(value)] : [key, value],
  );
  return objectOf(entries);
}

function writeQuery({ span, parsed, ...said }: QueryText): JsonObject {
  return said as JsonObject;
}
