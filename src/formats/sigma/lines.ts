import { isMap, isScalar, isSeq, type ParsedNode } from 'yaml';

import type { Edit } from '../../source/edit.ts';

/** Where the line begins that holds an offset. */
export function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** Where it ends: at its line feed, or with the text. */
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

/** Where the last scalar of a value ends, without the comments and blank lines that the library counts in. */
export function contentEnd(text: string, node: ParsedNode): number {
  const last = lastPart(node);
  if (last) return contentEnd(text, last);
  const [start, end] = node.range;
  if (!isScalar(node) || (node.type !== 'BLOCK_LITERAL' && node.type !== 'BLOCK_FOLDED')) return end;
  const source = text.slice(start, end);
  return /^[|>][1-9]?\+/.test(source) ? end - 1 : start + source.trimEnd().length;
}

function lastPart(node: ParsedNode): ParsedNode | null | undefined {
  if (isMap(node) && !node.flow) return node.items.at(-1)?.value ?? node.items.at(-1)?.key;
  return isSeq<ParsedNode>(node) && !node.flow ? node.items.at(-1) : undefined;
}

/** The end of the last line of a value. Indented comments below belong to it, and blank lines before them. */
export function blockEnd(text: string, node: ParsedNode): number {
  let end = lineEnd(text, contentEnd(text, node));
  for (let at = end; at < text.length; ) {
    const next = lineEnd(text, at + 1);
    const line = text.slice(at + 1, next);
    if (/^[ \t]+#/.test(line)) end = next;
    else if (line.trim() !== '') break;
    at = next;
  }
  return end;
}

/** Whole lines, from that of one node to the last of another. */
function linesOf(text: string, first: ParsedNode, last: ParsedNode): { start: number; end: number } {
  const end = Math.min(lineEnd(text, contentEnd(text, last)) + 1, text.length);
  return { start: lineStart(text, first.range[0]), end };
}

/** Lines put where a line starts. Behind a text that ends without a line end, the line end goes first. */
export function insertion(text: string, start: number, lines: string): Edit {
  if (start <= text.length) return { start, end: start, replacement: lines };
  return { start: text.length, end: text.length, replacement: `\n${lines.slice(0, -1)}` };
}

/** Whole lines taken out. */
export function removal(text: string, first: ParsedNode, last: ParsedNode): Edit {
  return { ...linesOf(text, first, last), replacement: '' };
}

/** What stands from one node to the end of another, the first indented already. */
export function replacement(text: string, first: ParsedNode, last: ParsedNode, lines: string): Edit {
  return { start: first.range[0], end: contentEnd(text, last), replacement: lines.trim() };
}
