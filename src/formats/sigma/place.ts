import { isMap, isScalar, isSeq, type Pair, type ParsedNode, type YAMLMap } from 'yaml';

import type { Span } from '../../source/source.ts';

export type MapNode = YAMLMap.Parsed;
export type PairNode = Pair<ParsedNode, ParsedNode | null>;

/** Where the pair or value stands that a path leads to, or the last one on the way that is there. */
export function placeOf(node: ParsedNode, path: string): Span {
  const next = isMap(node)
    ? stepInto(node, path)
    : isSeq<ParsedNode>(node)
      ? stepAlong(node.items, path)
      : undefined;
  if (next === undefined) return spanOf(node);
  const { node: inner, rest, from } = next;
  if (inner === null || rest === '')
    return { start: from, end: inner === null ? from + 1 : spanOf(inner).end };
  return placeOf(inner, rest);
}

export function pairOf(map: MapNode, key: string): PairNode | undefined {
  return map.items.find((pair) => nameOf(pair) === key);
}

function nameOf({ key }: PairNode): string | undefined {
  if (!isScalar(key)) return undefined;
  return typeof key.value === 'string' ? key.value : key.source;
}

/** A value without the space and comments behind it. */
export function spanOf({ range: [start, end] }: ParsedNode): Span {
  return { start, end };
}

interface Step {
  readonly node: ParsedNode | null;
  readonly rest: string;
  readonly from: number;
}

/** Keys may hold dots, so the path is compared with the keys and not cut. */
function stepInto(map: MapNode, path: string): Step | undefined {
  for (const pair of map.items) {
    const name = nameOf(pair);
    if (name === undefined || (path !== name && !path.startsWith(`${name}.`))) continue;
    return { node: pair.value, rest: path.slice(name.length + 1), from: pair.key.range[0] };
  }
  return undefined;
}

function stepAlong(parts: readonly ParsedNode[], path: string): Step | undefined {
  const [index = ''] = path.split('.', 1);
  const node = parts[Number(index)];
  return node && { node, rest: path.slice(index.length + 1), from: node.range[0] };
}
