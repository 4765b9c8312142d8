import type { Versions } from '../../source/merge-pieces.ts';
import { normal } from '../normal.ts';
import type { Aggregate, Filter, Query, Sample, Sequence, Stage, Step } from '../query.ts';
import { sameTree } from '../walk.ts';
import { alignedSteps } from './align-steps.ts';
import type { Clash, Event, Setting } from './clash.ts';
import { mergePredicates } from './merge-predicates.ts';
import { mergedSet } from './merge-values.ts';

/** What two sides made of one query, in normal form, and what of it does not go together. */
export interface MergedQuery {
  readonly query: Query;
  readonly clashes: readonly Clash[];
}

/** The changes of both sides in one query. What does not go together stays as ours has it. */
export function mergeQueries({ base, ours, theirs }: Versions<Query>): MergedQuery {
  const three = { base: normal(base), ours: normal(ours), theirs: normal(theirs) };
  const clashes: Clash[] = [];
  const query = new Merging((found) => clashes.push(found)).query(three);
  return { query, clashes };
}

class Merging {
  readonly #tell: (found: Clash) => void;

  constructor(tell: (found: Clash) => void) {
    this.#tell = tell;
  }

  query(three: Versions<Query>): Query {
    const { ours } = three;
    const from = mergedSet(each(three, 'from'), String) ?? this.#one('indices', each(three, 'from'));
    const find = this.#find(each(three, 'find'));
    const before = each(three, 'stages');
    // What reads columns that an unread text makes is not told apart from what does not.
    const isOpaque = [before.ours, before.theirs].some(
      (list) => !sameTree(list, before.base) && list.some(({ kind }) => kind === 'opaque'),
    );
    if (isOpaque && !sameTree(before.ours, before.theirs)) return this.#kept('stages', before, ours);
    return { from, find, stages: this.#stages(before) };
  }

  #find(three: Versions<Query['find']>): Query['find'] {
    const { base, ours, theirs } = three;
    if (areAll('filter', three)) return this.#filter(three as Versions<Filter>);
    if (areAll('sequence', three)) return this.#sequence(three as Versions<Sequence>);
    if (areAll('sample', three)) return this.#sample(three as Versions<Sample>);
    if (sameTree(ours, theirs) || sameTree(base, theirs)) return ours;
    return sameTree(base, ours) ? theirs : this.#kept('shape', three, ours);
  }

  #filter(three: Versions<Filter>): Filter {
    const category = this.#one('category', each(three, 'category'));
    const where = this.#where(three);
    return { kind: 'filter', ...(category !== undefined && { category }), where };
  }

  #where(three: Versions<Pick<Step, 'where'>>, event?: Event): Step['where'] {
    const { where, clashes } = mergePredicates(each(three, 'where'));
    for (const found of clashes) this.#tell({ ...found, ...(event !== undefined && { event }) });
    return where;
  }

  #sequence(three: Versions<Sequence>): Sequence {
    const within = this.#one('time', each(three, 'within'));
    const until = this.#until(each(three, 'until'));
    return {
      kind: 'sequence',
      by: this.#one('keys', each(three, 'by')),
      ...(within !== undefined && { within }),
      steps: this.#steps(each(three, 'steps')),
      ...(until && { until }),
    };
  }

  #sample(three: Versions<Sample>): Sample {
    const within = this.#one('time', each(three, 'within'));
    const by = this.#one('keys', each(three, 'by'));
    return {
      kind: 'sample',
      by,
      ...(within !== undefined && { within }),
      steps: this.#steps(each(three, 'steps')),
    };
  }

  #until({ base, ours, theirs }: Versions<Step | undefined>): Step | undefined {
    if (base && ours && theirs) return this.#step({ base, ours, theirs }, 'until');
    return this.#one('end', { base, ours, theirs });
  }

  /** Each side keeps the order of the steps; where both put or took steps, whose place is which is not known. */
  #steps(three: Versions<readonly Step[]>): readonly Step[] {
    const { base, ours, theirs } = three;
    const [mine, its] = [alignedSteps(base, ours), alignedSteps(base, theirs)];
    const isWhole = (now: readonly (number | undefined)[], after: readonly Step[]) =>
      now.length === after.length && now.every((place) => place !== undefined);
    const isMine = isWhole(mine, ours);
    if (!isMine && !isWhole(its, theirs)) return this.#one('steps', three);
    const [now, frame, whole] = isMine ? [its, theirs, ours] : [mine, ours, theirs];
    // A step that one side took away and the other changed.
    const isTorn = base.some((step, place) => now[place] === undefined && !sameTree(step, whole[place]));
    if (isTorn) return this.#kept('steps', three, ours);
    return frame.map((step, index) => {
      const place = now.indexOf(index);
      if (place < 0) return step;
      const other = whole[place]!;
      const [own, their] = isMine ? [other, step] : [step, other];
      return this.#step({ base: base[place]!, ours: own, theirs: their }, index + 1);
    });
  }

  #step(three: Versions<Step>, event: Event): Step {
    const category = this.#one('category', each(three, 'category'), event);
    return {
      ...(category !== undefined && { category }),
      where: this.#where(three, event),
      by: this.#one('keys', each(three, 'by'), event),
      runs: this.#one('repeats', each(three, 'runs'), event),
      missing: this.#one('absence', each(three, 'missing'), event),
    };
  }

  /** Stages are as they are said, but for what a count asks: its bounds, its groups, its time. */
  #stages(three: Versions<readonly Stage[]>): readonly Stage[] {
    const { base, ours, theirs } = three;
    const isOne = [base, ours, theirs].every((list) => list.length === base.length);
    const areCounts = base.map((_, place) =>
      [base, ours, theirs].every((list) => list[place]?.kind === 'aggregate'),
    );
    if (!isOne || !areCounts.some(Boolean)) return this.#one('stages', three);
    return base.map((stage, place) => {
      const one = { base: stage, ours: ours[place]!, theirs: theirs[place]! };
      return areCounts[place] ? this.#count(one as Versions<Aggregate>) : this.#one('stages', one);
    });
  }

  #count(three: Versions<Aggregate>): Aggregate {
    const { base, ours, theirs } = three;
    if (sameTree(ours, theirs) || sameTree(base, theirs)) return ours;
    if (sameTree(base, ours)) return theirs;
    const keys = new Set([ours, theirs, base].flatMap((one) => Object.keys(one)));
    const entries = [...keys].map(
      (key) => [key, this.#one('stages', each(three, key as keyof Aggregate))] as const,
    );
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as unknown as Aggregate;
  }

  #one<T>(setting: Setting, three: Versions<T>, event?: Event): T {
    const { base, ours, theirs } = three;
    if (sameTree(ours, theirs) || sameTree(base, theirs)) return ours;
    return sameTree(base, ours) ? theirs : this.#kept(setting, three, ours, event);
  }

  #kept<T>(setting: Setting, three: Versions<unknown>, kept: T, event?: Event): T {
    this.#tell({ kind: 'setting', setting, ...three, ...(event !== undefined && { event }) });
    return kept;
  }
}

function areAll(kind: string, { base, ours, theirs }: Versions<{ readonly kind: string }>): boolean {
  return [base, ours, theirs].every((one) => one.kind === kind);
}

/** One part of each of three. */
function each<T, K extends keyof T>({ base, ours, theirs }: Versions<T>, key: K): Versions<T[K]> {
  return { base: base[key], ours: ours[key], theirs: theirs[key] };
}
