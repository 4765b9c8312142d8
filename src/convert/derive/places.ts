import { isObject, type Json, type JsonObject, objectOf } from '../../rule/json.ts';
import type { Rule } from '../../rule/rule.ts';

/** What can be derived: a field of a rule, or of the metadata of its file. */
export type Derivable = 'required_fields' | 'related_integrations' | 'integration';

/** Where a derived value stands. */
interface Place {
  readonly path: string;
  read(rule: Rule): Json | undefined;
  /** The rule with the value, or without it. */
  write(rule: Rule, value: Json | undefined): Rule;
}

export const places = {
  required_fields: inEngine('required_fields'),
  related_integrations: inEngine('related_integrations'),
  integration: {
    path: 'metadata.integration',
    read: ({ carry }) => mapIn(carry['elastic'], 'metadata')?.['integration'],
    write: (rule, value) => {
      const elastic = rule.carry['elastic'];
      const metadata = set(mapIn(elastic, 'metadata'), 'integration', value);
      const carry = set(rule.carry, 'elastic', set(elastic, 'metadata', metadata)) ?? {};
      return { ...rule, carry: carry as Rule['carry'] };
    },
  },
} as const satisfies Record<Derivable, Place>;

/** A field of the engine's API; one that holds what no such field may is carried by the format that said it. */
function inEngine(key: string): Place {
  return {
    path: key,
    read: ({ engine, carry }) => {
      const saying = [engine, mapIn(carry['kibana'], 'fields'), mapIn(carry['elastic'], 'rule')];
      return saying.find((one) => one && Object.hasOwn(one, key))?.[key];
    },
    write: ({ engine: before, ...rule }, value) => {
      const engine = set(before, key, value);
      return { ...rule, ...(engine && { engine }) };
    },
  };
}

function mapIn(object: JsonObject | undefined, key: string): JsonObject | undefined {
  const value = object?.[key];
  return isObject(value) ? value : undefined;
}

/** The object with the value at its end, or without the key; nothing that would be left empty is left. */
function set(object: JsonObject | undefined, key: string, value: Json | undefined): JsonObject | undefined {
  const others = Object.entries(object ?? {}).filter(([name]) => name !== key);
  const entries = value === undefined ? others : [...others, [key, value] as const];
  return entries.length > 0 ? objectOf(entries) : undefined;
}
