import { isMap } from 'yaml';

import { isObject, type JsonObject } from '../../rule/json.ts';
import type { QueryDetection, QueryText } from '../../rule/rule.ts';
import { blockSpan, indentBlock, indentOf } from './block.ts';
import type { SigmaDocument } from './collection.ts';
import { missing, wrong } from './missing.ts';
import { pairOf } from './place.ts';
import { printEntry } from './print.ts';
import { quoted } from './scalar.ts';

/** What the file says under `detection`, with the map that the library made of it. */
export function readDetection(document: SigmaDocument, text: string): QueryDetection {
  const detection = document.map['detection'];
  if (!isObject(detection)) throw wrong('detection', 'a map');
  checkBlock(detection);
  const query = asWritten(document, text) ?? { language: 'sigma', text: printDetection(detection) };
  return { kind: 'query', query };
}

function checkBlock(detection: JsonObject): void {
  const { condition, timeframe: _, ...searches } = detection;
  if (condition === undefined || condition === null) throw missing('detection.condition');
  if (Object.keys(searches).length === 0) throw missing('detection', 'with a search');
}

/** Undefined where the text alone does not say it: aliases point out of it, or a collection adds to it. */
function asWritten({ map, own, node, references }: SigmaDocument, text: string): QueryText | undefined {
  const pair = pairOf(node, 'detection');
  const block = pair?.value;
  if (!pair || !isMap(block) || map['detection'] !== own['detection']) return undefined;
  const [start, , end] = block.range;
  const inside = (at = -1) => at >= start && at < end;
  if (references.some(({ at, to }) => inside(at) && !inside(to))) return undefined;
  const span = blockSpan(text, pair, block);
  if (span === undefined) return undefined;
  const parsed = { node: block, offset: span.start };
  return { language: 'sigma', text: text.slice(span.start, span.end), span, parsed };
}

/** The searches with their values in quotes, then the condition. */
function printDetection({ condition, ...searches }: JsonObject): string {
  const lines = Object.entries(searches).map(([key, value]) => printEntry(key, value, '    ', quoted));
  return `${lines.join('')}${condition === undefined ? '' : printEntry('condition', condition, '    ')}`.trimEnd();
}

/** The lines of a document that hold a detection; a map between brackets starts behind the key. */
export function detectionLines(text: string): string {
  if (text.trimStart().startsWith('{')) return `detection: ${text.trim().replaceAll('\r\n', '\n')}\n`;
  // A block that stands in by itself stays as it is.
  return `detection:\n${indentBlock(text, indentOf(text) || '    ')}`;
}
