import { Failure } from '../diagnostic/attempt.ts';
import type { Diagnostic, Report } from '../diagnostic/diagnostic.ts';
import { languageOf } from '../languages/index.ts';
import type { Language } from '../languages/language.ts';
import type { Duration, Query } from '../query/query.ts';
import type { Detection } from '../rule/rule.ts';
import { asksForEnough, measuredByRun, thresholdOfCount, uncountable } from './counts.ts';
import { differentEvents } from './different-events.ts';
import { fidelities, gradeOf } from './fidelity.ts';
import { type ConvertOptions, stops } from './options.ts';
import { withoutPresentation } from './presentation.ts';
import { type Printed, printQuery } from './print.ts';
import type { Question } from './question.ts';
import { repeatedSequence } from './repeats.ts';
import { printingFor } from './tables.ts';
import { withWordsKept } from './words.ts';

/** A question as a detection of Elastic's engine, and what it means as it is written there. */
export interface EngineDetection {
  readonly detection: Detection;
  readonly meaning: Query;
  /** The time within which a threshold rule or ES|QL counts: what the rule looks back over. */
  readonly within?: Duration;
}

/** What is to be written, and the language that it was asked in. */
export interface InLanguage extends Pick<Question, 'query' | 'indices'> {
  readonly language: string | undefined;
}

/**
 * The detection that says a question with the least loss. EQL comes first, which alone has sequences, and tests without
 * case as a matter of course; then threshold rules, KQL, Lucene and ES|QL, where they say more. `languages` are those to be
 * tried, in this order. What the user accepts to lose is lost only where none of them says the whole.
 */
export function toEngine(
  { query, indices, language }: InLanguage,
  languages: readonly string[],
  options: ConvertOptions,
  report: Report,
): EngineDetection {
  const attempted = (given: ConvertOptions) =>
    best(waysOf({ ...query, from: indices }, language, languages, given), given);
  const exact = attempted({ ...options, allow: [] });
  const accepted = exact.attempt === undefined && options.allow?.length ? attempted(options) : undefined;
  const found = exact.attempt ?? accepted?.attempt;
  // The first way is the one that says most; what it lacks is what the user should hear of, unless it is the count.
  if (found === undefined)
    throw new Failure(faultIn(accepted?.refused) ?? uncountable(query) ?? exact.refused ?? noWay);
  found.losses.forEach(report);
  if (query.stages.some((stage) => stage.kind === 'aggregate' && stage.within === undefined))
    report(timeless);
  return found.detection;
}

const timeless: Diagnostic = {
  code: 'mapping/assumption',
  message: 'The rule sets no time within which it counts; it counts what a run of it looks back over.',
};

/** A text that was thrown away as a fault of ours is told of before what can not be said. */
function faultIn(refused: readonly Diagnostic[] = []): readonly Diagnostic[] | undefined {
  return refused.some(({ code }) => code === 'proof/unreported-difference') ? refused : undefined;
}

interface Attempt {
  readonly detection: EngineDetection;
  readonly losses: readonly Diagnostic[];
}

/** The first of the ways that lose least, or why the first of all loses too much. */
function best(
  ways: readonly Way[],
  options: ConvertOptions,
): { readonly attempt?: Attempt; readonly refused?: readonly Diagnostic[] } {
  let attempt: Attempt | undefined;
  let refused: readonly Diagnostic[] | undefined;
  for (const way of ways) {
    const outcome = attemptOf(way, options);
    if (!('detection' in outcome)) refused ??= outcome;
    else if (attempt === undefined || rank(outcome) < rank(attempt)) attempt = outcome;
    if (attempt && rank(attempt) === 0) break;
  }
  return { ...(attempt && { attempt }), ...(refused && { refused }) };
}

function attemptOf(way: Way, options: ConvertOptions): Attempt | readonly Diagnostic[] {
  const losses: Diagnostic[] = [];
  try {
    const detection = way(options, (found) => losses.push(found));
    const against = losses.filter((found) => stops(found, options));
    return against.length > 0 ? against : { detection, losses };
  } catch (error) {
    if (error instanceof Failure) return error.diagnostics;
    throw error;
  }
}

