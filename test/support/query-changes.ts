import { and, not } from '../../src/query/build.ts';
import type { Aggregate, Operand, Predicate, Query, Sample, Sequence, Step } from '../../src/query/query.ts';

/** A deliberate change of a query; undefined where there is nothing in it to be changed so. */
export type Change = (query: Query) => Query | undefined;

type Several = Sequence | Sample;

function ofSequence(change: (find: Sequence) => Query['find'] | undefined): Change {
  return (query) => {
    const find = query.find.kind === 'sequence' ? change(query.find) : undefined;
    return find && { ...query, find };
  };
}

function ofSteps(change: (steps: readonly Step[]) => readonly Step[] | undefined): Change {
  return (query) => {
    const { find } = query;
    if (find.kind !== 'sequence' && find.kind !== 'sample') return undefined;
    const steps = change(find.steps);
    return steps && { ...query, find: { ...find, steps } as Several };
  };
}

function ofCount(change: (stage: Aggregate) => Aggregate | undefined): Change {
  return (query) => {
    const [stage, ...more] = query.stages;
    if (stage?.kind !== 'aggregate' || more.length > 0 || stage.keep === undefined) return undefined;
    const changed = change(stage);
    return changed && { ...query, stages: [changed] };
  };
}

const key = (field: string): Operand => ({ kind: 'field', field });
const other: Predicate = {
  kind: 'equals',
  field: 'labels.other',
  values: [['other']],
  quantifier: 'any',
  caseSensitive: true,
};

function at<T>(
  list: readonly T[],
  place: number,
  change: (one: T) => T | undefined,
): readonly T[] | undefined {
  const changed = list[place] === undefined ? undefined : change(list[place]);
  return changed && list.map((one, index) => (index === place ? changed : one));
}

/** Of a join by `and` its first part is dropped. */
function widened(where: Predicate): Predicate | undefined {
  return where.kind === 'and' ? and(where.of.slice(1)) : undefined;
}

const present = (steps: readonly Step[]) => steps.filter(({ missing }) => !missing).length;

