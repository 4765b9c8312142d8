import { areSameKeys } from './keys.ts';
import { inOrder, type Planned, type Slot } from './plan.ts';
import type { Questions } from './questions.ts';

/** The same plan without slots whose event is there whenever another's is, where events are shared. */
export function withFewerSlots({ plan, often }: Planned, ask: Questions): Planned {
  if (plan.kind !== 'together') return { plan, often };
  const slots = plan.isShared ? telling(plan.slots, ask) : plan.slots;
  return { plan: slots.length === 1 ? inOrder(slots) : { ...plan, slots }, often };
}

function telling(slots: readonly Slot[], ask: Questions): readonly Slot[] {
  return slots.reduce<readonly Slot[]>((left, slot) => {
    const others = left.filter((one) => one !== slot);
    const own = slot.by.map((_, key) => key);
    const isThere = (one: Slot) => areSameKeys(one, slot, own) && ask.implies(one.where, slot.where);
    return others.some(isThere) ? others : left;
  }, slots);
}
