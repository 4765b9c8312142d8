import { attempt } from '../diagnostic/attempt.ts';
import type { Diagnostic, Outcome, Report } from '../diagnostic/diagnostic.ts';
import type { Pack, Rule } from '../rule/rule.ts';
import { type Cast, type Casting, castFiltered } from './cast.ts';
import { castExclusions, companionsIn, filtersToJoin, withExclusions } from './companions.ts';
import { type Conversion, type ConvertedRule, named } from './conversion.ts';
import { withDerivation } from './derive/derive.ts';
import { type Fidelity, gradeOf } from './fidelity.ts';
import { renamedReference } from './ids/renamed.ts';
import { withIdsTold } from './ids/told.ts';
import { stops } from './options.ts';
import { type OriginalFile, originalText, withFiles } from './original-file.ts';
import { type AroundRule, withExceptionsLost } from './prove/exceptions-lost.ts';
import { graded } from './prove/graded.ts';
import { proofOf, proofOfThrownAway } from './prove/proof-of.ts';
import { partsFor, partsOfOthers, type References, referencesAmong, referencesTo } from './references.ts';
import { textOfAll, writeCast } from './writing.ts';

/** Casts the rules of a pack, and what stands beside them; `file` is where they come from. */
export function castPack(pack: Pack, casting: Casting, file: OriginalFile, report: Report): Conversion {
  const { renaming } = casting;
  const known = referencesIn(pack, casting);
  const parts = partsOfOthers(pack, known, casting);
  const filters = filtersToJoin(pack, casting);
  const casts = new Map(
    pack.rules
      .filter((rule) => !parts.has(rule))
      .map(
        (rule) =>
          [rule, castFiltered({ rule, parts: partsFor(rule, known, casting) }, filters, casting)] as const,
      ),
  );
  const exclusions = castExclusions(pack, file.format, casts, known, casting);
  exclusions.diagnostics.forEach(report);
  const around = aroundRules(pack, known, casting);
  const written: Rule[] = [];
  const results = new Map<Rule, ConvertedRule>();
  for (const [rule, asked] of casts) {
    const excluding = withExclusions(rule, asked, exclusions, casting);
    const result = withFiles(rule, withDerivation(excluding, casting), file, casting);
    const onto =
      originalText(rule, casting.target) ?? (casting.isPart ? undefined : ownText(pack, file, casting));
    const text = writeCast(result, exclusions.filters, casting, onto);
    const done = asResult(rule, result, text, casting, around);
    for (const one of done.written) written.push(one);
    results.set(rule, renaming ? withIdsTold(done, casting.target.id, renaming) : done);
  }
  const rules = pack.rules.map((rule) => results.get(rule) ?? asPart(rule, parts.get(rule)!, results));
  const beside = companionsIn(casting, pack);
  const companions = { ...beside, filters: [...beside.filters, ...exclusions.filters] };
  const stays = file.format === casting.target.id && written.length === pack.rules.length;
  const onto = stays ? file.text : undefined;
  const text = casting.isPart ? '' : textOfAll(written, rules, companions, casting, onto);
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

function asResult(
  rule: Rule,
  result: Cast,
  text: Outcome<string>,
  casting: Casting,
  around: AroundRule,
): ConvertedRule {
  if (!text.ok) {
    const fidelity = result.rules.length === 0 ? result.fidelity : 'refused';
    const failed = notWritten(rule, fidelity, [...text.diagnostics, ...result.diagnostics]);
    const { thrownAway } = result;
    if (thrownAway === undefined || casting.options.prove === false) return failed;
    return { ...failed, proof: proofOfThrownAway(thrownAway, casting) };
  }
  const losses = [...result.diagnostics, ...text.diagnostics];
  const done = { ...named(rule), diagnostics: losses, text: text.value, rule, written: result.rules };
  if (result.fidelity === 'carried') return { ...done, fidelity: 'carried' };
  // What the writer had to leave out counts as well.
  const untouched = result.fidelity === 'identical';
  if (casting.options.prove === false) return { ...done, fidelity: gradeOf(losses, untouched) };
  const outcome = attempt(() => proofOf(result, text.value, casting));
  if (!outcome.ok) return notWritten(rule, 'failed', [...outcome.diagnostics, ...losses]);
  const isLeft = callsFieldsAlike(result) && losses.some(leavesExceptions);
  const proof = isLeft ? withExceptionsLost(outcome.value, rule, around) : outcome.value;
  const { fidelity, findings } = graded(proof, losses, untouched);
  const diagnostics = [...findings, ...losses];
  const isStopped = findings.some((found) => stops(found, casting.options));
  if (fidelity === 'failed' || isStopped) {
    return { ...notWritten(rule, isStopped ? 'refused' : 'failed', diagnostics), proof };
  }
  return { ...done, fidelity, diagnostics, proof };
}

function callsFieldsAlike({ against }: Cast): boolean {
  return against?.kind === 'same' || (against?.kind === 'asked' && against.pieces.length === 0);
}

function leavesExceptions({ code, effect }: Diagnostic): boolean {
  return code === 'loss/exceptions' && effect === 'broader';
}

function aroundRules({ filters }: Pack, known: References, { options }: Casting): AroundRule {
  const exclusions = [...filters, ...(options.exclusions ?? [])];
  return { known, exclusions, reading: options.filters ?? 'pysigma' };
}

function notWritten(rule: Rule, fidelity: Fidelity, diagnostics: readonly Diagnostic[]): ConvertedRule {
  return { ...named(rule), fidelity, diagnostics, text: '', rule, written: [] };
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
