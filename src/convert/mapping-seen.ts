import type { Diagnostic, Effect, Report } from '../diagnostic/diagnostic.ts';
import type { Way } from '../mapping/lookup.ts';
import type { Mapping } from '../mapping/mapping.ts';
import type { Reason } from '../mapping/reasons.ts';
import type { FieldRow, LogSourceRow, Scope, UnnamedRow } from '../mapping/table.ts';
import type { Use } from '../mapping/telling.ts';
import type { Query } from '../query/query.ts';
import type { LogSource, Rule } from '../rule/rule.ts';
import type { Family } from './family.ts';
import { lower } from './lower.ts';
import { languageOf } from './origin.ts';
import { throughPipelines } from './pipelines.ts';
import type { Question } from './question.ts';
import { fieldsSeen, filesOf, sourceToEcs, sourceToSigma } from './seen-rows.ts';
import { questionToEcs, questionToSigma, type SourceUse, type Watch } from './taxonomy.ts';

/** What the tables make of a rule: which row was applied to what, and why. */
export interface MappingSeen {
  readonly id?: string;
  readonly title?: string;
  readonly way: Way;
  /** What is asked of one event: the rule itself, each step of a sequence, each rule of a correlation. */
  readonly parts: readonly PartSeen[];
  /** Fields that join the parts, or are counted. */
  readonly keys: readonly FieldSeen[];
  /** The question in the other names. */
  readonly query: Query;
  readonly sources: readonly LogSource[];
  readonly indices: readonly string[];
  readonly findings: readonly Diagnostic[];
}

/** A part of a rule that has a log source of its own. */
export interface PartSeen {
  readonly logSource: LogSourceSeen;
  readonly fields: readonly FieldSeen[];
}

/** The log source of a part of a rule, as the tables see it. */
export interface LogSourceSeen {
  readonly source: LogSource;
  /** Undefined where no table has one. */
  readonly row?: LogSourceRow;
  /** The file of the table that the row stands in. */
  readonly file?: string;
  /** Going to Sigma: what of the rule the log source says. Without, it was named after the index patterns. */
  readonly reasons?: readonly Reason[];
  /** Going to ECS: the tests that the log source becomes. */
  readonly adds?: readonly string[];
  /** What the rule searches, or will. */
  readonly indices: readonly string[];
  /** Log sources that are called nearly the same, where no table has this one. */
  readonly near: readonly string[];
}

/** A field of a rule, and the row that was applied to it. */
export interface FieldSeen {
  readonly field: string;
  /** Its name on the other side; its own where it has none there. */
  readonly name: string;
  /** `unnamed`: the other side has no name, as a row says. `unsayable`: no row has words for what is asked. */
  readonly found: 'named' | 'unnamed' | 'unsayable' | 'unknown';
  /** What the rule asks of it; empty where only the name counts. */
  readonly asked: readonly string[];
  readonly row?: FieldRow | UnnamedRow;
  readonly file?: string;
  /** What it may as well have been taken for. */
  readonly others: readonly string[];
  /** What it does to the rule where the tests stand. */
  readonly effect?: Effect;
  /** Names that come nearest, where no table has this one. */
  readonly near: readonly string[];
  /** What it is called for other log sources, where no table has it for this one. */
  readonly elsewhere: readonly { readonly name: string; readonly scope?: Scope }[];
}

/** A rule of Sigma's on its way to ECS, any other on its way to Sigma. */
export function seeMapping(family: Family, mapping: Mapping, mappings: Tables): MappingSeen {
  const findings: Diagnostic[] = [];
  const report: Report = (found) => findings.push(found);
  const lowered = lower(family, { to: 'native', allow: ['broader'], ...mappings }, report);
  const way = languageOf(family.rule) === 'sigma' ? 'toEcs' : 'toSigma';
  const question = way === 'toEcs' ? throughPipelines(lowered, family.rule, mapping, report) : lowered;
  const seen = watching(question, way, mapping);
  const rename = way === 'toEcs' ? questionToEcs : questionToSigma;
  const { query, sources, indices } = rename(question, mapping, report, seen.watch);
  const { parts, keys } = seen.told();
  return { ...nameOfRule(family.rule), way, parts, keys, query, sources, indices, findings };
}

type Tables = Pick<Parameters<typeof lower>[1], 'mappings'>;

function nameOfRule({ id, title }: Rule): Pick<MappingSeen, 'id' | 'title'> {
  return { ...(id !== undefined && { id }), ...(title !== undefined && { title }) };
}

function watching({ indices }: Question, way: Way, mapping: Mapping) {
  const sources = new Map<number, SourceUse>();
  const uses = new Map<number | undefined, Use[]>();
  const files = filesOf(mapping);
  const watch: Watch = {
    source: (index, seen) => sources.set(index, seen),
    field: (index, use) => {
      const before = uses.get(index);
      if (before) before.push(use);
      else uses.set(index, [use]);
    },
  };
  const fields = (index: number | undefined) => {
    const { source: logSource = {} } = sources.get(index ?? 0) ?? {};
    return fieldsSeen(uses.get(index) ?? [], { mapping, logSource, way }, files);
  };
  const told = () => ({
    parts: [...sources].map(([index, seen]) => ({
      logSource:
        way === 'toEcs' ? sourceToEcs(seen, mapping, files) : sourceToSigma(seen, indices, mapping, files),
      fields: fields(index),
    })),
    keys: fields(undefined),
  });
  return { watch, told };
}
