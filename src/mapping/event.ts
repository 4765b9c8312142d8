import type { Event, Fields } from '../query/event.ts';

/** Fields as an event: one value stands alone, several in a list. */
export function eventOf(fields: Fields): Event {
  const held = [...fields].filter(([, values]) => values.length > 0);
  return Object.fromEntries(held.map(([field, values]) => [field, values.length === 1 ? values[0] : values]));
}
