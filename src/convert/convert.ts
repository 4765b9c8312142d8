import { attempt, Failure, need } from '../diagnostic/attempt.ts';
import type { Diagnostic, Outcome, Report } from '../diagnostic/diagnostic.ts';
import { emptyText } from '../formats/empty.ts';
import type { Format, Stack, WriteOptions } from '../formats/format.ts';
import { detectFormat, formatOf, formats } from '../formats/index.ts';
import type { AttackData, AttackVersion } from '../mapping/attack-data.ts';
import { compileMapping, type Mapping } from '../mapping/mapping.ts';
import { shippedAttack, shippedTables, shippedTypes } from '../mapping/shipped.ts';
import type { Table } from '../mapping/table.ts';
import type { Pack, Rule, RuleFilter } from '../rule/rule.ts';
import { type Cast, type Casting, cast } from './cast.ts';
import {
  type Companions,
  castExclusions,
  companionsIn,
  reportCompanions,
  withExclusions,
} from './companions.ts';
import { derives, reportUnderivable, withDerivation } from './derive/derive.ts';
import { sayingDuplicates } from './duplicates.ts';
import { type Fidelity, gradeOf } from './fidelity.ts';
import { concerned } from './filters/concern.ts';
import { newIdsOf } from './ids/new-ids.ts';
import { renamedPack, renamedReference } from './ids/renamed.ts';
import { type Renaming, renamingOf } from './ids/renaming.ts';
import { asRead, withIdsTold } from './ids/told.ts';
import { inventedIn } from './invented.ts';
import { type ConvertOptions, stops } from './options.ts';
import { type OriginalFile, originalText, withFile } from './original-file.ts';
import { partsOfOthers, type References, referencesAmong, referencesOf, referencesTo } from './references.ts';

/** What became of a text: all that could be written of it, and how each of its rules fared. */
export interface Conversion {
  /** The rules that were written, in the target format. Empty if none was. */
  readonly text: string;
  readonly rules: readonly ConvertedRule[];
  /** What stands in the text beside the rules. */
  readonly companions: Companions;
  /** How filters and exceptions fared that stand in a text without rules. */
  readonly fidelity?: Fidelity;
}

export interface ConvertedRule {
  readonly id?: string;
  readonly title: string;
  readonly fidelity: Fidelity;
  readonly diagnostics: readonly Diagnostic[];
  /**
   * The rule alone in the target format, with the rules it refers to and the exclusions written for it; empty if
   * it was not written.
   */
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
    reportUnderivable(options, report);
    const file = { format: source.id, text };
    const renaming = renamingFor(pack, options);
    if (source === target && renaming === undefined && isSameShape(options))
      return sayingDuplicates(untouched(pack, text, target), file);
    const casting: Casting = {
      target,
      foreign: source !== target,
      mapping: mappingOf(options),
      attack: { tables: attackTables(), version: versionFor(target, options) },
      options,
      ...(renaming && { renaming }),
    };
    const found: Diagnostic[] = [];
    const tell: Report = (one) => found.push(one);
    reportCompanions(pack, casting, tell);
    const asked = renaming ? renamedPack(pack, renaming, (rule) => losesId(rule, target)) : pack;
    const conversion = castPack(source === target ? asked : leaving(asked, source), casting, file, tell);
    found.forEach(report);
    const result = sayingDuplicates(renaming ? asRead(conversion, pack, renaming, report) : conversion, file);
    return pack.rules.length > 0 ? result : { ...result, fidelity: gradeAlone(conversion, found) };
  });
}

/** Where nothing was written, and nothing goes with rules of other texts, all was refused. */
function gradeAlone({ text }: Conversion, found: readonly Diagnostic[]): Fidelity {
  const isSomewhere = text !== '' || found.some(({ code }) => code === 'convert/taken');
  return isSomewhere ? gradeOf(found, false) : 'refused';
}

function leaving(pack: Pack, source: Format): Pack {
  return source.leaving ? { ...pack, rules: pack.rules.map((rule) => source.leaving!(rule)) } : pack;
}

function renamingFor(pack: Pack, options: ConvertOptions): Renaming | undefined {
  const newId = newIdsOf(options);
  return newId && renamingOf(pack, referencesAmong(options.references), newId);
}

/** An id that was made up, and goes again on the way home. */
function losesId(rule: Rule, { id }: Format): boolean {
  return id === 'sigma' && inventedIn(rule).has('id');
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
    readonly stack?: Stack;
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

function isSameShape(options: ConvertOptions): boolean {
  const { shape, language, attack, stack } = options;
  return [shape, language, attack, stack].every((option) => option === undefined) && !derives(options);
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
    ...(pack.rules.length === 0 && { fidelity: 'identical' }),
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
function writing({ shape, carry, stack }: Partial<ConvertOptions>, foreign = false): WriteOptions {
  return {
    ...(shape !== undefined && { shape }),
    ...(carry !== undefined && { carry }),
    ...(stack !== undefined && { stack }),
    foreign,
  };
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
  const { renaming } = casting;
  const known = referencesIn(pack, casting);
  const parts = partsOfOthers(pack, known, casting);
  const casts = new Map(
    pack.rules
      .filter((rule) => !parts.has(rule))
      .map((rule) => [rule, cast({ rule, parts: referencesOf(rule, known) }, casting)] as const),
  );
  const exclusions = castExclusions(pack, file.format, casts, known, casting);
  exclusions.diagnostics.forEach(report);
  const written: Rule[] = [];
  const results = new Map<Rule, ConvertedRule>();
  for (const [rule, asked] of casts) {
    const excluding = withExclusions(rule, asked, exclusions, casting);
    const result = withFile(withDerivation(excluding, casting), file, casting);
    const onto = originalText(rule, casting.target) ?? ownText(pack, file, casting);
    const text = writeCast(result, exclusions.filters, casting, onto);
    if (text.ok) for (const done of result.rules) written.push(done);
    const done = asResult(rule, result, text);
    results.set(rule, renaming ? withIdsTold(done, casting.target.id, renaming) : done);
  }
  const rules = pack.rules.map((rule) => results.get(rule) ?? asPart(rule, parts.get(rule)!, results));
  const { filters, rest } = companionsIn(casting, pack);
  const companions = { filters: [...filters, ...exclusions.filters], rest };
  const stays = file.format === casting.target.id && written.length === pack.rules.length;
  const onto = stays ? file.text : undefined;
  const text = textOfAll(written, rules, companions, casting, onto);
  return { text, rules, companions };
}

/** By the ids that rules have from now on; those of other files are known by the ones they had. */
function referencesIn({ rules }: Pack, { options, renaming }: Casting): References {
  const others = referencesAmong(options.references);
  if (renaming === undefined) return referencesTo(rules, others);
  return referencesTo(rules, (name) => {
    const rule = others(renaming.before(name) ?? name);
    return rule && renamedReference(rule, renaming);
  });
}

/** The text of a rule that stays in its format, and alone in its file. */
function ownText({ rules }: Pack, { format, text }: OriginalFile, { target }: Casting): string | undefined {
  return format === target.id && rules.length === 1 ? text : undefined;
}

/** What a rule is called in reports. */
export function named({ id, title, name }: Rule): { id?: string; title: string } {
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

function writeCast(
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
function textOfAll(
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
