import { type RuleFilter, shippedTables } from '../../index.ts';
import { version } from '../package.ts';
import { digestOfValue } from './digest.ts';
import type { Head } from './manifest.ts';
import type { MigrateOptions } from './model.ts';

let shipped: string | undefined;

/** What all is made with, told by digests. */
export function headOf(options: MigrateOptions, beside: readonly RuleFilter[]): Head {
  shipped ??= digestOfValue(shippedTables());
  const { to, names = 'keep', bundle = false, mappings = [], exclusions = [] } = options;
  const own = mappings.map(({ file: _, ...table }: (typeof mappings)[number] & { file?: string }) => table);
  return {
    rulecast: version(),
    to,
    names,
    bundle,
    options: digestOfValue([askedOf(options), exclusions.map(({ body }) => body)]),
    tables: digestOfValue([shipped, own]),
    beside: digestOfValue(beside.map(({ body }) => body)),
  };
}

/** What changes what a rule comes to; the rest is how a run goes about it. The day is noted with the rules that have it. */
function askedOf(options: MigrateOptions): object {
  const { from, shape, language, allow = [], strict = false, carry = 'rest', unmapped = 'keep' } = options;
  const { taxonomy, case: sensitive = 'keep', filters = 'pysigma', caseless, placeholders } = options;
  const { attack, stack, derive = false, id = 'keep', prove = true } = options;
  return {
    ...{ from, shape, language, allow: [...allow].sort(), strict, carry, unmapped, taxonomy, sensitive },
    ...{ filters, caseless, placeholders, attack, stack, derive, id, prove },
  };
}
