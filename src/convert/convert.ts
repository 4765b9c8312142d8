import { attempt, Failure, need } from '../diagnostic/attempt.ts';
import type { Diagnostic, Outcome, Report } from '../diagnostic/diagnostic.ts';
import { emptyText } from '../formats/empty.ts';
import type { Format, WriteOptions } from '../formats/format.ts';
import { detectFormat, formatOf, formats } from '../formats/index.ts';
import type { AttackData, AttackVersion } from '../mapping/attack-data.ts';
import { compileMapping, type Mapping } from '../mapping/mapping.ts';
import { shippedAttack, shippedTables, shippedTypes } from '../mapping/shipped.ts';
import type { Table } from '../mapping/table.ts';
import type { Pack, Rule } from '../rule/rule.ts';
import { type Cast, type Casting, cast } from './cast.ts';
import {
  type Companions,
  castExclusions,
  companionsIn,
  reportCompanions,
  withExclusions,
} from './companions.ts';
import { type Fidelity, gradeOf } from './fidelity.ts';
import type { ConvertOptions } from './options.ts';
import { type OriginalFile, originalText, withFile } from './original-file.ts';
import { partsOfOthers, type References, referencesOf, referenceTable } from './references.ts';

/** What became of a text: all that could be written of it, and how each of its rules fared. */
export interface Conversion {
  /** The rules that were written, in the target format. Empty if none was. */
  readonly text: string;
  readonly rules: readonly ConvertedRule[];
  /** What stands in the text beside the rules. */
  readonly companions: Companions;
}

export interface ConvertedRule {
  readonly id?: string;
  readonly title: string;
  readonly fidelity: Fidelity;
  readonly diagnostics: readonly Diagnostic[];
  /** The rule alone in the target format, with the rules it refers to; empty if it was not written. */
  readonly text: string;
  /** The rule as it was read. */
  readonly rule: Rule;
  /** The rules of the target that it became: one, after those it refers to; none if it was not written. */
  readonly written: readonly Rule[];
}

/**
 * Casts a text of rules into another format. A rule that is refused is a result with its reasons; the
 * outcome is not ok only when nothing could be read at all. Reads no file, no clock, no environment.
 */
export function convert(text: string, options: ConvertOptions): Outcome<Conversion> {
  return attempt((report) => {
    const source = formatFrom(text, options);
    const target = formatNamed(options.to);
    const pack = need(source.read(text), report);
    if (source === target && isSameShape(options)) return untouched(pack, text, target);
    const casting: Casting = {
      target,
      mapping: mappingOf(options),
      attack: { tables: attackTables(), version: versionFor(target, options) },
      options,
    };
    reportCompanions(pack, casting, report);
    return castPack(pack, casting, { format: source.id, text }, report);
  });
}

/** The rules of a text. */
export function read(text: string, { format }: { readonly format?: string } = {}): Outcome<Pack> {
  return attempt((report) =>
    need((format === undefined ? formatFrom(text, {}) : formatNamed(format)).read(text), report),
  );
}

/** Rules as text of a format; into the text they came from, where there is one. */
export function write(
  pack: Pack,
  {
    format,
    ...options
  }: {
    readonly format: string;
    readonly shape?: string;
    readonly onto?: string;
    readonly carry?: 'none' | 'rest' | 'text';
  },
): Outcome<string> {
  return attempt((report) => need(formatNamed(format).write(pack, options), report));
}

/** The format that is named, or that the text shows. Fails on a text of none. */
export function formatFrom(text: string, { from }: Partial<ConvertOptions>): Format {
  if (from !== undefined) return formatNamed(from);
  if (text.trim() === '') throw emptyText(text);
  const found = detectFormat(text);
  if (found) return found;
  const known = formats.map((format) => format.id).join(', ');
  throw new Failure({
    code: 'read/unknown-format',
    message: `The text is of no format that is known here (${known}); it was not read.`,
    span: { start: text.search(/\S/), end: text.length },
  });
}

function formatNamed(id: string): Format {
  const format = formatOf(id);
  if (format) return format;
  const known = formats.map((one) => one.id).join(', ');
  throw new Failure({
    code: 'read/unknown-format',
    message: `There is no format "${id}"; there are ${known}.`,
  });
}

function isSameShape({ shape, language, attack }: ConvertOptions): boolean {
  return shape === undefined && language === undefined && attack === undefined;
}

/** Sigma's rules name the newer ATT&CK, Elastic's the older, unless the user names one. */
function versionFor({ id }: Format, { attack }: ConvertOptions): AttackVersion {
  return attack === undefined ? (id === 'sigma' ? 'v19' : 'v18') : `v${attack}`;
}

/** From a format into itself: every byte stays. */
function untouched(pack: Pack, text: string, target: Format): Conversion {
  const alone = (rule: Rule) => (pack.rules.length === 1 ? text : textOf([rule], target, {}));
  return {
    text,
    companions: { filters: pack.filters, rest: pack.rest },
    rules: pack.rules.map((rule) => ({
      ...named(rule),
      fidelity: 'identical',
      diagnostics: [],
      text: alone(rule),
      rule,
      written: [rule],
    })),
  };
}

function textOf(rules: readonly Rule[], target: Format, options: Partial<ConvertOptions>): string {
  const outcome = target.write({ rules, filters: [], rest: [] }, writing(options));
  return outcome.ok ? outcome.value : '';
}

/** What a writer has to know. */
function writing({ shape, carry }: Partial<ConvertOptions>): WriteOptions {
  return { ...(shape !== undefined && { shape }), ...(carry !== undefined && { carry }) };
}

