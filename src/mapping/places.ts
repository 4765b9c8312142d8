import { type Document, isAlias, isMap, isScalar, isSeq, type Node } from 'yaml';

import type { Path } from '../schema/check.ts';
import type { Span } from '../source/source.ts';

/** Where in its text a path of a document leads to; where it stops, for what is not there. A key for what it names. */
export function placeIn(document: Document, path: Path, isKey: boolean): Span {
  let place = spanOf(document.contents);
  let node = resolved(document.contents, document);
  for (const [index, step] of path.entries()) {
    const found = stepInto(node, step);
    if (found === undefined) return { start: place.start, end: place.start + 1 };
    place = spanOf(isKey && index === path.length - 1 ? found.key : found.value, spanOf(found.key, place));
    node = resolved(found.value, document);
  }
  return place;
}

interface Found {
  readonly key: unknown;
  readonly value: unknown;
}

function stepInto(node: unknown, step: string | number): Found | undefined {
  if (isSeq(node)) return { key: node.items[Number(step)], value: node.items[Number(step)] };
  if (!isMap(node)) return undefined;
  return node.items.find(({ key }) => (isScalar(key) ? String(key.value) : key) === step);
}

function resolved(node: unknown, document: Document): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

function spanOf(node: unknown, otherwise: Span = { start: 0, end: 1 }): Span {
  const range = (node as Node | null | undefined)?.range;
  return range ? { start: range[0], end: range[1] } : otherwise;
}
