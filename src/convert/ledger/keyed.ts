import { attempt } from '../../diagnostic/attempt.ts';
import { locate, type Places } from '../../formats/elastic/locate.ts';
import { below, type Pointer } from '../../formats/elastic/pointer.ts';
import type { Format } from '../../formats/format.ts';
import { endOfValue } from '../../formats/json-scan.ts';
import { apartKey, carryKey } from '../../rule/carry.ts';
import type { Span } from '../../source/source.ts';

/** A text with the part of it that holds a rule. */
export interface Side {
  readonly format: Format;
  readonly text: string;
  readonly within: Span;
}

/**
 * Where a key of a rule stands with its value, as far as a look at its text tells. Reports point there, and nothing
 * depends on it.
 */
export function placeOfKey(side: Side, path: string): Span | undefined {
  const outcome = attempt(() => finders[side.format.id](side, path));
  return outcome.ok ? outcome.value : undefined;
}

const finders = { elastic: inToml, sigma: inYaml, kibana: inJson, native: inJson } as const;

const located = new WeakMap<Side, Places>();

function inToml(side: Side, path: string): Span | undefined {
  const places = located.get(side) ?? locate(side.text);
  located.set(side, places);
  const pointer = pointerTo(path);
  const entry = places.entries.get(pointer) ?? places.entries.get(pointerTo(path.replace('rule.', apart)));
  if (entry) return { start: (entry.key ?? entry.value).start, end: entry.value.end };
  return places.blocks.find((block) => block.pointer === pointer || block.pointer.startsWith(`${pointer}/`))
    ?.header;
}

/** Where what Elastic's own tools would refuse of a rule stands. */
const apart = `metadata.extended.${carryKey}.${apartKey}.fields.`;

function pointerTo(path: string): Pointer {
  return path.split('.').reduce<Pointer>(below, '');
}

/** A key begins its line; what is indented below it belongs to it. Of what stands deeper, the key that it is under. */
function inYaml({ text, within }: Side, path: string): Span | undefined {
  const [key] = path.split('.');
  let start = within.start;
  while (start < within.end) {
    const end = endOfLine(text, start);
    if (text.startsWith(`${key}:`, start)) return { start, end: endOfBlock(text, end, within.end) };
    start = nextLine(text, end);
  }
  return undefined;
}

function endOfBlock(text: string, end: number, most: number): number {
  let last = end;
  let next = nextLine(text, end);
  while (next < most && /[ \t-]/.test(text.charAt(next)) && !text.startsWith('---', next)) {
    last = endOfLine(text, next);
    next = nextLine(text, last);
  }
  return last;
}

function nextLine(text: string, end: number): number {
  return text[end] === '\r' ? end + 2 : end + 1;
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  const line = end < 0 ? text.length : end;
  return line > start && text[line - 1] === '\r' ? line - 1 : line;
}

/** The first key of this name, with its value. */
function inJson({ text, within }: Side, path: string): Span | undefined {
  const quoted = JSON.stringify(path.split('.').at(-1));
  for (
    let at = text.indexOf(quoted, within.start);
    at >= 0 && at < within.end;
    at = text.indexOf(quoted, at + 1)
  ) {
    const colon = afterBlanks(text, at + quoted.length);
    if (text[colon] === ':') return { start: at, end: endOfValue(text, afterBlanks(text, colon + 1)) };
  }
  return undefined;
}

function afterBlanks(text: string, start: number): number {
  let at = start;
  while (/\s/.test(text.charAt(at))) at += 1;
  return at;
}
