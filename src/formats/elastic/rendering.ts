import { type JsonObject, sameJson } from '../../rule/json.ts';
import { assign, entryNamed, restOf } from './numbering.ts';
import { escapeDollars, type Filled, fill, spellPlaceholder } from './placeholder.ts';
import { type Plugin, pluginsIn, printPlugin } from './plugin.ts';

/**
 * A guide as it stands in a file:
 *
 *     note = "Look at $osquery_0"
 *     [[transform.osquery]]
 *     label = "Users"
 *     query = "SELECT * FROM users"
 */
export interface Template {
  readonly note: string;
  readonly transform: JsonObject;
  /** Plugins that are not spelled as the build does it, by the names of their placeholders. */
  readonly plugins: ReadonlyMap<string, string>;
}

/** What it takes to make the same template of a guide again. */
export interface Kept {
  /** What the guide does not say of `[transform]`. */
  readonly transform: JsonObject;
  /** How the file spells each plugin of the guide; an empty text where it stands in the note itself. */
  readonly placeholders?: readonly string[];
  /** The note of the file, which counts as long as it says the same. */
  readonly note?: string;
}

/** The guide as the build makes it: `Look at !{osquery{"label":"Users","query":"SELECT * FROM users"}}` */
export function render(template: Template): string {
  return filled(template).text;
}

function filled({ note, transform, plugins }: Template): Filled {
  if (isEmpty(transform)) return { text: note, spelled: new Map() };
  const texts = new Map<string, string | undefined>();
  return fill(note, (name) => {
    if (!texts.has(name)) texts.set(name, textNamed(name, transform, plugins.get(name)));
    return texts.get(name);
  });
}

function textNamed(name: string, transform: JsonObject, spelled: string | undefined): string | undefined {
  const named = entryNamed(name, transform);
  if (named === undefined) return undefined;
  const [plugin] = spelled === undefined ? [] : pluginsIn(spelled);
  const isSame = plugin?.kind === named.kind && sameJson(plugin.entry, named.entry);
  return isSame && plugin.text === spelled ? spelled : printPlugin(named.kind, named.entry);
}

/**
 * The way back. A plugin becomes an entry if the build would take it for one, and else stays text. With
 * `respells`, so does one whose spelling has to be noted.
 */
export function lift(guide: string, kept: Kept, respells: boolean): Template {
  return liftFrom(guide, pluginsIn(guide), kept, respells);
}

function liftFrom(guide: string, found: readonly Plugin[], kept: Kept, respells: boolean): Template {
  const placeholders = kept.placeholders ?? [];
  const { transform, names } = assign(found, kept.transform, placeholders, respells);
  const plugins = new Map(found.flatMap((plugin, index) => spelling(plugin, names[index])));
  const lifted = { transform, plugins, note: noteOf(guide, found, { transform, names }, placeholders) };
  const again = kept.note === undefined ? lifted : { ...lifted, note: kept.note };
  return kept.note !== undefined && render(again) === guide ? again : lifted;
}

function spelling({ isUsual, text }: Plugin, name: string | undefined): [string, string][] {
  return name === undefined || isUsual ? [] : [[name, text]];
}

function noteOf(
  guide: string,
  found: readonly Plugin[],
  { transform, names }: ReturnType<typeof assign>,
  placeholders: readonly string[],
): string {
  if (isEmpty(transform)) return guide;
  const isKnown = (name: string) => entryNamed(name, transform) !== undefined;
  const pieces: string[] = [];
  let behind = 0;
  for (const [index, { start, text }] of found.entries()) {
    const name = names[index];
    if (name === undefined) continue;
    pieces.push(escapeDollars(guide.slice(behind, start), isKnown, true));
    behind = start + text.length;
    pieces.push(spellPlaceholder(name, placeholders[index], guide.charAt(behind)));
  }
  pieces.push(escapeDollars(guide.slice(behind), isKnown, false));
  return pieces.join('');
}

/** The guide of a template, and what has to be kept: nothing where `lift` needs no help. */
export function keep(template: Template): { readonly guide: string; readonly kept: Kept } {
  const { text: guide, spelled } = filled(template);
  const found = pluginsIn(guide);
  const placeholders = found.map(({ start }) => spelled.get(start) ?? '');
  const transform = restOf(template.transform, placeholders);
  const { note } = template;
  const ways: readonly Kept[] = [
    { transform: {} },
    { transform },
    { transform, placeholders },
    { transform, placeholders, note },
  ];
  const kept = ways.find((way) => {
    const again = liftFrom(guide, found, way, true);
    return again.note === note && sameJson(again.transform, template.transform);
  });
  return { guide, kept: kept ?? all(template, placeholders) };
}

/** Good for every template, as it takes nothing from the guide. */
function all({ note, transform }: Template, placeholders: readonly string[]): Kept {
  return { transform, placeholders: placeholders.map(() => ''), note };
}

function isEmpty(table: JsonObject): boolean {
  return Object.keys(table).length === 0;
}
