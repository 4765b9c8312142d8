import type { Span } from '../../source/source.ts';
import { blockEnd, lineEnd, lineStart } from './lines.ts';
import { type MapNode, type PairNode, spanOf } from './place.ts';

/**
 * Where the map of a block stands: from the line after its key, comments above the first entry included,
 * to the end of its last line or of the comments below it that are indented. Undefined where it shares
 * its first line with something else.
 */
export function blockSpan(text: string, { key }: PairNode, map: MapNode): Span | undefined {
  if (map.flow) return spanOf(map);
  const first = map.items[0]?.key.range[0];
  if (first === undefined || text.slice(lineStart(text, first), first).trim() !== '') return undefined;
  const above = lineEnd(text, key.range[1]) + 1;
  const start = above + (/^(?:[ \t]*\r?\n)*/.exec(text.slice(above, first))?.[0].length ?? 0);
  const end = blockEnd(text, map);
  return { start, end: text.charAt(end - 1) === '\r' ? end - 1 : end };
}

/** The text of a block with its lines moved to an indentation, and a line end behind it. */
export function indentBlock(text: string, indent: string): string {
  const keepsEnd = /[|>][1-9]?\+/.test(text);
  const end = keepsEnd ? text.length : lineEnd(text, text.trimEnd().length);
  const lines = text.slice(0, end).replaceAll('\r\n', '\n').split('\n');
  const old = indentOf(text).length;
  return lines.map((line) => `${moved(line, old, indent)}\n`).join('');
}

/** What the entries of a block are indented by. */
export function indentOf(text: string): string {
  return /^(?:[ \t]*(?:#.*)?\r?\n)*( *)/.exec(text)?.[1] ?? '';
}

/** A comment may stand further out than the block; nothing else does. */
function moved(line: string, old: number, indent: string): string {
  const own = line.length - line.trimStart().length;
  const rest = line.slice(Math.min(own, old));
  return rest === '' ? '' : indent + rest;
}
