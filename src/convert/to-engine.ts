import { Failure } from '../diagnostic/attempt.ts';
import type { Diagnostic, Report } from '../diagnostic/diagnostic.ts';
import { languageOf } from '../languages/index.ts';
import type { Language } from '../languages/language.ts';
import type { Aggregate, Duration, FieldOperand, Query } from '../query/query.ts';
import type { Detection } from '../rule/rule.ts';
import { atLeast, thresholdOfCount, uncountable } from './counts.ts';
import type { ConvertOptions } from './options.ts';
import { printQuery } from './print.ts';

/** A question as a detection of Elastic's engine, and what it means as it is written there. */
export interface EngineDetection {
  readonly detection: Detection;
  readonly meaning: Query;
  /** The time within which a threshold rule counts: what it looks back over. */
  readonly within?: Duration;
}

/**
 * The detection that says a question with the least loss: EQL where it can, which alone has sequences
 * and tests without case; a threshold rule or plain KQL where that can. `languages` are those to be
 * tried, in this order.
 */
export function toEngine(
  query: Query,
  languages: readonly string[],
  options: ConvertOptions,
  report: Report,
): EngineDetection {
  const ways = waysOf(query, languages);
  const failures: Diagnostic[][] = [];
  const strictly = { ...options, allow: [] };
  for (const tried of options.allow?.includes('broader') ? [strictly, options] : [strictly]) {
    for (const way of ways) {
      const found: Diagnostic[] = [];
      try {
        const result = way(tried, (diagnostic) => found.push(diagnostic));
        found.forEach(report);
        return result;
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        failures.push([...error.diagnostics]);
      }
    }
  }
  // The first way is the one that says most; what it lacks is what the user should hear of.
  throw new Failure(failures[0] ?? uncountable(query) ?? noWay);
}

const noWay: Diagnostic = {
  code: 'loss/language',
  message:
    'None of the query languages of the target is written here for a question of this kind; the rule was not written.',
};

type Way = (options: ConvertOptions, report: Report) => EngineDetection;

function waysOf(query: Query, ids: readonly string[]): readonly Way[] {
  const languages = ids.map(languageOf).filter((language) => language !== undefined);
  return languages.flatMap((language) => waysIn(language, query));
}

function waysIn(language: Language, query: Query): readonly Way[] {
  const [count, ...more] = query.stages;
  if (count?.kind !== 'aggregate' || more.length > 0) return [plainWay(language, query)];
  if (language.id === 'eql') {
    const repeated = repeatedSequence(query, count);
    return repeated ? [plainWay(language, repeated)] : [];
  }
  const threshold = thresholdOfCount(count);
  return threshold ? [thresholdWay(language, { ...query, stages: [] }, threshold, count.within)] : [];
}

function plainWay(language: Language, query: Query): Way {
  return (options, report) => {
    const { text, meaning } = printQuery(query, language, options, report);
    return {
      detection: { kind: 'query', query: { language: language.id, text: withLineEnd(text) } },
      meaning,
    };
  };
}

function thresholdWay(
  language: Language,
  query: Query,
  threshold: NonNullable<ReturnType<typeof thresholdOfCount>>,
  within: Duration | undefined,
): Way {
  return (options, report) => {
    const { text, meaning } = printQuery(query, language, options, report);
    return {
      detection: { ...threshold, query: { language: language.id, text: withLineEnd(text) } },
      meaning,
      ...(within !== undefined && { within }),
    };
  };
}

/** Elastic's rule files end a query with a line end. */
function withLineEnd(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}

/** At least n events of a group within a time: the same event, n times over. EQL counts to 100. */
function repeatedSequence(query: Query, count: Aggregate): Query | undefined {
  const runs = count.measure === 'count' && count.keep ? atLeast(count.keep) : undefined;
  const { find } = query;
  if (find.kind !== 'filter' || runs === undefined || runs < 2 || runs > 100) return undefined;
  if (count.by.length === 0 || count.within === undefined) return undefined;
  const { kind: _, ...filter } = find;
  return {
    from: query.from,
    find: {
      kind: 'sequence',
      by: count.by.map((field): FieldOperand => ({ kind: 'field', field })),
      within: count.within,
      steps: [{ ...filter, by: [], runs, missing: false }],
    },
    stages: [],
  };
}

/** The way back: a sequence of one event, n times over, is a count of at least n. */
export function countOfRepeats(query: Query): Query {
  const { find } = query;
  if (find.kind !== 'sequence' || find.until || find.within === undefined || query.stages.length > 0)
    return query;
  const [step, ...more] = find.steps;
  if (step === undefined || more.length > 0 || step.missing || step.runs < 2) return query;
  const keys = [...find.by, ...step.by];
  const by = keys.map((key) => (key.kind === 'field' && !key.optional ? key.field : undefined));
  if (by.length === 0 || !by.every((field) => field !== undefined)) return query;
  const { by: _by, runs, missing: _missing, ...filter } = step;
  return {
    from: query.from,
    find: { kind: 'filter', ...filter },
    stages: [
      { kind: 'aggregate', measure: 'count', by, within: find.within, keep: { operator: '>=', value: runs } },
    ],
  };
}
