import { isAlias, isMap, isScalar, isSeq } from 'yaml';

import type { Failure } from '../../diagnostic/attempt.ts';
import type { Span } from '../../source/source.ts';
import { failure } from './failure.ts';
import type { Entry, MapNode, Node, ScalarNode } from './node.ts';

/** How deep the parts of a detection may nest. */
export const deepest = 100;
/** How many values the aliases may unfold to. */
const mostUnfolded = 10_000;

export function tooDeep(start: number): Failure {
  const message = `This is nested more than ${deepest} levels deep; it was not read.`;
  return failure('parse/too-deep', message, { start, end: start + 1 });
}

/** Turns nodes of the package into ours. It remembers anchors, and how much the aliases have made. */
export class Reader {
  readonly #text: string;
  readonly #offset: number;
  readonly #anchors = new Map<string, unknown>();
  #inAlias = 0;
  #unfolded = 0;

  constructor(text: string, offset: number) {
    this.#text = text;
    this.#offset = offset;
  }

  node(node: unknown, depth: number): Node {
    const span = this.#span(node);
    if (depth > deepest) throw tooDeep(span.start);
    if (isAlias(node)) return this.#alias(node.source, span, depth);
    if (this.#inAlias > 0) this.#count(span);
    const anchor = anchorOf(node);
    if (anchor !== undefined) this.#anchors.set(anchor, node);
    if (isMap(node)) return this.#map(node.items, span, depth);
    if (isSeq(node)) return { kind: 'list', of: node.items.map((part) => this.node(part, depth + 1)), span };
    return this.#scalar(node, span);
  }

  #map(pairs: readonly { key: unknown; value: unknown }[], span: Span, depth: number): MapNode {
    const seen = new Set<string>();
    const entries = pairs.map((pair): Entry => {
      const keyNode = this.node(pair.key, depth + 1);
      if (keyNode.kind !== 'scalar') {
        throw failure('parse/unexpected', 'A key is a name, and here is none.', keyNode.span);
      }
      const key = keyNode.text;
      if (seen.has(key)) {
        throw failure('parse/duplicate-key', `The key "${key}" stands twice in one map.`, keyNode.span);
      }
      seen.add(key);
      const end = keyNode.span.end;
      const value = pair.value ? this.node(pair.value, depth + 1) : this.#scalar(null, { start: end, end });
      return { key, keyNode, value };
    });
    return { kind: 'map', entries, span };
  }

  #scalar(node: unknown, span: Span): ScalarNode {
    if (!isScalar(node)) return { kind: 'scalar', value: null, text: '', quoted: false, span };
    const plain = node.type === 'PLAIN';
    const text = typeof node.value === 'string' ? node.value : (node.source ?? '');
    const at = span.start + (plain ? 0 : 1);
    const verbatim = this.#text.startsWith(text, at) && span.end - at === text.length + (plain ? 0 : 1);
    const value = plainValue(node.value, text);
    return { kind: 'scalar', value, text, quoted: !plain, span, ...(verbatim && { at }) };
  }

  #alias(name: string, span: Span, depth: number): Node {
    const target = this.#anchors.get(name);
    if (target === undefined) {
      throw failure('parse/unexpected', `The alias *${name} has no anchor before it in this text.`, span);
    }
    this.#inAlias += 1;
    const node = this.node(target, depth + 1);
    this.#inAlias -= 1;
    return node;
  }

  #count(span: Span): void {
    this.#unfolded += 1;
    if (this.#unfolded > mostUnfolded) {
      const message = `The aliases unfold to more than ${mostUnfolded} values; it was not read.`;
      throw failure('parse/alias-bomb', message, span);
    }
  }

  #span(node: unknown): Span {
    const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined;
    const [start, end] = Array.isArray(range) ? (range as readonly number[]) : [];
    return { start: (start ?? this.#offset) - this.#offset, end: (end ?? this.#offset) - this.#offset };
  }
}

function anchorOf(node: unknown): string | undefined {
  return isMap(node) || isSeq(node) || isScalar(node) ? node.anchor : undefined;
}

/** A number that would lose digits is a text: `00050429`, an integer too long to be held. */
function plainValue(value: unknown, text: string): ScalarNode['value'] {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'number') return text;
  const kept = Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
  return kept && !/^[-+]?0\d/.test(text) ? value + 0 : text;
}
