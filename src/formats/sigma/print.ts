import { isList, isObject, type Json, type JsonObject } from '../../rule/json.ts';
import { literal, plainly, type Quote, requote } from './scalar.ts';

const step = '    ';

/** The entries of a map as lines, with `indent` before each key. Any data reads back as it was. */
export function printEntries(map: JsonObject, indent = '', quote: Quote = plainly): string {
  return Object.entries(map)
    .map(([key, value]) => printEntry(key, value, indent, quote))
    .join('');
}

export function printEntry(key: string, value: Json, indent: string, quote: Quote = plainly): string {
  const name = plainly(key);
  // Only an explicit key may be longer than 1024 characters.
  if (name.length > 1000) return `${indent}? ${name}\n${indent}:${printValue(value, indent, quote)}`;
  return `${indent}${name}:${printValue(value, indent, quote)}`;
}

/** What stands behind a colon: a scalar on its line, or a block below, indented by four more. */
function printValue(value: Json, indent: string, quote: Quote): string {
  const inner = indent + step;
  if (isObject(value) && Object.keys(value).length > 0) return `\n${printEntries(value, inner, quote)}`;
  if (isList(value) && value.length > 0) return `\n${printItems(value, inner, quote)}`;
  return ` ${printScalar(value, inner, quote)}`;
}

export function printItems(list: readonly Json[], indent: string, quote: Quote = plainly): string {
  return list.map((part) => `${indent}- ${printItem(part, indent, quote)}`).join('');
}

/** What stands behind a dash: the first line of a block stands on that line, the others below it. */
export function printItem(value: Json, indent: string, quote: Quote = plainly): string {
  const below = `${indent}  `;
  if (isObject(value) && Object.keys(value).length > 0) {
    return printEntries(value, below, quote).slice(below.length);
  }
  if (isList(value) && value.length > 0) return printItems(value, below, quote).slice(below.length);
  return printScalar(value, indent + step, quote);
}

/** With the line end. A map or list that comes here is empty. */
export function printScalar(value: Json, indent: string, quote: Quote = plainly): string {
  if (typeof value === 'string') return literal(value, indent) ?? `${quote(value)}\n`;
  if (isObject(value)) return '{}\n';
  if (isList(value)) return '[]\n';
  return `${typeof value === 'number' ? printNumber(value) : value}\n`;
}

/** On one line, where a comma or a bracket ends a plain text; in the quotes of another scalar. */
export function printInBrackets(value: Json, like: string | undefined): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  if (value.includes('\n')) return requote('QUOTE_DOUBLE', value);
  return requote(like === 'PLAIN' && /[,[\]{}]/.test(value) ? 'QUOTE_SINGLE' : like, value);
}

/** With a dot before an exponent, which YAML 1.1 wants to see a number. */
function printNumber(value: number): string {
  if (Object.is(value, -0)) return '-0.0';
  return String(value).replace(/^(-?[0-9]+)e/, '$1.0e');
}
