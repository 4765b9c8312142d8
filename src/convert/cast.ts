import { Failure } from '../diagnostic/attempt.ts';
import { codes } from '../diagnostic/codes.ts';
import type { Diagnostic, Report } from '../diagnostic/diagnostic.ts';
import type { Format } from '../formats/format.ts';
import { reaches } from '../formats/schemas/index.ts';
import { type Attack, tagsIn, threatIn } from '../mapping/attack.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { normal } from '../query/normal.ts';
import { withoutPlainExpressions } from '../query/plain.ts';
import type { Predicate } from '../query/query.ts';
import { mapPredicates } from '../query/walk.ts';
import { staysBehind } from '../rule/carry.ts';
import type { Detection, Rule, RuleFilter } from '../rule/rule.ts';
import { apart } from './apart.ts';
import { asCarried, carriedAlone } from './carried.ts';
import { asFile, asLine } from './days.ts';
import { derives } from './derive/derive.ts';
import { withoutDerived } from './derive/marks.ts';
import { withinRun } from './duration.ts';
import { toEngineEnvelope, toSigmaEnvelope } from './envelope.ts';
import type { Family } from './family.ts';
import { type Fidelity, gradeOf } from './fidelity.ts';
import { type Kept, keptOf, laidOver } from './filters/laid.ts';
import type { Renaming } from './ids/renaming.ts';
import { lower } from './lower.ts';
import { changesNames, withOtherNames } from './names.ts';
import type { ConvertOptions } from './options.ts';
import {
  fingerprint,
  fingerprintOfAll,
  type Home,
  languageOf,
  originsLost,
  restore,
  withOrigin,
  withoutWas,
} from './origin.ts';
import { pieceOf, withPieces, writtenApart } from './pieces.ts';
import { throughPipelines } from './pipelines.ts';
import { filledIn } from './placeholders.ts';
import { withoutPresentation } from './presentation.ts';
import { unlessStopped } from './print.ts';
import type { Against, Asked, Piece } from './prove/asked.ts';
import { tracing } from './prove/trace.ts';
import { orUnlike, type ThrownAway, Unlike } from './prove/unlike.ts';
import type { Question } from './question.ts';
import { countOfRepeats } from './repeats.ts';
import { asSearched } from './searched.ts';
import { writesEcs } from './taxonomies.ts';
import { questionToEcs, questionToSigma } from './taxonomy.ts';
import { toEngine } from './to-engine.ts';
import { toSigma } from './to-sigma.ts';
import { leavesWords, withWordsCompared } from './words.ts';
import { engineEnvelope, sigmaEnvelope, sourceWith } from './written-envelope.ts';

/** Everything a rule is cast with. */
export interface Casting {
  readonly target: Format;
  /** The rules stand in a file of another format. */
  readonly foreign: boolean;
  readonly mapping: Mapping;
  readonly attack: Attack;
  readonly options: ConvertOptions;
  /** The ids that rules get, where they do not keep theirs. */
  readonly renaming?: Renaming;
  /** The text is a part of a longer one: its rules are not all there are, and are written by who knows the others. */
  readonly isPart?: true;
}

/** A rule as the target will hold it: one rule, after those it refers to; none where it was refused. */
export interface Cast {
  readonly rules: readonly Rule[];
  readonly fidelity: Fidelity;
  readonly diagnostics: readonly Diagnostic[];
  /** Its filters are a part of its query. */
  readonly filtered?: boolean;
  /** What it is held against once it is written; absent where nothing was written for its query. */
  readonly against?: Against;
  /** What was written for it and does not say what was meant, which is a fault of ours. */
  readonly thrownAway?: ThrownAway;
}

/**
 * Casts one rule with its filters in its query, where the target has no place for them. If that can not be said,
 * the rule is cast without them.
 */
