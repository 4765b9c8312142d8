import type { Report } from '../../diagnostic/diagnostic.ts';
import { carryKey } from '../../rule/carry.ts';
import { isList, isObject, type Json, type JsonObject, objectOf } from '../../rule/json.ts';
import { withNulls, withoutNulls } from './nulls.ts';
import type { Pointer } from './pointer.ts';

/** Where this program's notes stand: the one place that Elastic leaves to others. */
export const notesPath = `metadata.extended.${carryKey}`;

export function isInNotes(pointer: Pointer): boolean {
  return pointer.startsWith(`/${notesPath.replaceAll('.', '/')}/`);
}

/** What the notes of this program say in a TOML file. */
export interface Notes {
  /** Texts whose line breaks are meant, where those in rule files are layout. */
  readonly verbatim: readonly Pointer[];
  /** Plugins of the guide that are not spelled as the build does it, by the names of their placeholders. */
  readonly plugins: ReadonlyMap<string, string>;
  /** As `packCarry` made it. */
  readonly packed: Json | undefined;
}

/** A file with its nulls, without the notes; and the notes. */
export function takeNotes(said: JsonObject): { readonly table: JsonObject; readonly notes: Notes } {
  const table = withNulls({ table: said, nulls: nullsIn(said) });
  const { metadata } = table;
  const extended = isObject(metadata) ? metadata['extended'] : undefined;
  if (!isObject(metadata) || !isObject(extended) || !Object.hasOwn(extended, carryKey)) {
    return { table, notes: { verbatim: [], plugins: new Map(), packed: undefined } };
  }
  const rest = withoutEmpty(metadata, 'extended', without(extended, carryKey));
  return { table: withoutEmpty(table, 'metadata', rest), notes: readNotes(extended[carryKey]!) };
}

/** The way back, and without nulls. What stands in the place of the notes gives way, and that is reported. */
export function putNotes(
  table: JsonObject,
  { verbatim, plugins, packed }: Notes,
  report: Report,
): JsonObject {
  const said: [string, Json][] = [
    ...(isObject(packed) ? Object.entries(packed) : []),
    ...(verbatim.length > 0 ? [['verbatim', verbatim] as [string, Json]] : []),
    ...(plugins.size > 0 ? [['plugins', objectOf(plugins)] as [string, Json]] : []),
  ];
  const whole = said.length > 0 ? withNote(table, said, report) : table;
  const { table: sayable, nulls } = withoutNulls(whole);
  return nulls.length > 0 ? withNote(sayable, [['nulls', nulls]], report) : sayable;
}

function withNote(table: JsonObject, said: readonly (readonly [string, Json])[], report: Report): JsonObject {
  const metadata = tableAt(table, 'metadata', report);
  const extended = tableAt(metadata, 'extended', report);
  const before = tableAt(extended, carryKey, report);
  const notes = objectOf([...Object.entries(before), ...said]);
  return including(table, 'metadata', including(metadata, 'extended', including(extended, carryKey, notes)));
}

function nullsIn({ metadata }: JsonObject): readonly Pointer[] {
  const extended = isObject(metadata) ? metadata['extended'] : undefined;
  const notes = isObject(extended) ? extended[carryKey] : undefined;
  return isObject(notes) ? textsIn(notes['nulls']) : [];
}

function readNotes(value: Json): Notes {
  if (!isObject(value)) return { verbatim: [], plugins: new Map(), packed: value };
  const { nulls: _, verbatim, plugins, ...packed } = value;
  return {
    verbatim: textsIn(verbatim),
    plugins: textsBelow(plugins),
    packed: Object.keys(packed).length === 0 ? undefined : packed,
  };
}

function textsIn(value: Json | undefined): readonly string[] {
  return isList(value) ? value.filter((part) => typeof part === 'string') : [];
}

function textsBelow(value: Json | undefined): ReadonlyMap<string, string> {
  const entries = Object.entries(isObject(value) ? value : {});
  return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function tableAt(table: JsonObject, key: string, report: Report): JsonObject {
  const value = Object.hasOwn(table, key) ? table[key] : undefined;
  if (value === undefined || isObject(value)) return value ?? {};
  const message = `${key} is no table, so it gave way to what has to travel with the rule.`;
  report({ code: 'loss/carry', message, effect: 'dropped', path: key });
  return {};
}

function without(table: JsonObject, key: string): JsonObject {
  return objectOf(Object.entries(table).filter(([own]) => own !== key));
}

function including(table: JsonObject, key: string, value: Json): JsonObject {
  return objectOf([...Object.entries(table), [key, value]]);
}

/** A table that held nothing but the notes was made for them. */
function withoutEmpty(table: JsonObject, key: string, value: JsonObject): JsonObject {
  return Object.keys(value).length === 0 ? without(table, key) : including(table, key, value);
}
