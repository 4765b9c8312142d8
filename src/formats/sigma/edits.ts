import { isMap, isScalar, isSeq, type ParsedNode, type Scalar } from 'yaml';

import { isList, isObject, type Json, type JsonObject, sameJson } from '../../rule/json.ts';
import type { Edit } from '../../source/edit.ts';
import { editItems } from './items.ts';
import { blockEnd, contentEnd, insertion, lineStart, removal, replacement } from './lines.ts';
import { type MapNode, type PairNode, pairOf } from './place.ts';
import { printEntry, printScalar } from './print.ts';
import { folded, requote } from './scalar.ts';

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
  const removals = gone
    .flatMap(({ key }) => pairOf(map, key) ?? [])
    .map((pair) => removal(text, pair.key, pair.value ?? pair.key));
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

function editPair(text: string, pair: PairNode | undefined, before: Entry | undefined, after: Entry): Edit[] {
  if (pair === undefined || before?.lines === after.lines) return [];
  const { key, value } = pair;
  const isData = before?.value !== undefined && after.value !== undefined;
  const inner = isData ? editValue(text, value, before.value, after.value) : undefined;
  return inner ?? [replacement(text, key, value ?? key, after.lines)];
}

/** Undefined where the new value has to be written as a whole. */
function editValue(text: string, node: ParsedNode | null, before: Json, after: Json): Edit[] | undefined {
  if (sameJson(before, after)) return [];
  if (isScalar(node)) return editScalar(text, node, before, after);
  if (isMap(node) && !node.flow && isObject(before) && isObject(after)) {
    return editMap(text, node, before, after);
  }
  if (isSeq<ParsedNode>(node) && isList(before) && isList(after)) {
    return editItems({ text, node, edit: editValue }, before, after);
  }
  return undefined;
}

/** As it is written; older rules have slashes. */
const date = /^\d{4}-\d{2}-\d{2}$/;
const day = /^\d{4}([-/])\d{2}\1\d{2}$/;

/** One line for another, in the quotes that were there. */
function editScalar(text: string, node: Scalar.Parsed, before: Json, after: Json): Edit[] | undefined {
  const { type, range } = node;
  const [start, end] = range;
  if (type === 'BLOCK_FOLDED' && typeof after === 'string') return editFolded(text, node, after);
  if (start === end || type === 'BLOCK_LITERAL' || isObject(after) || isList(after)) return undefined;
  if (typeof after !== 'string') return [{ start, end, replacement: printScalar(after, '').trimEnd() }];
  if (after.includes('\n')) return undefined;
  const isDates = type === 'PLAIN' && typeof before === 'string' && day.test(before) && date.test(after);
  return [{ start, end, replacement: isDates ? after : requote(type, after) }];
}

/** Paragraphs stay paragraphs, and as wide as they were. */
function editFolded(text: string, node: Scalar.Parsed, after: string): Edit[] | undefined {
  const span = { start: node.range[0], end: contentEnd(text, node) };
  const lines = text.slice(span.start, span.end).split(/\r?\n/).slice(1);
  const indent = /^ */.exec(lines[0] ?? '')![0];
  const width = Math.max(80, ...lines.map((line) => line.length));
  const said = indent === '' ? undefined : folded(after, indent, width);
  return said === undefined ? undefined : [{ ...span, replacement: said.trimEnd() }];
}

function editMap(text: string, map: MapNode, before: JsonObject, after: JsonObject): Edit[] | undefined {
  const first = map.items[0]?.key.range[0] ?? 0;
  const indent = ' '.repeat(first - lineStart(text, first));
  const entries = (object: JsonObject): Entry[] =>
    Object.entries(object).map(([key, value]) => ({ key, value, lines: printEntry(key, value, indent) }));
  return editEntries(text, map, entries(before), entries(after));
}
