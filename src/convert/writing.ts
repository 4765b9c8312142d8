import type { Outcome } from '../diagnostic/diagnostic.ts';
import type { Format, WriteOptions } from '../formats/format.ts';
import type { Rule, RuleFilter } from '../rule/rule.ts';
import type { Cast, Casting } from './cast.ts';
import type { Companions } from './companions.ts';
import type { ConvertedRule } from './conversion.ts';
import { concerned } from './filters/concern.ts';
import { type ConvertOptions, stops } from './options.ts';

/** What a writer has to know. */
export function writing({ shape, carry, stack }: Partial<ConvertOptions>, foreign = false): WriteOptions {
  return {
    ...(shape !== undefined && { shape }),
    ...(carry !== undefined && { carry }),
    ...(stack !== undefined && { stack }),
    foreign,
  };
}

/** Rules alone, as text; empty where they can not be written. */
export function textOf(rules: readonly Rule[], target: Format, options: Partial<ConvertOptions>): string {
  const outcome = target.write({ rules, filters: [], rest: [] }, writing(options));
  return outcome.ok ? outcome.value : '';
}

/** One rule as it was cast, with the exclusions written for it. */
export function writeCast(
  { rules }: Cast,
  exclusions: readonly RuleFilter[],
  { target, options, foreign }: Casting,
  onto: string | undefined,
): Outcome<string> {
  if (rules.length === 0) return { ok: false, diagnostics: [] };
  const filters = exclusions.length > 0 ? [...concerned({ rules, filters: [] }, exclusions).keys()] : [];
  const how = { ...writing(options, foreign), ...(onto !== undefined && { onto }) };
  const outcome = target.write({ rules, filters, rest: [] }, how);
  // What a writer loses needs the same leave as what is lost on the way to it.
  const stopped = outcome.ok && outcome.diagnostics.some((found) => stops(found, options));
  return stopped ? { ok: false, diagnostics: outcome.diagnostics } : outcome;
}

/** All rules as one text where the format holds many; one after the other where it does not. */
export function textOfAll(
  written: readonly Rule[],
  rules: readonly ConvertedRule[],
  companions: Companions,
  { target, options, foreign }: Casting,
  onto: string | undefined,
): string {
  const texts = rules.map((rule) => rule.text).filter((text) => text !== '');
  // A file may hold nothing but filters or exceptions, and stay where it is.
  if (texts.length === 0 && companions.filters.length === 0 && (onto === undefined || rules.length > 0))
    return '';
  if (texts.length === 1 && companions.filters.length + companions.rest.length === 0) return texts[0]!;
  const how = { ...writing(options, foreign), ...(onto !== undefined && { onto }) };
  const outcome = target.write({ rules: written, ...companions }, how);
  return outcome.ok ? outcome.value : texts.join('\n');
}
