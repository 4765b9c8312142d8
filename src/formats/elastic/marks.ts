import type { Block, Places } from './locate.ts';
import type { Pointer } from './pointer.ts';

/** Where something begins or ends. */
export interface Mark {
  readonly offset: number;
  readonly kind: 'header' | 'start' | 'open' | 'close' | 'end';
  readonly at: Pointer;
  /** The table whose header stands before it. */
  readonly table: Pointer;
}

/** In the order of the text. Entries come with those within before them. */
export function marksOf(text: string, { entries, blocks }: Places): readonly Mark[] {
  const marks: Omit<Mark, 'table'>[] = [];
  for (const [at, { key, value }] of entries) {
    marks.push({ offset: (key ?? value).start, kind: 'start', at });
    if ('[{'.includes(text.charAt(value.start))) {
      marks.push({ offset: value.start + 1, kind: 'open', at });
      marks.push({ offset: value.end - 1, kind: 'close', at });
    }
    marks.push({ offset: value.end, kind: 'end', at });
  }
  for (const { header, pointer } of blocks.slice(1)) {
    marks.push({ offset: header.start, kind: 'header', at: pointer });
    marks.push({ offset: header.end, kind: 'end', at: pointer });
  }
  return withTables(
    marks.sort((a, b) => a.offset - b.offset),
    blocks,
  );
}

function withTables(marks: readonly Omit<Mark, 'table'>[], blocks: readonly Block[]): readonly Mark[] {
  let index = 0;
  return marks.map((mark) => {
    while (mark.offset >= blocks[index]!.end && index < blocks.length - 1) index += 1;
    return { ...mark, table: blocks[index]!.pointer };
  });
}
