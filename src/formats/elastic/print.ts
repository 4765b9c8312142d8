import { isList, isObject, type Json, type JsonObject } from '../../rule/json.ts';
import { printNumber, stillSays } from './literal.ts';
import { below, type Pointer } from './pointer.ts';
import { basic, lines, literal, quoteKey } from './quote.ts';

/** A TOML file to be: its data, and how the values are spelled that JSON has no kind for. */
export interface Document {
  readonly table: JsonObject;
  readonly literals: ReadonlyMap<Pointer, string>;
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
  return `${printTable(document.table, root, document).join('\n\n')}\n`;
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
  if (own.length > 0 || section.isElement || lists.length + tables.length === 0) {
    const block = section.keys.length > 0 ? [headerOf(section)] : [];
    for (const key of own) for (const line of printOwn(key, table[key]!, section, document)) block.push(line);
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

/** `key = value`, and the line before it. */
export function printOwn(key: string, value: Json, { pointer }: Section, document: Document): string[] {
  const at = below(pointer, key);
  const pair = `${quoteKey(key)} = ${printValue(value, at, document)}`;
  return queries.includes(at) ? ['', pair] : [pair];
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
  if (text === '') return '""';
  if (queries.includes(pointer)) return literal(text) ?? lines(text);
  if (!text.includes('\n')) return printInline(text, pointer, document);
  return lines(text, guides.includes(pointer) ? 'behind' : 'below');
}

/** A list of plain values: on one line, or a line for each if that would be long. */
function printList(list: readonly Json[], pointer: Pointer, document: Document): string {
  if (list.some((part) => isList(part) || isObject(part))) return printNested(list, pointer, document, '');
  const printed = list.map((part, index) => printElement(part, below(pointer, index), document));
  const length = printed.reduce((sum, part) => sum + part.length + 1, 0);
  if (length <= 100 && printed.every((part) => !part.includes('\n'))) return `[${printed.join(', ')}]`;
  return `[\n${printed.map((part) => `    ${part},\n`).join('')}]`;
}

/** An element of a list. A long one goes on below. */
export function printElement(value: Json, pointer: Pointer, document: Document): string {
  const isLong = typeof value === 'string' && value.includes('\n');
  return isLong ? lines(value) : printInline(value, pointer, document);
}

/** Lists in lists, two columns further in each, down to the tables. */
function printNested(list: readonly Json[], pointer: Pointer, document: Document, indent: string): string {
  const inner = `${indent}  `;
  const printed = list.map((part, index) => {
    const at = below(pointer, index);
    return (
      inner +
      (isList(part) && part.length > 0
        ? printNested(part, at, document, inner)
        : printInline(part, at, document))
    );
  });
  return `[\n${printed.join(',\n')}\n${indent}]`;
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
