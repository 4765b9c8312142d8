import { isList, isObject, type Json, type JsonObject } from '../../rule/json.ts';
import { around, type Commentary, trailing } from './commentary.ts';
import { printNumber, stillSays } from './literal.ts';
import { below, type Pointer } from './pointer.ts';
import { basic, lines, literal, quoteKey } from './quote.ts';

/** A TOML file to be: its data, and how the values are spelled that JSON has no kind for. */
export interface Document {
  readonly table: JsonObject;
  readonly literals: ReadonlyMap<Pointer, string>;
  /** What is to stand beside the values. A place within a line has no room for any. */
  readonly comments?: Commentary;
  /** Where its lines end as on Windows, and those within its texts do, too. */
  readonly lineBreak?: '\r\n';
}

/** A table under headers of its own: where it is, and how a header calls it. */
export interface Section {
  readonly pointer: Pointer;
  readonly keys: readonly string[];
  readonly isElement: boolean;
}

const top: readonly string[] = ['metadata', 'transform', 'rule'];

/** The whole file. */
export const root: Section = { pointer: '', keys: [], isElement: false };

/** In house style: one blank line before every header. */
export function print(document: Document): string {
  const { head, foot } = around(document.comments, root.pointer);
  const blocks = [...head, ...printTable(document.table, root, document), ...foot];
  const text = `${blocks.join('\n\n')}\n`;
  return document.lineBreak === undefined ? text : text.replaceAll('\n', document.lineBreak);
}

/**
 * The blocks of a table: what it says itself, then its lists of tables, then its tables. A table that
 * says nothing itself has no header, unless there would be nothing left of it.
 */
export function printTable(table: JsonObject, section: Section, document: Document): string[] {
  const blocks: string[] = [];
  addTable(table, section, document, blocks);
  return blocks;
}

function addTable(table: JsonObject, section: Section, document: Document, blocks: string[]): void {
  const { own, lists, tables } = parts(table);
  const { above, behind, last } = around(document.comments, section.pointer);
  const isSaid = own.length + above.length + behind.length + last.length > 0;
  if (isSaid || section.isElement || lists.length + tables.length === 0) {
    const block = section.keys.length > 0 ? [...above, headerOf(section) + trailing(behind)] : [];
    for (const key of own) for (const line of printOwn(key, table[key]!, section, document)) block.push(line);
    for (const line of last) block.push(line);
    if (block.length > 0) blocks.push(block.join('\n'));
  }
  for (const key of lists) addBelow(key, table[key]!, section, document, blocks);
  for (const key of tables) addBelow(key, table[key]!, section, document, blocks);
}

/** The blocks of what stands under headers of its own. */
export function printBelow(key: string, value: Json, section: Section, document: Document): string[] {
  const blocks: string[] = [];
  addBelow(key, value, section, document, blocks);
  return blocks;
}

function addBelow(key: string, value: Json, section: Section, document: Document, blocks: string[]): void {
  const pointer = below(section.pointer, key);
  const keys = [...section.keys, key];
  if (isObject(value)) {
    addTable(value, { pointer, keys, isElement: false }, document, blocks);
  } else if (isList(value)) {
    value.filter(isObject).forEach((part, index) => {
      addTable(part, { pointer: below(pointer, index), keys, isElement: true }, document, blocks);
    });
  }
}

/** `key = value`, and the lines before it. */
export function printOwn(key: string, value: Json, { pointer }: Section, document: Document): string[] {
  const at = below(pointer, key);
  const { above, behind } = around(document.comments, at);
  const pair = `${quoteKey(key)} = ${printValue(value, at, document)}${trailing(behind)}`;
  return [...(queries.includes(at) ? [''] : []), ...above, pair];
}

/** A value behind its key. */
export function printValue(value: Json, pointer: Pointer, document: Document): string {
  if (typeof value === 'string') return printText(value, pointer, document);
  return isList(value) ? printList(value, pointer, document) : printInline(value, pointer, document);
}

/** Whether a value stands under headers of its own. */
export function isBelow(value: Json): boolean {
  return isObject(value) || isTables(value);
}

/** The keys of a table in the order in which they are written. */
export function orderOf(table: JsonObject): readonly string[] {
  const { own, lists, tables } = parts(table);
  return [...own, ...lists, ...tables];
}

const queries: readonly Pointer[] = ['/rule/query', '/rule/threat_query'];
const guides: readonly Pointer[] = ['/rule/note', '/rule/setup'];
const isQuery = (key: string) => key === 'query' || key === 'threat_query';

interface Parts {
  readonly own: readonly string[];
  readonly lists: readonly string[];
  readonly tables: readonly string[];
}

function parts(table: JsonObject): Parts {
  const own: string[] = [];
  const searching: string[] = [];
  const lists: string[] = [];
  const tables: string[] = [];
  for (const key of Object.keys(table).sort()) {
    const value = table[key]!;
    if (isObject(value)) tables.push(key);
    else if (isTables(value)) lists.push(key);
    else (isQuery(key) ? searching : own).push(key);
  }
  return { own: [...own, ...searching], lists, tables: tables.length > 1 ? topFirst(tables) : tables };
}

