import { Failure } from '../../diagnostic/attempt.ts';
import type { Report } from '../../diagnostic/diagnostic.ts';
import type { Predicate } from '../../query/query.ts';
import type { Json } from '../../rule/json.ts';
import type { LogSource, Rule } from '../../rule/rule.ts';
import type { Pipeline } from './pipeline.ts';
import { take } from './running/act.ts';
import { leavesOf } from './running/leaf.ts';
import { mostMade, type Run } from './running/run.ts';

/** A rule as pipelines see it. */
export interface Subject {
  /** What it asks of one event, in the names of Sigma; a correlation asks nothing itself. */
  readonly where?: Predicate;
  /** Of the rule, or of those that a correlation is of. */
  readonly sources: readonly LogSource[];
  readonly isCorrelation?: true;
  /** What else is known of it. */
  readonly rule?: Rule;
  /** Fields that it joins and counts by. */
  readonly keys?: readonly string[];
}

/** A rule as pipelines leave it. */
export interface Piped {
  readonly where: Predicate | undefined;
  readonly logSource: LogSource;
  readonly fields: readonly string[];
  readonly keys: ReadonlyMap<string, readonly string[]>;
  /** Names that the pipelines gave: they are not looked up again. */
  readonly named: ReadonlySet<string>;
  /** Fields of conditions that they added, by whatever name these know them. */
  readonly added: ReadonlySet<string>;
  /** They said what the log source means, by conditions or by indices. */
  readonly saysSource: boolean;
  readonly indices?: readonly string[];
}

/** Pipelines in the order in which they are applied: by their priority, then as they were given. */
export function inOrder(pipelines: readonly Pipeline[]): readonly Pipeline[] {
  return [...pipelines].sort((one, other) => one.priority - other.priority);
}

/** What becomes of a rule. Fails where a pipeline refuses it. */
export function applyPipelines(pipelines: readonly Pipeline[], subject: Subject, report: Report): Piped {
  if (subject.where) refuseUnread(subject.where);
  const run = begin(pipelines, subject, report);
  for (const { transformations } of inOrder(pipelines))
    for (const one of transformations) take(one, run, false);
  if (run.where === undefined && !run.isCorrelation) throw new Failure(nothingLeft);
  const indices = indicesIn(run.state);
  const { where, logSource, fields, keys, named, added } = run;
  return {
    where,
    logSource,
    fields,
    keys,
    named,
    added,
    saysSource: run.saysSource || indices !== undefined,
    ...(indices && { indices }),
  };
}

/** Expressions with placeholders are kept as they are written, and so is the field that they are of. */
function refuseUnread(where: Predicate): void {
  for (const leaf of leavesOf(where)) {
    if (leaf.kind !== 'opaque' || !/^[^|].*\|expand/.test(leaf.text)) continue;
    const message =
      'A regular expression with a placeholder is kept as it is written, where no pipeline sees its field; the rule was not written.';
    throw new Failure({ code: 'loss/placeholder', message, ...(leaf.span && { span: leaf.span }) });
  }
}

const nothingLeft = {
  code: 'mapping/refused',
  message:
    'The pipelines take every test out of the rule, so that it would find everything; it was not written.',
} as const;

function begin(pipelines: readonly Pipeline[], subject: Subject, report: Report): Run {
  const { where, sources, isCorrelation = false, rule, keys = [] } = subject;
  return {
    where,
    logSource: sources[0] ?? {},
    sources,
    isCorrelation,
    rule,
    fields: rule?.fields ?? [],
    keys: new Map(keys.map((key) => [key, [key]])),
    vars: new Map(inOrder(pipelines).flatMap(({ vars }) => [...vars])),
    state: new Map(),
    attributes: new Map(),
    applied: new Set(),
    marks: new WeakMap(),
    nameMarks: new Map(),
    named: new Set(),
    mapped: new Set(),
    added: new Set(),
    saysSource: false,
    left: mostMade,
    report,
  };
}

/** The states that the backends for Elastic take for index patterns. */
function indicesIn(state: ReadonlyMap<string, Json>): readonly string[] | undefined {
  const said = state.get('index') ?? state.get('index_names');
  const list: readonly Json[] = Array.isArray(said) ? said : [said as Json];
  const names = list
    .flatMap((one) => (typeof one === 'string' ? one.split(',') : []))
    .map((name) => name.trim());
  const different = [...new Set(names.filter((name) => name !== ''))];
  return different.length > 0 ? different : undefined;
}
