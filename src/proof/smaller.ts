import type { Event } from '../match/event.ts';

/** The event without all that it does as well without; it goes on doing what `does` says. */
export function smallest(event: Event, does: (event: Event) => boolean): Event {
  let left = event;
  for (const field of Object.keys(event)) {
    const { [field]: value, ...others } = left;
    if (does(others)) left = others;
    else if (Array.isArray(value))
      left = { ...left, [field]: fewest(value, (values) => does({ ...left, [field]: values })) };
  }
  return left;
}

/** One value stands by itself. */
function fewest(values: readonly unknown[], do_: (value: unknown) => boolean): unknown {
  let left = values;
  for (const value of values) {
    const others = left.filter((one) => one !== value);
    if (others.length > 0 && do_(others)) left = others;
  }
  return left.length === 1 && do_(left[0]) ? left[0] : left;
}
