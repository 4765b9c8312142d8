import type { Report } from '../../diagnostic/diagnostic.ts';
import { carryKey, packCarry, Telling, unpackCarry } from '../../rule/carry.ts';
import { isObject, type Json, type JsonObject, objectOf } from '../../rule/json.ts';
import type { Carry, Rule } from '../../rule/rule.ts';
import { Claim } from '../claim.ts';
import { engineFields, layOver, readEngineRule } from '../engine/index.ts';

/** A rule in the words of Kibana's API. */
export interface Body {
  readonly fields: JsonObject;
  /** What the saved object around the fields says beyond the usual. */
  readonly envelope: JsonObject;
  /** What the framework of alerts says of it beyond the API. */
  readonly saved?: JsonObject;
  /** What Kibana has no words for. */
  readonly travelling: Json | undefined;
}

/**
 * The rule that a body says; `path` leads to it in its object. What the model has no word for is carried:
 * the rule's id in its cluster, who changed it when, and what no one has heard of.
 */
export function readBody({ fields, envelope, travelling }: Body, path: string, report: Report): Rule {
  const from = new Claim(fields, path, report);
  const rule = readEngineRule(from, report);
  const back = unpackCarry(travelling, `meta.${carryKey}`, report);
  const rest = from.rest();
  const kibana = filled({
    fields: rest,
    envelope: { ...mapIn(back.carry['kibana'], 'envelope'), ...envelope },
    saved: mapIn(back.carry['kibana'], 'saved'),
  });
  return {
    ...layOver(rule, { ...datesIn(rest), ...back.rule }),
    ...(back.origin && { origin: back.origin }),
    carry: { ...back.carry, ...filled({ kibana }) } as Carry,
  };
}

/** The way back. What is carried stands beside what the model says, never in its place. */
export function writeBody(rule: Rule, report: Report): Body {
  const telling = new Telling(rule);
  const carried = mapIn(rule.carry['kibana'], 'fields');
  const said = engineFields(telling, report);
  tellDates(telling, carried);
  return {
    fields: objectOf([...Object.entries(carried), ...said]),
    envelope: mapIn(rule.carry['kibana'], 'envelope'),
    saved: mapIn(rule.carry['kibana'], 'saved'),
    travelling: packCarry('kibana', rule, telling.untold()),
  };
}

/** Without the maps that hold nothing. */
export function filled(maps: { readonly [key: string]: JsonObject }): JsonObject {
  return objectOf(Object.entries(maps).filter(([, map]) => Object.keys(map).length > 0));
}

/**
 * When the rule came into its cluster and was changed there: the dates of the rule unless others have
 * travelled with it. They are never written from elsewhere, since Kibana makes them itself.
 */
const dates = [
  { property: 'created', key: 'created_at' },
  { property: 'modified', key: 'updated_at' },
] as const;

function datesIn(fields: JsonObject): Partial<Rule> {
  const found = dates.filter(({ key }) => typeof fields[key] === 'string');
  return Object.fromEntries(found.map(({ property, key }) => [property, fields[key]]));
}

/** A date that says no more than the carried one, perhaps without its time of day, need not travel. */
function tellDates(telling: Telling, carried: JsonObject): void {
  for (const { property, key } of dates) {
    const date = carried[key];
    if (typeof date === 'string' && date.startsWith(telling.see(property) ?? '')) telling.take(property);
  }
}

function mapIn(object: JsonObject | undefined, key: string): JsonObject {
  const value = object?.[key];
  return isObject(value) ? value : {};
}
