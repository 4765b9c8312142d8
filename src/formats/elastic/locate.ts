import type { Span } from '../../source/source.ts';
import { refusal } from './complaint.ts';
import { textOf } from './literal.ts';
import { above, below, type Pointer } from './pointer.ts';
import { endOfKeyPart, endOfString, endOfWord, isString, skipBlank, skipVoid } from './scan.ts';

/** Tables and lists inside one another; nothing that people write comes near. */
export const deepest = 300;

/** Where a value stands, and its key, if it has one of its own. */
export interface Entry {
  readonly key?: Span;
  readonly value: Span;
}

/** A header with what stands below it, up to the next header. The first block has no header. */
export interface Block {
  readonly pointer: Pointer;
  readonly header: Span;
  readonly end: number;
}

/** Where everything stands in a TOML text that the TOML library has read. */
export interface Places {
  /** Values with a key, elements of lists, entries of inline tables. */
  readonly entries: ReadonlyMap<Pointer, Entry>;
  readonly blocks: readonly Block[];
}

/** Toml := Pair* (Header Pair*)* */
export function locate(text: string): Places {
  const entries = new Map<Pointer, Entry>();
  const blocks: Block[] = [];
  const lists = new Map<Pointer, number>();
  let open: Omit<Block, 'end'> = { pointer: '', header: { start: 0, end: 0 } };
  let at = skipVoid(text, text.startsWith('\uFEFF') ? 1 : 0);
  while (at < text.length) {
    if (text.charAt(at) === '[') {
      blocks.push({ ...open, end: at });
      open = locateHeader(text, at, lists);
      at = skipVoid(text, open.header.end);
    } else {
      at = skipVoid(text, locatePair(text, at, open.pointer, entries));
    }
  }
  return { entries, blocks: [...blocks, { ...open, end: text.length }] };
}

/** The value at a path, the header of a table, or whatever is nearest to it. */
export function placeOf({ entries, blocks }: Places, pointer: Pointer): Span {
  const entry = entries.get(pointer);
  if (entry) return entry.value;
  const block = blocks.find((one) => one.pointer === pointer || one.pointer.startsWith(`${pointer}/`));
  return block || pointer === ''
    ? (block ?? blocks[0]!).header
    : placeOf({ entries, blocks }, above(pointer));
}

/** Header := '[' Key ']' | '[[' Key ']]' */
function locateHeader(text: string, start: number, lists: Map<Pointer, number>): Omit<Block, 'end'> {
  const isList = text.charAt(start + 1) === '[';
  const { parts, span } = locateKey(text, start + (isList ? 2 : 1));
  checkDepth(parts.length, span);
  const end = text.indexOf(']', span.end) + (isList ? 2 : 1);
  return { pointer: resolve(parts, isList, lists), header: { start, end } };
}

/** A header that goes through a list of tables means its last table; `[[…]]` begins a new one. */
function resolve(parts: readonly string[], isList: boolean, lists: Map<Pointer, number>): Pointer {
  let pointer: Pointer = '';
  for (const [index, part] of parts.entries()) {
    pointer = below(pointer, part);
    const last = lists.get(pointer);
    if (isList && index === parts.length - 1) {
      lists.set(pointer, (last ?? -1) + 1);
      pointer = below(pointer, (last ?? -1) + 1);
    } else if (last !== undefined) {
      pointer = below(pointer, last);
    }
  }
  return pointer;
}

type Entries = Map<Pointer, Entry>;

/** Pair := Key '=' Value */
function locatePair(text: string, start: number, table: Pointer, entries: Entries): number {
  const { parts, span } = locateKey(text, start);
  checkDepth(depthOf(table) + parts.length, span);
  const pointer = parts.reduce(below, table);
  const at = skipBlank(text, skipBlank(text, span.end) + 1);
  const end = locateValue(text, at, pointer, entries);
  entries.set(pointer, { key: span, value: { start: at, end } });
  return end;
}

/** Key := KeyPart ('.' KeyPart)* */
function locateKey(text: string, start: number): { parts: string[]; span: Span } {
  const parts: string[] = [];
  const first = skipBlank(text, start);
  let at = first;
  for (;;) {
    const end = endOfKeyPart(text, at);
    parts.push(isString(text, at) ? textOf(text.slice(at, end)) : text.slice(at, end));
    const dot = skipBlank(text, end);
    if (text.charAt(dot) !== '.') return { parts, span: { start: first, end } };
    at = skipBlank(text, dot + 1);
  }
}

/** Value := List | InlineTable | String | Word */
function locateValue(text: string, at: number, pointer: Pointer, entries: Entries): number {
  switch (text.charAt(at)) {
    case '[':
      return locateParts(text, at, ']', (start, index) =>
        locateElement(text, start, pointer, index, entries),
      );
    case '{':
      return locateParts(text, at, '}', (start) => locatePair(text, start, pointer, entries));
    default:
      return isString(text, at) ? endOfString(text, at) : endOfWord(text, at);
  }
}

function locateElement(text: string, start: number, list: Pointer, index: number, entries: Entries): number {
  const pointer = below(list, index);
  checkDepth(depthOf(pointer), { start, end: start + 1 });
  const end = locateValue(text, start, pointer, entries);
  entries.set(pointer, { value: { start, end } });
  return end;
}

/** List := '[' (Value (',' Value)* ','?)? ']'; InlineTable := '{' (Pair (',' Pair)* ','?)? '}' */
function locateParts(
  text: string,
  start: number,
  close: string,
  locatePart: (at: number, index: number) => number,
): number {
  let at = skipVoid(text, start + 1);
  for (let index = 0; text.charAt(at) !== close; index += 1) {
    at = skipVoid(text, locatePart(at, index));
    if (text.charAt(at) === ',') at = skipVoid(text, at + 1);
  }
  return at + 1;
}

function depthOf(pointer: Pointer): number {
  let depth = 0;
  for (let at = pointer.indexOf('/'); at !== -1; at = pointer.indexOf('/', at + 1)) depth += 1;
  return depth;
}

function checkDepth(depth: number, span: Span): void {
  if (depth > deepest) throw refusal('parse/too-deep', `Tables are nested more than ${deepest} deep`, span);
}
