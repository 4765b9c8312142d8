import { isList, isObject, type Json, type JsonObject } from '../../rule/json.ts';
import { around, type Commentary, trailing } from './commentary.ts';
import { below, type Pointer } from './pointer.ts';
import { printValue, queries } from './print-value.ts';
import { quoteKey } from './quote.ts';

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
    for (const key of own) addOwn(key, table[key]!, section, document, block);
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
export function printOwn(key: string, value: Json, section: Section, document: Document): string[] {
  const lines: string[] = [];
  addOwn(key, value, section, document, lines);
  return lines;
}

function addOwn(key: string, value: Json, { pointer }: Section, document: Document, lines: string[]): void {
  const at = below(pointer, key);
  const { above, behind } = around(document.comments, at);
  if (queries.includes(at)) lines.push('');
  for (const line of above) lines.push(line);
  lines.push(`${quoteKey(key)} = ${printValue(value, at, document)}${trailing(behind)}`);
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
