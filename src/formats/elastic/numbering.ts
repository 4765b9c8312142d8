import { isList, isObject, type Json, type JsonObject, objectOf } from '../../rule/json.ts';
import { isEntry, isSayable } from './entry.ts';
import { namedBy } from './placeholder.ts';
import { type Kind, kinds, type Plugin } from './plugin.ts';
import { Slots } from './slots.ts';

/** The entry that a placeholder of this name stands for. */
export function entryNamed(
  name: string,
  transform: JsonObject,
): { kind: Kind; entry: JsonObject } | undefined {
  const named = namedBy(`$${name}`);
  const kind = kinds.find((one) => one === named?.list);
  const list = kind === undefined ? undefined : transform[kind];
  const entry = isList(list) ? list[named!.number] : undefined;
  return kind !== undefined && isObject(entry) ? { kind, entry } : undefined;
}

/** What a guide does not say of `[transform]`: null in a list where a plugin of the guide belongs. */
export function restOf(transform: JsonObject, placeholders: readonly string[]): JsonObject {
  const said = new Set(placeholders.map((one) => nameIn(one)));
  const entries = Object.entries(transform).flatMap(([key, value]): [string, Json][] => {
    if (!isList(value) || value.length === 0) return [[key, value]];
    const rest = value.map((entry, index) => (said.has(`${key}_${index}`) ? null : entry));
    const length = rest.findLastIndex((entry) => entry !== null) + 1;
    return length === 0 ? [] : [[key, rest.slice(0, length)]];
  });
  return objectOf(entries);
}

/** What becomes of the plugins of a guide: entries of `[transform]`, each with a name, or text. */
export interface Numbered {
  readonly transform: JsonObject;
  readonly names: readonly (string | undefined)[];
}

/** `rest` is as `restOf` left it. A placeholder says which entry a plugin was; an empty one, that it was none. */
export function assign(
  found: readonly Plugin[],
  rest: JsonObject,
  placeholders: readonly string[],
  respells: boolean,
): Numbered {
  const open = kinds.filter((kind) => rest[kind] === undefined || isList(rest[kind]));
  const lists = new Map<Kind, Slots>(open.map((kind) => [kind, new Slots(kind, rest[kind])]));
  const places = found.map((plugin, index) => {
    const canMove = lists.has(plugin.kind) && (respells || plugin.isUsual) && isSayable(plugin.entry);
    return canMove ? wantedPlace(plugin, placeholders[index]) : undefined;
  });
  const numbers = new Map<Plugin, number>();
  found.forEach((plugin, index) => {
    const place = places[index];
    if (typeof place === 'number' && lists.get(plugin.kind)!.take(plugin, place)) numbers.set(plugin, place);
  });
  found.forEach((plugin, index) => {
    if (places[index] !== undefined && !numbers.has(plugin))
      numbers.set(plugin, lists.get(plugin.kind)!.add(plugin));
  });
  return settle(found, rest, lists, numbers);
}

/** A number, any, or undefined where the plugin stays text. */
function wantedPlace(plugin: Plugin, placeholder: string | undefined): number | 'any' | undefined {
  if (placeholder === '') return undefined;
  const named = namedBy(placeholder ?? '');
  if (named?.list === plugin.kind) return named.number;
  return isEntry(plugin.kind, plugin.entry) ? 'any' : undefined;
}

function settle(
  found: readonly Plugin[],
  rest: JsonObject,
  lists: ReadonlyMap<Kind, Slots>,
  numbers: ReadonlyMap<Plugin, number>,
): Numbered {
  const settled = new Map([...lists].map(([kind, slots]) => [kind, slots.settle()]));
  const names = found.map((plugin) => {
    const number = numbers.get(plugin);
    return number === undefined
      ? undefined
      : `${plugin.kind}_${settled.get(plugin.kind)!.places.get(number)}`;
  });
  const filled = [...settled].filter(([kind, { list }]) => list.length > 0 || isEmpty(rest[kind]));
  const others = Object.entries(rest).filter(([key]) => !lists.has(key as Kind));
  const transform = objectOf([...others, ...filled.map(([kind, { list }]): [string, Json] => [kind, list])]);
  return { transform, names };
}

function isEmpty(value: Json | undefined): boolean {
  return isList(value) && value.length === 0;
}

function nameIn(placeholder: string): string | undefined {
  const named = namedBy(placeholder);
  return named && `${named.list}_${named.number}`;
}
