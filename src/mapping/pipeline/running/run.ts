import { Failure } from '../../../diagnostic/attempt.ts';
import type { Diagnostic, Report } from '../../../diagnostic/diagnostic.ts';
import type { Predicate } from '../../../query/query.ts';
import type { Json } from '../../../rule/json.ts';
import type { LogSource, Rule } from '../../../rule/rule.ts';
import type { Transformation } from '../pipeline.ts';
import { shortened } from '../reading/given.ts';
import type { Leaf } from './leaf.ts';

/** A rule on its way through pipelines. */
export interface Run {
  /** What it asks of one event; a correlation asks nothing itself. Undefined once every test is dropped. */
  where: Predicate | undefined;
  logSource: LogSource;
  /** Of the rules that a correlation is of. */
  readonly sources: readonly LogSource[];
  readonly isCorrelation: boolean;
  readonly rule: Rule | undefined;
  /** The fields that it names as worth a look. */
  fields: readonly string[];
  /** Fields that it joins and counts by, and what they are called now. */
  readonly keys: Map<string, readonly string[]>;
  readonly vars: ReadonlyMap<string, Json>;
  readonly state: Map<string, Json>;
  readonly attributes: Map<string, Json>;
  /** The ids of what was applied: to the rule, to each test, to names that stand alone. */
  readonly applied: Set<string>;
  readonly marks: WeakMap<Leaf, ReadonlySet<string>>;
  readonly nameMarks: Map<string, ReadonlySet<string>>;
  /** Names that were given, and those that became others. */
  readonly named: Set<string>;
  readonly mapped: Set<string>;
  /** Fields of conditions that were added. */
  readonly added: Set<string>;
  /** What the log source means was said. */
  saysSource: boolean;
  /** How much may still be made of it. */
  left: number;
  readonly report: Report;
}

/** How many characters a pipeline may look at and make for one rule. More are a mistake, or an attack. */
export const mostMade = 4_000_000;

export function spend(run: Run, amount: number): void {
  run.left -= amount;
  if (run.left >= 0) return;
  const message = 'The pipelines make more of the rule than is written; it was not written.';
  throw new Failure({ code: 'parse/too-large', message });
}

/** What a name or a test more costs, and a value more. */
export const costs = { test: 100, value: 10 } as const;

/** The pipeline will not have this rule. */
export function refused({ called }: Transformation, why: string, about: Partial<Diagnostic> = {}): Failure {
  const clause = shortened(why.replace(/[.!?\s]+$/, ''));
  const message = `The pipeline refuses the rule (${called}): ${clause}.`;
  return new Failure({ ...about, code: 'mapping/refused', message });
}

/** What it does to a rule where a pipeline says less, or other things, than the rule did. */
export function approximate(run: Run, message: string, effect: 'broader' | 'narrower', leaf?: Leaf): void {
  const span = leaf && 'span' in leaf ? leaf.span : undefined;
  run.report({ code: 'loss/mapping', effect, message, ...(span && { span }) });
}
