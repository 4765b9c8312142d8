import { attempt, Failure } from '../diagnostic/attempt.ts';
import type { Diagnostic, Outcome } from '../diagnostic/diagnostic.ts';
import type { Entry, MapNode, Node } from '../languages/sigma/node.ts';
import { readYaml } from '../languages/sigma/yaml.ts';
import { isObject, type Json, type JsonObject, objectOf } from '../rule/json.ts';
import type { Schema } from '../schema/build.ts';
import { type Path, type Violation, violations } from '../schema/check.ts';
import type { Span } from '../source/source.ts';
import { misplaced } from './misplaced.ts';
import { frameSchema, sectionSchema } from './schema.ts';
import type { Layout, Setting, Settings } from './setting.ts';

/** What an option is set to, and where that stands. */
export interface Given {
  readonly value: string | number | boolean | readonly string[];
  readonly span: Span;
  /** Where each text of it stands. */
  readonly texts: readonly { readonly text: string; readonly span: Span }[];
}

/** The options of each section; those at the top stand under no name. */
export type SettingsGiven = ReadonlyMap<string, ReadonlyMap<string, Given>>;

/** What a file sets options to, YAML or JSON; or every place where it does not follow the layout. */
export function readSettings(text: string, layout: Layout, isJson: boolean): Outcome<SettingsGiven> {
  return attempt(() => {
    if (isJson) checkJson(text);
    const root = readYaml(text, undefined);
    // A file of comments alone says nothing, which is no fault.
    if (root.kind === 'scalar' && root.text === '' && !root.quoted) return new Map();
    const found = faultsOf(asJson(root), layout).map((fault) => findingOf(fault, root, layout));
    if (found.length > 0) throw new Failure(found.sort((a, b) => startOf(a) - startOf(b)));
    return givenIn(root as MapNode, layout);
  });
}

/** What of a file does not follow the layout. */
function faultsOf(value: Json, layout: Layout): readonly Violation[] {
  const sections = isObject(value)
    ? Object.keys(layout.sections).filter((name) => isObject(value[name]))
    : [];
  return [
    ...violations(value, schemaFor(layout, '')),
    ...sections.flatMap((name) => violations((value as JsonObject)[name]!, schemaFor(layout, name), [name])),
  ];
}

const schemas = new WeakMap<Layout, Map<string, Schema>>();

/** Of a section, or under no name of the rest: made when first asked for. */
function schemaFor(layout: Layout, section: string): Schema {
  const known = schemas.get(layout) ?? new Map<string, Schema>();
  schemas.set(layout, known);
  const schema =
    known.get(section) ?? (section === '' ? frameSchema(layout) : sectionSchema(layout, section));
  known.set(section, schema);
  return schema;
}

const startOf = ({ span }: Diagnostic) => span?.start ?? 0;

function findingOf(fault: Violation, root: Node, layout: Layout): Diagnostic {
  const { path, message, what } = fault;
  const said = (misplaced(fault, layout) ?? message).replace(/\.$/, '');
  const span = placeIn(root, path, what === 'unknown');
  return { code: 'settings/bad-file', message: `${said}; nothing was done.`, path: path.join('.'), span };
}

/** YAML allows what JSON does not; a file that says it is JSON is to be one for all its readers. */
function checkJson(text: string): void {
  const json = text.replace(/^\uFEFF/, '');
  try {
    JSON.parse(json);
  } catch {
    const start = brokenAt(json) + text.length - json.length;
    const what = json.trim() === '' ? 'The file is empty, which is no JSON' : 'This is not JSON';
    const span = { start, end: start + 1 };
    throw new Failure({ code: 'parse/unexpected', message: `${what}; nothing was done.`, span });
  }
}

/** The first sign that no JSON goes on with; messages do not always say it. Up to there, a text only ends too early. */
function brokenAt(json: string): number {
  let [whole, broken] = [0, json.length + 1];
  while (broken - whole > 1) {
    const middle = Math.floor((whole + broken) / 2);
    if (mayGoOn(json.slice(0, middle))) whole = middle;
    else broken = middle;
  }
  return whole;
}

function mayGoOn(start: string): boolean {
  try {
    JSON.parse(start);
    return true;
  } catch (error) {
    const { message } = error as Error;
    const at = / at position (\d+)/.exec(message)?.[1];
    return at === undefined ? message.includes('end of JSON') : Number(at) >= start.length;
  }
}

function asJson(node: Node): Json {
  switch (node.kind) {
    case 'map':
      return objectOf(node.entries.map(({ key, value }) => [key, asJson(value)] as const));
    case 'list':
      return node.of.map(asJson);
    case 'scalar':
      return node.value;
    default:
      return node satisfies never;
  }
}

/** Where a path leads to, or stops; a key for what it names. */
function placeIn(root: Node, path: Path, isKey: boolean): Span {
  let [node, span] = [root, { start: root.span.start, end: root.span.start + 1 }];
  for (const [index, step] of path.entries()) {
    const entry = node.kind === 'map' ? node.entries.find(({ key }) => key === step) : undefined;
    const next = node.kind === 'list' ? node.of[Number(step)] : entry?.value;
    if (next === undefined) return span;
    span = entry !== undefined && isKey && index === path.length - 1 ? entry.keyNode.span : next.span;
    node = next;
  }
  return span;
}

/** What a file that follows the layout sets options to. */
function givenIn(root: MapNode, { shared, sections }: Layout): SettingsGiven {
  const top = new Map<string, Given>();
  const given = new Map<string, ReadonlyMap<string, Given>>([['', top]]);
  for (const { key, value } of root.entries) {
    if (key === '$schema') continue;
    if (value.kind === 'map') given.set(key, new Map(value.entries.map(withSetting(sections[key]!))));
    else if (Object.hasOwn(shared, key)) top.set(key, givenBy(value, shared[key]!));
  }
  return given;
}

function withSetting(settings: Settings) {
  return ({ key, value }: Entry) => [key, givenBy(value, settings[key]!)] as const;
}

function givenBy(node: Node, { isList, holds, choices }: Setting): Given {
  const scalars = (node.kind === 'list' ? node.of : [node]).filter((one) => one.kind === 'scalar');
  const texts = scalars
    .filter(({ value }) => typeof value !== 'boolean')
    .map(({ text, span }) => ({ text, span }));
  const value = scalars[0]?.value ?? '';
  const isText = holds !== 'truth' && choices === undefined;
  const one = isText ? texts.map(({ text }) => text).join() : value;
  return { value: isList ? texts.map(({ text }) => text) : one, span: node.span, texts };
}
