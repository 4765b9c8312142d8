import { attempt } from '../../diagnostic/attempt.ts';
import { isList, isObject, type Json, type JsonObject } from '../../rule/json.ts';
import { inAscii } from '../json-ascii.ts';
import { endOfValue } from '../json-scan.ts';

/** What a guide can hold that is more than text, and `[transform]` has lists for. */
export const kinds = ['osquery', 'investigate'] as const;
export type Kind = (typeof kinds)[number];

/** A plugin in a guide: `!{osquery{"label":"Users","query":"SELECT * FROM users"}}` */
export interface Plugin {
  readonly kind: Kind;
  readonly entry: JsonObject;
  readonly text: string;
  /** Whether the build would spell it like this. */
  readonly isUsual: boolean;
  readonly start: number;
}

/** As the build spells it: nothing between the tokens, keys in order, nothing beyond ASCII. */
export function printPlugin(kind: Kind, entry: JsonObject): string {
  return `!{${kind}${inAscii(compact(entry))}}`;
}

function compact(value: Json): string {
  if (isList(value)) return `[${value.map(compact).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${compact(value[key]!)}`).join(',')}}`;
}

const opening = /!\{(osquery|investigate)(?=\{[ \t\r\n]*["}])/g;

/** The plugins of a guide, in the order of the text. What is broken is text like any other. */
export function pluginsIn(guide: string): Plugin[] {
  const found: Plugin[] = [];
  let behind = 0;
  for (const { 0: start, 1: kind, index } of guide.matchAll(opening)) {
    if (index < behind) continue;
    const plugin = pluginAt(guide, index, index + start.length, kind as Kind);
    if (plugin === undefined) continue;
    found.push(plugin);
    behind = index + plugin.text.length;
  }
  return found;
}

function pluginAt(guide: string, start: number, brace: number, kind: Kind): Plugin | undefined {
  const end = attempt(() => endOfValue(guide, brace));
  if (!end.ok || guide.charAt(end.value) !== '}') return undefined;
  const entry = JSON.parse(guide.slice(brace, end.value)) as JsonObject;
  const text = guide.slice(start, end.value + 1);
  return { kind, entry, text, isUsual: text === printPlugin(kind, entry), start };
}
