import { Failure } from '../diagnostic/attempt.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import { lossOf } from '../languages/lose.ts';
import { sigma } from '../languages/sigma/index.ts';
import { filter } from '../query/build.ts';
import { hasCase, normal } from '../query/normal.ts';
import { isPattern } from '../query/pattern.ts';
import type { Predicate, Query, Sample, Sequence, Stage } from '../query/query.ts';
import { mapLeaves, mapPredicates } from '../query/walk.ts';
import type { CorrelationDetection, Detection, LogSource, Rule } from '../rule/rule.ts';
import { uuid5 } from '../source/digest.ts';
import { queryOfCorrelation } from './correlation.ts';
import { correlationOfCount } from './counts.ts';
import { differentEvents } from './different-events.ts';
import { lookback } from './duration.ts';
import type { ConvertOptions } from './options.ts';
import { printQuery } from './print.ts';
import type { Question } from './question.ts';
import { correlationOfSteps } from './steps.ts';

/** What Sigma keeps a question as: one detection, and the rules it refers to. */
export interface SigmaDetection {
  readonly detection: Detection;
  /** Of the detection itself, or of each of its parts. */
  readonly sources: readonly LogSource[];
  readonly parts: readonly Rule[];
  /** What the detection reads back as, its parts included, in normal form. */
  readonly meaning: Query;
}

/** A question in Sigma's field names, as the detection of `rule`. */
export function toSigma(
  question: Question,
  rule: Rule,
  options: ConvertOptions,
  report: Report,
): SigmaDetection {
  const asked = options.case === 'fold' ? foldCase(question.query, report) : question.query;
  const { find } = asked;
  const [stage, ...more] = asked.stages;
  if (more.length > 0 || (stage && stage.kind !== 'aggregate')) return refusePipe(stage);
  switch (find.kind) {
    case 'filter': {
      const logSource = question.sources[0] ?? {};
      if (stage?.kind === 'aggregate') {
        const parts = partsOf(rule, [{ where: find.where, logSource }], options, report);
        return correlated(correlationOfCount(stage, parts[0]!.rule.name!), parts);
      }
      const { text, meaning } = printQuery(asked, sigma, options, report);
      return {
        detection: { kind: 'query', query: { language: 'sigma', text } },
        sources: [logSource],
        parts: [],
        meaning,
      };
    }
    case 'sequence':
    case 'sample':
      return stepsToSigma(find, question.sources, rule, options, report);
    case 'correlation':
      throw new Failure({
        code: 'loss/correlation',
        message:
          'The query joins finds of several queries, which is not written in Sigma; the rule was not written.',
      });
    case 'opaque':
      throw new Failure({
        code: 'loss/language',
        message: `The query is text of ${find.language} alone; the rule was not written.`,
      });
    default:
      return find satisfies never;
  }
}

function refusePipe(stage: Stage | undefined): never {
  const what =
    stage?.kind === 'opaque'
      ? `The query goes on behind a pipe with what only ${stage.language} says`
      : 'The query cuts its result behind a pipe, which Sigma can not';
  throw new Failure({
    code: stage === undefined ? 'loss/pipe' : lossOf(stage),
    message: `${what}; the rule was not written.`,
    ...(stage?.span && { span: stage.span }),
  });
}

function stepsToSigma(
  find: Sequence | Sample,
  sources: readonly LogSource[],
  rule: Rule,
  options: ConvertOptions,
  report: Report,
): SigmaDetection {
  const within = find.within ?? lookback(rule.engine?.['from']);
  if (find.kind === 'sample') report(differentEvents(find));
  if (find.within === undefined) {
    report({
      code: 'mapping/assumption',
      message: `The rule sets no time for its events, and Sigma wants one; they are given the ${within / 1000} seconds that the rule looks back.`,
    });
  }
  const names = find.steps.map((_, index) => partName(rule, index, find.steps.length));
  const detection = correlationOfSteps({ ...find, within }, names);
  const steps = find.steps.map(({ where }, index) => ({ where, logSource: sources[index] ?? {} }));
  return correlated(detection, partsOf(rule, steps, options, report));
}

function correlated(detection: CorrelationDetection, parts: readonly PartRule[]): SigmaDetection {
  const read = parts.map(({ rule, meaning }) => ({
    name: rule.name!,
    query: meaning,
    source: rule.logSource ?? {},
  }));
  return {
    detection,
    sources: parts.map(({ rule }) => rule.logSource ?? {}),
    parts: parts.map(({ rule }) => rule),
    meaning: normal(queryOfCorrelation(detection, read)),
  };
}

interface Part {
  readonly where: Predicate;
  readonly logSource: LogSource;
}

interface PartRule {
  readonly rule: Rule;
  readonly meaning: Query;
}

/** A small rule for each event, with a name and an id that follow from the rule they are parts of. */
function partsOf(
  rule: Rule,
  steps: readonly Part[],
  options: ConvertOptions,
  report: Report,
): readonly PartRule[] {
  return steps.map(({ where, logSource }, index): PartRule => {
    const { text, meaning } = printQuery(filter(where), sigma, options, report);
    const name = partName(rule, index, steps.length);
    const part: Rule = {
      id: uuid5(partNamespace, `${rule.id ?? rule.title ?? ''} ${name}`),
      name,
      title: `${rule.title ?? 'Rule'} - Event ${index + 1} of ${steps.length}`,
      ...(rule.status !== undefined && { status: rule.status }),
      ...(rule.taxonomy !== undefined && { taxonomy: rule.taxonomy }),
      logSource,
      detection: { kind: 'query', query: { language: 'sigma', text } },
      carry: {},
    };
    return { rule: part, meaning };
  });
}

const partNamespace = 'b1a3a3f2-5c1e-4e0b-9a4a-6d7f0c2e8d11';

/** Letters and digits of the title, and of the id where there are none. */
function partName({ title = '', id = 'rule' }: Rule, index: number, count: number): string {
  const slug = slugOf(title) || `rule_${slugOf(id)}`;
  return count === 1 ? `${slug}_event` : `${slug}_event_${index + 1}`;
}

function slugOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
}

/** Tests without case, as SigmaHQ writes them, where the rule minds it. */
function foldCase(query: Query, report: Report): Query {
  return mapPredicates(query, (where) =>
    mapLeaves(where, (leaf, positive) => {
      if (
        leaf.kind !== 'equals' ||
        !leaf.caseSensitive ||
        !leaf.values.some((value) => value !== null && isPattern(value) && hasCase(value))
      )
        return leaf;
      const effect = positive ? 'broader' : 'narrower';
      report({
        code: 'loss/case-folded',
        effect,
        message: `The test of ${leaf.field} minds upper and lower case; it is written without, which is ${effect} here.`,
        path: leaf.field,
        ...(leaf.span && { span: leaf.span }),
      });
      return { ...leaf, caseSensitive: false };
    }),
  );
}
