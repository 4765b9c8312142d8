import { isMap, isScalar, isSeq, type ParsedNode, type Scalar } from 'yaml';

import { isList, isObject, type Json, type JsonObject, sameJson } from '../../rule/json.ts';
import type { Edit } from '../../source/edit.ts';
import { blockEnd, contentEnd, lineEnd, lineStart } from './lines.ts';
import { type MapNode, type PairNode, pairOf } from './place.ts';
import { printEntry, printItem, printItems, printScalar } from './print.ts';
import { requote } from './scalar.ts';

/** A key with what stands behind it, and both as lines. Where there is no value, only the lines count. */
export interface Entry {
  readonly key: string;
  readonly value?: Json;
  readonly lines: string;
}

/**
 * The edits that turn the entries of a map into others, and touch nothing else. They are a proposal: YAML
 * has many ways to lay out a map, so whoever applies them reads the result.
 */
export function editEntries(
  text: string,
  map: MapNode,
  before: readonly Entry[],
  after: readonly Entry[],
): Edit[] {
  const gone = before.filter(({ key }) => !after.some((entry) => entry.key === key));
  const changes = after.flatMap((entry) => {
    const said = before.find(({ key }) => key === entry.key);
    return editPair(text, pairOf(map, entry.key), said, entry);
  });
  const removals = gone.flatMap(({ key }) => removal(text, pairOf(map, key)));
  return inOrder([...changes, ...additions(text, map, after), ...removals]);
}

/** Of edits that begin at one place, what is put there goes before what is replaced or removed. */
function inOrder(edits: readonly Edit[]): Edit[] {
  const isInsertion = ({ start, end }: Edit) => start === end;
  return [...edits.filter(isInsertion), ...edits.filter((edit) => !isInsertion(edit))];
}

/** A new entry goes below the one that stands before it. */
function additions(text: string, map: MapNode, after: readonly Entry[]): Edit[] {
  let start = lineStart(text, map.items[0]?.key.range[0] ?? 0);
  return after.flatMap(({ key, lines }) => {
    const there = pairOf(map, key);
    if (there === undefined) return [insertion(text, start, lines)];
    start = blockEnd(text, there.value ?? there.key) + 1;
    return [];
  });
}

/** Behind a text that ends without a line end, the line end goes first. */
function insertion(text: string, start: number, lines: string): Edit {
  if (start <= text.length) return { start, end: start, replacement: lines };
  return { start: text.length, end: text.length, replacement: `\n${lines.slice(0, -1)}` };
}

function removal(text: string, pair: PairNode | undefined): Edit[] {
  return pair ? [{ ...linesOf(text, pair.key, pair.value ?? pair.key), replacement: '' }] : [];
}

/** Whole lines, from that of one node to the last of another. */
function linesOf(text: string, first: ParsedNode, last: ParsedNode): { start: number; end: number } {
  const end = Math.min(lineEnd(text, contentEnd(text, last)) + 1, text.length);
  return { start: lineStart(text, first.range[0]), end };
}

function editPair(text: string, pair: PairNode | undefined, before: Entry | undefined, after: Entry): Edit[] {
  if (pair === undefined || before?.lines === after.lines) return [];
  const { key, value } = pair;
  const isData = before?.value !== undefined && after.value !== undefined;
  const inner = isData ? editValue(text, value, before.value, after.value) : undefined;
  return inner ?? [replacement(text, key, value ?? key, after.lines)];
}

function replacement(text: string, first: ParsedNode, last: ParsedNode, lines: string): Edit {
  return { start: first.range[0], end: contentEnd(text, last), replacement: lines.trim() };
}

/** Undefined where the new value has to be written as a whole. */
function editValue(text: string, node: ParsedNode | null, before: Json, after: Json): Edit[] | undefined {
  if (sameJson(before, after)) return [];
  if (isScalar(node)) return editScalar(node, before, after);
  if (isMap(node) && !node.flow && isObject(before) && isObject(after)) {
    return editMap(text, node, before, after);
  }
  if (isSeq<ParsedNode>(node) && !node.flow && isList(before) && isList(after)) {
    return editItems(text, node.items, before, after);
  }
  return undefined;
}

