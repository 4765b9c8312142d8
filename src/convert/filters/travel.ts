import { attempt } from '../../diagnostic/attempt.ts';
import { parseEntries } from '../../languages/dsl/parse-entries.ts';
import { normalPredicate, spell } from '../../query/normal.ts';
import { carryKey } from '../../rule/carry.ts';
import { isObject, type Json, type JsonObject } from '../../rule/json.ts';
import { digest } from '../../source/digest.ts';
import { fingerprintOf } from './document.ts';

/** An exception that travels with the Sigma filter that was made of it. */
export interface CarriedException {
  readonly exception: JsonObject;
  readonly list?: JsonObject;
  /** The filter still says what was written for the exception. */
  readonly untouched: boolean;
}

export function withException(
  body: JsonObject,
  exception: JsonObject,
  list: JsonObject | undefined,
): JsonObject {
  const kibana = { exception, ...(list && { list }), digest: fingerprintOf(body) };
  return { ...body, [carryKey]: { kibana } };
}

export function carriedException(body: JsonObject): CarriedException | undefined {
  const { exception, list, digest } = placeOf(body[carryKey], 'kibana');
  if (!isObject(exception)) return undefined;
  const now = attempt(() => fingerprintOf(body));
  return { exception, ...(isObject(list) && { list }), untouched: now.ok && now.value === digest };
}

/** A Sigma filter that travels with the exception list that was made of it. */
export interface CarriedFilter {
  readonly body: JsonObject;
  /** The exceptions of the list are still those that were written for the filter. */
  readonly untouched: boolean;
}

export function withFilter(
  list: JsonObject,
  body: JsonObject,
  exceptions: readonly JsonObject[],
): JsonObject {
  return { ...list, meta: { [carryKey]: { sigma: body, digest: meaningOf(exceptions) } } };
}

export function carriedFilter(
  list: JsonObject | undefined,
  exceptions: readonly JsonObject[],
): CarriedFilter | undefined {
  const meta = list?.['meta'];
  const { sigma, digest } = isObject(meta) && isObject(meta[carryKey]) ? meta[carryKey] : {};
  return isObject(sigma) ? { body: sigma, untouched: meaningOf(exceptions) === digest } : undefined;
}

function placeOf(value: Json | undefined, format: string): JsonObject {
  const place = isObject(value) ? value[format] : undefined;
  return isObject(place) ? place : {};
}

/** Equal for lists that leave out the same, in whatever order and spelling. */
function meaningOf(exceptions: readonly JsonObject[]): string {
  const meanings = exceptions.map(({ entries }) => {
    const where = parseEntries(entries);
    return where.ok ? spell(normalPredicate(where.value)) : JSON.stringify(entries ?? null);
  });
  return digest(JSON.stringify(meanings.sort()));
}
