import { Failure } from '../../diagnostic/attempt.ts';
import type { Edit } from '../../source/edit.ts';
import type { Span } from '../../source/source.ts';
import { type Block, locate, type Places } from './locate.ts';
import { above, type Pointer } from './pointer.ts';
import { lineEnd } from './scan.ts';

/** A text that is to be edited, and where everything stands in it. */
export interface Ground {
  readonly text: string;
  readonly places: Places;
  readonly lineBreak: string;
  /** The first block of each table. */
  readonly first: ReadonlyMap<Pointer, Block>;
  /** Where the last line of a block ends that says something. What follows belongs to the next block. */
  readonly contentEnds: ReadonlyMap<Block, number>;
}

export function groundOf(text: string): Ground {
  const places = locate(text);
  const first = new Map([...places.blocks].reverse().map((block) => [block.pointer, block]));
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  return { text, places, lineBreak, first, contentEnds: contentEndsOf(text, places) };
}

/** Entries come in the order of the text, but for those within others. */
function contentEndsOf(text: string, { blocks, entries }: Places): ReadonlyMap<Block, number> {
  const ends = new Map(blocks.map((block) => [block, block.header.end]));
  let index = 0;
  for (const { value } of entries.values()) {
    while (value.start >= blocks[index]!.end) index += 1;
    const block = blocks[index]!;
    ends.set(block, Math.max(ends.get(block)!, value.end));
  }
  return new Map([...ends].map(([block, end]) => [block, end === 0 ? 0 : endOfLine(text, end)]));
}

/** Where the value of a pair or an element stands; nothing for what has headers of its own. */
export function valueAt({ places }: Ground, pointer: Pointer): Span | undefined {
  return places.entries.get(pointer)?.value;
}

/** Whether the value stands within another: a list or an inline table. */
export function isWithin({ places }: Ground, pointer: Pointer): boolean {
  return places.entries.has(above(pointer));
}

/** A pair with its lines, and the line end before them. */
export function removePair(ground: Ground, pointer: Pointer): Edit | undefined {
  const entry = ground.places.entries.get(pointer);
  if (entry?.key === undefined || isWithin(ground, pointer)) return undefined;
  const before = ground.text.lastIndexOf('\n', entry.key.start - 1);
  const end = endOfLine(ground.text, entry.value.end);
  if (before === -1)
    return { start: 0, end: Math.min(end + ground.lineBreak.length, ground.text.length), replacement: '' };
  return { start: ground.text.charAt(before - 1) === '\r' ? before - 1 : before, end, replacement: '' };
}

/** Everything under the headers of a table or a list of tables, and the blank lines before each. */
export function removeBlocks({ places: { blocks }, contentEnds }: Ground, pointer: Pointer): Edit[] {
  return blocks.flatMap((block, index) => {
    if (!isUnder(block, pointer)) return [];
    const before = contentEnds.get(blocks[index - 1]!)!;
    if (before === 0) return [{ start: block.header.start, end: block.end, replacement: '' }];
    return [{ start: before, end: contentEnds.get(block)!, replacement: '' }];
  });
}

/** Lines behind a pair of the table, or behind its header. */
export function insertLines(
  ground: Ground,
  table: Pointer,
  behind: Pointer | undefined,
  lines: readonly string[],
): Edit {
  const block = blockOf(ground, table);
  const value = behind === undefined ? undefined : valueAt(ground, behind);
  const at = value?.end ?? block?.header.end;
  if (block === undefined || at === undefined || at < block.header.end || at > block.end) throw noRoom();
  if (at === 0) return insertion(0, lines.map((line) => line + ground.lineBreak).join(''));
  return insertion(endOfLine(ground.text, at), lines.map((line) => ground.lineBreak + line).join(''));
}

/** A header with its lines, before the headers of the tables within. */
export function insertHeader(ground: Ground, table: Pointer, lines: readonly string[]): Edit {
  const { blocks } = ground.places;
  const first = blocks.indexOf(blocksUnder(ground, table)[0] ?? nearestBlock(ground, table));
  return insertBlocks(ground, blocks[Math.max(first - 1, 0)]!, [lines.join(ground.lineBreak)]);
}

/** Blocks behind everything under a table, or behind the table's own pairs alone. */
export function insertBlocks(ground: Ground, behind: Block, blocks: readonly string[]): Edit {
  const blank = ground.lineBreak.repeat(2);
  const at = ground.contentEnds.get(behind)!;
  if (at === 0)
    return insertion(ground.text.startsWith('\uFEFF') ? 1 : 0, blocks.map((block) => block + blank).join(''));
  return insertion(at, blocks.map((block) => blank + block).join(''));
}

/** What stands under the headers of a table, and of the tables in it. */
export function blocksUnder({ places }: Ground, pointer: Pointer): readonly Block[] {
  return places.blocks.filter((block) => isUnder(block, pointer));
}

export function blockOf({ first }: Ground, pointer: Pointer): Block | undefined {
  return first.get(pointer);
}

function isUnder(block: Block, pointer: Pointer): boolean {
  return block.pointer === pointer || block.pointer.startsWith(`${pointer}/`);
}

/** What new blocks of a table go behind: its own, the last within it, or those of the table it is in. */
export function nearestBlock(ground: Ground, pointer: Pointer): Block {
  const block = blockOf(ground, pointer) ?? blocksUnder(ground, pointer).at(-1);
  if (block) return block;
  if (pointer === '') throw noRoom();
  return nearestBlock(ground, above(pointer));
}

/** A change that the text has no room for. */
export function noRoom(): Failure {
  const message = 'The file has no room for the change as it is laid out, so all of it was spelled anew.';
  return new Failure({ code: 'style/respelled', message });
}

function endOfLine(text: string, at: number): number {
  const end = lineEnd(text, at);
  return text.charAt(end - 1) === '\r' && end < text.length ? end - 1 : end;
}

function insertion(at: number, replacement: string): Edit {
  return { start: at, end: at, replacement };
}
