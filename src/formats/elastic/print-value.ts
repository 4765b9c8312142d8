import { isList, isObject, type Json, type JsonObject } from '../../rule/json.ts';
import { around, trailing } from './commentary.ts';
import { printNumber, stillSays } from './literal.ts';
import { below, type Pointer } from './pointer.ts';
import type { Document } from './print.ts';
import { basic, lines, literal, quoteKey } from './quote.ts';

export const queries: readonly Pointer[] = ['/rule/query', '/rule/threat_query'];
const guides: readonly Pointer[] = ['/rule/note', '/rule/setup'];

/** A value behind its key. */
export function printValue(value: Json, pointer: Pointer, document: Document): string {
  if (typeof value === 'string') return printText(value, pointer, document);
  return isList(value) ? printList(value, pointer, document) : printInline(value, pointer, document);
}

/** Queries stand between `'''`, which need no escapes; guides begin behind the quotes. */
function printText(text: string, pointer: Pointer, document: Document): string {
  const flowing = flowingIn(text, document);
  if (text === '' || flowing === undefined) return basic(text);
  if (queries.includes(pointer)) return literal(flowing) ?? lines(flowing);
  if (!text.includes('\n')) return printInline(text, pointer, document);
  return lines(flowing, guides.includes(pointer) ? 'behind' : 'below');
}

/** With line feeds for the line ends of the file; undefined if not all of its line ends are such. */
function flowingIn(text: string, { lineBreak }: Document): string | undefined {
  if (lineBreak === undefined) return text;
  return /(?<!\r)\n/.test(text) ? undefined : text.replaceAll(lineBreak, '\n');
}

/** A list of plain values: on one line, or a line for each if that would be long. */
function printList(list: readonly Json[], pointer: Pointer, document: Document): string {
  if (list.some((part) => isList(part) || isObject(part))) return printNested(list, pointer, document, '');
  const printed = list.map((part, index) => printElement(part, below(pointer, index), document));
  const length = printed.reduce((sum, part) => sum + part.length + 1, 0);
  const isShort = length <= 100 && printed.every((part) => !part.includes('\n'));
  if (isShort && !isCommented(list, pointer, document)) return `[${printed.join(', ')}]`;
  return printLines(
    printed.map((part) => `${part},`),
    pointer,
    document,
    { inner: '    ', outer: '' },
  );
}

/** An element of a list. A long one goes on below. */
export function printElement(value: Json, pointer: Pointer, document: Document): string {
  const isLong = typeof value === 'string' && value.includes('\n');
  const flowing = isLong ? flowingIn(value, document) : undefined;
  return flowing === undefined ? printInline(value, pointer, document) : lines(flowing);
}

/** Lists in lists, two columns further in each, down to the tables. */
function printNested(list: readonly Json[], pointer: Pointer, document: Document, indent: string): string {
  const inner = `${indent}  `;
  const printed = list.map((part, index) => {
    const at = below(pointer, index);
    const comma = index < list.length - 1 ? ',' : '';
    const isNested = isList(part) && (part.length > 0 || isCommented(part, at, document));
    return (isNested ? printNested(part, at, document, inner) : printInline(part, at, document)) + comma;
  });
  return printLines(printed, pointer, document, { inner, outer: indent });
}

/** A list with a line for each element, its comma behind it, and the comments where they belong. */
function printLines(
  printed: readonly string[],
  pointer: Pointer,
  { comments }: Document,
  { inner, outer }: { readonly inner: string; readonly outer: string },
): string {
  if (comments === undefined) return `[\n${printed.map((part) => `${inner}${part}\n`).join('')}${outer}]`;
  const { open, last } = around(comments, pointer);
  const elements = printed.flatMap((part, index) => {
    const { above, behind } = around(comments, below(pointer, index));
    return [...above, part + trailing(behind)];
  });
  const within = [...elements, ...last].map((line) => `${inner}${line}\n`).join('');
  return `[${trailing(open)}\n${within}${outer}]`;
}

/** Whether comments stand between the brackets of a list, which need lines of their own. */
function isCommented(list: readonly Json[], pointer: Pointer, { comments }: Document): boolean {
  if (comments === undefined) return false;
  const { open, last } = around(comments, pointer);
  return open.length + last.length > 0 || list.some((_, index) => comments.has(below(pointer, index)));
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
