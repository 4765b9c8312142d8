import type { Json } from '../rule/json.ts';
import { withoutPlaces } from './compare/asked.ts';

/** As data, to be compared: without places in a text, and without what a reader made of it. */
export function asData(value: unknown): Json {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value, withoutPlaces)) as Json);
}