function topFirst(tables: readonly string[]): readonly string[] {
  return [...top.filter((key) => tables.includes(key)), ...tables.filter((key) => !top.includes(key))];
}

function isTables(value: Json): boolean {
  return isList(value) && value.length > 0 && value.every(isObject);
}

/** `[a.b]`, or `[[a.b]]` for an element of a list. */
export function headerOf({ keys, isElement }: Section): string {
  const name = keys.map(quoteKey).join('.');
  return isElement ? `[[${name}]]` : `[${name}]`;
}

/** Queries stand between `'''`, which need no escapes; guides begin behind the quotes. */
function printText(text: string, pointer: Pointer, document: Document): string {
  const flowing = flowingIn(text, document);
  if (text === '' || flowing === undefined) return basic(text);
  if (queries.includes(pointer)) return literal(flowing) ?? lines(flowing);
  if (!text.includes('\n')) return printInline(text, pointer, document);
  return lines(flowing, guides.includes(pointer) ? 'behind' : 'below');
}

/** With line feeds for the line ends of the file; undefined if not all of its line ends are such. */
function flowingIn(text: string, { lineBreak }: Document): string | undefined {
  if (lineBreak === undefined) return text;
  return /(?<!\r)\n/.test(text) ? undefined : text.replaceAll(lineBreak, '\n');
}

/** A list of plain values: on one line, or a line for each if that would be long. */
function printList(list: readonly Json[], pointer: Pointer, document: Document): string {
  if (list.some((part) => isList(part) || isObject(part))) return printNested(list, pointer, document, '');
  const printed = list.map((part, index) => printElement(part, below(pointer, index), document));
  const length = printed.reduce((sum, part) => sum + part.length + 1, 0);
  const isShort = length <= 100 && printed.every((part) => !part.includes('\n'));
  if (isShort && !isCommented(list, pointer, document)) return `[${printed.join(', ')}]`;
  return printLines(
    printed.map((part) => `${part},`),
    pointer,
    document,
    { inner: '    ', outer: '' },
  );
}

/** An element of a list. A long one goes on below. */
export function printElement(value: Json, pointer: Pointer, document: Document): string {
  const isLong = typeof value === 'string' && value.includes('\n');
  const flowing = isLong ? flowingIn(value, document) : undefined;
  return flowing === undefined ? printInline(value, pointer, document) : lines(flowing);
}

/** Lists in lists, two columns further in each, down to the tables. */
function printNested(list: readonly Json[], pointer: Pointer, document: Document, indent: string): string {
  const inner = `${indent}  `;
  const printed = list.map((part, index) => {
    const at = below(pointer, index);
    const comma = index < list.length - 1 ? ',' : '';
    const isNested = isList(part) && (part.length > 0 || isCommented(part, at, document));
    return (isNested ? printNested(part, at, document, inner) : printInline(part, at, document)) + comma;
  });
  return printLines(printed, pointer, document, { inner, outer: indent });
}

/** A list with a line for each element, its comma behind it, and the comments where they belong. */
function printLines(
  printed: readonly string[],
  pointer: Pointer,
  { comments }: Document,
  { inner, outer }: { readonly inner: string; readonly outer: string },
): string {
  const { open, last } = around(comments, pointer);
  const elements = printed.flatMap((part, index) => {
    const { above, behind } = around(comments, below(pointer, index));
    return [...above, part + trailing(behind)];
  });
  const within = [...elements, ...last].map((line) => `${inner}${line}\n`).join('');
  return `[${trailing(open)}\n${within}${outer}]`;
}

/** Whether comments stand between the brackets of a list, which need lines of their own. */
function isCommented(list: readonly Json[], pointer: Pointer, { comments }: Document): boolean {
  if (comments === undefined) return false;
  const { open, last } = around(comments, pointer);
  return open.length + last.length > 0 || list.some((_, index) => comments.has(below(pointer, index)));
}

/** On one line, whatever it is. */
export function printInline(value: Json, pointer: Pointer, document: Document): string {
  const { literals } = document;
  const spelled = literals.size > 0 ? literals.get(pointer) : undefined;
  if (spelled !== undefined && stillSays(spelled, value)) return spelled;
  if (typeof value === 'string') return basic(value);
  if (typeof value === 'number') return printNumber(value);
  if (isList(value)) {
    return `[${value.map((part, index) => printInline(part, below(pointer, index), document)).join(', ')}]`;
  }
  return isObject(value) ? printInlineTable(value, pointer, document) : String(value);
}

function printInlineTable(table: JsonObject, pointer: Pointer, document: Document): string {
  const pairs = Object.keys(table)
    .sort()
    .map((key) => `${quoteKey(key)} = ${printInline(table[key]!, below(pointer, key), document)}`);
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
}
