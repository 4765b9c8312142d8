import type { Json } from '../../rule/json.ts';
import { uuid5 } from '../../source/digest.ts';

const namespace = '5d0f3c0a-6f0b-4a53-9f3e-2f1f6f1f7a64';

/** The id itself where it is a UUID, as both sides want one; otherwise one that follows from it and the rest. */
export function idFor(id: Json | undefined, ...rest: readonly Json[]): string {
  const isUuid = typeof id === 'string' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
  return isUuid ? id : derivedId(id ?? null, ...rest);
}

/** The same id for the same words. */
export function derivedId(...words: readonly Json[]): string {
  return uuid5(namespace, JSON.stringify(words));
}
