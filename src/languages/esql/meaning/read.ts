import { always, and } from '../../../query/build.ts';
import type { Keep, Opaque, Predicate, Query, Sort, Stage } from '../../../query/query.ts';
import { printStatement } from '../print-statement.ts';
import type * as syntax from '../syntax.ts';
import { aggregateOf, askedOf, holdsForNone } from './aggregate.ts';
import { asked } from './asked.ts';
import { Columns } from './columns.ts';
import { withoutDead } from './dead.ts';
import { metadataStage } from './metadata.ts';
import { needsOf } from './needs.ts';
import { simplify } from './simplify.ts';
import { commandsText } from './text.ts';

/** What a statement means. What is not understood stays as its text, and so does what comes after it. */
export function queryOf(statement: syntax.Statement): Query {
  const [source, ...commands] = statement.commands;
  const from = source && statement.settings.length === 0 ? patternsOf(source) : undefined;
  if (source?.kind !== 'from' || from === undefined) {
    return {
      from: [],
      find: { kind: 'opaque', language: 'esql', text: printStatement(statement) },
      stages: [],
    };
  }
  const { where, stages } = new Reader(commands).read();
  const kept = withoutDead(stages);
  return {
    from,
    find: { kind: 'filter', where },
    stages: [...metadataStage(source.metadata, kept), ...kept],
  };
}

function patternsOf(source: syntax.Command): readonly string[] | undefined {
  if (source.kind !== 'from' || source.series) return undefined;
  const patterns = source.sources.map((one) => (one.kind === 'source' ? one.pattern : undefined));
  return patterns.every((pattern) => pattern !== undefined) ? patterns : undefined;
}

/** A stage, and the columns that it makes or takes away. */
export interface Touched {
  readonly stage: Stage;
  readonly names?: readonly string[];
}

/**
 * Goes through the commands behind the source. Conditions come together in front, in terms of the fields of the
 * events, as long as no command lies between that lets events go.
 */
class Reader {
  readonly #commands: readonly syntax.Command[];
  #columns = new Columns();
  readonly #stages: Touched[] = [];
  readonly #where: Predicate[] = [];
  #isNarrowed = false;

  constructor(commands: readonly syntax.Command[]) {
    this.#commands = commands;
  }

  read(): { readonly where: Predicate; readonly stages: readonly Touched[] } {
    for (const [at, command] of this.#commands.entries()) {
      if (this.#take(command, at)) continue;
      const rest: Opaque = { kind: 'opaque', language: 'esql', text: commandsText(this.#commands.slice(at)) };
      this.#stages.push({ stage: rest });
      break;
    }
    return { where: this.#whole(), stages: this.#stages };
  }

  #take(command: syntax.Command, at: number): boolean {
    switch (command.kind) {
      case 'where':
        return this.#takeWhere(command);
      case 'eval':
      case 'rename':
      case 'drop':
        return this.#takeColumns(command);
      case 'keep':
        return this.#add(keepOf(command));
      case 'sort':
        return this.#add(this.#sortOf(command));
      case 'limit':
        return this.#add(limitOf(command));
      case 'stats': {
        const { there } = needsOf(this.#whole()).yes;
        const aggregate = aggregateOf(command, this.#askedAfter(at), this.#columns, (field) =>
          there.has(field),
        );
        return this.#add(this.#isNarrowed ? undefined : aggregate);
      }
      default:
        return false;
    }
  }

  #add(stage: Stage | undefined): boolean {
    if (stage) this.#stages.push({ stage });
    if (stage?.kind === 'limit' || stage?.kind === 'aggregate') this.#isNarrowed = true;
    // Groups have columns of their own, and no others.
    if (stage?.kind === 'aggregate') this.#columns = new Columns();
    return stage !== undefined;
  }

  #whole(): Predicate {
    return this.#where.length === 0 ? always : simplify(and(this.#where));
  }

  #takeWhere({ condition }: syntax.Where): boolean {
    if (this.#isNarrowed) return this.#takeAsked(condition);
    const unfolded = this.#columns.unfolded(condition);
    if (unfolded === undefined) return false;
    this.#where.push(asked(unfolded, true));
    return true;
  }

  /** `where n >= 5`, of groups that nothing was asked of yet. */
  #takeAsked(condition: syntax.Expression): boolean {
    const at = this.#stages.findLastIndex(({ stage }) => stage.kind === 'aggregate');
    const aggregate = this.#stages[at]?.stage;
    const wanted = askedOf(condition);
    const isNext = this.#stages
      .slice(at + 1)
      .every(({ stage }) => stage.kind === 'keep' || stage.kind === 'sort');
    if (aggregate?.kind !== 'aggregate' || aggregate.keep || !wanted || !isNext) return false;
    if (wanted.column !== aggregate.as) return false;
    const kept = { ...aggregate, keep: wanted.keep };
    if (holdsForNone(kept)) return false;
    this.#stages[at] = { stage: kept };
    return true;
  }

  /** What the next condition asks of the groups that are made here. */
  #askedAfter(at: number) {
    const next = this.#commands.slice(at + 1).find(({ kind }) => kind !== 'keep' && kind !== 'sort');
    return next?.kind === 'where' ? askedOf(next.condition) : undefined;
  }

  #takeColumns(command: syntax.Eval | syntax.Rename | syntax.Select): boolean {
    const names = this.#columns.take(command);
    if (names === undefined) return false;
    const stage: Opaque = {
      kind: 'opaque',
      language: 'esql',
      text: commandsText([command]),
      keepsEvents: true,
    };
    this.#stages.push({ stage, names });
    return true;
  }

  /** Null is the largest value of all, unless it is said where it stands. */
  #sortOf({ keys }: syntax.Sort): Sort | undefined {
    const by = keys.map(({ value, order = 'asc', nulls = order === 'asc' ? 'last' : 'first' }) => {
      const field = value.kind === 'column' ? this.#columns.fieldOf(value) : undefined;
      const way = order === 'asc' ? 'ascending' : 'descending';
      return field === undefined ? undefined : ({ field, order: way, missing: nulls } as const);
    });
    return by.every((key) => key !== undefined) ? { kind: 'sort', by } : undefined;
  }
}

/** A star in the name of a column is none of the stars that stand for several. */
function keepOf({ patterns }: syntax.Select): Keep | undefined {
  const fields = patterns.map((pattern) => {
    if (pattern.kind === 'wild-name') return pattern.texts.join('*');
    return pattern.kind === 'column' && !pattern.name.includes('*') ? pattern.name : undefined;
  });
  return fields.every((field) => field !== undefined) ? { kind: 'keep', fields } : undefined;
}

function limitOf({ count, by }: syntax.Limit): Stage | undefined {
  const number = count.kind === 'integer' ? Number(count.text) : Number.NaN;
  if (by.length > 0 || !Number.isSafeInteger(number) || number < 0) return undefined;
  return { kind: 'limit', end: 'first', count: number };
}