/** As it is written; older rules have slashes. */
const date = /^\d{4}-\d{2}-\d{2}$/;
const day = /^\d{4}([-/])\d{2}\1\d{2}$/;

/** One line for another, in the quotes that were there. */
function editScalar({ type, range }: Scalar.Parsed, before: Json, after: Json): Edit[] | undefined {
  const [start, end] = range;
  const isBlock = type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED';
  if (start === end || isBlock || isObject(after) || isList(after)) return undefined;
  if (typeof after !== 'string') return [{ start, end, replacement: printScalar(after, '').trimEnd() }];
  if (after.includes('\n')) return undefined;
  const isDates = type === 'PLAIN' && typeof before === 'string' && day.test(before) && date.test(after);
  return [{ start, end, replacement: isDates ? after : requote(type, after) }];
}

function editMap(text: string, map: MapNode, before: JsonObject, after: JsonObject): Edit[] | undefined {
  const first = map.items[0]?.key.range[0] ?? 0;
  const indent = ' '.repeat(first - lineStart(text, first));
  const entries = (object: JsonObject): Entry[] =>
    Object.entries(object).map(([key, value]) => ({ key, value, lines: printEntry(key, value, indent) }));
  return editEntries(text, map, entries(before), entries(after));
}

/** What both lists begin and end with stays. */
function editItems(
  text: string,
  nodes: readonly ParsedNode[],
  before: readonly Json[],
  after: readonly Json[],
): Edit[] | undefined {
  if (nodes.length !== before.length || after.length === 0) return undefined;
  const shorter = Math.min(before.length, after.length);
  const start = countWhile(shorter, (at) => sameJson(before[at], after[at]));
  const end = countWhile(shorter - start, (at) => sameJson(before.at(-1 - at), after.at(-1 - at)));
  const old = nodes.slice(start, nodes.length - end);
  const said = after.slice(start, after.length - end);
  const indent = dashIndent(text, nodes[0]!);
  if (indent === undefined) return undefined;
  const isKept = said.length > old.length && old.every((_, at) => isAlike(before[start + at]!, said[at]!));
  if (old.length === said.length || isKept) {
    const edits = old.flatMap((node, at) => editItem(text, node, before[start + at]!, said[at]!, indent));
    const added = said.slice(old.length);
    return added.length === 0
      ? edits
      : [...edits, itemsBelow(text, nodes, start + old.length, added, indent)];
  }
  return [{ ...linesOf(text, old[0]!, old.at(-1)!), replacement: printItems(said, indent) }];
}

/** Items that go below the first so many of a list. */
function itemsBelow(
  text: string,
  nodes: readonly ParsedNode[],
  count: number,
  added: readonly Json[],
  indent: string,
): Edit {
  const above = nodes[count - 1];
  const at = above ? lineEnd(text, contentEnd(text, above)) + 1 : lineStart(text, nodes[0]!.range[0]);
  return insertion(text, at, printItems(added, indent));
}

/** Maps that say something in common are one item, with a change in it. */
function isAlike(before: Json, after: Json): boolean {
  if (!isObject(before) || !isObject(after)) return false;
  return Object.entries(before).some(([key, value]) => sameJson(value, after[key]));
}

function editItem(text: string, node: ParsedNode, before: Json, after: Json, indent: string): Edit[] {
  return editValue(text, node, before, after) ?? [replacement(text, node, node, printItem(after, indent))];
}

/** What stands before the dash; undefined where that is more than blanks. */
function dashIndent(text: string, node: ParsedNode): string | undefined {
  const start = node.range[0];
  return /^( *)- +$/.exec(text.slice(lineStart(text, start), start))?.[1];
}

function countWhile(most: number, holds: (at: number) => boolean): number {
  let count = 0;
  while (count < most && holds(count)) count += 1;
  return count;
}
