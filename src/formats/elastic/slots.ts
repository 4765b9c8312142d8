import { isList, isObject, type Json } from '../../rule/json.ts';
import { type Kind, type Plugin, printPlugin } from './plugin.ts';

/** What stands at a number: an entry, and how a guide spells it. */
interface Slot {
  readonly entry: Json;
  readonly text: string | undefined;
}

/** One list of `[transform]` while it is put together: each entry has its number. */
export class Slots {
  readonly #slots = new Map<number, Slot>();
  #free = 0;

  /** `kept` are entries that no plugin of the guide stands for; null where one does. */
  constructor(kind: Kind, kept: Json | undefined) {
    if (!isList(kept)) return;
    for (const [number, entry] of kept.entries()) {
      const text = isObject(entry) ? printPlugin(kind, entry) : undefined;
      if (entry !== null) this.#slots.set(number, { entry, text });
    }
  }

  /** At this number, if nothing else is there. */
  take({ entry, text }: Plugin, number: number): boolean {
    const there = this.#slots.get(number);
    if (there === undefined) this.#slots.set(number, { entry, text });
    return there === undefined || there.text === text;
  }

  /** At the first number that is free. */
  add({ entry, text }: Plugin): number {
    while (this.#slots.has(this.#free)) this.#free += 1;
    this.#slots.set(this.#free, { entry, text });
    return this.#free;
  }

  /** The list, and the place in it that each number has become: there are no gaps in a list. */
  settle(): { readonly list: readonly Json[]; readonly places: ReadonlyMap<number, number> } {
    const numbers = [...this.#slots.keys()].sort((a, b) => a - b);
    return {
      list: numbers.map((number) => this.#slots.get(number)!.entry),
      places: new Map(numbers.map((number, place) => [number, place])),
    };
  }
}
