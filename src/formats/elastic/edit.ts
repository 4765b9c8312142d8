import { attempt } from '../../diagnostic/attempt.ts';
import type { Report } from '../../diagnostic/diagnostic.ts';
import { isList, isObject, type Json, type JsonObject, sameJson } from '../../rule/json.ts';
import { type Edit, edit } from '../../source/edit.ts';
import { listEdits } from '../list-edit.ts';
import {
  blockOf,
  blocksUnder,
  type Ground,
  groundOf,
  insertBlocks,
  insertHeader,
  insertLines,
  isWithin,
  nearestBlock,
  noRoom,
  removeBlocks,
  removePair,
  valueAt,
} from './ground.ts';
import { below, type Pointer, stepsOf } from './pointer.ts';
import {
  type Document,
  headerOf,
  isBelow,
  orderOf,
  print,
  printBelow,
  printOwn,
  printTable,
  root,
  type Section,
} from './print.ts';
import { printElement, printInline, printValue } from './print-value.ts';
import { parseToml } from './toml.ts';

/**
 * The text with what has changed, and not a byte else. Where it is laid out in a way that has no room for
 * the change, all of it is printed in house style.
 */
export function editDocument(text: string, before: Document, after: Document, report: Report): string {
  const same = sameIn(before, after);
  if (same(before.table, after.table, root.pointer)) return text;
  const outcome = attempt(() => {
    const writing = { ground: groundOf(text), table: parseToml(text).table, document: after, same };
    const changed = edit(text, settled([...editTable(before.table, after.table, root, writing)]));
    if (!sameJson(parseToml(changed).table, after.table)) throw noRoom();
    return changed;
  });
  if (outcome.ok) return outcome.value;
  noRoom().diagnostics.forEach(report);
  return print(after);
}

interface Writing {
  readonly ground: Ground;
  /** What stands in the text, which the writer may have in another order. */
  readonly table: JsonObject;
  readonly document: Document;
  /** Whether a value, and everything in it, is to stay as it is. */
  readonly same: (before: Json, after: Json, pointer: Pointer) => boolean;
}

/** The same data, and no new spelling for it. */
function sameIn(before: Document, after: Document): Writing['same'] {
  const respelled = [...after.literals].filter(([at, spelled]) => before.literals.get(at) !== spelled);
  return (was, value, pointer) =>
    sameJson(was, value) && !respelled.some(([at]) => at === pointer || at.startsWith(`${pointer}/`));
}

function* editTable(
  before: JsonObject,
  after: JsonObject,
  section: Section,
  writing: Writing,
): Generator<Edit> {
  const value = valueAt(writing.ground, section.pointer);
  if (value && !sameJson(Object.keys(before).sort(), Object.keys(after).sort())) {
    yield { ...value, replacement: printInline(after, section.pointer, writing.document) };
    return;
  }
  const stays = new Set(
    Object.keys(before).filter(
      (key) =>
        Object.hasOwn(after, key) && canStay(before[key]!, after[key]!, below(section.pointer, key), writing),
    ),
  );
  for (const key of Object.keys(before)) {
    if (stays.has(key)) yield* change(key, before[key]!, after[key]!, section, writing);
    else yield* remove(below(section.pointer, key), writing);
  }
  yield* addAll(
    orderOf(after).filter((key) => !stays.has(key)),
    after,
    section,
    writing,
  );
}

/** Whether the change of a value can be made where it stands: not if a pair becomes a table of its own. */
function canStay(before: Json, after: Json, pointer: Pointer, { ground }: Writing): boolean {
  if (isObject(before) && isObject(after)) return true;
  if (valueAt(ground, pointer)) return !isBelow(after) || isWithin(ground, pointer);
  return isList(before) && isList(after) && isBelow(after);
}

function* change(
  key: string,
  before: Json,
  after: Json,
  section: Section,
  writing: Writing,
): Generator<Edit> {
  const inner = { pointer: below(section.pointer, key), keys: [...section.keys, key], isElement: false };
  if (writing.same(before, after, inner.pointer)) return;
  if (isObject(before) && isObject(after)) yield* editTable(before, after, inner, writing);
  else if (valueAt(writing.ground, inner.pointer)) yield* editValue(before, after, inner.pointer, writing);
  else if (isList(before) && isList(after)) yield* editTables(before, after, inner, writing);
}

