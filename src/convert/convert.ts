import { attempt, need } from '../diagnostic/attempt.ts';
import type { Diagnostic, Outcome, Report } from '../diagnostic/diagnostic.ts';
import type { Format, Stack } from '../formats/format.ts';
import type { Pack, Rule } from '../rule/rule.ts';
import type { Casting } from './cast.ts';
import { castPack } from './cast-pack.ts';
import { reportCompanions } from './companions.ts';
import { type Conversion, named } from './conversion.ts';
import { derives, reportUnderivable } from './derive/derive.ts';
import { sayingDuplicates } from './duplicates.ts';
import { type Fidelity, gradeOf } from './fidelity.ts';
import { formatFrom, formatNamed } from './find-format.ts';
import { newIdsOf } from './ids/new-ids.ts';
import { renamedPack } from './ids/renamed.ts';
import { type Renaming, renamingOf } from './ids/renaming.ts';
import { asRead } from './ids/told.ts';
import { inventedIn } from './invented.ts';
import type { ConvertOptions } from './options.ts';
import { checkCarried, type OriginalFile } from './original-file.ts';
import { referencesAmong } from './references.ts';
import { attackFor, mappingOf } from './tables.ts';
import { textOf } from './writing.ts';

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
    const renaming = renamingFor(new Set(pack.rules.flatMap(({ id }) => id ?? [])), options);
    if (source === target && renaming === undefined && isSameShape(options))
      return sayingDuplicates(untouched(pack, text, target), file);
    checkCarried(pack.rules.length, file, options);
    const casting = castingOf(source, target, options, renaming);
    return sayingDuplicates(castRead(pack, source, casting, file, report), file);
  });
}

export function castingOf(
  source: Format,
  target: Format,
  options: ConvertOptions,
  renaming: Renaming | undefined,
): Casting {
  return {
    target,
    foreign: source !== target,
    mapping: mappingOf(options),
    attack: attackFor(target, options),
    options,
    ...(renaming && { renaming }),
  };
}

/** What was read, cast under the ids that it is to have. */
export function castRead(
  pack: Pack,
  source: Format,
  casting: Casting,
  file: OriginalFile,
  report: Report,
): Conversion {
  const { target, renaming } = casting;
  const found: Diagnostic[] = [];
  const tell: Report = (one) => found.push(one);
  reportCompanions(pack, casting, tell);
  const asked = renaming ? renamedPack(pack, renaming, (rule) => losesId(rule, target)) : pack;
  const conversion = castPack(source === target ? asked : leaving(asked, source), casting, file, tell);
  found.forEach(report);
  const result = renaming ? asRead(conversion, pack, renaming, report) : conversion;
  return pack.rules.length > 0 ? result : { ...result, fidelity: gradeAlone(conversion, found) };
}

/** Where nothing was written, and nothing goes with rules of other texts, all was refused. */
function gradeAlone({ text }: Conversion, found: readonly Diagnostic[]): Fidelity {
  const isSomewhere = text !== '' || found.some(({ code }) => code === 'convert/taken');
  return isSomewhere ? gradeOf(found, false) : 'refused';
}

function leaving(pack: Pack, source: Format): Pack {
  return source.leaving ? { ...pack, rules: pack.rules.map((rule) => source.leaving!(rule)) } : pack;
}

export function renamingFor(
  own: { has(id: string): boolean },
  options: ConvertOptions,
): Renaming | undefined {
  const newId = newIdsOf(options);
  return newId && renamingOf(own, referencesAmong(options.references), newId);
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

/** Whether a text that stays in its format is to stay as it is. */
export function isSameShape(options: ConvertOptions): boolean {
  const { shape, language, attack, stack, taxonomy } = options;
  return (
    [shape, language, attack, stack, taxonomy].every((option) => option === undefined) && !derives(options)
  );
}

/** From a format into itself: every byte stays. A rule that is the only one of its text is all of that. */
export function untouched(
  pack: Pack,
  text: string,
  target: Format,
  isOnly = pack.rules.length === 1,
): Conversion {
  const alone = (rule: Rule) => (isOnly ? text : textOf([rule], target, {}));
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
      proof: { relation: 'equal' },
    })),
  };
}
