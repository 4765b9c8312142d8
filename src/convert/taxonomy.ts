import type { Diagnostic, Report } from '../diagnostic/diagnostic.ts';
import { renameField, renameFields, renameOperand } from '../mapping/fields.ts';
import { categoryTest, derivedLogSource, findLogSource, impliedTests } from '../mapping/log-source.ts';
import type { Way } from '../mapping/lookup.ts';
import { type Mapping, stem } from '../mapping/mapping.ts';
import { type Events, type Recognised, recognise, twinsOf } from '../mapping/recognise.ts';
import { nameOf } from '../mapping/spell.ts';
import type { LogSourceRow } from '../mapping/table.ts';
import type { Renaming, Use } from '../mapping/telling.ts';
import { retyped } from '../mapping/types.ts';
import { always, and } from '../query/build.ts';
import type { And, Measure, Operand, Predicate, Query, Step } from '../query/query.ts';
import { mapParts, type Part, sameTree } from '../query/walk.ts';
import { sameJson } from '../rule/json.ts';
import type { LogSource } from '../rule/rule.ts';
import type { Question } from './question.ts';

/** Told of every row that is applied to a part of a question, or to what joins the parts. */
export interface Watch {
  readonly source: (index: number, seen: SourceUse) => void;
  readonly field: (index: number | undefined, use: Use) => void;
  /** Told of every test of a part and what it has become, after the rows that were applied to it. */
  readonly test?: (index: number, leaf: Predicate, became: Predicate, positive: boolean) => void;
}

/** What a part was taken for, and by what. */
export interface SourceUse {
  readonly source: LogSource;
  readonly row?: LogSourceRow | undefined;
  /** What was recognised, and in what. */
  readonly found?: Recognised | undefined;
  readonly events?: Events;
}

function usedIn(index: number | undefined, watch: Watch | undefined): ((use: Use) => void) | undefined {
  return watch && ((use) => watch.field(index, use));
}

/** What is told of one part. */
export function watchingPart(index: number, watch: Watch | undefined): Pick<Renaming, 'used' | 'became'> {
  const { test } = watch ?? {};
  return {
    used: usedIn(index, watch),
    became: test && ((leaf, became, positive) => test(index, leaf, became, positive)),
  };
}

/** A question in Sigma's field names, asked in those of ECS: log sources become tests and index patterns. */
export function questionToEcs(question: Question, mapping: Mapping, report: Report, watch?: Watch): Question {
  const searched: (readonly string[])[] = [];
  const renamings: Renaming[] = [];
  let first: readonly And[] = [];
  const query = mapParts(question.query, (part, index) => {
    const source = question.sources[index] ?? {};
    const said = question.piped?.parts[index];
    const row = said?.saysSource ? undefined : findLogSource(source, mapping);
    if (!row && !said?.saysSource) reportUnknownSource(source, report);
    const indices = said?.saysSource ? said.indices : row?.indices;
    if (indices && !searched.some((one) => sameJson(one, indices))) searched.push(indices);
    if (row?.assume) report({ code: 'mapping/assumption', message: row.assume, path: 'logsource' });
    watch?.source(index, { source, row });
    const { keepsNames } = question;
    const around = asking(part.where);
    if (index === 0) first = around;
    const renaming = {
      mapping,
      logSource: source,
      way: 'toEcs',
      report,
      ...watchingPart(index, watch),
      keepsNames,
      around,
      ...pipedNames(question, index),
    } as const;
    renamings[index] = renaming;
    const where = renameFields(part.where, renaming);
    return {
      category: row?.category,
      where: row ? and([...impliedTests(row), where]) : where,
      key: (operand) => renameOperand(operand, renaming),
    };
  });
  const [only = [], ...more] = searched;
  const indices = more.length === 0 ? only : [...new Set(searched.flat())];
  return {
    query: withKeys(byPart(query, renamings), question, 'toEcs', mapping, first, report, watch),
    sources: [],
    indices,
  };
}

/** A question in the field names of ECS, asked in Sigma's: tests that a log source implies become that log source. */
export function questionToSigma(
  question: Question,
  mapping: Mapping,
  report: Report,
  watch?: Watch,
): Question {
  const sources: LogSource[] = [];
  const renamings: Renaming[] = [];
  let first: readonly And[] = [];
  const query = mapParts(question.query, (part, index) => {
    const events = {
      ...(part.category !== undefined && { category: part.category }),
      where: retyped(part.where, mapping, question.comparesWords),
      indices: question.indices,
    };
    const found = recognise(events, mapping);
    const source = found ? found.row.sigma : derivedLogSource(events);
    sources.push(source);
    const row = found ? undefined : findLogSource(source, mapping);
    if (found) reportRecognised(found, twinsOf(found.row, mapping), part, report);
    else if (row) reportDerived(row, question.indices, part, report);
    else reportUnknownSource(source, report);
    watch?.source(index, { source, row: found?.row ?? row, found, events });
    const { keepsNames } = question;
    const around = asking(events.where);
    if (index === 0) first = around;
    const renaming = {
      mapping,
      logSource: source,
      way: 'toSigma',
      report,
      ...watchingPart(index, watch),
      keepsNames,
      around,
    } as const;
    renamings[index] = renaming;
    return {
      category: undefined,
      where: renameFields(whatIsLeft({ ...part, where: events.where }, found), renaming),
      key: (operand) => renameOperand(operand, renaming),
    };
  });
  return {
    query: withKeys(
      byPart(query, renamings),
      { ...question, sources },
      'toSigma',
      mapping,
      first,
      report,
      watch,
    ),
    sources,
    indices: question.indices,
  };
}