/** Every kind of mistake that a rule of several events can be written with. */
export const changes: Readonly<Record<string, Change>> = {
  'maxspan halved': ofSequence((find) => (find.within ? { ...find, within: find.within / 2 } : undefined)),
  'maxspan doubled': ofSequence((find) => (find.within ? { ...find, within: find.within * 2 } : undefined)),
  'maxspan dropped': ofSequence(({ within, ...find }) =>
    within && present(find.steps) === find.steps.length ? find : undefined,
  ),
  'a key dropped': ofSequence((find) => (find.by.length > 0 ? { ...find, by: find.by.slice(1) } : undefined)),
  'a key added': ofSequence((find) => ({ ...find, by: [...find.by, key('labels.key')] })),
  'a key renamed': ofSequence((find) =>
    find.by.length > 0 ? { ...find, by: [key('labels.key'), ...find.by.slice(1)] } : undefined,
  ),
  'the keys of steps swapped': ofSteps((steps) => {
    const [first, second] = steps;
    if (!first?.by[0] || JSON.stringify(first.by) === JSON.stringify(second?.by)) return undefined;
    return second && [{ ...first, by: second.by }, { ...second, by: first.by }, ...steps.slice(2)];
  }),
  'the keys of steps dropped': ofSteps((steps) =>
    steps.some(({ by }) => by.length > 0) ? steps.map((step) => ({ ...step, by: [] })) : undefined,
  ),
  'steps swapped': ofSequence((find) => {
    const [first, second, ...rest] = find.steps;
    if (!first || !second || first.missing || second.missing) return undefined;
    if (JSON.stringify([first.category, first.where]) === JSON.stringify([second.category, second.where]))
      return undefined;
    return { ...find, steps: [{ ...second, by: first.by }, { ...first, by: second.by }, ...rest] };
  }),
  'the last step dropped': ofSteps((steps) => (present(steps) > 2 ? steps.slice(0, -1) : undefined)),
  'the first step dropped': ofSteps((steps) => (present(steps) > 2 ? steps.slice(1) : undefined)),
  'a step repeated': ofSequence((find) => {
    const steps = at(find.steps, 0, (step) => (step.missing ? undefined : { ...step, runs: step.runs + 1 }));
    return steps && { ...find, steps };
  }),
  'one of the runs dropped': ofSequence((find) => {
    const place = find.steps.findIndex(({ runs }) => runs > 1);
    const steps = at(find.steps, place, (step) => ({ ...step, runs: step.runs - 1 }));
    return steps && { ...find, steps };
  }),
  'the first test widened': ofSteps((steps) =>
    at(steps, 0, (step) => {
      const where = widened(step.where);
      return where && !step.missing ? { ...step, where } : undefined;
    }),
  ),
  'the last test widened': ofSteps((steps) =>
    at(steps, steps.length - 1, (step) => {
      const where = widened(step.where);
      return where && !step.missing ? { ...step, where } : undefined;
    }),
  ),
  'a test narrowed': ofSteps((steps) =>
    at(steps, 0, (step) => ({ ...step, where: and([step.where, other]) })),
  ),
  'a test negated': ofSteps((steps) => at(steps, 1, (step) => ({ ...step, where: not(step.where) }))),
  'another category': ofSteps((steps) =>
    at(steps, 0, (step) => (step.category ? { ...step, category: 'driver' } : undefined)),
  ),
  'no category': ofSteps((steps) => at(steps, 0, ({ category, ...step }) => (category ? step : undefined))),
  'until dropped': ofSequence(({ until, ...find }) => (until ? find : undefined)),
  'until added': ofSequence((find) =>
    find.until
      ? undefined
      : { ...find, until: { where: other, by: find.steps[0]!.by, runs: 1, missing: false } },
  ),
  'until narrowed': ofSequence((find) =>
    find.until ? { ...find, until: { ...find.until, where: and([find.until.where, other]) } } : undefined,
  ),
  'a missing step dropped': ofSequence((find) =>
    present(find.steps) < find.steps.length
      ? { ...find, steps: find.steps.filter(({ missing }) => !missing) }
      : undefined,
  ),
  'a missing step there': ofSequence((find) =>
    present(find.steps) < find.steps.length
      ? { ...find, steps: find.steps.map((step) => ({ ...step, missing: false })) }
      : undefined,
  ),
  'a missing step narrowed': ofSequence((find) => {
    const place = find.steps.findIndex(({ missing }) => missing);
    const steps = at(find.steps, place, (step) => ({ ...step, where: and([step.where, other]) }));
    return steps && { ...find, steps };
  }),
  'the last step missing': ofSequence((find) => {
    if (find.within === undefined || present(find.steps) < 2 || find.steps.at(-1)!.missing) return undefined;
    const steps = at(find.steps, find.steps.length - 1, (step) => ({ ...step, missing: true }));
    return steps && { ...find, steps };
  }),
  'in any order': ofSequence(({ by, steps, within }) =>
    present(steps) === steps.length && steps.every(({ runs }) => runs === 1) && steps.length > 1
      ? { kind: 'sample', by, steps, ...(within !== undefined && { within }) }
      : undefined,
  ),
  'the first step alone': (query) => {
    if (query.find.kind !== 'sequence' && query.find.kind !== 'sample') return undefined;
    const { where, category } = query.find.steps[0]!;
    return { ...query, find: { kind: 'filter', where, ...(category !== undefined && { category }) } };
  },
  'one more': ofCount((stage) => ({ ...stage, keep: { ...stage.keep!, value: stage.keep!.value + 1 } })),
  'one less': ofCount((stage) =>
    stage.keep!.value > 2 ? { ...stage, keep: { ...stage.keep!, value: stage.keep!.value - 1 } } : undefined,
  ),
  'more than instead of at least': ofCount((stage) =>
    stage.keep!.operator === '>=' ? { ...stage, keep: { ...stage.keep!, operator: '>' } } : undefined,
  ),
  'a group dropped': ofCount((stage) =>
    stage.by.length > 0 && stage.keep!.value > 1 ? { ...stage, by: stage.by.slice(1) } : undefined,
  ),
  'a group added': ofCount((stage) => ({ ...stage, by: [...stage.by, 'labels.key'] })),
  'another group': ofCount((stage) =>
    stage.by.length > 0 ? { ...stage, by: ['labels.key', ...stage.by.slice(1)] } : undefined,
  ),
  'the time halved': ofCount((stage) =>
    stage.within && stage.keep!.value > 1 ? { ...stage, within: stage.within / 2 } : undefined,
  ),
  'the time dropped': ofCount(({ within, ...stage }) =>
    within && stage.keep!.value > 1 ? stage : undefined,
  ),
  'another field counted': ofCount((stage) =>
    stage.measure === 'count-distinct' && stage.keep!.value > 1
      ? { ...stage, field: 'labels.key' }
      : undefined,
  ),
  'values counted, not events': ofCount((stage) =>
    stage.measure === 'count' && stage.keep!.value > 1
      ? { ...stage, measure: 'count-distinct', field: 'labels.key' }
      : undefined,
  ),
  'events counted, not values': ofCount(({ field: _, also: __, ...stage }) =>
    stage.measure === 'count-distinct' && stage.keep!.value > 1 ? { ...stage, measure: 'count' } : undefined,
  ),
  'the filter widened': (query) => {
    if (query.find.kind !== 'filter' || query.stages.length === 0) return undefined;
    const where = widened(query.find.where);
    return where && { ...query, find: { ...query.find, where } };
  },
  'the count dropped': (query) => {
    const [stage] = query.stages;
    if (stage?.kind !== 'aggregate' || stage.keep === undefined || stage.keep.value < 2) return undefined;
    return { ...query, stages: [] };
  },
};