export function castFiltered(family: Family, filters: readonly RuleFilter[], casting: Casting): Cast {
  const asks = filters.length > 0 && languageOf(family.rule) === 'sigma';
  const kept = asks ? keptOf(family, filters, casting.options.filters ?? 'pysigma') : undefined;
  if (kept === undefined) return cast(family, casting);
  const filtered = cast(family, casting, kept);
  const isWritten = filtered.rules.length > 0 && filtered.fidelity !== 'carried';
  return isWritten ? filtered : cast(family, casting);
}

/** Casts one rule. It always comes to an end that can be told: a grade, and what there is to say. */
export function cast({ rule, parts }: Family, casting: Casting, kept?: Kept): Cast {
  const { target, options } = casting;
  // What was derived before is derived anew: the query may be another by now.
  const family = { rule: withoutDerived(rule, derives(options) ? undefined : target.id), parts };
  const diagnostics: Diagnostic[] = [];
  try {
    const cast = castRule(family, casting, kept, (found) => diagnostics.push(found));
    const { rules: written, untouched, against } = cast;
    const rules = written.map((rule) => inVersion(rule, casting));
    unlessStopped(diagnostics, options);
    return {
      rules,
      fidelity: gradeOf(diagnostics, untouched),
      diagnostics: unique(diagnostics),
      ...(kept && !untouched && { filtered: true }),
      against,
    };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const others = diagnostics.filter((found) => !error.diagnostics.includes(found));
    const failed = notWritten(error, others, family, casting);
    return error instanceof Unlike ? { ...failed, thrownAway: error.thrownAway } : failed;
  }
}

/** What a rule says of ATT&CK in the version that the user names; what is new is in it already. */
function inVersion(rule: Rule, { attack, options }: Casting): Rule {
  if (options.attack === undefined) return rule;
  const { tags, threat } = rule;
  return {
    ...rule,
    ...(tags && { tags: tagsIn(tags, attack) }),
    ...(threat && { threat: threatIn(threat, attack) }),
  };
}

/** A rule whose query could not be written: carried if the user allows it, otherwise refused. */
function notWritten(
  { diagnostics }: Failure,
  others: readonly Diagnostic[],
  family: Family,
  casting: Casting,
): Cast {
  const codes = new Set(diagnostics.map((found) => found.code));
  const fault = codes.has('proof/unreported-difference');
  if (!fault && !codes.has('schema/unknown-reference')) {
    const found: Diagnostic[] = [];
    const rule = carriedAlone(family, casting, (one) => found.push(one));
    const why = asCarried(diagnostics);
    if (rule) return { rules: [rule], fidelity: 'carried', diagnostics: unique([...why, ...found]) };
  }
  return {
    rules: [],
    fidelity: fault ? 'failed' : 'refused',
    diagnostics: unique([...diagnostics, ...others]),
  };
}

/** Each finding once; what the tables say of a field or a source is the same wherever it stands. */
function unique(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const key = ({ code, message, span }: Diagnostic) =>
    `${code} ${message} ${code.startsWith('mapping/') || codes[code].level === 'note' ? '' : (span?.start ?? '')}`;
  return [...new Map(diagnostics.map((found) => [key(found), found])).values()];
}

interface CastRules {
  readonly rules: readonly Rule[];
  /** The query is the one its author wrote. */
  readonly untouched: boolean;
  readonly against: Against;
}

/** The languages that rules of the target may be in, as the user wants them. */
export function languagesOf({ languages }: Format, { language }: ConvertOptions): readonly string[] {
  return languages.filter((id) => language === undefined || id === language);
}

function castRule(family: Family, casting: Casting, kept: Kept | undefined, report: Report): CastRules {
  const { target, options } = casting;
  const languages = languagesOf(target, options);
  const home = target.id === 'native' ? undefined : restore(family, languages, options, report);
  if (home) return { rules: cameHome(family.rule, home, casting, report), untouched: true, against: same };
  if (changesNames(family.rule, casting)) {
    const { rule, against } = withOtherNames(family, casting, report);
    return { rules: [rule], untouched: false, against };
  }
  if (holds(target, family.rule.detection, options.language)) {
    const whole = target.id === 'elastic' ? asFile(family.rule, casting, report) : asLine(family.rule);
    return { rules: [whole], untouched: true, against: same };
  }
  for (const found of originsLost(family.rule, languages)) report(found);
  return target.id === 'sigma'
    ? intoSigma(family, casting, report)
    : intoEngine(family, casting, kept, report);
}

