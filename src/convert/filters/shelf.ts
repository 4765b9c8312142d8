import { type JsonObject, sameJson } from '../../rule/json.ts';
import type { RuleFilter } from '../../rule/rule.ts';
import { derivedId } from './ids.ts';
import { keyOfList } from './lists.ts';

/** Exception lists and the exceptions in them, as they come; what came before is not put a second time. */
export class Shelf {
  readonly #lists = new Map<string, JsonObject>();
  readonly #exceptions = new Map<string, JsonObject>();

  putList(list: JsonObject): void {
    const key = keyOfList(list);
    if (!this.#lists.has(key)) this.#lists.set(key, list);
  }

  /** Another exception of the same id gets an id of its own. */
  putException(exception: JsonObject): void {
    const key = JSON.stringify([keyOfList(exception), exception['item_id'] ?? null]);
    const known = this.#exceptions.get(key);
    if (known === undefined) this.#exceptions.set(key, exception);
    else if (!sameJson(known['entries'], exception['entries'])) this.putException(renewed(exception));
  }

  /** As Kibana exports them: the lists, then what is in them. */
  get filters(): readonly RuleFilter[] {
    return [...this.#lists.values(), ...this.#exceptions.values()].map((body) => ({
      format: 'kibana',
      body,
    }));
  }
}

/** A new exception: what the cluster has to say of the old one is not true of it. */
export function renewed(exception: JsonObject): JsonObject {
  const { id: _, _version, tie_breaker_id, ...kept } = exception;
  const { item_id = '', entries = [] } = exception;
  return { ...kept, item_id: derivedId(item_id, entries) };
}