/** What a part asks all at once: its keys are called by names that may depend on it. */
export function asking(where: Predicate): readonly And[] {
  return [where.kind === 'and' ? where : { kind: 'and', of: [where] }];
}

/** What the log source does not say. A rule that says nothing more keeps its tests: Sigma needs one. */
function whatIsLeft(part: Part, found: Recognised | undefined): Predicate {
  if (found && found.where !== always) return found.where;
  if (part.category === undefined) return part.where;
  return part.where === always ? categoryTest(part.category) : and([categoryTest(part.category), part.where]);
}

/** What pipelines have said of names already. */
function pipedNames({ piped }: Question, index: number): Pick<Renaming, 'final' | 'written'> {
  const written = piped?.parts[index]?.written;
  return { ...(piped && { final: piped.final }), ...(written && { written }) };
}

type Called = (key: Operand) => Operand;

/** Keys that join all steps are keys of each where the steps call them by different names. */
function byPart(query: Query, renamings: readonly Renaming[]): Query {
  const quiet = renamings.map(({ used: _, ...renaming }) => ({ ...renaming, report: () => {} }));
  const called = (to: readonly Renaming[]) =>
    to.map(
      (one): Called =>
        (key) =>
          renameOperand(key, one),
    );
  return keysByStep(query, called(quiet), called(renamings));
}

/** The same for any names: what each step calls a key, and what is called so where it becomes a key of the steps. */
export function keysByStep(
  query: Query,
  called: readonly Called[],
  named: readonly Called[] = called,
): Query {
  const { find } = query;
  if ((find.kind !== 'sequence' && find.kind !== 'sample') || called.length < 2) return query;
  const isOne = (key: Operand) => {
    const [first, ...others] = called.map((name) => name(key));
    return others.every((other) => sameTree(first, other));
  };
  const apart = find.by.filter((key) => !isOne(key));
  if (apart.length === 0) return query;
  const withOwn = (step: Step, index: number): Step => ({
    ...step,
    by: [...apart.map((key) => named[index]!(key)), ...step.by],
  });
  const by = find.by.filter((key) => !apart.includes(key));
  const steps = find.steps.map(withOwn);
  if (find.kind === 'sample') return { ...query, find: { ...find, by, steps } };
  const until = find.until && withOwn(find.until, find.steps.length);
  return { ...query, find: { ...find, by, steps, ...(until && { until }) } };
}

/** Keys that join all parts, and the fields that are counted, by the names that they have in the first part. */
function withKeys(
  query: Query,
  question: Question,
  way: Way,
  mapping: Mapping,
  around: readonly And[],
  report: Report,
  watch?: Watch,
): Query {
  const { keepsNames } = question;
  const logSource = question.sources[0] ?? {};
  const used = usedIn(undefined, watch);
  return renamedKeys(query, {
    mapping,
    logSource,
    way,
    around,
    report,
    used,
    keepsNames,
    ...pipedNames(question, 0),
  });
}

/** What joins all parts of a query, and what is counted, by other names. */
export function renamedKeys(query: Query, renaming: Renaming): Query {
  const { find } = query;
  const stages = query.stages.map((stage) =>
    stage.kind !== 'aggregate'
      ? stage
      : {
          ...stage,
          by: stage.by.map((field) => renameField(field, renaming)),
          ...measuring(stage, renaming),
        },
  );
  if (find.kind === 'correlation' && find.asks.kind === 'measured') {
    return { ...query, stages, find: { ...find, asks: { ...find.asks, ...measuring(find.asks, renaming) } } };
  }
  if (find.kind !== 'sequence' && find.kind !== 'sample') return { ...query, stages };
  return { ...query, stages, find: { ...find, by: find.by.map((key) => renameOperand(key, renaming)) } };
}

/** What is measured, by its new names. */
function measuring({ field, also }: Measure, renaming: Parameters<typeof renameField>[1]): Partial<Measure> {
  return {
    ...(field !== undefined && { field: renameField(field, renaming) }),
    ...(also && { also: also.map((one) => renameField(one, renaming)) }),
  };
}

function reportRecognised(
  { row, losses }: Recognised,
  others: readonly LogSource[],
  part: Part,
  report: Report,
): void {
  const place: Pick<Diagnostic, 'span'> = part.span ? { span: part.span } : {};
  if (others.length > 0) {
    const message = `The events of the rule are those of ${others.map(nameOf).join(' or ')} in Sigma as well; it is taken for ${nameOf(row.sigma)}.`;
    report({ code: 'mapping/ambiguous', message, ...place });
  }
  for (const { effect, because } of losses) {
    const message = `The rule is taken for Sigma's ${nameOf(row.sigma)}, which makes it ${effect}: ${because.replace(/\.$/, '')}.`;
    report({ code: 'loss/log-source', effect, message, ...place });
  }
  if (row.assume) report({ code: 'mapping/assumption', message: row.assume, ...place });
}

/** The rule was taken for a log source by its indices alone, and makes none of the tests of that source. */
function reportDerived(row: LogSourceRow, indices: readonly string[], part: Part, report: Report): void {
  const own = new Set(row.indices?.map(stem));
  if ((row.where ?? []).length === 0 || indices.every((index) => own.has(stem(index)))) return;
  const message = `The rule is taken for Sigma's ${nameOf(row.sigma)}, as one of its indices says; it searches others as well, which makes it narrower.`;
  const place: Pick<Diagnostic, 'span'> = part.span ? { span: part.span } : {};
  report({ code: 'loss/log-source', effect: 'narrower', message, ...place });
}

function reportUnknownSource(source: LogSource, report: Report): void {
  report({
    code: 'mapping/unknown-log-source',
    message: `No table has a row for the log source ${nameOf(source)}; nothing is known of its index patterns, implied tests and fields.`,
    path: 'logsource',
  });
}