const same: Against = { kind: 'same' };

/** Whether a rule of this kind can stand in the target with its query as it is. */
function holds({ id, languages }: Format, detection: Detection, wanted: string | undefined): boolean {
  if (id === 'native') return true;
  if (detection.kind === 'correlation') return id === 'sigma';
  if (detection.kind === 'machine-learning') return id !== 'sigma';
  const language = detection.query && (detection.query.language ?? 'kuery');
  if (id === 'sigma') return detection.kind === 'query' && language === 'sigma';
  if (language === undefined) return true;
  return (
    languages.includes(language) &&
    (wanted === undefined || wanted === language || detection.kind !== 'query')
  );
}

function cameHome(rule: Rule, home: Home, { target, attack }: Casting, report: Report): readonly Rule[] {
  const isSigma = target.id === 'sigma';
  const envelope = isSigma
    ? toSigmaEnvelope(rule, attack, report)
    : toEngineEnvelope(rule, attack, undefined, report);
  const { origin: _, carry, logSource, taxonomy, ...others } = envelope;
  // The log source travels as a property of the rule; only Sigma has a word for it.
  const source = isSigma && home.detection.kind === 'query' && logSource ? { logSource } : {};
  // What Sigma has no words for of what was edited meanwhile has to travel on.
  const travels = isSigma ? carry : withoutWas(carry);
  // Only of rules of Sigma is it said what their fields are called.
  const names = isSigma && taxonomy !== undefined ? { taxonomy } : {};
  return [...home.parts, { ...others, ...source, ...names, detection: home.detection, carry: travels }];
}

function intoSigma(family: Family, casting: Casting, report: Report): CastRules {
  const { mapping, options } = casting;
  const lowered = lower(family, options, report);
  const presented = countOfRepeats(withoutPresentation(lowered.query, report, options));
  const plainly = (where: Predicate) => asSearched(withoutPlainExpressions(where));
  const keepsNames = writesEcs(family.rule, options);
  const asked = { ...lowered, query: mapPredicates(presented, plainly), keepsNames };
  const { taxonomy, ...words } = sigmaEnvelope(family.rule, casting, report);
  const isOther = taxonomy !== undefined && taxonomy !== 'ecs' && taxonomy !== 'sigma';
  if (isOther) staysBehind('The query is translated', { rule: { taxonomy } }).forEach(report);
  const envelope = { ...words, ...(keepsNames && { taxonomy: 'ecs' }) };
  const several = apart(asked, mapping);
  if (several) {
    const { rules, pieces } = severalIntoSigma(several, envelope, family, casting, report);
    const question = { ...lowered, keepsNames };
    return { rules, untouched: false, against: { kind: 'asked', question, pieces } };
  }
  const { watch, traced } = tracing('toSigma', options);
  const question = questionToSigma(asked, mapping, report, watch);
  const against = (): Asked => ({
    kind: 'asked',
    question: { ...lowered, keepsNames, query: withinRun(lowered.query, family.rule) },
    pieces: [{ question: { ...asked, query: withinRun(asked.query, family.rule) }, trace: traced() }],
  });
  const { detection, sources, parts, meaning } = orUnlike(question, against, () =>
    toSigma(question, envelope, options, report),
  );
  const found = detection.kind === 'query' ? sources[0] : undefined;
  const logSource = sourceWith(found, family.rule, report);
  const written: Rule = { ...envelope, ...(logSource && { logSource }), detection };
  const whole = withOrigin(written, family, fingerprint(meaning, sources), options);
  return { rules: [...parts, whole], untouched: false, against: against() };
}

