import type { Format } from '../formats/format.ts';
import type { Language, PrintOptions } from '../languages/language.ts';
import type { Attack } from '../mapping/attack.ts';
import type { AttackData } from '../mapping/attack-data.ts';
import { factsOf } from '../mapping/facts.ts';
import { compileMapping, type Mapping } from '../mapping/mapping.ts';
import type { Pipeline } from '../mapping/pipeline/pipeline.ts';
import { shippedAttack, shippedTables, shippedTypes } from '../mapping/shipped.ts';
import type { Table } from '../mapping/table.ts';
import type { ConvertOptions } from './options.ts';

let attack: AttackData | undefined;

/** ATT&CK as the rules of the target name it: Sigma's the newer, Elastic's the older, unless the user names one. */
export function attackFor({ id }: Pick<Format, 'id'>, options: Pick<ConvertOptions, 'attack'>): Attack {
  attack ??= shippedAttack();
  const version =
    options.attack === undefined ? (id === 'sigma' ? 'v19' : 'v18') : (`v${options.attack}` as const);
  return { tables: attack, version };
}

let shipped: Mapping | undefined;
/** A run hands in the same tables for each of its files. */
const overlaid = new WeakMap<readonly (Table | Pipeline)[], Mapping>();

/** The tables of a conversion: the user's over those that ship. */
export function mappingOf({ mappings = [] }: Pick<ConvertOptions, 'mappings'>): Mapping {
  if (mappings.length === 0) {
    shipped ??= compileMapping(shippedTables(), shippedTypes());
    return shipped;
  }
  const own =
    overlaid.get(mappings) ?? compileMapping([...mappings, ...shippedTables()], shippedTypes(), mappings);
  overlaid.set(mappings, own);
  return own;
}

/** What printers are told of fields: Elastic's are known to the tables, Sigma's are as their events have them. */
export function printingFor({ id }: Language, options: ConvertOptions): PrintOptions {
  if (id === 'sigma') return {};
  const mapping = mappingOf(options);
  const { stack } = options;
  return { factsOf: (field) => factsOf(field, mapping, options.caseless), ...(stack && { stack }) };
}