/** 0 for a way that loses nothing. */
function rank({ losses }: Attempt): number {
  return fidelities.indexOf(gradeOf(losses, false)) - fidelities.indexOf('equivalent');
}

const noWay: Diagnostic = {
  code: 'loss/language',
  message:
    'None of the query languages of the target is written here for a question of this kind; the rule was not written.',
};

type Way = (options: ConvertOptions, report: Report) => EngineDetection;

function waysOf(
  query: Query,
  from: string | undefined,
  ids: readonly string[],
  options: ConvertOptions,
): readonly Way[] {
  const languages = ids.map(languageOf).filter((language) => language !== undefined);
  return languages.flatMap((language) => waysIn({ language, from }, query, options));
}

/** The language that is written, and the one that the query was in. */
interface Tongues {
  readonly language: Language;
  readonly from: string | undefined;
}

/** A query names what it searches here, and how its finds are given; all but ES|QL leave that to the rule. */
function waysIn(tongues: Tongues, named: Query, given: ConvertOptions): readonly Way[] {
  if (tongues.language.id === 'esql') return [esqlWay(tongues, named)];
  const dropped: Diagnostic[] = [];
  const query = withoutPresentation({ ...named, from: [] }, (found) => dropped.push(found), given);
  return plainWays(tongues, query).map((way) => (options, report) => {
    dropped.forEach(report);
    return way(options, report);
  });
}

function plainWays(tongues: Tongues, query: Query): readonly Way[] {
  const [count, ...more] = query.stages;
  if (count?.kind !== 'aggregate' || more.length > 0) return [plainWay(tongues, query)];
  if (tongues.language.id === 'eql') {
    const repeated = repeatedSequence(query, count);
    return repeated ? [plainWay(tongues, repeated)] : [];
  }
  const threshold = thresholdOfCount(count);
  return threshold ? [thresholdWay(tongues, { ...query, stages: [] }, threshold, count.within)] : [];
}

function printed(
  query: Query,
  { language, from }: Tongues,
  options: ConvertOptions,
  report: Report,
): Printed {
  const printing = withWordsKept(printingFor(language, options), from, language.id);
  return printQuery(query, language, options, report, printing);
}

function plainWay(tongues: Tongues, query: Query): Way {
  const { language } = tongues;
  return (options, report) => {
    const { text, meaning } = printed(query, tongues, options, report);
    if (query.find.kind === 'sample') report(differentEvents(query.find));
    return {
      detection: { kind: 'query', query: { language: language.id, text: withLineEnd(text) } },
      meaning,
    };
  };
}

function thresholdWay(
  tongues: Tongues,
  query: Query,
  threshold: NonNullable<ReturnType<typeof thresholdOfCount>>,
  within: Duration | undefined,
): Way {
  return (options, report) => {
    const { text, meaning } = printed(query, tongues, options, report);
    return {
      detection: { ...threshold, query: { language: tongues.language.id, text: withLineEnd(text) } },
      meaning,
      ...(within !== undefined && { within }),
    };
  };
}

/** ES|QL counts all that a rule looks back over, which is the time within which the count is asked for. */
function esqlWay(tongues: Tongues, query: Query): Way {
  const count = query.stages.find((stage) => stage.kind === 'aggregate');
  const stages = query.stages.map((stage) => {
    if (stage.kind !== 'aggregate') return stage;
    const { within: _, ...rest } = stage;
    return rest;
  });
  return (options, report) => {
    if (query.from.length === 0) throw new Failure(nowhere);
    if (count?.within !== undefined && !asksForEnough(count)) report(measuredByRun(count));
    const found = plainWay(tongues, { ...query, stages })(options, report);
    return { ...found, ...(count?.within !== undefined && { within: count.within }) };
  };
}

const nowhere: Diagnostic = {
  code: 'loss/log-source',
  message:
    'ES|QL names what it searches, and nothing is known of where the events of this rule are; it was not written.',
};

/** Elastic's rule files end a query with a line end. */
function withLineEnd(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}
