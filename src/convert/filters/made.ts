import { attempt } from '../../diagnostic/attempt.ts';
import type { Outcome } from '../../diagnostic/diagnostic.ts';
import type { Entry } from '../../languages/dsl/entry.ts';
import { type Mapping, sourceKey } from '../../mapping/mapping.ts';
import type { JsonObject } from '../../rule/json.ts';
import type { LogSource } from '../../rule/rule.ts';
import type { FilterOptions } from './cast-filters.ts';
import { conditionOf } from './document.ts';
import { exceptionsFor, jsonOfEntries } from './exceptions.ts';
import { nameOf } from './lists.ts';
import { editedWords, newPlace, type Place, placeOf } from './new-exceptions.ts';
import { excludedBy } from './reading.ts';
import { edited, leftOut } from './sayings.ts';
import { renewed } from './shelf.ts';
import { type CarriedException, carriedException, withFilter } from './travel.ts';

/** What a Sigma filter comes to in Kibana: at least one exception, and its list where that is known. */
export interface Made {
  readonly list?: JsonObject;
  readonly exceptions: readonly JsonObject[];
}

/** A filter of a run may be for the rules of many texts. */
const known = new WeakMap<Mapping, WeakMap<JsonObject, Map<string, Outcome<Made>>>>();

/** A filter as exceptions for the rules of a log source. Where it has no words in them, the findings say so. */
export function madeOf(body: JsonObject, source: LogSource, options: FilterOptions): Outcome<Made> {
  const { mapping, reading = '', carry = '' } = options;
  const bodies = known.get(mapping) ?? new WeakMap<JsonObject, Map<string, Outcome<Made>>>();
  const ways = bodies.get(body) ?? new Map<string, Outcome<Made>>();
  const key = `${reading} ${carry} ${sourceKey(source)}`;
  const made = ways.get(key) ?? make(body, source, options);
  known.set(mapping, bodies.set(body, ways.set(key, made)));
  return made;
}

function make(body: JsonObject, source: LogSource, options: FilterOptions): Outcome<Made> {
  const carried = carriedException(body);
  return carried?.untouched
    ? { ok: true, value: restored(body, carried), diagnostics: [] }
    : madeAnew(body, carried, source, options);
}

/** The exception that the filter was made of, and the list it stood in. */
function restored(body: JsonObject, { exception, list }: CarriedException): Made {
  return { exceptions: [{ ...exception, ...editedWords(body, exception) }], ...(list && { list }) };
}

function madeAnew(
  body: JsonObject,
  carried: CarriedException | undefined,
  source: LogSource,
  { mapping, reading = 'pysigma', carry }: FilterOptions,
): Outcome<Made> {
  const of = { name: nameOf(body), logSource: source };
  const outcome = attempt((report) =>
    exceptionsFor(excludedBy(conditionOf(body), reading), of, mapping, report),
  );
  const found = outcome.ok ? outcome.diagnostics : [leftOut(body, outcome.diagnostics.at(-1)!)];
  const diagnostics = carried ? [...found, edited(body)] : found;
  if (!outcome.ok || outcome.value.length === 0) return { ok: false, diagnostics };
  const place = carried ? placeOf(body, carried) : newPlace(body, source);
  return { ok: true, value: madeAt(place, body, outcome.value, carry !== 'none'), diagnostics };
}

function madeAt(
  { list, model, isNew }: Place,
  body: JsonObject,
  ways: readonly (readonly Entry[])[],
  carries: boolean,
): Made {
  const exceptions = ways.map((entries, index) => {
    const exception = { ...model, entries: jsonOfEntries(entries) };
    return index === 0 ? exception : renewed(exception);
  });
  if (list === undefined) return { exceptions };
  return { list: isNew && carries ? withFilter(list, body, exceptions) : list, exceptions };
}
