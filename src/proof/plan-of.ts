import { shortened } from '../diagnostic/shortened.ts';
import { and, never, or } from '../query/build.ts';
import type { Aggregate, Correlation, Operand, Predicate, Query, Stage, Step } from '../query/query.ts';
import { isUpward, leastWhole } from './bounds.ts';
import {
  inOrder,
  type Measured,
  mostSlots,
  type Plan,
  type Planned,
  repeated,
  type Slot,
  type Unread,
  withFields,
} from './plan.ts';

/** Nor are steps of more kinds than these held against each other. */
const mostSteps = 100;

const tooMany = 'it asks for more events than are laid out one by one';

/** What a query asks for. */
export function planOf({ find, stages }: Query): Planned {
  const asking = stages.filter((stage) => !onlyShows(stage));
  const [last, ...others] = asking.reverse();
  if (last?.kind === 'limit' && last.count > 0) {
    const inner = planOf({ from: [], find, stages: others.reverse() });
    return { plan: inner.plan, often: `${inner.often}${last.end} ${last.count}` };
  }
  if (last === undefined) return foundBy(find);
  if (others.length === 0 && last.kind === 'aggregate' && find.kind === 'filter') {
    return aggregated(slotOf(find, last.by.map(fieldOperand)), last);
  }
  return { plan: unread('what follows a pipe is not compared stage by stage'), often: '' };
}

/** What is given of each find, and in which order, is no matter of whether there is one. */
function onlyShows(stage: Stage): boolean {
  return (
    stage.kind === 'keep' || stage.kind === 'sort' || (stage.kind === 'opaque' && stage.keepsEvents === true)
  );
}

function foundBy(find: Query['find']): Planned {
  switch (find.kind) {
    case 'filter':
      return plainly(inOrder([slotOf(find, [])]));
    case 'sequence': {
      const { steps, by, until, within = Number.POSITIVE_INFINITY } = find;
      const slotOfStep = (step: Step) => slotOf(step, [...by, ...step.by]);
      if (areTooMany(steps)) return plainly(unread(tooMany));
      const slots: Slot[] = [];
      const absent: Slot[][] = [[]];
      for (const step of steps) {
        const slot = slotOfStep(step);
        if (step.missing) absent.at(-1)!.push(slot);
        else
          for (let run = 0; run < step.runs; run += 1) {
            slots.push(slot);
            absent.push([]);
          }
      }
      const ended = until && { until: slotOfStep(until) };
      if (slots.length === 0) return plainly(unread('it asks for no event'));
      return plainly({ kind: 'ordered', slots, absent, within, ...ended });
    }
    case 'sample': {
      const { steps, by, within } = find;
      if (areTooMany(steps)) return plainly(unread(tooMany));
      const slots = steps.map((step) => slotOf(step, [...by, ...step.by]));
      const time = { within: within ?? Number.POSITIVE_INFINITY, isShared: within !== undefined };
      return plainly({ kind: 'together', slots, ...time });
    }
    case 'correlation':
      return correlated(find);
    case 'opaque':
      return plainly(unread(`"${shortened(find.text, 80)}" is ${find.language} that is not understood here`));
    default:
      return find satisfies never;
  }
}

function areTooMany(steps: readonly Step[]): boolean {
  return steps.length > mostSteps || steps.reduce((sum, { runs }) => sum + runs, 0) > mostSlots;
}

function aggregated(slot: Slot, { keep, within, least = 1, ...asked }: Aggregate): Planned {
  if (keep === undefined) return plainly(inOrder([slot]));
  const isMoving = within !== undefined;
  return measured({
    kind: 'measured',
    slot,
    asked,
    keep,
    least,
    within: within ?? Number.POSITIVE_INFINITY,
    isMoving,
  });
}

/**
 * So many events, one after the other, are a sequence of the same. In a time that moves with the events their count
 * goes up one by one, so that the least number that will do is come to first.
 */
function measured(plan: Measured): Planned {
  const { slot, asked, keep, least, within, isMoving } = plan;
  // Where more may be too many, each event may find something anew, or not.
  const often = isUpward(keep) ? '' : JSON.stringify([keep, least, isMoving ? within : null]);
  const isWhole = asked.measure === 'count' || asked.measure === 'count-distinct';
  const from = asked.measure === 'count' ? Math.max(1, least) : 0;
  if (isWhole && leastWhole(keep, from) === undefined) return plainly(inOrder([{ ...slot, where: never }]));
  if (asked.measure === 'count' && (isMoving || isUpward(keep))) {
    const count = leastWhole(keep, from)!;
    if (count <= mostSlots) return { plan: inOrder(repeated(slot, count), within), often };
  }
  if (asked.measure === 'count-distinct' && isUpward(keep)) {
    const count = leastWhole(keep, 0)!;
    const fields = count === 0 ? [] : [asked.field ?? '', ...(asked.also ?? [])];
    if ((count === 0 && least <= mostSlots) || (count === 1 && least <= 1)) {
      const there = withFields(slot, fields);
      return plainly(inOrder(repeated(there, Math.max(1, least)), within));
    }
  }
  return { plan, often };
}

function correlated(find: Correlation): Planned {
  const { of, within, asks } = find;
  const parts = of.map(({ query, by }) =>
    query.find.kind === 'filter' && query.stages.length === 0
      ? slotOf(query.find, by.map(fieldOperand))
      : undefined,
  );
  const slots = parts.filter((part) => part !== undefined);
  const itself: Planned = plainly({ kind: 'correlated', find });
  if (slots.length === 0 || slots.length < parts.length) return itself;
  if (asks.kind === 'measured') {
    const [first] = of;
    if (of.some(({ by }) => !sameNames(by, first!.by))) return itself;
    const slot = { where: or(slots.map(({ where }) => where)), by: slots[0]!.by };
    return measured({
      kind: 'measured',
      slot,
      asked: asks,
      keep: asks.keep,
      least: 1,
      within,
      isMoving: true,
    });
  }
  const asked = 'of' in asks.where && Array.isArray(asks.where.of) ? asks.where.of : [asks.where];
  const names = asked.map((part) => (part.kind === 'part' ? part.name : undefined));
  if (asks.where.kind === 'or') {
    const [first] = of;
    const isAny = names.every((name) => name !== undefined) && of.every(({ by }) => sameNames(by, first!.by));
    const wheres = slots.filter((_, at) => names.includes(of[at]!.name)).map(({ where }) => where);
    return isAny ? plainly(inOrder([{ where: or(wheres), by: slots[0]!.by }])) : itself;
  }
  if (names.length !== of.length || of.some(({ name }) => !names.includes(name))) return itself;
  return plainly(asks.ordered ? inOrder(slots, within) : { kind: 'together', slots, within, isShared: true });
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.join('\n') === b.join('\n');
}

/** What has no value for a key is joined to nothing. */
function slotOf(
  { category, where }: { readonly category?: string; readonly where: Predicate },
  by: readonly Operand[],
): Slot {
  const fields = by.flatMap((key) => (key.kind === 'field' && key.optional !== true ? key.field : []));
  const asked = category === undefined ? where : and([categoryTest(category), where]);
  return withFields({ where: asked, by }, fields);
}

function categoryTest(category: string): Predicate {
  const test = {
    field: 'event.category',
    values: [[category]],
    quantifier: 'any',
    caseSensitive: true,
  } as const;
  return { kind: 'equals', ...test };
}

function fieldOperand(field: string): Operand {
  return { kind: 'field', field };
}

function unread(because: string): Unread {
  return { kind: 'unread', because };
}

function plainly(plan: Plan): Planned {
  return { plan, often: '' };
}