function* editValue(before: Json, after: Json, pointer: Pointer, writing: Writing): Generator<Edit> {
  const { ground, document, same } = writing;
  if (same(before, after, pointer)) return;
  const value = valueAt(ground, pointer);
  if (value === undefined) throw noRoom();
  const within = isList(before) && isList(after) ? editList(before, after, pointer, writing) : undefined;
  const printAgain = isWithin(ground, pointer) ? printElement : printValue;
  yield* within ?? [{ ...value, replacement: printAgain(after, pointer, document) }];
}

/** What stays of a list keeps its layout. */
function editList(
  before: readonly Json[],
  after: readonly Json[],
  pointer: Pointer,
  writing: Writing,
): Edit[] | undefined {
  const { ground, document, table } = writing;
  const span = valueAt(ground, pointer);
  const elements = before.flatMap((_, index) => valueAt(ground, below(pointer, index)) ?? []);
  if (span === undefined || !sameJson(valueIn(table, pointer), before)) return undefined;
  const print = (index: number) => printElement(after[index]!, below(pointer, index), document);
  const change = (was: number, index: number): Iterable<Edit> =>
    was === index
      ? editValue(before[was]!, after[index]!, below(pointer, index), writing)
      : [{ ...elements[was]!, replacement: print(index) }];
  return listEdits({ text: ground.text, span, elements, gap: ' ' }, { before, after, change, print });
}

function valueIn(table: JsonObject, pointer: Pointer): Json | undefined {
  let value: Json | undefined = table;
  for (const step of stepsOf(pointer)) {
    if (isList(value)) value = value[Number(step)];
    else value = isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }
  return value;
}

/** A list of tables. New ones come at the end. */
function* editTables(
  before: readonly Json[],
  after: readonly Json[],
  list: Section,
  writing: Writing,
): Generator<Edit> {
  const { ground, document } = writing;
  const element = (index: number) => ({ ...list, pointer: below(list.pointer, index), isElement: true });
  for (const [index, was] of before.entries()) {
    const part = after[index];
    if (part === undefined) yield* removeBlocks(ground, element(index).pointer);
    else if (isObject(was) && isObject(part)) yield* editTable(was, part, element(index), writing);
    else throw noRoom();
  }
  const added = after.slice(before.length).filter(isObject);
  const last = blocksUnder(ground, list.pointer).at(-1);
  if (added.length === 0) return;
  if (last === undefined) throw noRoom();
  const blocks = added.flatMap((part, index) => printTable(part, element(before.length + index), document));
  yield insertBlocks(ground, last, blocks);
}

function* remove(pointer: Pointer, { ground }: Writing): Generator<Edit> {
  const pair = removePair(ground, pointer);
  const edits = pair ? [pair] : removeBlocks(ground, pointer);
  if (edits.length === 0) throw noRoom();
  yield* edits;
}

/** Each behind the nearest of those that house style puts before it. Pairs need a header, and so does nothing. */
function* addAll(
  added: readonly string[],
  table: JsonObject,
  section: Section,
  writing: Writing,
): Generator<Edit> {
  const { ground, document } = writing;
  const pairs = added.filter((key) => !isBelow(table[key]!));
  const lines = (key: string) => printOwn(key, table[key]!, section, document);
  const isBare = !valueAt(ground, section.pointer) && blockOf(ground, section.pointer) === undefined;
  if (isBare && (pairs.length > 0 || Object.keys(table).length === 0)) {
    yield insertHeader(ground, section.pointer, [headerOf(section), ...pairs.flatMap(lines)]);
  } else {
    for (const key of pairs) {
      const behind = earlier(key, table, section).findLast((pointer) => valueAt(ground, pointer));
      yield insertLines(ground, section.pointer, behind, lines(key));
    }
  }
  for (const key of added.filter((one) => !pairs.includes(one)))
    yield addBlocks(key, table, section, writing);
}

function addBlocks(key: string, table: JsonObject, section: Section, { ground, document }: Writing): Edit {
  const siblings = earlier(key, table, section).flatMap((pointer) => blocksUnder(ground, pointer).slice(-1));
  const behind = siblings.at(-1) ?? nearestBlock(ground, section.pointer);
  return insertBlocks(ground, behind, printBelow(key, table[key]!, section, document));
}

/** The keys that house style has before this one. */
function earlier(key: string, table: JsonObject, { pointer }: Section): readonly Pointer[] {
  const order = orderOf(table);
  return order.slice(0, order.indexOf(key)).map((one) => below(pointer, one));
}

/** In the order of the text; at one place, additions stand before removals. Fails if two overlap. */
function settled(edits: readonly Edit[]): readonly Edit[] {
  const inOrder = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  const overlaps = inOrder.some(({ start }, index) => index > 0 && start < inOrder[index - 1]!.end);
  if (overlaps) throw noRoom();
  return inOrder;
}