let attack: AttackData | undefined;

function attackTables(): AttackData {
  attack ??= shippedAttack();
  return attack;
}

let shipped: Mapping | undefined;
/** A run hands in the same tables for each of its files. */
const overlaid = new WeakMap<readonly Table[], Mapping>();

/** The tables of a conversion: the user's over those that ship. */
export function mappingOf({ mappings = [] }: Pick<ConvertOptions, 'mappings'>): Mapping {
  if (mappings.length === 0) {
    shipped ??= compileMapping(shippedTables(), shippedTypes());
    return shipped;
  }
  const own = overlaid.get(mappings) ?? compileMapping([...mappings, ...shippedTables()], shippedTypes());
  overlaid.set(mappings, own);
  return own;
}

function castPack(pack: Pack, casting: Casting, file: OriginalFile, report: Report): Conversion {
  const known: References = new Map([
    ...referenceTable(casting.options.references ?? []),
    ...referenceTable(pack.rules),
  ]);
  const parts = partsOfOthers(pack, known, casting);
  const casts = new Map(
    pack.rules
      .filter((rule) => !parts.has(rule))
      .map((rule) => [rule, cast({ rule, parts: referencesOf(rule, known) }, casting)] as const),
  );
  const exclusions = castExclusions(pack, casts, casting);
  exclusions.diagnostics.forEach(report);
  const written: Rule[] = [];
  const results = new Map<Rule, ConvertedRule>();
  for (const [rule, asked] of casts) {
    const result = withFile(withExclusions(rule, asked, exclusions, casting), file, casting);
    const onto = originalText(rule, casting.target) ?? ownText(pack, file, casting);
    const text = writeCast(result, casting, onto);
    if (text.ok) for (const done of result.rules) written.push(done);
    results.set(rule, asResult(rule, result, text));
  }
  const rules = pack.rules
    .map((rule) => results.get(rule) ?? asPart(rule, parts.get(rule)!, results))
    .map(sayingDuplicates());
  const { filters, rest } = companionsIn(casting, pack);
  const companions = { filters: [...filters, ...exclusions.filters], rest };
  const stays = written.length === pack.rules.length && file.format === casting.target.id;
  const text = textOfAll(written, rules, companions, casting, stays ? file.text : undefined);
  return { text, rules, companions };
}

/** The text of a rule that stays in its format, and alone in its file. */
function ownText({ rules }: Pack, { format, text }: OriginalFile, { target }: Casting): string | undefined {
  return format === target.id && rules.length === 1 ? text : undefined;
}

/** Says of a rule that one before it has the same id. */
function sayingDuplicates(): (rule: ConvertedRule) => ConvertedRule {
  const seen = new Set<string>();
  return (rule) => {
    if (rule.id === undefined || !seen.has(rule.id)) {
      if (rule.id !== undefined) seen.add(rule.id);
      return rule;
    }
    const message = `A rule before this one has the id ${rule.id} as well; both were read.`;
    const found: Diagnostic = { code: 'schema/duplicate-id', message, path: 'id' };
    return { ...rule, diagnostics: [...rule.diagnostics, found] };
  };
}

function named({ id, title, name }: Rule): { id?: string; title: string } {
  return { ...(id !== undefined && { id }), title: title ?? name ?? id ?? '' };
}

function asResult(rule: Rule, result: Cast, text: Outcome<string>): ConvertedRule {
  if (text.ok) {
    const diagnostics = [...result.diagnostics, ...text.diagnostics];
    // What the writer had to leave out counts as well.
    const isCarried = result.fidelity === 'carried';
    const fidelity = isCarried ? 'carried' : gradeOf(diagnostics, result.fidelity === 'identical');
    return {
      ...named(rule),
      fidelity,
      diagnostics,
      text: text.value,
      rule,
      written: result.rules,
    };
  }
  const diagnostics = [...text.diagnostics, ...result.diagnostics];
  const fidelity = result.rules.length === 0 ? result.fidelity : 'refused';
  return { ...named(rule), fidelity, diagnostics, text: '', rule, written: [] };
}

function writeCast({ rules }: Cast, { target, options }: Casting, onto: string | undefined): Outcome<string> {
  if (rules.length === 0) return { ok: false, diagnostics: [] };
  return target.write(
    { rules, filters: [], rest: [] },
    { ...writing(options), ...(onto !== undefined && { onto }) },
  );
}

/** All rules as one text where the format holds many; one after the other where it does not. */
function textOfAll(
  written: readonly Rule[],
  rules: readonly ConvertedRule[],
  companions: Companions,
  { target, options }: Casting,
  onto: string | undefined,
): string {
  const texts = rules.map((rule) => rule.text).filter((text) => text !== '');
  if (texts.length === 0) return '';
  if (texts.length === 1 && companions.filters.length + companions.rest.length === 0) return texts[0]!;
  const how = { ...writing(options), ...(onto !== undefined && { onto }) };
  const outcome = target.write({ rules: written, ...companions }, how);
  return outcome.ok ? outcome.value : texts.join('\n');
}

/** A part fares as its whole does. */
function asPart(rule: Rule, whole: Rule, results: ReadonlyMap<Rule, ConvertedRule>): ConvertedRule {
  const { fidelity = 'refused', text = '' } = results.get(whole) ?? {};
  const what = text === '' ? 'was not written; nor was this' : 'holds it as a part';
  const message = `The rule serves "${named(whole).title}", which ${what}.`;
  return {
    ...named(rule),
    fidelity,
    diagnostics: [{ code: 'convert/part-of', message }],
    text: '',
    rule,
    written: [],
  };
}
