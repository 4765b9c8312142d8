import { and, not } from '../query/build.ts';
import { areSameKeys } from './keys.ts';
import { inOrder, type Ordered, type Planned, type Slot, type Together } from './plan.ts';
import type { Questions } from './questions.ts';

/** The same plan, with as much as can be said of its events said of them one by one. */
export function settled({ plan, often }: Planned, ask: Questions): Planned {
  switch (plan.kind) {
    case 'ordered':
      return { plan: endedByNone(plan), often };
    case 'together':
      return { plan: withFewerSlots(plan, ask), often };
    default:
      return { plan, often };
  }
}

/** An event that is a step and the until as well begins or continues nothing; what it completes is complete. */
function endedByNone(plan: Ordered): Ordered {
  const { until, slots } = plan;
  if (until === undefined || slots.length < 2) return plan;
  const own = until.by.map((_, key) => key);
  const known = new Map<Slot, Slot>();
  const settledSlot = (slot: Slot): Slot => {
    if (!areSameKeys(until, slot, own) || !areSameKeys(slot, until, own)) return slot;
    const changed = known.get(slot) ?? { ...slot, where: and([slot.where, not(until.where)]) };
    known.set(slot, changed);
    return changed;
  };
  return { ...plan, slots: slots.map((slot, at) => (at < slots.length - 1 ? settledSlot(slot) : slot)) };
}

/** Without slots whose event is there whenever another's is, where events are shared. */
function withFewerSlots(plan: Together, ask: Questions): Ordered | Together {
  const slots = plan.isShared ? telling(plan.slots, ask) : plan.slots;
  return slots.length === 1 ? inOrder(slots) : { ...plan, slots };
}

function telling(slots: readonly Slot[], ask: Questions): readonly Slot[] {
  return slots.reduce<readonly Slot[]>((left, slot) => {
    const others = left.filter((one) => one !== slot);
    const own = slot.by.map((_, key) => key);
    const isThere = (one: Slot) => areSameKeys(one, slot, own) && ask.implies(one.where, slot.where);
    return others.some(isThere) ? others : left;
  }, slots);
}
