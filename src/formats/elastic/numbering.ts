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
  const lists = listsOf(rest);
  const wanted = found.map((plugin, index) => {
    const canMove = lists.has(plugin.kind) && (respells || plugin.isUsual) && isSayable(plugin.entry);
    return canMove ? wantedPlace(plugin, placeholders[index]) : undefined;
  });
  return settle(found, rest, lists, numbersOf(found, wanted, lists));
}

type Lists = ReadonlyMap<Kind, Slots>;

/** What is no list has no room for an entry. */
function listsOf(rest: JsonObject): Lists {
  const open = kinds.filter((kind) => rest[kind] === undefined || isList(rest[kind]));
  return new Map(open.map((kind) => [kind, new Slots(kind, rest[kind])]));
}

type Place = number | 'any' | undefined;

/** Those that want a number have the first choice. */
function numbersOf(found: readonly Plugin[], wanted: readonly Place[], lists: Lists): Map<Plugin, number> {
  const numbers = new Map<Plugin, number>();
  for (const [index, plugin] of found.entries()) {
    const place = wanted[index];
    if (typeof place === 'number' && lists.get(plugin.kind)!.take(plugin, place)) numbers.set(plugin, place);
  }
  for (const [index, plugin] of found.entries()) {
    if (wanted[index] === undefined || numbers.has(plugin)) continue;
    numbers.set(plugin, lists.get(plugin.kind)!.add(plugin));
  }
  return numbers;
}

/** A number, any, or undefined where the plugin stays text. */
function wantedPlace(plugin: Plugin, placeholder: string | undefined): Place {
  if (placeholder === '') return undefined;
  const named = namedBy(placeholder ?? '');
  if (named?.list === plugin.kind) return named.number;
  return isEntry(plugin.kind, plugin.entry) ? 'any' : undefined;
}

function settle(
  found: readonly Plugin[],
  rest: JsonObject,
  lists: Lists,
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