/** A rule for each log source; the first of them is the rule itself, and stands last, as what names others does. */
function severalIntoSigma(
  questions: readonly Question[],
  envelope: Rule,
  family: Family,
  { mapping, options }: Casting,
  report: Report,
): { readonly rules: readonly Rule[]; readonly pieces: readonly Piece[] } {
  const traces = questions.map(() => tracing('toSigma', options));
  const found = questions.map((asked, index) => {
    const question = questionToSigma(asked, mapping, report, traces[index]!.watch);
    return toSigma(question, envelope, options, report);
  });
  const [first, ...others] = found;
  const pieces = others.map(({ detection, sources }) => pieceOf(envelope, sources[0]!, detection));
  report(writtenApart([first!, ...others].map(({ sources }) => sources[0]!)));
  const print = fingerprintOfAll(found.map(({ meaning, sources }) => fingerprint(meaning, sources)));
  const written: Rule = { ...envelope, logSource: first!.sources[0]!, detection: first!.detection };
  const whole = withOrigin(written, family, print, options);
  return {
    rules: [...pieces, options.carry === 'none' ? whole : withPieces(whole, pieces)],
    pieces: questions.map((question, index) => ({ question, trace: traces[index]!.traced() })),
  };
}

function intoEngine(family: Family, casting: Casting, kept: Kept | undefined, report: Report): CastRules {
  const { target, mapping, options } = casting;
  const lowered = lower(family, options, report);
  const isSigma = languageOf(family.rule) === 'sigma';
  const filtered = { ...lowered, query: kept ? laidOver(lowered.query, kept) : lowered.query };
  const piped = isSigma ? throughPipelines(filtered, family.rule, mapping, report) : filtered;
  const asked = { ...piped, query: filledIn(piped.query, options, report) };
  const { watch, traced } = tracing('toEcs', options);
  const languages = languagesFor(target, options);
  const question = isSigma
    ? questionToEcs(asked, mapping, report, watch)
    : inWordsOf(languages, asked, family.rule, casting, report);
  const against = (): Asked => ({
    kind: 'asked',
    question: asked,
    pieces: isSigma ? [{ question: asked, trace: traced() }] : [],
  });
  const { detection, meaning, within } = orUnlike(question, against, () =>
    toEngine({ ...question, language: languageOf(family.rule) }, languages, options, report),
  );
  const { sources } = piped;
  const found = { indices: question.indices, sources, ...(within !== undefined && { within }) };
  const { fields } = piped.piped ?? {};
  const named = fields ? { ...family.rule, fields } : family.rule;
  const written = searching({ ...engineEnvelope(named, found, casting, report), detection });
  const print =
    detection.kind === 'query' && languageOf(written) !== 'esql'
      ? fingerprint(meaning, [])
      : printOf({ rule: written, parts: [] }, options);
  return { rules: [withOrigin(written, family, print, options)], untouched: false, against: against() };
}

/** KQL and Lucene find words where ES|QL compares. */
function inWordsOf(
  languages: readonly string[],
  asked: Question,
  rule: Rule,
  { mapping }: Casting,
  report: Report,
): Question {
  if (!leavesWords(languageOf(rule)) || languages.some((id) => id !== 'esql')) return asked;
  return { ...asked, query: withWordsCompared(asked.query, mapping, report) };
}

/** The languages that a rule may be written in: the one that is asked for, or those that the stack has rules of. */
function languagesFor(target: Format, options: ConvertOptions): readonly string[] {
  const { language, stack } = options;
  const languages = languagesOf(target, options);
  const isYoung = stack === undefined || reaches(stack, { major: 8, minor: 11 });
  return language !== undefined || isYoung ? languages : languages.filter((id) => id !== 'esql');
}

/** Rules in ES|QL say in their text what they search, and nowhere else. */
function searching(rule: Rule): Rule {
  if (languageOf(rule) !== 'esql') return rule;
  const { indices: _, ...others } = rule;
  return others;
}

/** The fingerprint of a rule that is more than one query: of what it reads back as. */
function printOf(family: Family, options: ConvertOptions): string {
  const { query, sources } = lower(family, options, () => {});
  return fingerprint(normal(query), languageOf(family.rule) === 'sigma' ? sources : []);
}
